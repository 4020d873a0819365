"""Time rules a token is spared: none of them would have found anything there."""

from __future__ import annotations

import random

import pytest

from flows.reference.tables import ReferenceTables, values
from flows.transform.dates import find
from flows.transform.dates.cursor import Cursor
from flows.transform.page import read_page
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


@pytest.mark.parametrize("seed", range(3))
def test_rules_that_a_token_does_not_call_for_find_nothing_there(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    pages = [read_page(text, RULES.lexicon) for text in texts(seed)]
    spared = [find.find_time_expressions(page, RULES.time) for page in pages]
    every = tuple(rule for rule, _ in find._RULES_OF_UNITS)
    monkeypatch.setattr(find, "_UNIT_RULES", dict.fromkeys(find._UNIT_RULES, every))
    monkeypatch.setattr(find, "_REACHES", {})
    monkeypatch.setattr(Cursor, "leads_on", leads_on_anyway)
    for page, expressions in zip(pages, spared, strict=True):
        assert find.find_time_expressions(page, RULES.time) == expressions, page.text
