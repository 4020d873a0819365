"""Ranges in words and marks: ``بين 3 و5 مارس``, ``من 12 إلى 15 أبريل الجاري``, ``من الاثنين حتى الخميس``."""

from __future__ import annotations

from dataclasses import replace

from flows.transform.dates import absolute, named, numeric, years
from flows.transform.dates.clock import bare_hour, moment
from flows.transform.dates.cursor import YEAR_DIGITS, Cursor, Found, remembered
from flows.transform.dates.days import bare_day_number, day, longest, period
from flows.transform.dates.numerals import cardinal, ordinal
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
from flows.transform.dates.vocabulary import DUAL, PAIR, UnitTerm

_TO = frozenset({"الي", "حتي", "وحتي", "والي", "لغايه", "-"})
_BETWEEN = frozenset({"بين", "وبين", "مابين"})
_FROM = frozenset({"من", "ومن"}) | _BETWEEN
_DAYS = (Ymd, DayShift, WeekdayIn, Nth)
_TIMES = (Clock, Daypart)
_HALF_DAY, _LAST_DAY = 12, 31


def extended(cursor: Cursor, at: int, first: Found) -> Found:
    """What was found, or the range that begins with it; من or بين before a range is part of it."""
    if isinstance(first.reading, Range):
        return first
    after = _connected(cursor, at, first.end)
    if after is None:
        return first
    last = _last_point(cursor, after, first.reading)
    if last is None or not _fits(first.reading, last.reading):
        return first
    return _led(cursor, at, Found(Range(first.reading, last.reading), last.end))


@remembered
def day_range(cursor: Cursor, at: int) -> Found | None:
    """A range whose first part is a bare number or hour: ``13 إلى 15 تموز``, ``من السادسة إلى السابعة مساء``."""
    number = bare_day_number(cursor, at)
    if number is None:
        return None
    joined = _connected(cursor, at, number.end)
    after = joined or _behind_and(cursor, number.end)
    last = day(cursor, after) if after is not None else None
    if last is None or not isinstance(last.reading, Ymd) or last.reading.day is None:
        return None
    if joined is None and last.reading.day != number.value + 1:
        return None  # 21 و22 أغسطس run on, 21 و25 أغسطس do not
    if number.is_digits and cursor.word(number.end) == "-" and numeric.numeric_date(cursor, at) is not None:
        return None
    return _led(cursor, at, Found(Range(Ymd(day=number.value), last.reading), last.end))


def hour_range(cursor: Cursor, at: int) -> Found | None:
    """``من السادسة للسابعة``, ``من 1:30 بعد الظهر إلى 4``: hours, which need من before them."""
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
    return _led(cursor, at, Found(Range(first.reading, last.reading), last.end))


def day_hours(cursor: Cursor, at: int) -> Found | None:
    """``الخميس من الساعة التاسعة حتى الحادية عشرة صباحا``: a day with its hours."""
    named_day = day(cursor, at)
    if named_day is None or cursor.word(named_day.end) not in {"من", "بين"}:
        return None
    hours = hour_range(cursor, named_day.end + 1)
    if hours is None or not isinstance(hours.reading, Range) or not isinstance(hours.reading.first, Clock):
        return None
    reading = Range(replace(hours.reading.first, base=named_day.reading), hours.reading.last)
    return Found(reading, hours.end)


def pair_range(cursor: Cursor, at: int) -> Found | None:
    """``يومي الثلاثاء والأربعاء``, ``يومي 13 و14 مارس``, ``بين عامي 2011 و2015``."""
    unit = cursor.term(at, UnitTerm, None)
    if unit is None:
        return None
    if unit.term.unit == "year" and unit.term.number in {DUAL, PAIR}:
        return _year_pair(cursor, at, unit.end) if cursor.own_word(at - 1) in _BETWEEN else None
    if unit.term.number != PAIR or unit.term.is_definite:
        return None
    first = day_range(cursor, unit.end) if unit.term.unit == "day" else None
    return Found(first.reading, first.end) if first is not None else _named_pair(cursor, at, unit.end)


def _named_pair(cursor: Cursor, at: int, here: int) -> Found | None:
    """Two weekdays, dates or months joined by و."""
    begin = longest(day(cursor, here), absolute.month_of(cursor, here))
    after = _behind_and(cursor, begin.end) if begin is not None else None
    if begin is None or after is None:
        return None
    last = longest(day(cursor, after), absolute.month_of(cursor, after, "و"))
    if last is None or not _fits(begin.reading, last.reading):
        return None
    return _led(cursor, at, Found(Range(begin.reading, last.reading), last.end))


def _year_pair(cursor: Cursor, at: int, here: int) -> Found | None:
    first = cursor.digits(here)
    after = _behind_and(cursor, here + 1)
    last = cursor.digits(after) if after is not None else None
    if first is None or last is None or after is None or not years.FIRST_YEAR <= first < last <= years.LAST_YEAR:
        return None
    return _led(cursor, at, Found(Range(Ymd(first), Ymd(last)), after + 1))


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
    if before in _BETWEEN or _is_pair_before(cursor, at):
        return _behind_and(cursor, end)
    if before in _FROM and word == "ل":
        return end + 1
    if before in _FROM and word == "لل":
        return end + 1
    return end if before in _FROM and word.startswith("ل") else None


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
        return years.complete_year(cursor, last, number.end) if first.year is None else Found(last, number.end)
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
        return (first.day is None) == (last.day is None) and (first.month is None) == (last.month is None)
    if isinstance(first, _TIMES) or (isinstance(first, Offset) and first.unit in {"hour", "minute"}):
        return isinstance(last, Clock)
    if isinstance(first, _DAYS):
        return isinstance(last, _DAYS) and not (isinstance(last, Ymd) and last.day is None)
    return type(first) is type(last) and isinstance(first, (Period, Season, Decade))


def _led(cursor: Cursor, at: int, found: Found) -> Found:
    """The range with the من or بين before it."""
    has_lead = at > 0 and not cursor.begins_line(at) and cursor.own_word(at - 1) in _FROM
    return Found(found.reading, found.end, at - 1 if has_lead else None)
