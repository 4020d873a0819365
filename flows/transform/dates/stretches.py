"""Time right before or after the anchor: ``السنوات الخمس الماضية``, ``آخر 24 ساعة``, ``في وقت لاحق هذا الأسبوع``."""

from __future__ import annotations

from typing import cast

from flows.transform.dates.cursor import Cursor, Found
from flows.transform.dates.numerals import Number, cardinal
from flows.transform.dates.readings import Reading, Remainder, Stretch, Unit, Vague
from flows.transform.dates.vocabulary import MANY, UnitTerm


def stretch(cursor: Cursor, at: int) -> Found | None:
    """``الأيام القليلة الماضية``, ``السنوات الثلاث الماضية``, ``الـ24 ساعة المقبلة``, ``الأسبوعين الماضيين``."""
    number = cardinal(cursor, at, None)
    unit = cursor.term(number.end if number else at, UnitTerm, "" if number else None)
    if unit is None or not (unit.term.is_definite or (number and number.is_definite)):
        return None
    if number is None and unit.term.number == 1:
        return None
    here = unit.end
    behind = cardinal(cursor, here) if number is None else None
    few = cursor.role(behind.end if behind else here, "few")
    here = few.end if few else behind.end if behind else here
    cue = cursor.role(here, "cue") or cursor.role(here, "recent")
    if cue is None or cue.term.value == "0":
        return None
    return Found(_stretch_reading(unit.term, number or behind, int(cue.term.value)), cue.end)


def _stretch_reading(unit: UnitTerm, number: Number | None, sign: int) -> Reading:
    if number is None and unit.number == MANY:
        return Vague()
    return Stretch(unit.unit, number.value if number else unit.number, 1 if sign > 0 else -1)


def last_amount(cursor: Cursor, at: int) -> Found | None:
    """``آخر 24 ساعة``, ``آخر ثلاثة أيام``."""
    if cursor.role(at, "last", None) is None:
        return None
    number = cardinal(cursor, at + 1)
    unit = cursor.term(number.end, UnitTerm) if number else None
    return Found(Stretch(unit.term.unit, number.value, -1), unit.end) if unit and number else None


def remainder(cursor: Cursor, at: int) -> Found | None:
    """``في وقت لاحق هذا الأسبوع``, ``في وقت سابق اليوم``."""
    word, sign = cursor.role(at, "later", None), 1
    if word is None:
        word, sign = cursor.role(at, "earlier", None), -1
    return Found(Remainder(cast("Unit", word.term.value), sign), word.end) if word else None
