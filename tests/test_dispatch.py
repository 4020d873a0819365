"""Time rules a token is spared: none of them would have found anything there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from flows.reference.tables import ReferenceTables, values
from flows.transform.dates import find
from flows.transform.dates.cursor import Cursor
from flows.transform.page import Page, read_page
from flows.transform.rules import load_rules

RULES = load_rules()
NUMBERS = ("1", "3", "12", "14", "2024", "1445", "1948", "30", "7", "06", "1000", "3000000")
MARKS = (
    "/", "-", ":", ".", "،", ",", "؛", "(", ")", "«", "»", "%", "\\", "|", "+", "\n", "الـ", "هـ", "م", "z", "t",
    "و", "ل", "في", "من", "ومن", "إلى", "وإلى", "حتى", "وحتى", "لغاية", "أو", "إلا", "على", "عند", "بين", "ما بين",
    "نحو", "أكثر", "ما يزيد عن", "الموافق", "بتاريخ", "كامل", "العمر", "للحرب", "هذا", "هذه", "ذلك", "نفس", "كتاب",
    "الرجل",
)  # fmt: skip
COLUMNS = {
    "months": ("names",),
    "weekdays": ("names", "bare_names"),
    "time_units": ("one", "two", "many"),
    "numerals": ("forms",),
    "time_words": ("phrases",),
    "holidays": ("names",),
}


def words() -> list[str]:
    tables = ReferenceTables()
    cells = [
        row[column] for name, columns in COLUMNS.items() for row in tables.read(name, columns) for column in columns
    ]
    return sorted({word for cell in cells for word in values(cell)})


def texts(seed: int) -> list[str]:
    chance, known = random.Random(seed), words()  # noqa: S311 - a seeded fuzzer, no secret
    parts = (known, known, NUMBERS, NUMBERS, MARKS)
    return ["".join(chance.choice(chance.choice(parts)) + chance.choice("  .") for _ in range(12)) for _ in range(400)]


def leads_on_anyway(cursor: Cursor, at: int) -> bool:
    return bool(cursor.word(at))


def differing() -> list[str]:
    """The texts in which rules, asked everywhere, find something else than asked where a token calls for them."""
    pages = [read_page(text, RULES.lexicon) for seed in range(3) for text in texts(seed)]
    spared = [written(page) for page in pages]
    every = tuple(rule for rule, _ in find._RULES_OF_UNITS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find, "_UNIT_RULES", dict.fromkeys(find._UNIT_RULES, every))
        patch.setattr(find, "_REACHES", {})
        patch.setattr(Cursor, "leads_on", leads_on_anyway)
        return [page.text for page, before in zip(pages, spared, strict=True) if written(page) != before]


def written(page: Page) -> list[tuple[object, ...]]:
    """What was found in a page, each expression by its fields."""
    found = find.find_time_expressions(page, RULES.time)
    return [tuple(getattr(each, field) for field in each.__slots__) for each in found]


def test_rules_that_a_token_does_not_call_for_find_nothing_there() -> None:
    """In a process that runs source: constants of compiled modules cannot be replaced."""
    script = "from tests.test_dispatch import differing; import sys; sys.stdout.write(repr(differing()))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "MUSNAD_NATIVE": "0", "PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONUTF8": "1"},
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout == "[]"
