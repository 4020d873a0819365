"""Time right before or after the anchor: ``السنوات الخمس الماضية``, ``آخر 24 ساعة``, ``في وقت لاحق هذا الأسبوع``."""

from __future__ import annotations

from typing import Final, cast

from flows.transform.dates.cursor import Cursor, Found, Placed
from flows.transform.dates.named import any_period
from flows.transform.dates.numerals import Number, cardinal, ordinal
from flows.transform.dates.readings import Reading, Remainder, Share, Stretch, Unit, Vague
from flows.transform.dates.vocabulary import DUAL, MANY, UnitTerm
from flows.transform.dates.years import skip

_LAST: Final = frozenset({"الاخيره", "الاخير", "الاخيرين"})
_RECENT_UNITS: Final = frozenset({"week", "month", "year", "decade"})


def stretch(cursor: Cursor, at: int) -> Found | None:
    """``الأيام القليلة الماضية``, ``السنوات الثلاث الماضية``, ``الـ24 ساعة المقبلة``, ``الأسبوعين الماضيين``.

    >>> read("الأيام القليلة الماضية")
    vague no grain no value
    >>> read("السنوات الثلاث الماضية")
    relative year P3Y
    >>> read("الـ24 ساعة المقبلة")
    relative hour PT24H
    """
    number = cardinal(cursor, at, None)
    unit = cursor.term(number.end if number else at, UnitTerm, "" if number else None)
    if unit is None or not (unit.term.is_definite or (number and number.is_definite)):
        return None
    if number is None and unit.term.number == 1:
        return _recent_one(cursor, unit)
    here = unit.end
    share = _share(cursor, unit.term, number, here)
    if share is not None:
        return share
    behind = cardinal(cursor, here) if number is None else None
    few = cursor.role(behind.end if behind else here, "few")
    here = few.end if few else behind.end if behind else here
    cue = cursor.role(here, "cue") or cursor.role(here, "recent")
    if cue is None or cue.term.value == "0":
        return None
    return Found(_stretch_reading(unit.term, number or behind, int(cue.term.value)), cue.end)


def _recent_one(cursor: Cursor, unit: Placed[UnitTerm]) -> Found | None:
    """``العام الأخير``, ``العقد الأخير``: the one up to now, unless it is the last one of something."""
    recent = cursor.role(unit.end, "recent")
    if recent is None or unit.term.unit not in _RECENT_UNITS or cursor.word(recent.end) in {"من", "في", "ل"}:
        return None
    return Found(Stretch(unit.term.unit, 1, -1), recent.end)


def _share(cursor: Cursor, unit: UnitTerm, number: Number | None, at: int) -> Found | None:
    """``الأشهر الستة الأولى من 2024``, ``التسعة أشهر الأولى من العام``: what a period begins or ends with."""
    behind = cardinal(cursor, at) if number is None else None
    number, here = (behind, behind.end) if behind is not None else (number, at)
    if number is None and unit.number == MANY:
        return None
    first = ordinal(cursor, here)
    if first is not None and first.value == 1 and first.is_definite:
        sign, end = 1, first.end
    elif cursor.word(here) in _LAST:
        sign, end = -1, here + 1
    else:
        return None
    base = any_period(cursor, skip(cursor, end, ("من", "في")))
    if base is None:
        return None
    return Found(Share(unit.unit, number.value if number else unit.number, sign, base.reading), base.end)


def _stretch_reading(unit: UnitTerm, number: Number | None, sign: int) -> Reading:
    if number is None and unit.number == MANY:
        return Vague()
    return Stretch(unit.unit, number.value if number else unit.number, 1 if sign > 0 else -1)


def last_amount(cursor: Cursor, at: int) -> Found | None:
    """``آخر 24 ساعة``, ``آخر ثلاثة أيام``, ``آخر أسبوعين``.

    >>> read("آخر 24 ساعة")
    relative hour PT24H
    >>> read("آخر ثلاثة أيام")
    relative day P3D
    """
    if cursor.role(at, "last", None) is None:
        return None
    number = cardinal(cursor, at + 1)
    unit = cursor.term(number.end if number else at + 1, UnitTerm)
    if unit is None or (number is None and unit.term.number != DUAL):
        return None
    return Found(Stretch(unit.term.unit, number.value if number else DUAL, -1), unit.end)


def remainder(cursor: Cursor, at: int) -> Found | None:
    """``في وقت لاحق هذا الأسبوع``, ``في وقت سابق اليوم``.

    >>> read("في وقت لاحق هذا الأسبوع")
    relative weekpart 2024-04-02..2024-04-08
    >>> read("في وقت سابق اليوم")
    relative daypart 2024-04-01..2024-04-02
    """
    word, sign = cursor.role(at, "later", None), 1
    if word is None:
        word, sign = cursor.role(at, "earlier", None), -1
    return Found(Remainder(cast("Unit", word.term.value), sign), word.end) if word else None
