"""Dates by name and number: days, months and years of a calendar."""

from __future__ import annotations

from typing import Final

from flows.transform.dates import numeric
from flows.transform.dates.cursor import DAY_DIGITS, UNREAD, Cursor, Found
from flows.transform.dates.numerals import Number, cardinal, ordinal, single
from flows.transform.dates.readings import Offset, Period, Ymd
from flows.transform.dates.vocabulary import MonthTerm, UnitTerm, WeekdayTerm
from flows.transform.dates.years import INTRODUCES, complete_year, is_counted, skip
from flows.values import Calendar

_DUAL_MARKS: Final = frozenset({"/", "-", "(", "\\", "«"})
_DUAL_ENDS: Final = {"(": ")", "«": "»"}
_TO: Final = frozenset({"الي", "حتي", "وحتي", "و"})
DAY_LEADS: Final = frozenset({"يوم", "بتاريخ", "تاريخ", "الموافق", "في", "منذ", "حتي", "لغايه"})
_LAST_DAY: Final = 31
_LAST_MONTH: Final = 12


class MonthAt:
    """A month in the text; ``is_sure`` where nothing else can be meant."""

    __slots__ = ("calendar", "end", "is_sure", "month")

    def __init__(self, month: int, calendar: Calendar, end: int, *, is_sure: bool) -> None:
        self.month = month
        self.calendar = calendar
        self.end = end
        self.is_sure = is_sure


def day_number(cursor: Cursor, at: int, proclitics: str | None = "") -> Number | None:
    """A day of the month at a token: ``27``, ``الثالث``, ``الحادي والعشرين``, ``أول``, ``عشرين``."""
    number = ordinal(cursor, at, proclitics) if cursor.terms_at(at) else None
    if number is None:
        number = cardinal(cursor, at, proclitics)
        if number is not None and number.is_definite and not number.is_digits:
            return None  # الأشهر الثلاثة من أبريل counts months
    elif number.is_feminine:
        return None
    if number is None or not 1 <= number.value <= _LAST_DAY:
        return None
    if number.is_digits and cursor.width(number.end - 1) > DAY_DIGITS:
        return None
    return number


def month_at(cursor: Cursor, at: int, proclitics: str | None = "") -> MonthAt | None:
    """A month at a token: by name or two names, ``شهر 9``, ``الشهر الثامن``."""
    unit = cursor.term(at, UnitTerm, proclitics)
    is_introduced = unit is not None and unit.term.unit == "month" and unit.term.number == 1
    named = cursor.term(unit.end if unit and is_introduced else at, MonthTerm, "" if is_introduced else proclitics)
    if named is not None and named.term.needs_context and cursor.original_letter(named.end - 1) == "إ":
        return None  # إب is a city, آب a month: folding joins them
    if named is not None:
        second = _second_name(cursor, named.end, named.term.month)
        is_named = is_introduced or second > named.end or _is_before_month(cursor, named.end)
        is_sure = is_named or not named.term.needs_context
        return MonthAt(named.term.month, named.term.calendar, second, is_sure=is_sure)
    if unit is None or not is_introduced:
        return None
    number = (ordinal if unit.term.is_definite else cardinal)(cursor, unit.end)
    if number is None or not 1 <= number.value <= _LAST_MONTH or is_counted(cursor, number.end):
        return None
    return MonthAt(number.value, "gregorian", number.end, is_sure=True)


def _is_before_month(cursor: Cursor, at: int) -> bool:
    """Whether a mark and another month follow: the ``/أبريل`` of ``مارس/أبريل``."""
    return cursor.word(at) in {"/", "-"} and cursor.term(at + 1, MonthTerm) is not None


def _second_name(cursor: Cursor, at: int, month: int) -> int:
    """Past the second name of a month: ``سبتمبر/أيلول``, ``أيلول (سبتمبر)``; another month begins a range."""
    mark = skip(cursor, at, _DUAL_MARKS)
    second = cursor.term(mark, MonthTerm)
    if second is None or second.term.calendar == "hijri" or second.term.month != month:
        return at
    if mark > at and cursor.word(second.end) == _DUAL_ENDS.get(cursor.word(at)):
        return second.end + 1
    return second.end


def day_date(cursor: Cursor, at: int) -> Found | None:
    """``27 سبتمبر/أيلول الماضي``, ``الثالث من أكتوبر 2023``, ``12 من الشهر الجاري``.

    >>> read("27 سبتمبر/أيلول الماضي")
    relative day 2023-09-27..2023-09-28
    >>> read("الثالث من أكتوبر 2023")
    absolute day 2023-10-03..2023-10-04
    >>> read("12 من الشهر الجاري")
    relative day 2024-04-12..2024-04-13
    """
    found = cursor.recall("day_date", at)
    return cursor.keep("day_date", at, _read_day_date(cursor, at)) if found is UNREAD else found


def _read_day_date(cursor: Cursor, at: int) -> Found | None:
    day = day_number(cursor, at, None)
    if day is None:
        return None
    here = skip(cursor, day.end, ("من", "/", "-"))
    here = skip(cursor, here, ("(",))
    month = month_at(cursor, here, "ل")
    if month is None:
        return _day_of_period(cursor, day, skip(cursor, day.end, ("من", "في")))
    if not day.is_digits and not day.is_definite and not month.is_sure and here == day.end:
        return None
    found = complete_year(cursor, month.end, month=month.month, day=day.value, calendar=month.calendar)
    is_score = found.end == month.end and single(cursor, here) is not None and cursor.word(here - 1) != "من"
    return None if is_score else found  # صفر is a month and nought: 3 - صفر


def _day_of_period(cursor: Cursor, day: Number, at: int) -> Found | None:
    """``12 من الشهر الجاري``, ``السابع من هذا الشهر``, ``14 الشهر الجاي``, ``في 10 الجاري``."""
    cue = cursor.role(at, "cue")
    is_led = day.is_digits and _calls_for_a_day(cursor, day.end - 1)
    if cue is not None and (is_led or (cue.term.value == "0" and at > day.end)):
        return Found(Ymd(day=day.value, base=Period("month", int(cue.term.value))), cue.end)
    period = month_period(cursor, at)
    if period is None:
        return None
    return Found(Ymd(day=day.value, base=period.reading), period.end)


def _calls_for_a_day(cursor: Cursor, at: int) -> bool:
    """Whether a word before a number calls for a day: a weekday, ``يوم``, ``في``, ``بتاريخ``."""
    if cursor.begins_line(at):
        return False
    return cursor.own_word(at - 1) in DAY_LEADS or cursor.term(at - 1, WeekdayTerm, None) is not None


def month_period(cursor: Cursor, at: int) -> Found | None:
    """A month by its place: ``الشهر الجاري``, ``هذا الشهر``, ``الشهر نفسه``.

    >>> read("الشهر الجاري")
    relative month 2024-04-01..2024-05-01
    >>> read("هذا الشهر")
    relative month 2024-04-01..2024-05-01
    >>> read("الشهر نفسه")
    relative month no value
    """
    self_word, same = cursor.role(at, "self"), cursor.role(at, "same")
    lead = self_word or same
    unit = cursor.term(lead.end if lead else at, UnitTerm, "" if lead else "بل")
    if unit is None or unit.term.unit != "month" or not unit.term.is_definite or unit.term.number != 1:
        return None
    same_behind = cursor.role(unit.end, "same")
    if same or same_behind:
        return Found(Offset("month", 0, 1, is_event=True), same_behind.end if same_behind else unit.end)
    cue = cursor.role(unit.end, "cue")
    if cue is not None:
        return Found(Period("month", int(cue.term.value)), cue.end)
    behind = cursor.role(unit.end, "self")
    if behind is not None:
        return Found(Period("month", 0), behind.end)
    return Found(Period("month", 0), unit.end) if self_word else None


def month_day(cursor: Cursor, at: int) -> Found | None:
    """The month first: ``أغسطس 27``, ``march 28, 2023``, ``يناير-1``.

    >>> read("أغسطس 27")
    absolute day 2023-08-27..2023-08-28
    >>> read("march 28, 2023")
    absolute day 2023-03-28..2023-03-29
    >>> read("يناير-1")
    absolute day 2024-01-01..2024-01-02
    """
    found = cursor.recall("month_day", at)
    return cursor.keep("month_day", at, _read_month_day(cursor, at)) if found is UNREAD else found


def _read_month_day(cursor: Cursor, at: int) -> Found | None:
    month = month_at(cursor, at, None)
    if month is None or month.calendar == "hijri":
        return None
    here = skip(cursor, month.end, ("-",))
    day = cardinal(cursor, here) or (ordinal(cursor, here) if cursor.term(at - 1, WeekdayTerm, None) else None)
    if day is None or not 1 <= day.value <= _LAST_DAY or (day.is_digits and cursor.width(day.end - 1) > DAY_DIGITS):
        return None
    if cursor.word(day.end) in {"/", ":", ".", "%"} or is_counted(cursor, day.end):
        return None
    found = complete_year(cursor, day.end, month=month.month, day=day.value)
    is_open = found.end == day.end and cursor.word(day.end)[:1].isalpha() and cursor.word(day.end) not in _TO
    return None if is_open else found  # نوفمبر 19 سنتا is a month and a price


def month_date(cursor: Cursor, at: int) -> Found | None:
    """A month with its year or cue, or alone where it can be nothing else: ``مارس 2024``, ``شهر رمضان``.

    >>> read("مارس 2024")
    absolute month 2024-03-01..2024-04-01
    >>> read("شهر رمضان")
    absolute month 2024-03-11..2024-04-10
    """
    found = cursor.recall("month_date", at)
    return cursor.keep("month_date", at, _read_month_date(cursor, at)) if found is UNREAD else found


def _read_month_date(cursor: Cursor, at: int) -> Found | None:
    month = month_at(cursor, at, None)
    if month is None:
        return None
    bracketed = _numeric_in_brackets(cursor, month)
    if bracketed is not None:
        return bracketed
    found = complete_year(cursor, month.end, month=month.month, calendar=month.calendar)
    if found.end > month.end or month.is_sure:
        return found
    is_led = cursor.words[at][: cursor.offset(at)] in {"", "و"} and _is_introduced(cursor, at)
    return found if is_led else None


def month_of(cursor: Cursor, at: int, proclitics: str | None = "") -> Found | None:
    """A month with its year or cue where the word before already calls for one."""
    month = month_at(cursor, at, proclitics)
    if month is None:
        return None
    return complete_year(cursor, month.end, month=month.month, calendar=month.calendar)


def _numeric_in_brackets(cursor: Cursor, month: MonthAt) -> Found | None:
    """``شباط ( 28 / 2 / 1945 )``: the bracket spells the day out."""
    if cursor.word(month.end) != "(":
        return None
    found = numeric.numeric_date(cursor, month.end + 1)
    if found is None or not isinstance(found.reading, Ymd) or found.reading.month != month.month:
        return None
    return Found(found.reading, skip(cursor, found.end, (")",)))


def _is_introduced(cursor: Cursor, at: int) -> bool:
    """Whether the word before calls for a time, or the line holds nothing else."""
    before = cursor.own_word(at - 1) if at and not cursor.begins_line(at) else ""
    last = cursor.term(at - 1, MonthTerm, None) if before else None
    is_listed = last is not None and not last.term.needs_context  # فبراير ومارس
    return is_listed or before in INTRODUCES or (not before and not cursor.word(at + 1))
