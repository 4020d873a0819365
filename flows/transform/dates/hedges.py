"""Words around an amount that make it rough, and those that make it no amount of time: ``نحو عام``, ``في المائة``."""

from __future__ import annotations

from typing import Final

from flows.transform.dates.absolute import month_at
from flows.transform.dates.cursor import Cursor, Placed
from flows.transform.dates.numerals import Number
from flows.transform.dates.readings import Unit
from flows.transform.dates.vocabulary import UnitTerm, WeekdayTerm

_HEDGES: Final = frozenset({
    "نحو", "حوالي", "قرابه", "زهاء", "اكثر", "اقل", "ما", "يقارب", "يزيد", "يقرب", "عن", "علي", "تقريبا", "من", "مرور",
    "انقضاء", "مضي",
})  # fmt: skip
_MAX_HEDGES: Final = 4
_ABOUT: Final = frozenset({"نحو", "حوالي", "قرابه", "زهاء", "يقارب"})
_COMPARED: Final = frozenset({"اكثر من", "اقل من", "يزيد عن", "يزيد علي", "يقرب من", "يقل عن"})
_AFTER_AMOUNT = frozenset({"من", "قبل", "بعد", "علي", "في", "الي", "بين", "ثم", "بسبب", "منذ", "حتي", "عن", "لكن"})
_MANY_SENSES: Final[frozenset[Unit]] = frozenset({"season", "quarter", "decade"})
"""Units whose word alone is more often a contract, a chapter."""
_PROCLITICS: Final = "ولب"
_PERCENT: Final = frozenset({100, 1000})


def past_hedges(cursor: Cursor, at: int) -> tuple[int, bool]:
    """The token behind the hedges at one, and whether there are any."""
    here = at
    while here - at < _MAX_HEDGES and cursor.word(here) in _HEDGES:
        here += 1
    return here, here > at


def is_compared(cursor: Cursor, at: int, unit: Placed[UnitTerm]) -> bool:
    """Whether a bare unit is about what something took: ``أكثر من سنة``, ``دام نحو عام``; not ``نحو عام جديد``."""
    if at == 0 or cursor.begins_line(at) or unit.term.needs_context or unit.term.unit in _MANY_SENSES:
        return False
    before, behind = cursor.own_word(at - 1), cursor.word(unit.end)
    about = before.lstrip(_PROCLITICS)
    compared = "" if cursor.begins_line(at - 1) else cursor.own_word(at - 2).lstrip(_PROCLITICS)
    if about not in _ABOUT and f"{compared} {before}" not in _COMPARED:
        return False
    if about == "نحو" and behind.isalpha() and behind not in _AFTER_AMOUNT:
        return False  # towards a new year
    is_day = unit.term.unit == "day" and cursor.term(unit.end, WeekdayTerm) is not None
    return not is_day and cursor.digits(unit.end) is None and month_at(cursor, at, None) is None


def is_percentage(cursor: Cursor, at: int, number: Number) -> bool:
    """Whether a hundred is what others are parts of: ``4,4 في المائة سنة 2025``, ``10 بالمائة عام 2022``."""
    if number.is_digits or number.value not in _PERCENT or cursor.begins_line(at):
        return False
    return cursor.own_word(at).startswith("بال") or (cursor.own_word(at - 1) == "في" and cursor.is_numeric(at - 2))
