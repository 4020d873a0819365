"""The scorecard: how well the transform reads the annotated seed pages, against the baseline stored beside this file.

    python -m benchmarks.scorecard [--misses MEASURE] [--save]

Prints every measure, in all and per kind, and line by line what was gained and lost since the baseline; exit status 1
when something was lost. ``--save`` makes the present state the baseline, which the README shows. One annotator, five
pages: a development set, not a test result.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.gold import Score, score_pages

BASELINE = Path(__file__).with_name("scorecard.json")


def read_baseline() -> dict[str, Score]:
    """The stored card."""
    stored = json.loads(BASELINE.read_text(encoding="utf-8"))
    return {name: Score(**measure) for name, measure in stored.items()}


def save_baseline(card: Mapping[str, Score]) -> None:
    """Store a card, one measure after the other, so that a change reads well in a diff."""
    stored = {
        name: {"right": score.right, "given": score.given, "wanted": score.wanted, "misses": sorted(score.misses)}
        for name, score in sorted(card.items())
    }
    BASELINE.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def differences(before: Mapping[str, Score], after: Mapping[str, Score]) -> Iterator[tuple[bool, str]]:
    """Each miss that is gone (True, a gain) or new (False, a loss), as ``measure: line``; then figures that moved."""
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, Score()), after.get(name, Score())
        for line in sorted(set(old.misses) - set(new.misses)):
            yield True, f"{name}: {line}"
        for line in sorted(set(new.misses) - set(old.misses)):
            yield False, f"{name}: {line}"
        if not (old.misses or new.misses) and old.f1 != new.f1:
            yield new.f1 > old.f1, f"{name}: {old.f1:.3f} -> {new.f1:.3f}"


def table(card: Mapping[str, Score]) -> str:
    """A card as a markdown table: the measures, and under each its kinds."""
    lines = ["| measure | right | given | wanted | score |", "|---|---:|---:|---:|---:|"]
    for name, score in sorted(card.items()):
        measure, _, kind = name.rpartition(": ")
        shown = f"&ensp;{kind}" if measure in card else f"**{name}**"
        lines.append(f"| {shown} | {score.right} | {score.given} | {score.wanted} | {score.f1:.3f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the card and what moved; with ``--misses`` what one measure misses, with ``--save`` store it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", metavar="MEASURE")
    parser.add_argument("--save", action="store_true")
    options = parser.parse_args()
    card = score_pages()
    for name, score in sorted(card.items()):
        print(f"{name:40} {score.f1:.3f}   right {score.right}, given {score.given}, wanted {score.wanted}")
        if options.misses and name.startswith(options.misses):
            print("".join(f"    {line}\n" for line in score.misses), end="")
    if options.save:
        save_baseline(card)
        return
    moved = list(differences(read_baseline(), card))
    for is_gain, line in moved:
        print("gained" if is_gain else "LOST", line)
    sys.exit(any(not is_gain for is_gain, _ in moved))


if __name__ == "__main__":
    main()
