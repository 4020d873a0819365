"""What 100,000 imported names cost: pages with and without them, and the start of a process that has them compiled.

Run with ``python -m benchmarks.imported_names``. The names are made up from given names and family names of the tables,
always the same ones. Measured in processor time; the issue allows pages 30% more and a start of one second.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.transform import SEEDS
from flows.reference.home import reference_tables
from flows.reference.imports import import_reference
from flows.reference.tables import ReferenceTables
from flows.transform import annotate_text
from flows.transform.names.keys import coined, name_words
from flows.transform.rules import Rules, load_rules

NAMES = 100_000
RUNS = 7
START = """
import time; start = time.process_time()
from pathlib import Path
from flows.reference.home import reference_tables
from flows.transform import load_rules
load_rules(reference_tables(Path({folder!r})))
print(time.process_time() - start)
"""


def made_up_names() -> Iterator[str]:
    """Lines of JRC-Names: persons of two or three words, some with two spellings."""
    chance, tables = random.Random(5), ReferenceTables()  # noqa: S311 - the same names at every run
    given = [row["name"] for row in tables.read("given_names", ("name", "use")) if row["use"] in {"plain", "foreign"}]
    rows = tables.read("entity_names", ("entity_key", "name", "use", "language_code"))
    full = [row["name"].split() for row in rows if row["entity_key"].startswith("person:") and row["use"] == "full"]
    family = sorted({words[-1] for words in full if words[-1].isalpha() and not words[-1].isascii()})
    number = 0
    for _ in range(NAMES):
        number += chance.random() < 0.7  # noqa: PLR2004 - the share of names that begin a new person
        parts = [*chance.choices(given, k=chance.choice((1, 2))), chance.choice(family)]
        yield f"{number}\tP\tar\t{'+'.join(parts)}\n"


def milliseconds(rules: Rules) -> float:
    """Milliseconds for 2,500 characters of the seed pages, best of some runs."""
    pages = [path.read_bytes().decode() for path in sorted(SEEDS.iterdir())]
    runs = []
    for _ in range(RUNS):
        start = time.process_time()
        for page in pages:
            annotate_text(page, rules)
        runs.append(time.process_time() - start)
    return 1000 * min(runs) * 2_500 / sum(map(len, pages))


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as home:
        folder, file = Path(home) / "reference", Path(home) / "names.tsv"
        file.write_text("".join(made_up_names()), encoding="utf-8")
        start = time.process_time()
        report = import_reference(
            file, folder, max_bytes=1 << 30, coined_key=lambda kind, name: coined(kind, name_words(name), name).key
        )
        print(f"{report.n_names_added:,} names imported in {time.process_time() - start:.1f} s")
        start = time.process_time()
        many = load_rules(reference_tables(folder))
        print(f"compiled in {time.process_time() - start:.1f} s")
        few = load_rules()
        without, with_names = milliseconds(few), milliseconds(many)
        print(f"2,500 characters: {without:.2f} ms without them, {with_names:.2f} ms with: {with_names / without:.2f}")
        command = [sys.executable, "-c", START.format(folder=str(folder))]
        starts = [float(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(3)]
        print(f"a process starts in {min(starts):.2f} s")


if __name__ == "__main__":
    main()
