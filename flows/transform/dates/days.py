"""Days as people name them: today, a weekday, a date, the n-th day of a period."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flows.transform.dates import absolute, numeric, years
from flows.transform.dates.absolute import day_number
from flows.transform.dates.cursor import UNREAD, Cursor, Found
from flows.transform.dates.numerals import Number, ordinal
from flows.transform.dates.periods import period, plain_period, week_period
from flows.transform.dates.readings import DayShift, HolidayOn, Nth, Offset, Unit, Vague, WeekdayIn, Ymd
from flows.transform.dates.vocabulary import DUAL, MANY, HolidayTerm, UnitTerm, WeekdayTerm
from flows.transform.dates.years import COMMAS, skip

_OF: Final = frozenset({"من", "في"})
_TO_WEEKDAY: Final = COMMAS | {"(", "يوم"}
_TO_SPELLED: Final = COMMAS | {"(", "-"}
_OTHER_DATE: Final = frozenset({"(", "-", "/"})
"""Marks that join a date to the same day in the other calendar."""
_CLOSE: Final = frozenset({")"})
_LAST: Final = frozenset({"اخر", "الاخير", "الاخيره"})
_WEEKDAYS_OF_MONTH: Final = 4
"""An ordinal behind a weekday counts weekdays up to here, days of the month beyond."""


def longest(*found: Found | None) -> Found | None:
    """The reading that reaches furthest, the first of equals."""
    best: Found | None = None
    for one in found:
        if one is not None and (best is None or one.end > best.end):
            best = one
    return best


def day(cursor: Cursor, at: int) -> Found | None:
    """A day at a token, by any way of naming it but the clock."""
    found = cursor.recall("day", at)
    return cursor.keep("day", at, _read_day(cursor, at)) if found is UNREAD else found


def _read_day(cursor: Cursor, at: int) -> Found | None:
    if not cursor.terms_at(at):
        return _dated_twice(cursor, dated(cursor, at))
    found = longest(
        deictic(cursor, at),
        weekday(cursor, at),
        dated(cursor, at),
        absolute.month_day(cursor, at),
        day_after_word(cursor, at),
    )
    return _dated_twice(cursor, found)


def dated(cursor: Cursor, at: int) -> Found | None:
    """A date that begins with a number: ``3 مارس``, ``الثالث من مارس``, ``3/3/2024``."""
    if not cursor.is_numeric(at):
        return None
    return longest(absolute.day_date(cursor, at), numeric.numeric_date(cursor, at))


def _dated_twice(cursor: Cursor, found: Found | None) -> Found | None:
    """A day and, behind a mark, its date in the other calendar: ``15 شعبان 1445هـ - 25 فبراير 2024م``.

    The Gregorian date decides, as sightings differ. Behind الموافق people mark a date of its own, and so do we.
    """
    if found is None or not isinstance(found.reading, Ymd) or found.reading.day is None or found.reading.month is None:
        return found
    here = skip(cursor, found.end, _OTHER_DATE)
    if here == found.end:
        return found
    has_bracket = cursor.word(here - 1) == "("
    named = cursor.term(here, WeekdayTerm)
    here = skip(cursor, named.end, COMMAS) if named is not None else here
    other = dated(cursor, here)
    if other is None or not isinstance(other.reading, Ymd) or other.reading.calendar == found.reading.calendar:
        return found
    end = skip(cursor, other.end, _CLOSE) if has_bracket else other.end
    return Found(_either_date(found.reading, other.reading), end)


def _either_date(first: Ymd, second: Ymd) -> Ymd:
    """One day in two calendars: the Gregorian date, unless only the other one says the year."""
    gregorian, hijri = (first, second) if first.calendar == "gregorian" else (second, first)
    chosen = hijri if gregorian.year is None and hijri.year is not None else gregorian
    return replace(chosen, weekday=first.weekday, shift=first.shift)


def day_after_word(cursor: Cursor, at: int) -> Found | None:
    """``يوم 30 مارس``, ``اليوم الثالث من أكتوبر``: the word day before a date.

    >>> read("يوم 30 مارس")
    absolute day 2024-03-30..2024-03-31
    >>> read("اليوم الثالث من أكتوبر")
    absolute day 2023-10-03..2023-10-04
    """
    unit = cursor.term(at, UnitTerm, None)
    if unit is None or unit.term.unit not in {"day", "night"} or unit.term.number != 1:
        return None
    here = skip(cursor, unit.end, ("في", "(", "ال"))
    return dated(cursor, here)


def deictic(cursor: Cursor, at: int) -> Found | None:
    """``أمس``, ``اليوم الاثنين``, ``غدا الثلاثاء 3 أبريل``, ``هذا اليوم``.

    >>> read("أمس")
    relative day 2024-03-31..2024-04-01
    >>> read("اليوم الاثنين")
    relative day 2024-04-01..2024-04-02
    >>> read("غدا الثلاثاء 3 أبريل")
    absolute day 2023-04-03..2023-04-04
    """
    found = cursor.recall("deictic", at)
    return cursor.keep("deictic", at, _read_deictic(cursor, at)) if found is UNREAD else found


def _read_deictic(cursor: Cursor, at: int) -> Found | None:
    self_word = cursor.role(at, "self", None)
    word = cursor.role(self_word.end, "deictic") if self_word else cursor.role(at, "deictic", None)
    if word is None:
        return None
    days = int(word.term.value)
    if days == 0 and self_word is None and _is_some_day(cursor, word.end):
        return None
    here = skip(cursor, word.end, _TO_WEEKDAY)
    named = cursor.term(here, WeekdayTerm)
    if named is not None and not named.term.is_bare:
        end = skip(cursor, named.end, (")",)) if cursor.word(here - 1) == "(" else named.end
        spelled = _shifted(_date_behind(cursor, end, named.term.weekday), days)
        return spelled or Found(DayShift(days, named.term.weekday), end)
    return _shifted(_date_behind(cursor, word.end, None), days) or Found(DayShift(days), word.end)


def _is_some_day(cursor: Cursor, at: int) -> bool:
    """Whether اليوم is no today: ``اليوم الأول من المهرجان``, ``اليوم العالمي للسلام``, ``في اليوم الواحد``."""
    if cursor.word(at) in cursor.vocabulary.day_kinds:
        return True
    number = ordinal(cursor, at)
    return number is not None and number.is_definite and not number.is_feminine


def _shifted(found: Found | None, days: int) -> Found | None:
    """A date that spells ``أمس`` or ``اليوم`` out keeps the distance: it dates the text too."""
    if found is None or not isinstance(found.reading, Ymd):
        return found
    return Found(replace(found.reading, shift=days), found.end)


def weekday(cursor: Cursor, at: int) -> Found | None:
    """``الثلاثاء``, ``يوم الجمعة القادم``, ``الأحد 3 ديسمبر 2023``, ``هذا الأربعاء``, ``الجمعة من الأسبوع المقبل``.

    >>> read("الثلاثاء")
    relative day 2024-03-26..2024-03-27
    >>> read("يوم الجمعة القادم")
    relative day 2024-04-05..2024-04-06
    >>> read("الأحد 3 ديسمبر 2023")
    absolute day 2023-12-03..2023-12-04
    """
    self_word = cursor.role(at, "self", None)
    here = self_word.end if self_word else at
    word = cursor.term(here, UnitTerm, None if here == at else "")
    has_day = word is not None and word.term.unit == "day" and word.term.number == 1
    if word is not None and has_day:
        here = word.end
    named = cursor.term(here, WeekdayTerm, None if here == at else "")
    if named is None or (named.term.is_bare and not has_day):
        return None
    return _weekday_rest(cursor, named.end, named.term.weekday, steps=0 if self_word else None)


def _weekday_rest(cursor: Cursor, at: int, day_of_week: int, *, steps: int | None) -> Found:
    """What follows a weekday: a date, a cue, the week it is in, its place in a month."""
    spelled = _date_behind(cursor, at, day_of_week)
    if spelled is not None:
        return spelled
    cue = cursor.role(at, "cue")
    if cue is not None:
        spelled = _date_behind(cursor, cue.end, day_of_week)
        return spelled or Found(WeekdayIn(day_of_week, int(cue.term.value)), cue.end)
    week = week_period(cursor, skip(cursor, skip(cursor, at, COMMAS), _OF))
    if week is not None:
        return Found(WeekdayIn(day_of_week, base=week.reading), week.end)
    nth = _nth_behind(cursor, at, day_of_week)
    if nth is not None:
        return nth
    number = ordinal(cursor, at)
    if number is not None and number.is_definite and number.value > _WEEKDAYS_OF_MONTH:
        return Found(Ymd(day=number.value, weekday=day_of_week), number.end)
    return Found(WeekdayIn(day_of_week, steps), at)


def _date_behind(cursor: Cursor, at: int, day_of_week: int | None) -> Found | None:
    """The date that spells a named day out: ``الاثنين، 25 مارس``, ``الخميس الموافق 14 شباط``, ``أمس (25 مارس)``."""
    here = skip(cursor, at, _TO_SPELLED if day_of_week is not None else ("(", "،"))
    has_bracket = here > at and cursor.word(here - 1) == "("
    such = cursor.role(here, "such", "ول")
    here = skip(cursor, such.end if such else here, ("في", "ل", ":", "يوم"))
    if not cursor.begins(here):
        return None
    found = longest(dated(cursor, here), absolute.month_day(cursor, here))
    if found is None or not isinstance(found.reading, Ymd) or (found.reading.weekday is not None):
        return None
    reading = found.reading
    is_spelled = cursor.digits(here) is None
    named = Ymd(
        reading.year, reading.month, reading.day, day_of_week, reading.calendar, reading.steps, reading.base, is_spelled
    )
    return Found(named, skip(cursor, found.end, (")",)) if has_bracket else found.end)


def nth(cursor: Cursor, at: int) -> Found | None:
    """``أول ثلاثاء من شهر أكتوبر``, ``آخر يوم من الشهر``, ``ثالث أيام عيد الفطر``, ``الأسبوع الأخير من 2014``.

    >>> read("أول ثلاثاء من شهر أكتوبر")
    absolute day 2023-10-03..2023-10-04
    >>> read("آخر يوم من الشهر")
    relative day 2024-04-30..2024-05-01
    >>> read("ثالث أيام عيد الفطر")
    absolute day 2024-04-12..2024-04-13
    """
    if cursor.own_word(at) in _LAST:
        n, here = -1, at + 1
    else:
        number = ordinal(cursor, at, None)
        if number is None or number.is_definite:
            return _nth_of_unit(cursor, at)
        n, here = number.value, number.end
    named, unit = cursor.term(here, WeekdayTerm), cursor.term(here, UnitTerm)
    if named is not None:
        return _nth_in(cursor, named.end, n, named.term.weekday)
    if unit is None or unit.term.number == DUAL:
        return None
    return _nth_in(cursor, unit.end, n, unit.term.unit, is_construct=unit.term.number == MANY)


def _nth_of_unit(cursor: Cursor, at: int) -> Found | None:
    """``الأسبوع الأول من مارس``: the unit first."""
    unit = cursor.term(at, UnitTerm, None)
    if unit is None or not unit.term.is_definite or unit.term.number != 1 or unit.term.unit in {"decade", "century"}:
        return None
    return _nth_behind(cursor, unit.end, unit.term.unit)


def _nth_behind(cursor: Cursor, at: int, of: Unit | int) -> Found | None:
    """The ordinal behind a unit or weekday, and the period after it."""
    if cursor.word(at) in _LAST:
        return _nth_in(cursor, at + 1, -1, of)
    number = ordinal(cursor, at)
    return _nth_in(cursor, number.end, number.value, of) if number and number.is_definite else None


def _nth_in(cursor: Cursor, at: int, n: int, of: Unit | int, *, is_construct: bool = False) -> Found | None:
    """The period something is counted in, after من, في, بـ or nothing; ``أول أيام الشهر`` is a construct."""
    here = skip(cursor, at, _OF)
    holiday = cursor.term(here, HolidayTerm)
    if holiday is not None and of == "day":
        return Found(Nth(n, "day", HolidayOn(cursor.vocabulary.holidays[holiday.term.key])), holiday.end)
    base = longest(absolute.month_of(cursor, here, "بل"), period(cursor, here), years.year(cursor, here))
    if base is None and (here > at or is_construct):
        base = plain_period(cursor, here)
    if base is None or isinstance(base.reading, Vague):
        return None
    return Found(Nth(n, of, base.reading), base.end)


def event_day(cursor: Cursor, at: int) -> Found | None:
    """``غداة الضربة``, ``عشية الانتخابات``, ``اليوم التالي``: a day from an event the text does not date.

    >>> read("اليوم التالي")
    relative day 2024-04-02..2024-04-03
    """
    word = cursor.role(at, "event_day", None)
    if word is not None and cursor.word(word.end)[:1].isalpha():
        return Found(Offset("day", 1, 1 if word.term.value == "1" else -1, is_event=True), word.end)
    following = cursor.role(at, "next_day", None)
    if following is not None and cursor.term(at, UnitTerm, "وف") is not None:
        is_alone = cursor.begins_line(at) and not cursor.word(following.end)
        return Found(Offset("day", 1, int(following.term.value), is_event=not is_alone), following.end)
    return None


def bare_day_number(cursor: Cursor, at: int) -> Number | None:
    """A day number that begins a range: ``12`` of ``12 إلى 15 أبريل``."""
    number = day_number(cursor, at, None)
    return number if number is not None and cursor.word(number.end) not in {"/", ":", ".", "%"} else None
