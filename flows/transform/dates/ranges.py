"""Ranges in words and marks: ``بين 3 و5 مارس``, ``من 12 إلى 15 أبريل الجاري``, ``من الاثنين حتى الخميس``."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flows.transform.dates import absolute, named, numeric, years
from flows.transform.dates.clock import bare_hour, moment
from flows.transform.dates.cursor import UNREAD, YEAR_DIGITS, Cursor, Found
from flows.transform.dates.days import bare_day_number, day, longest
from flows.transform.dates.numerals import cardinal, ordinal
from flows.transform.dates.periods import period
from flows.transform.dates.readings import (
    Clock,
    Daypart,
    DayShift,
    Decade,
    Nth,
    Offset,
    Period,
    Range,
    Reading,
    Season,
    WeekdayIn,
    Ymd,
)  # fmt: skip
from flows.transform.dates.vocabulary import DUAL, MANY, PAIR, UnitTerm, WeekdayTerm
from flows.values import Calendar

_TO: Final = frozenset({"الي", "حتي", "وحتي", "والي", "لغايه", "-"})
_BETWEEN: Final = frozenset({"بين", "وبين", "مابين"})
_FROM: Final = frozenset({"من", "ومن"}) | _BETWEEN
_DAYS: Final = (Ymd, DayShift, WeekdayIn, Nth)
_TIMES: Final = (Clock, Daypart)
_HALF_DAY: Final = 12
_LAST_DAY: Final = 31


def extended(cursor: Cursor, at: int, first: Found) -> Found:
    """What was found, or the range that begins with it; من or بين before a range is part of it."""
    if isinstance(first.reading, Range):
        return first
    after = _connected(cursor, at, first.end)
    if after is None and isinstance(first.reading, Decade):
        after = _next_decade(cursor, at, first)
    if after is None and _is_month(first.reading) and cursor.word(first.end) == "/":
        after = first.end + 1  # مارس/أبريل: two months, not two names of one
    if after is None:
        return first
    last = _last_point(cursor, after, first.reading)
    if last is None or not _fits(first.reading, last.reading):
        return first
    return led(cursor, at, Found(Range(first.reading, last.reading), last.end))


def day_range(cursor: Cursor, at: int) -> Found | None:
    """A range whose first part is a bare number or hour: ``13 إلى 15 تموز``, ``من السادسة إلى السابعة مساء``.

    >>> read("13 إلى 15 تموز")
    absolute day 2023-07-13..2023-07-16
    >>> read("من السادسة إلى السابعة مساء")
    absolute hour 2024-04-01T18:00..2024-04-01T19:00
    """
    found = cursor.recall("day_range", at)
    return cursor.keep("day_range", at, _read_day_range(cursor, at)) if found is UNREAD else found


def _read_day_range(cursor: Cursor, at: int) -> Found | None:
    number = bare_day_number(cursor, at)
    if number is None:
        return None
    joined = _connected(cursor, at, number.end)
    after = joined or _behind_and(cursor, number.end)
    last = day(cursor, after) if after is not None else None
    if last is None and joined is None and after is not None:
        return _longer_run(cursor, at, number.value, after)
    if last is None or not isinstance(last.reading, Ymd) or last.reading.day is None:
        return None
    if joined is None and last.reading.day != number.value + 1:
        return None  # 21 و22 أغسطس run on, 21 و25 أغسطس do not
    if number.is_digits and cursor.word(number.end) == "-" and numeric.numeric_date(cursor, at) is not None:
        return None
    return led(cursor, at, Found(Range(Ymd(day=number.value), last.reading), last.end))


def _longer_run(cursor: Cursor, at: int, first: int, after: int) -> Found | None:
    """``3 و4 و5 حزيران``: one more day right before a run of days; each is one later, so no run is long."""
    second = bare_day_number(cursor, after)
    rest = day_range(cursor, after) if second is not None and second.value == first + 1 else None
    if rest is None or not isinstance(rest.reading, Range) or rest.reading.first != Ymd(day=first + 1):
        return None
    return led(cursor, at, Found(replace(rest.reading, first=Ymd(day=first)), rest.end))


def hour_range(cursor: Cursor, at: int) -> Found | None:
    """``من السادسة للسابعة``, ``من 1:30 بعد الظهر إلى 4``: hours, which need من before them.

    >>> read("من السادسة للسابعة")
    absolute hour 2024-04-01T06:00..2024-04-01T07:00
    >>> read("من 1:30 بعد الظهر إلى 4")
    absolute minute 2024-04-01T13:30..2024-04-01T16:00
    """
    if cursor.own_word(at - 1) not in _FROM or cursor.begins_line(at):
        return None
    found = moment(cursor, at)
    first = found or bare_hour(cursor, at)
    if first is None or not isinstance(first.reading, Clock):
        return None
    after = _connected(cursor, at, first.end)
    last = _last_point(cursor, after, first.reading) if after is not None else None
    if last is None or not isinstance(last.reading, Clock):
        return None
    if found is None and not (last.reading.is_settled or (cursor.begins_line(at - 1) and not cursor.word(last.end))):
        return None  # بين العاشرة والخامسة عشرة are ages
    return led(cursor, at, Found(Range(first.reading, last.reading), last.end))


def day_hours(cursor: Cursor, at: int) -> Found | None:
    """``الخميس من الساعة التاسعة حتى الحادية عشرة صباحا``: a day with its hours.

    >>> read("الخميس من الساعة التاسعة حتى الحادية عشرة صباحا")
    absolute hour 2024-03-28T09:00..2024-03-28T11:00
    """
    named_day = day(cursor, at)
    if named_day is None or cursor.word(named_day.end) not in {"من", "بين"}:
        return None
    hours = hour_range(cursor, named_day.end + 1)
    if hours is None or not isinstance(hours.reading, Range) or not isinstance(hours.reading.first, Clock):
        return None
    reading = Range(replace(hours.reading.first, base=named_day.reading), hours.reading.last)
    return Found(reading, hours.end)


def pair_range(cursor: Cursor, at: int) -> Found | None:
    """``يومي الثلاثاء والأربعاء``, ``يومي 13 و14 مارس``, ``بين عامي 2011 و2015``.

    >>> read("يومي الثلاثاء والأربعاء")
    relative day 2024-03-26..2024-03-28
    >>> read("يومي 13 و14 مارس")
    absolute day 2024-03-13..2024-03-15
    >>> read("بين عامي 2011 و2015")
    absolute year 2011-01-01..2016-01-01
    """
    unit = cursor.term(at, UnitTerm, None)
    if unit is None:
        return None
    if unit.term.unit == "year" and unit.term.number in {DUAL, PAIR}:
        return _year_pair(cursor, at, unit.end)
    if unit.term.number not in {MANY, PAIR} or unit.term.is_definite:
        return None
    first = day_range(cursor, unit.end) if unit.term.unit == "day" else None
    if first is not None:
        return Found(first.reading, first.end)
    return _named_pair(cursor, at, unit.end) if unit.term.number == PAIR else None


def _named_pair(cursor: Cursor, at: int, here: int) -> Found | None:
    """Two weekdays, dates or months joined by و."""
    begin = longest(day(cursor, here), absolute.month_of(cursor, here))
    after = _behind_and(cursor, begin.end) if begin is not None else None
    if begin is None or after is None:
        return None
    last = longest(day(cursor, after), absolute.month_of(cursor, after, "و"))
    if last is None or not _fits(begin.reading, last.reading):
        return None
    return led(cursor, at, Found(Range(begin.reading, last.reading), last.end))


def _year_pair(cursor: Cursor, at: int, here: int) -> Found | None:
    """``بين عامي 2011 و2015``, ``عامي 2020 و2021``: without بين the years follow one another."""
    first = cursor.digits(here)
    after = here + 2 if cursor.word(here + 1) in _TO else _behind_and(cursor, here + 1)
    last = cursor.digits(after) if after is not None else None
    if first is None or last is None or after is None or not years.FIRST_YEAR <= first < last <= years.LAST_YEAR:
        return None
    if last > first + 1 and (cursor.begins_line(at) or cursor.own_word(at - 1) not in _BETWEEN):
        return None
    era = cursor.role(after + 1, "era")
    is_hijri = era is not None and era.term.value == "hijri"
    calendar: Calendar = "hijri" if is_hijri else "gregorian"
    end = era.end if era is not None and is_hijri else after + 1
    return led(cursor, at, Found(Range(Ymd(first, calendar=calendar), Ymd(last, calendar=calendar)), end))


def _behind_and(cursor: Cursor, at: int) -> int | None:
    word = cursor.word(at)
    if word == "و":
        return at + 1
    return at if word.startswith("و") else None


def _connected(cursor: Cursor, at: int, end: int) -> int | None:
    """The token a second point may begin at, where a word or mark joins it to the first."""
    word = cursor.word(end)
    before = cursor.own_word(at - 1) if not cursor.begins_line(at) else ""
    if word in _TO:
        return end + 1
    if before in _BETWEEN or _is_pair_before(cursor, at) or _shares_a_cue(cursor, end):
        return _behind_and(cursor, end)
    if before in _FROM and word == "ل":
        return end + 1
    if before in _FROM and word == "لل":
        return end + 1
    return end if before in _FROM and word.startswith("ل") else None


def _shares_a_cue(cursor: Cursor, at: int) -> bool:
    """Whether a second weekday and a dual cue for both follow, as in ``الاثنين والثلاثاء الماضيين``."""
    after = _behind_and(cursor, at)
    second = cursor.term(after, WeekdayTerm, None) if after is not None else None
    cue = cursor.role(second.end, "cue") if second is not None and not second.term.is_bare else None
    return cue is not None and cursor.word(cue.end - 1).endswith("ين")


def _is_month(reading: Reading) -> bool:
    return isinstance(reading, Ymd) and reading.day is None and reading.month is not None


def _next_decade(cursor: Cursor, at: int, first: Found) -> int | None:
    """Where the second of two decades begins that share their century: ``خمسينيات وستينيات القرن الماضي``."""
    after = _behind_and(cursor, first.end)
    is_open = (
        after is not None and not cursor.own_word(at).startswith("ال") and not cursor.own_word(after).startswith("وال")
    )
    return after if is_open and after is not None and cursor.role(after, "decade", None) is not None else None


def _is_pair_before(cursor: Cursor, at: int) -> bool:
    """Whether يومي or شهري stands before: the two days or months follow one another."""
    unit = cursor.term(at - 1, UnitTerm, None) if at and not cursor.begins_line(at) else None
    return unit is not None and unit.term.number == PAIR and unit.term.unit in {"day", "month"}


def _last_point(cursor: Cursor, at: int, first: Reading) -> Found | None:
    """The second point, read as the first one's kind asks."""
    found = longest(
        moment(cursor, at), absolute.month_of(cursor, at, None), _year(cursor, at, first), period(cursor, at),
        named.part(cursor, at), named.season(cursor, at), named.decade(cursor, at),
    )  # fmt: skip
    if found is not None and _fits(first, found.reading):
        return found
    hour = bare_hour(cursor, at) if isinstance(first, Clock) else None
    if hour is not None:
        return hour
    number = ordinal(cursor, at, None) or cardinal(cursor, at, None)
    if number is None or cursor.word(number.end) in {"/", "%", "."}:
        return found
    if isinstance(first, Clock) and number.value <= _HALF_DAY * 2:
        return Found(Clock(number.value), number.end)
    if isinstance(first, Ymd) and first.day is not None and first.day < number.value <= _LAST_DAY:
        last = Ymd(first.year, first.month, number.value, None, first.calendar, first.steps, first.base)
        whole = years.complete_year(cursor, number.end, month=last.month, day=last.day, calendar=last.calendar)
        return whole if first.year is None and whole.end > number.end else Found(last, number.end)
    return found


def _year(cursor: Cursor, at: int, first: Reading) -> Found | None:
    found = years.year(cursor, at)
    if found is not None or not isinstance(first, Ymd) or first.year is None or first.month is not None:
        return found
    last = cursor.digits(at)
    is_year = last is not None and first.year < last <= years.LAST_YEAR and cursor.width(at) == YEAR_DIGITS
    return Found(Ymd(last), at + 1) if is_year else None


def _fits(first: Reading, last: Reading) -> bool:
    """Whether two readings can be the ends of one range: days with days, times with times, the like with the like."""
    if isinstance(first, Ymd) and isinstance(last, Ymd):
        if first.month is None and first.calendar != last.calendar:
            return False  # 1445هـ - 2024م: one year in two calendars
        return (first.day is None) == (last.day is None) and (first.month is None) == (last.month is None)
    if isinstance(first, _TIMES) or (isinstance(first, Offset) and first.unit in {"hour", "minute"}):
        return isinstance(last, Clock)
    if isinstance(first, _DAYS):
        return isinstance(last, _DAYS) and not (isinstance(last, Ymd) and last.day is None)
    return type(first) is type(last) and isinstance(first, (Period, Season, Decade))


def led(cursor: Cursor, at: int, found: Found) -> Found:
    """A range with the من, بين or ما بين before it."""
    if at == 0 or cursor.begins_line(at) or cursor.own_word(at - 1) not in _FROM:
        return Found(found.reading, found.end)
    is_between = cursor.own_word(at - 1) == "بين" and not cursor.begins_line(at - 1)
    has_ma = is_between and cursor.own_word(at - 2) in {"ما", "وما"}
    return Found(found.reading, found.end, at - 2 if has_ma else at - 1)
