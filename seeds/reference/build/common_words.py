# ruff: noqa: INP001 - a script beside its data, no package
"""Make ``common_words.csv``: words of the language that an imported name must not be, found by how often they bend.

A noun or adjective of the language stands with and without the article, with suffixes and with prepositions; a name
hardly does. Frequencies are those of wordfreq. Run it in a throwaway environment, since the product does not need it::

    pip install wordfreq==3.1.1 numpy==2.2.6
    PYTHONPATH=. python seeds/reference/build/common_words.py
"""

from __future__ import annotations

import csv
import math
import sys
from collections import defaultdict
from pathlib import Path

import wordfreq

from flows.text.folded import fold

_FOLDER = Path(__file__).resolve().parents[1]
_COMMON, _BENT = 2.9, 2.2
"""Zipf frequencies (powers of ten in a thousand million words): of the word, and of each of its bent forms."""
_FORMS = 2
"""So many of the bent forms have to occur."""
_MIN_LETTERS = 3
_NAMING = frozenset({"full", "short", "surname", "acronym", "plain", "foreign"})
_HEAD = """\
# Words of the language, folded: no part of names nobody listed. Used by: names, musnad reference import.
# Made by build/common_words.py from the frequencies of wordfreq (Robyn Speer, https://github.com/rspeer/wordfreq),
# CC BY-SA 4.0; this table is under the same licence.
"""


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def _frequencies() -> dict[str, float]:
    summed: defaultdict[str, float] = defaultdict(float)
    for word, share in wordfreq.get_frequency_dict("ar", "best").items():
        if all("\u0621" <= letter <= "\u064a" for letter in word):
            summed[fold(word)] += share
    return {word: math.log10(share * 1e9) for word, share in summed.items()}


def _bent(word: str) -> list[str]:
    """The forms of a word with a possessive suffix, or with a preposition or conjunction."""
    stem = word[:-1] + "ت" if word.endswith("ه") else word
    return [
        *(stem + end for end in ("ه", "ها", "هم", "ي", "نا")),
        *(start + word for start in ("ب", "بال", "لل", "وال")),
    ]


def main() -> None:
    """Write the table."""
    zipf = _frequencies()
    known = {fold(row["word"]) for row in _rows("name_stops")}
    known |= {
        fold(row["name"]) for table in ("entity_names", "given_names") for row in _rows(table) if row["use"] in _NAMING
    }
    words = sorted(
        word
        for word in zipf
        if len(word) >= _MIN_LETTERS
        and not word.startswith("ال")
        and min(zipf[word], zipf.get(f"ال{word}", 0)) >= _COMMON
        and sum(zipf.get(form, 0) > _BENT for form in _bent(word)) >= _FORMS
        and known.isdisjoint((word, f"ال{word}"))
    )
    with (_FOLDER / "common_words.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(_HEAD + "word,origin\n")
        file.writelines(f"{word},wordfreq\n" for word in words)
    sys.stdout.write(f"{len(words):,} words\n")


if __name__ == "__main__":
    main()
