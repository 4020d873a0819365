"""Periods with names of their own: decades, centuries, seasons, quarters, halves, thirds, holidays."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flows.transform.dates import absolute
from flows.transform.dates.cursor import Cursor, Found
from flows.transform.dates.days import longest
from flows.transform.dates.numerals import cardinal, ordinal
from flows.transform.dates.periods import period, plain_period, weekday_of_week
from flows.transform.dates.readings import (
    Century,
    Decade,
    HolidayOn,
    Part,
    PartName,
    Period,
    Reading,
    Season,
    SeasonName,
    Ymd,
)  # fmt: skip
from flows.transform.dates.vocabulary import HolidayTerm, UnitTerm
from flows.transform.dates.years import INTRODUCES, skip, year_at, year_range
from flows.values import Calendar

_OF: Final = frozenset({"من", "في"})
_AGE: Final = frozenset({"العمر", "عمره", "عمرها", "عمرهم", "العقد"})
_TWENTIETH: Final = 20
_LAST_CENTURY: Final = 21
_DECADES: Final = 10
_THIRDS: Final[dict[str, PartName]] = {"first": "first", "middle": "middle", "last": "last"}
_QUARTERS: Final[dict[str, PartName]] = {"1": "quarter-1", "2": "quarter-2", "3": "quarter-3", "4": "quarter-4"}
_HALVES: Final[dict[str, PartName]] = {"1": "half-1", "2": "half-2"}
_SEASONS: dict[str, SeasonName] = {"spring": "spring", "summer": "summer", "autumn": "autumn", "winter": "winter"}


def century(cursor: Cursor, at: int) -> Found | None:
    """``القرن التاسع عشر``, ``القرن الحادي والعشرين``, ``القرن العشرين``.

    >>> read("القرن التاسع عشر")
    absolute century 1800-01-01..1900-01-01
    >>> read("القرن الحادي والعشرين")
    absolute century 2000-01-01..2100-01-01
    >>> read("القرن العشرين")
    absolute century 1900-01-01..2000-01-01
    """
    unit = cursor.term(at, UnitTerm, None)
    if unit is None or unit.term.unit != "century" or not unit.term.is_definite or unit.term.number != 1:
        return None
    number = ordinal(cursor, unit.end) or cardinal(cursor, unit.end)
    if number is None or not 1 <= number.value <= _LAST_CENTURY:
        return None
    era = cursor.role(number.end, "era")
    if era is None:
        return Found(Century(number.value), number.end)
    calendar: Calendar = "hijri" if era.term.value == "hijri" else "gregorian"
    return Found(Century(number.value if era.term.value != "bc" else -number.value, calendar), era.end)


def decade(cursor: Cursor, at: int) -> Found | None:
    """``التسعينيات``, ``عقد الثمانينات``, ``ستينيات القرن الماضي``, ``العقد الثاني من القرن الحالي``.

    >>> read("التسعينيات")
    absolute decade 1990-01-01..2000-01-01
    >>> read("عقد الثمانينات")
    absolute decade 1980-01-01..1990-01-01
    >>> read("ستينيات القرن الماضي")
    absolute decade 1960-01-01..1970-01-01
    """
    unit = cursor.term(at, UnitTerm, None)
    is_led = unit is not None and unit.term.unit == "decade"
    counted = _counted_decade(cursor, unit.end) if unit is not None and is_led and unit.term.is_definite else None
    if counted is not None:
        return counted
    word = cursor.role(unit.end, "decade") if unit is not None and is_led else cursor.role(at, "decade", None)
    if word is None:
        return None
    if cursor.word(word.end) == "من" and cursor.word(word.end + 1) in _AGE:
        return None
    number = _century_number(cursor, skip(cursor, word.end, _OF))
    if number is None:
        return Found(Decade(int(word.term.value)), word.end)
    which, end = number
    return Found(Decade(int(word.term.value), which), end)


def _counted_decade(cursor: Cursor, at: int) -> Found | None:
    """The ordinal and the century behind العقد: the first decade of the 21st century begins in 2000."""
    number = ordinal(cursor, at)
    if number is None or not number.is_definite or number.value > _DECADES or cursor.word(number.end) != "من":
        return None
    which = _century_number(cursor, number.end + 1)
    return Found(Decade((number.value - 1) * 10, which[0]), which[1]) if which is not None else None


def _century_number(cursor: Cursor, at: int) -> tuple[int, int] | None:
    """The century a decade is in, and the token after it."""
    named = century(cursor, at)
    if named is not None and isinstance(named.reading, Century):
        return named.reading.number, named.end
    found = period(cursor, at)
    if found is None or not isinstance(found.reading, Period) or found.reading.unit != "century":
        return None
    return _TWENTIETH + 1 + found.reading.steps, found.end


def season(cursor: Cursor, at: int) -> Found | None:
    """``صيف 2023``, ``الصيف الماضي``, ``شتاء العام المقبل``; a bare season is none.

    >>> read("صيف 2023")
    absolute season 2023-06-01..2023-09-01
    >>> read("الصيف الماضي")
    relative season 2023-06-01..2023-09-01
    >>> read("شتاء العام المقبل")
    relative season 2025-12-01..2026-03-01
    """
    word = cursor.role(at, "season", None)
    self_word = cursor.role(at, "self", None)
    if self_word is not None:
        word = cursor.role(self_word.end, "season")
    if word is None:
        return None
    reading = Season(_SEASONS[word.term.value])
    if self_word is not None:
        return Found(replace(reading, steps=0), word.end)
    cue = cursor.role(word.end, "cue")
    if cue is not None:
        return Found(replace(reading, steps=int(cue.term.value)), cue.end)
    year = year_at(cursor, word.end)
    if year is None:
        return None
    end = year.end
    if year.year is not None and reading.season == "winter":
        end = year_range(cursor, Found(Ymd(year.year), end)).end  # شتاء 2022-2023 is one winter
    return Found(replace(reading, year=year.year, base=year.base), end)


def part(cursor: Cursor, at: int) -> Found | None:
    """``مطلع الشهر الجاري``, ``نهاية يوليو/تموز الماضي``, ``النصف الثاني من 2023``, ``الربع الأول من العام``.

    >>> read("مطلع الشهر الجاري")
    relative monthpart 2024-04-01..2024-04-11
    >>> read("نهاية يوليو/تموز الماضي")
    relative monthpart 2023-07-21..2023-08-01
    >>> read("النصف الثاني من 2023")
    absolute yearpart 2023-07-01..2024-01-01
    """
    third, half = cursor.role(at, "part", None), cursor.role(at, "half", None)
    quarter = cursor.role(at, "quarter", None)
    named_quarter = quarter or cursor.role(at, "quarter_of_year", None)
    if named_quarter is not None:
        base = _year_like(cursor, skip(cursor, named_quarter.end, _OF))
        if base is None and quarter is not None:
            base = _some_year(cursor, at, quarter.end)
        return Found(Part(_QUARTERS[named_quarter.term.value], base.reading), base.end) if base is not None else None
    word, names = (third, _THIRDS) if third is not None else (half, _HALVES)
    if word is None:
        return None
    here = skip(cursor, word.end, _OF)
    base = any_period(cursor, here)
    if base is None or (half is not None and isinstance(base.reading, Period) and base.reading.unit == "hour"):
        return None
    return Found(Part(names[word.term.value], base.reading), base.end)


def _some_year(cursor: Cursor, at: int, end: int) -> Found | None:
    """``خلال الربع الثالث``, ``أرباح الربع الأول``: a quarter of a year that is not said, not one of a match."""
    if at == 0 or cursor.begins_line(at) or cursor.word(end) == "من":
        return None
    before = cursor.own_word(at - 1)
    is_led = before in INTRODUCES or before in cursor.vocabulary.reported or before[1:] in cursor.vocabulary.reported
    return Found(Ymd(), end) if is_led else None


def _year_like(cursor: Cursor, at: int) -> Found | None:
    """A year named, numbered or meant: what quarters are quarters of."""
    self_word = cursor.role(at, "self")
    named = year_at(cursor, at)
    if named is not None:
        reading: Reading = named.base or Ymd(named.year, calendar=named.calendar or "gregorian")
        return Found(reading, named.end)
    plain = plain_period(cursor, self_word.end if self_word else at)
    if plain is None or cursor.role(plain.end, "year_kind") is not None:
        return None  # the quarters of a school or financial year begin in months of their own
    if isinstance(plain.reading, Period) and plain.reading.unit == "year":
        return plain
    return None


def any_period(cursor: Cursor, at: int) -> Found | None:
    """A period a part can be taken of."""
    return longest(
        absolute.month_of(cursor, at),
        period(cursor, at),
        weekday_of_week(cursor, at),
        _year_like(cursor, at),
        plain_period(cursor, at),
        decade(cursor, at),
        century(cursor, at),
        season(cursor, at),
        _quarter(cursor, at),
    )


def _quarter(cursor: Cursor, at: int) -> Found | None:
    """A quarter as it stands after a part, of the anchor's own year where none is named: ``نهاية الربع الثاني``."""
    quarter = cursor.role(at, "quarter")
    word = quarter or cursor.role(at, "quarter_of_year")
    if word is None:
        return None
    base = _year_like(cursor, skip(cursor, word.end, _OF))
    if base is None and quarter is None:
        return None
    base = base or Found(Period("year", 0), word.end)
    return Found(Part(_QUARTERS[word.term.value], base.reading), base.end)


def holiday(cursor: Cursor, at: int) -> Found | None:
    """``عيد الفطر``, ``عيد الأضحى 2013``, ``عيد الفطر الماضي``, ``رأس السنة``.

    >>> read("عيد الفطر")
    absolute day 2024-04-10..2024-04-11
    >>> read("عيد الأضحى 2013")
    absolute day 2013-10-15..2013-10-16
    >>> read("عيد الفطر الماضي")
    relative day 2023-04-21..2023-04-22
    """
    word = cursor.term(at, HolidayTerm, None)
    if word is None:
        return None
    reading = HolidayOn(cursor.vocabulary.holidays[word.term.key])
    cue = cursor.role(word.end, "cue")
    if cue is not None:
        return Found(replace(reading, steps=int(cue.term.value)), cue.end)
    year = year_at(cursor, word.end)
    if year is None or (year.year is None and not isinstance(year.base, Period)):
        return Found(reading, word.end)
    if isinstance(year.base, Period):
        return Found(replace(reading, steps=year.base.steps), year.end)
    return Found(replace(reading, year=year.year, calendar=year.calendar or "gregorian"), year.end)
