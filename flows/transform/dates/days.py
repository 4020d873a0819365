"""Days as people name them: today, a weekday, a date, the n-th day of a period; and periods around the anchor."""

from __future__ import annotations

from dataclasses import replace

from flows.transform.dates import absolute, numeric, years
from flows.transform.dates.absolute import day_number
from flows.transform.dates.cursor import Cursor, Found, remembered
from flows.transform.dates.numerals import Number, ordinal
from flows.transform.dates.readings import (
    DayShift,
    HolidayOn,
    Nth,
    Offset,
    Period,
    Unit,
    Vague,
    WeekdayIn,
    Ymd,
)  # fmt: skip
from flows.transform.dates.vocabulary import DUAL, HolidayTerm, UnitTerm, WeekdayTerm
from flows.transform.dates.years import COMMAS, skip
from flows.values import Calendar

_OF = frozenset({"من", "في"})
_TO_DATE = COMMAS | {"في", "(", "ال"}
_LAST = frozenset({"اخر", "الاخير", "الاخيره"})
_WEEKDAYS_OF_MONTH = 4
"""An ordinal behind a weekday counts weekdays up to here, days of the month beyond."""


def longest(*found: Found | None) -> Found | None:
    """The reading that reaches furthest, the first of equals."""
    best: Found | None = None
    for one in found:
        if one is not None and (best is None or one.end > best.end):
            best = one
    return best


@remembered
def day(cursor: Cursor, at: int) -> Found | None:
    """A day at a token, by any way of naming it but the clock."""
    if not cursor.terms_at(at):
        return longest(absolute.day_date(cursor, at), numeric.numeric_date(cursor, at))
    return longest(
        deictic(cursor, at),
        weekday(cursor, at),
        absolute.day_date(cursor, at),
        numeric.numeric_date(cursor, at),
        absolute.month_day(cursor, at),
        day_after_word(cursor, at),
    )


def day_after_word(cursor: Cursor, at: int) -> Found | None:
    """``يوم 30 مارس``, ``اليوم الثالث من أكتوبر``: the word day before a date."""
    unit = cursor.term(at, UnitTerm, None)
    if unit is None or unit.term.unit not in {"day", "night"} or unit.term.number != 1:
        return None
    here = skip(cursor, unit.end, _TO_DATE - COMMAS)
    return longest(absolute.day_date(cursor, here), numeric.numeric_date(cursor, here))


@remembered
def deictic(cursor: Cursor, at: int) -> Found | None:
    """``أمس``, ``اليوم الاثنين``, ``غدا الثلاثاء 3 أبريل``, ``هذا اليوم``."""
    self_word = cursor.role(at, "self", None)
    word = cursor.role(self_word.end, "deictic") if self_word else cursor.role(at, "deictic", None)
    if word is None:
        return None
    days = int(word.term.value)
    here = skip(cursor, word.end, COMMAS | {"(", "يوم"})
    named = cursor.term(here, WeekdayTerm)
    if named is not None and not named.term.is_bare:
        end = skip(cursor, named.end, frozenset({")"})) if cursor.word(here - 1) == "(" else named.end
        dated = _shifted(_date_behind(cursor, end, named.term.weekday), days)
        return dated or Found(DayShift(days, named.term.weekday), end)
    return _shifted(_date_behind(cursor, word.end, None), days) or Found(DayShift(days), word.end)


def _shifted(dated: Found | None, days: int) -> Found | None:
    """A date that spells ``أمس`` or ``اليوم`` out keeps the distance: it dates the text too."""
    if dated is None or not isinstance(dated.reading, Ymd):
        return dated
    return Found(replace(dated.reading, shift=days), dated.end)


def weekday(cursor: Cursor, at: int) -> Found | None:
    """``الثلاثاء``, ``يوم الجمعة القادم``, ``الأحد 3 ديسمبر 2023``, ``هذا الأربعاء``, ``الجمعة من الأسبوع المقبل``."""
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
    dated = _date_behind(cursor, at, day_of_week)
    if dated is not None:
        return dated
    cue = cursor.role(at, "cue")
    if cue is not None:
        dated = _date_behind(cursor, cue.end, day_of_week)
        return dated or Found(WeekdayIn(day_of_week, int(cue.term.value)), cue.end)
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
    here = skip(cursor, at, COMMAS | {"(", "-"} if day_of_week is not None else frozenset({"(", "،"}))
    has_bracket = here > at and cursor.word(here - 1) == "("
    such = cursor.role(here, "such", "ول")
    here = skip(cursor, such.end if such else here, frozenset({"في", "ل", ":", "يوم"}))
    found = longest(
        absolute.day_date(cursor, here), numeric.numeric_date(cursor, here), absolute.month_day(cursor, here)
    )
    if found is None or not isinstance(found.reading, Ymd) or (found.reading.weekday is not None):
        return None
    reading = found.reading
    named = Ymd(reading.year, reading.month, reading.day, day_of_week, reading.calendar, reading.steps, reading.base)
    return Found(named, skip(cursor, found.end, frozenset({")"})) if has_bracket else found.end)


def week_period(cursor: Cursor, at: int) -> Found | None:
    """A week by its place: ``الأسبوع المقبل``, ``هذا الأسبوع``."""
    found = period(cursor, at)
    if found is not None and isinstance(found.reading, Period) and found.reading.unit == "week":
        return found
    return None


def weekday_of_week(cursor: Cursor, at: int) -> Found | None:
    """The week first: ``الأسبوع المقبل يوم الجمعة``."""
    week = week_period(cursor, at)
    if week is None:
        return None
    here = skip(cursor, week.end, COMMAS)
    word = cursor.term(here, UnitTerm)
    if word is not None and word.term.unit == "day":
        here = word.end
    named = cursor.term(here, WeekdayTerm)
    if named is None or (named.term.is_bare and word is None):
        return None
    return Found(WeekdayIn(named.term.weekday, base=week.reading), named.end)


@remembered
def period(cursor: Cursor, at: int) -> Found | None:
    """A period around the anchor: ``الأسبوع الماضي``, ``هذا الشهر``, ``السنة الهجرية القادمة``, ``اليوم نفسه``."""
    self_word, same = cursor.role(at, "self", None), cursor.role(at, "same", None)
    lead = self_word or same
    unit = cursor.term(lead.end, UnitTerm) if lead else cursor.term(at, UnitTerm, None)
    if unit is None or not unit.term.is_definite or unit.term.number != 1:
        return None
    era = cursor.role(unit.end, "era")
    here = era.end if era else unit.end
    same_behind = cursor.role(here, "same")
    if same or same_behind:
        return Found(Offset(unit.term.unit, 0, 1, is_event=True), same_behind.end if same_behind else here)
    calendar: Calendar = "hijri" if era and era.term.value == "hijri" else "gregorian"
    cue = cursor.role(here, "cue")
    if cue is not None and not _is_general(cursor, at, cursor.word(cue.end - 1)):
        return Found(Period(unit.term.unit, int(cue.term.value), calendar), cue.end)
    behind = cursor.role(here, "self")
    if self_word is not None or behind is not None:
        return Found(Period(unit.term.unit, 0, calendar), behind.end if behind else here)
    return None


def _is_general(cursor: Cursor, at: int, cue: str) -> bool:
    """Whether العام is "general" after the noun before it: ``الأمين العام السابق``."""
    is_title = cursor.own_word(at - 1) in cursor.vocabulary.general and not cursor.begins_line(at)
    return is_title and cursor.own_word(at) == "العام" and cue not in {"الماضي", "المقبل", "القادم", "الجاري"}


def plain_period(cursor: Cursor, at: int) -> Found | None:
    """A definite unit without a cue, as it stands after a part: ``نهاية العام``, ``مطلع الأسبوع``."""
    unit = cursor.term(at, UnitTerm)
    if (
        unit is None
        or not unit.term.is_definite
        or unit.term.number != 1
        or unit.term.unit in {"second", "minute", "hour"}
    ):
        return None
    return Found(Period(unit.term.unit, 0), unit.end)


def nth(cursor: Cursor, at: int) -> Found | None:
    """``أول ثلاثاء من شهر أكتوبر``, ``آخر يوم من الشهر``, ``ثالث أيام عيد الفطر``, ``الأسبوع الأخير من 2014``."""
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
    return _nth_in(cursor, unit.end, n, unit.term.unit)


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


def _nth_in(cursor: Cursor, at: int, n: int, of: Unit | int) -> Found | None:
    """The period something is counted in, after من, في, بـ or nothing."""
    here = skip(cursor, at, _OF)
    holiday = cursor.term(here, HolidayTerm)
    if holiday is not None and of == "day":
        return Found(Nth(n, "day", HolidayOn(cursor.vocabulary.holidays[holiday.term.key])), holiday.end)
    base = longest(absolute.month_of(cursor, here, "بل"), period(cursor, here), years.year(cursor, here))
    if base is None and here > at:
        base = plain_period(cursor, here)
    if base is None or isinstance(base.reading, Vague):
        return None
    return Found(Nth(n, of, base.reading), base.end)


def event_day(cursor: Cursor, at: int) -> Found | None:
    """``غداة الضربة``, ``عشية الانتخابات``, ``اليوم التالي``: a day from an event the text does not date."""
    word = cursor.role(at, "event_day", None)
    if word is not None and cursor.word(word.end)[:1].isalpha():
        return Found(Offset("day", 1, 1 if word.term.value == "1" else -1, is_event=True), word.end)
    following = cursor.role(at, "next_day", None)
    if following is not None and cursor.term(at, UnitTerm, "وف") is not None:
        return Found(Offset("day", 1, int(following.term.value), is_event=bool(cursor.word(at - 1))), following.end)
    return None


def bare_day_number(cursor: Cursor, at: int) -> Number | None:
    """A day number that begins a range: ``12`` of ``12 إلى 15 أبريل``."""
    number = day_number(cursor, at, None)
    return number if number is not None and cursor.word(number.end) not in {"/", ":", ".", "%"} else None
