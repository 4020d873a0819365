"""How fast the transform is, what it takes to start, and that its time grows with the length of a page and no faster.

    python -m benchmarks.transform

Prints start-up of a fresh process with and without the rules kept on disk, pages of 2,500 characters a second over
the seed pages, compiled and as source, with the time of each layer, the same with 100,000 names more than are shipped,
and one page of 1 MB against ten of 100 kB. All in processor time, the best of some runs; figures of different
machines do not compare, the ratios do.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from flows import native, transform
from flows.reference.tables import DEFAULT_FOLDER, ReferenceTables
from flows.transform import annotate_text, load_rules
from flows.transform.rules import Rules

SEEDS = Path(__file__).resolve().parents[1] / "seeds" / "documents"
PAGE = 2_500
LONG = 100_000
EXTRA_NAMES = 100_000
RUNS = 7
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
LAYERS = (
    "read_page", "split_segments", "draft_articles", "find_time_expressions", "decide_publications", "resolve_dates",
    "find_mentions", "Speech", "find_sources", "find_quotes",
)  # fmt: skip
START = (
    "import time; from flows.transform import load_rules; from flows.transform import compiled; {}"
    "begin = time.process_time(); load_rules(); print(begin, time.process_time())"
)
FORGETFUL = "compiled.recall = lambda version: None; compiled.keep = lambda version, rules: None; "


def best(work: Callable[[], object], runs: int = RUNS) -> float:
    """Processor seconds of the fastest of some runs."""
    fastest = float("inf")
    for _ in range(runs):
        begin = time.process_time()
        work()
        fastest = min(fastest, time.process_time() - begin)
    return fastest


def annotate_all(texts: Sequence[str], rules: Rules) -> None:
    """Every layer over every text."""
    for text in texts:
        annotate_text(text, rules)


def pages_a_second(texts: Sequence[str], rules: Rules) -> float:
    """Pages of 2,500 characters, one core."""
    return sum(map(len, texts)) / PAGE / best(lambda: annotate_all(texts, rules))


def print_start() -> None:
    """A fresh process: imports, then rules compiled anew or read from disk."""
    load_rules()  # so that they are kept
    for name, prelude in (("compiled", FORGETFUL), ("read from disk", "")):
        command = [sys.executable, "-c", START.format(prelude)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        begin, end = map(float, printed)
        print(f"start: imports {begin:.2f} s, rules {name} {end - begin:.2f} s of processor time")


def print_layers(texts: Sequence[str], rules: Rules) -> None:
    """Microseconds a page of 2,500 characters in each layer, the clock's own time included."""
    spent = dict.fromkeys(LAYERS, 0.0)
    own = {name: getattr(transform, name) for name in LAYERS}
    for name, layer in own.items():
        setattr(transform, name, timed(name, layer, spent))
    try:
        for _ in range(RUNS):
            annotate_all(texts, rules)
    finally:
        for name, layer in own.items():
            setattr(transform, name, layer)
    pages = RUNS * sum(map(len, texts)) / PAGE
    print("microseconds a page: " + "; ".join(f"{name} {1e6 * spent[name] / pages:.0f}" for name in LAYERS))


def timed(name: str, layer: Callable[..., object], spent: dict[str, float]) -> Callable[..., object]:
    """A layer that adds what it takes."""

    def measured(*arguments: object, **named: object) -> object:
        begin = time.process_time()
        try:
            return layer(*arguments, **named)
        finally:
            spent[name] += time.process_time() - begin

    return measured


def print_source() -> None:
    """The same pages in a process that leaves the machine code aside."""
    command = [
        sys.executable,
        "-c",
        "from benchmarks.transform import load_rules, print_speed, seed_texts; print_speed(seed_texts(), load_rules())",
    ]
    environment = {**os.environ, "MUSNAD_NATIVE": "0"}
    print(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout, end="")


def print_speed(texts: Sequence[str], rules: Rules) -> None:
    """Pages a second, and how they were read."""
    annotate_all(texts, rules)
    how = "compiled" if native.is_used() else "as source"
    print(f"{pages_a_second(texts, rules):,.0f} pages of {PAGE:,} characters a second, {how}")


def seed_texts() -> list[str]:
    """The seed pages."""
    return [path.read_bytes().decode() for path in sorted(SEEDS.iterdir())]


def with_extra_names(folder: Path) -> ReferenceTables:
    """The shipped tables and 100,000 made-up persons."""
    chance = random.Random(1)  # noqa: S311 - the same names every time, no secret
    given = [row["name"] for row in ReferenceTables().read("given_names", ("name",))]
    made_up = ["".join(chance.choices(LETTERS, k=chance.randint(4, 7))) for _ in range(EXTRA_NAMES // 5)]
    families = [*given, *made_up]  # some are met in texts, where they begin and continue names
    names = [f"{chance.choice(families)} {chance.choice(families)}" for _ in range(EXTRA_NAMES)]
    entities = "\n".join(f"person:extra-{n},person,Extra {n},{name},,,,made up" for n, name in enumerate(names))
    spellings = "\n".join(f"person:extra-{n},{name},ar,full,made up" for n, name in enumerate(names))
    columns = "entity_key,kind,name,name_ar,wikidata_id,geonames_id,country_code,origin"
    (folder / "entities.csv").write_text(f"{columns}\n{entities}\n", encoding="utf-8")
    (folder / "entity_names.csv").write_text(
        f"entity_key,name,language_code,use,origin\n{spellings}\n", encoding="utf-8"
    )
    return ReferenceTables((DEFAULT_FOLDER, folder))


def print_extra_names(texts: Sequence[str], rules: Rules) -> None:
    """What 100,000 names more cost; both sets of rules are measured in turn."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.process_time()
        extra = load_rules(with_extra_names(Path(folder)))
        taken = time.process_time() - begin
    shipped, more = pages_a_second(texts, rules), pages_a_second(texts, extra)
    loss = 100 * (1 - more / shipped)
    print(f"{EXTRA_NAMES:,} names more: rules in {taken:.1f} s, {more:,.0f} pages/s, {loss:.0f}% less")


def print_growth(texts: Sequence[str], rules: Rules) -> None:
    """One page of 1 MB against its ten parts; before other rules lie in memory, which slow the greater page (1.4)."""
    text = "\n\n".join(list(texts) * (10 * LONG // sum(map(len, texts)) + 1))[: 10 * LONG]
    parts = [text[first : first + LONG] for first in range(0, len(text), LONG)]
    apart = best(lambda: annotate_all(parts, rules), RUNS)
    whole = best(lambda: annotate_all([text], rules), RUNS)
    print(f"ten pages of 100 kB {apart:.2f} s, one of 1 MB {whole:.2f} s: {whole / apart:.2f} times")


def main() -> None:
    """Print the tables."""
    print_start()
    rules, texts = load_rules(), seed_texts()
    print_speed(texts, rules)
    print_source()
    print_layers(texts, rules)
    print_growth(texts, rules)
    print_extra_names(texts, rules)


if __name__ == "__main__":
    main()
