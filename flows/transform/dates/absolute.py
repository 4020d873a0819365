"""Dates by name and number: days, months and years of a calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.transform.dates.cursor import Cursor, Found
from flows.transform.dates.numerals import Number, cardinal, ordinal, year_number
from flows.transform.dates.readings import Period, Range, Reading, Ymd
from flows.transform.dates.vocabulary import MonthTerm, UnitTerm, WeekdayTerm
from flows.values import Calendar

COMMAS = frozenset({",", "،", "؛"})
_DUAL_MARKS = frozenset({"/", "-", "(", "\\"})
_INTRODUCES = frozenset({"في", "خلال", "منذ", "مند", "حتي", "لغايه", "بحلول", "قبل", "بعد", "من", "الي", "مطلع", "نهايه", "بين"})
_LAST_DAY, _LAST_MONTH = 31, 12
_HIJRI_YEARS = range(1200, 1601)
_MODERN_YEARS = range(1900, 2100)
FIRST_YEAR, LAST_YEAR = 1000, 2999


@dataclass(frozen=True, slots=True)
class MonthAt:
    """A month in the text; ``is_sure`` where nothing else can be meant."""

    month: int
    calendar: Calendar
    end: int
    is_sure: bool


@dataclass(frozen=True, slots=True)
class YearAt:
    """A year in the text, as a number or as ``العام الماضي``."""

    end: int
    year: int | None = None
    calendar: Calendar | None = None
    base: Reading | None = None
    is_named: bool = False
    """Whether عام or سنة stands before it, or an era behind it."""


def skip(cursor: Cursor, at: int, words: frozenset[str]) -> int:
    """The next token where the one at hand is among the words, else the same."""
    return at + 1 if cursor.word(at) in words else at


def day_number(cursor: Cursor, at: int, proclitics: str | None = "") -> Number | None:
    """A day of the month at a token: ``27``, ``الثالث``, ``الحادي والعشرين``, ``أول``."""
    number = ordinal(cursor, at, proclitics) or cardinal(cursor, at, proclitics)
    if number is None or not 1 <= number.value <= _LAST_DAY:
        return None
    if number.is_digits and len(cursor.word(number.end - 1, after=False)) > 2:  # noqa: PLR2004 - at most two digits
        return None
    return number


def month_at(cursor: Cursor, at: int, proclitics: str | None = "") -> MonthAt | None:
    """A month at a token: by name or two names, ``شهر 9``, ``الشهر الثامن``."""
    unit = cursor.term(at, UnitTerm, proclitics)
    is_introduced = unit is not None and unit.term.unit == "month" and unit.term.number == 1
    named = cursor.term(unit.end if unit and is_introduced else at, MonthTerm, "" if is_introduced else proclitics)
    if named is not None:
        second = _second_name(cursor, named.end)
        is_sure = is_introduced or second > named.end or not named.term.needs_context
        return MonthAt(named.term.month, named.term.calendar, second, is_sure)
    if unit is None or not is_introduced:
        return None
    number = (ordinal if unit.term.is_definite else cardinal)(cursor, unit.end)
    if number is None or not 1 <= number.value <= _LAST_MONTH or _is_counted(cursor, number.end):
        return None
    return MonthAt(number.value, "gregorian", number.end, is_sure=True)


def _second_name(cursor: Cursor, at: int) -> int:
    """Past the second name of a month: ``سبتمبر/أيلول``, ``أيلول (سبتمبر)``, ``أيلول سبتمبر``."""
    mark = skip(cursor, at, _DUAL_MARKS)
    second = cursor.term(mark, MonthTerm)
    if second is None or second.term.calendar == "hijri":
        return at
    if mark > at and cursor.word(at) == "(" and cursor.word(second.end) == ")":
        return second.end + 1
    return second.end


def _is_counted(cursor: Cursor, at: int) -> bool:
    return cursor.word(at) in cursor.vocabulary.counted


def year_at(cursor: Cursor, at: int, calendar: Calendar = "gregorian") -> YearAt | None:
    """A year after a month or a season: ``2023``, ``، 2023``, ``من عام ( 1987 )``, ``من العام الماضي``, ``1445 هـ``."""
    here = skip(cursor, skip(cursor, at, COMMAS), frozenset({"من", "في", "-", "/"}))
    word = cursor.term(here, UnitTerm, "لب")
    self_word = cursor.role(here, "self")
    if self_word is not None:
        word = cursor.term(self_word.end, UnitTerm)
    if word is not None and word.term.unit == "year" and word.term.number == 1:
        return _named_year(cursor, word.end, calendar, is_this=self_word is not None)
    if self_word is not None:
        return None
    open_ = skip(cursor, here, frozenset({"("}))
    number = year_number(cursor, open_) or _short_hijri_year(cursor, open_, calendar)
    if number is None:
        return None
    return _with_era(cursor, number, calendar, has_open=open_ > here, is_named=False)


def _named_year(cursor: Cursor, at: int, calendar: Calendar, *, is_this: bool) -> YearAt | None:
    """What follows عام or العام: a number, or a cue."""
    if is_this:
        return YearAt(at, base=Period("year", 0, calendar), is_named=True)
    era = cursor.role(at, "era")
    cue = cursor.role(era.end if era else at, "cue")
    if cue is not None:
        found = "hijri" if era and era.term.value == "hijri" else calendar
        return YearAt(cue.end, base=Period("year", int(cue.term.value), found), is_named=True)  # type: ignore[arg-type]
    open_ = skip(cursor, at, frozenset({"("}))
    number = year_number(cursor, open_) or _short_hijri_year(cursor, open_, calendar)
    return _with_era(cursor, number, calendar, has_open=open_ > at, is_named=True) if number else None


def _short_hijri_year(cursor: Cursor, at: int, calendar: Calendar) -> Number | None:
    """A year of two or three digits, which only an era behind it makes a year."""
    number = cardinal(cursor, at)
    if number is None or not number.is_digits or not 1 <= number.value < FIRST_YEAR:
        return None
    era = cursor.role(number.end, "era")
    return number if era is not None and (calendar == "hijri" or era.term.value == "hijri") else None


def _with_era(cursor: Cursor, number: Number, calendar: Calendar, *, has_open: bool, is_named: bool) -> YearAt | None:
    """Close the bracket, read the era, settle the calendar."""
    end = number.end
    if has_open and cursor.word(end) == ")":
        end += 1
    elif has_open:
        return None
    slash = cursor.word(end) == "/" and cursor.words[end - 1].isdigit() and number.value in _HIJRI_YEARS
    era = cursor.role(end + 1 if slash and cursor.role(end + 1, "era") else end, "era")
    if era is not None and _is_letter_in_use(cursor, era.end, era.term.value):
        era = None
    if era is not None:
        found: Calendar = "hijri" if era.term.value == "hijri" else "gregorian"
        if era.term.value == "bc":
            return None
        return YearAt(era.end, number.value, found, is_named=True)
    if not FIRST_YEAR <= number.value <= LAST_YEAR:
        return None
    if calendar == "hijri" and number.value not in _HIJRI_YEARS:
        return YearAt(end, base=Ymd(number.value), is_named=is_named)
    return YearAt(end, number.value, calendar, is_named=is_named)


def _is_letter_in_use(cursor: Cursor, at: int, value: str) -> bool:
    """A lone م or ه that begins an abbreviation (``م. محمد``) is no era."""
    return value != "bc" and cursor.word(at - 1, after=False) in {"م", "ه"} and cursor.word(at) == "." and bool(
        cursor.word(at + 1)
    )


def complete_year(cursor: Cursor, reading: Ymd, at: int) -> Found:
    """A day or month with the year or the cue that follows it, if any."""
    cue = cursor.role(at, "cue")
    if cue is not None:
        return Found(replace(reading, steps=int(cue.term.value)), cue.end)
    year = year_at(cursor, at, reading.calendar)
    if year is None or (year.end - at > 1 and year.year is not None and _starts_count(cursor, year)):
        return Found(reading, at)
    if year.base is not None:
        return Found(replace(reading, base=year.base), year.end)
    return Found(replace(reading, year=year.year, calendar=year.calendar or reading.calendar), year.end)


def _starts_count(cursor: Cursor, year: YearAt) -> bool:
    """Whether what looks like a year counts things: ``في مارس، 2000 شخص``."""
    return not year.is_named and _is_counted(cursor, year.end)


def day_date(cursor: Cursor, at: int) -> Found | None:
    """``27 سبتمبر/أيلول الماضي``, ``الثالث من أكتوبر 2023``, ``12 من الشهر الجاري``."""
    day = day_number(cursor, at, None)
    if day is None:
        return None
    here = skip(cursor, day.end, frozenset({"من", "/", "-"}))
    here = skip(cursor, here, frozenset({"("}))
    month = month_at(cursor, here, "ل")
    if month is None:
        return _day_of_period(cursor, day, skip(cursor, day.end, frozenset({"من", "في"})))
    if not day.is_digits and not day.is_definite and not month.is_sure and here == day.end:
        return None
    return complete_year(cursor, Ymd(month=month.month, day=day.value, calendar=month.calendar), month.end)


def _day_of_period(cursor: Cursor, day: Number, at: int) -> Found | None:
    """``12 من الشهر الجاري``, ``السابع من هذا الشهر``, ``14 الشهر الجاي``."""
    period = month_period(cursor, at)
    if period is None:
        return None
    return Found(Ymd(day=day.value, base=period.reading), period.end)


def month_period(cursor: Cursor, at: int) -> Found | None:
    """A month by its place: ``الشهر الجاري``, ``هذا الشهر``, ``الشهر نفسه``."""
    self_word = cursor.role(at, "self")
    unit = cursor.term(self_word.end if self_word else at, UnitTerm, "" if self_word else "بل")
    if unit is None or unit.term.unit != "month" or not unit.term.is_definite or unit.term.number != 1:
        return None
    cue = cursor.role(unit.end, "cue") or cursor.role(unit.end, "self")
    if cue is None:
        return Found(Period("month", 0), unit.end) if self_word else None
    steps = int(cue.term.value)
    return Found(Period("month", steps), cue.end)


def month_day(cursor: Cursor, at: int) -> Found | None:
    """The month first: ``أغسطس 27``, ``march 28, 2023``, ``يناير-1``."""
    month = month_at(cursor, at, None)
    if month is None or month.calendar == "hijri":
        return None
    here = skip(cursor, month.end, frozenset({"-"}))
    day = cardinal(cursor, here) or (ordinal(cursor, here) if cursor.term(at - 1, WeekdayTerm, None) else None)
    if day is None or not 1 <= day.value <= _LAST_DAY or (day.is_digits and len(cursor.words[day.end - 1]) > 2):  # noqa: PLR2004
        return None
    if cursor.word(day.end) in {"/", ":", ".", "%"} or _is_counted(cursor, day.end):
        return None
    return complete_year(cursor, Ymd(month=month.month, day=day.value), day.end)


def month_date(cursor: Cursor, at: int) -> Found | None:
    """A month with its year or cue, or alone where it can be nothing else: ``مارس 2024``, ``شهر رمضان``."""
    month = month_at(cursor, at, None)
    if month is None:
        return None
    bracketed = _numeric_in_brackets(cursor, month)
    if bracketed is not None:
        return bracketed
    found = complete_year(cursor, Ymd(month=month.month, calendar=month.calendar), month.end)
    if found.end > month.end or month.is_sure or _is_introduced(cursor, at):
        return found
    return None


def _numeric_in_brackets(cursor: Cursor, month: MonthAt) -> Found | None:
    """``شباط ( 28 / 2 / 1945 )``: the bracket spells the day out."""
    if cursor.word(month.end) != "(":
        return None
    found = numeric_date(cursor, month.end + 1)
    if found is None or not isinstance(found.reading, Ymd) or found.reading.month != month.month:
        return None
    return Found(found.reading, skip(cursor, found.end, frozenset({")"})))


def _is_introduced(cursor: Cursor, at: int) -> bool:
    """Whether the word before calls for a time, or the line holds nothing else."""
    before = cursor.word(at - 1, after=False) if at and not cursor.begins_line(at) else ""
    return before in _INTRODUCES or (not before and not cursor.word(at + 1))


def year(cursor: Cursor, at: int) -> Found | None:
    """A year: ``عام 2023``, ``العام ( 1948 )``, ``1445 هـ``, or bare where its neighbours make it one."""
    word = cursor.term(at, UnitTerm, None)
    if word is not None and word.term.unit == "year" and word.term.number == 1:
        named = _named_year(cursor, word.end, "gregorian", is_this=False)
        if named is None or named.year is None:
            return None
        return year_range(cursor, Found(Ymd(named.year, calendar=named.calendar or "gregorian"), named.end))
    digits = cursor.digits(at, after=False)
    if digits is None:
        return None
    number = Number(digits, at + 1, is_digits=True)
    found = _with_era(cursor, number, "gregorian", has_open=False, is_named=False)
    if found is None or not (found.is_named or is_bare_year(cursor, at)):
        return None
    return year_range(cursor, Found(Ymd(found.year, calendar=found.calendar or "gregorian"), found.end))


def year_range(cursor: Cursor, first: Found) -> Found:
    """``1936 - 1939``, ``2023/2024``: two years joined by a mark."""
    if cursor.word(first.end) not in {"-", "/"}:
        return first
    last = cursor.digits(first.end + 1)
    begin = first.reading
    if last is None or not isinstance(begin, Ymd) or begin.year is None or cursor.word(first.end + 2) in {"-", "/"}:
        return first
    last = last + begin.year // 100 * 100 if last < 100 and begin.year % 100 < last else last  # noqa: PLR2004
    if not begin.year < last <= begin.year + 200:  # noqa: PLR2004 - a longer span is no range of years in news
        return first
    return Found(Range(begin, Ymd(last, calendar=begin.calendar)), first.end + 2)


def is_bare_year(cursor: Cursor, at: int) -> bool:
    """Whether a number of four digits is a year by what stands around it, not a count, a number or a price."""
    word, before, behind = cursor.word(at, after=False), cursor.word(at - 1, after=False), cursor.word(at + 1)
    if len(word) != 4 or int(word) not in _MODERN_YEARS or cursor.begins_line(at):  # noqa: PLR2004
        return False
    vocabulary = cursor.vocabulary
    if before in vocabulary.numbered or behind in vocabulary.counted or behind in {"%", ".", ","} and cursor.touches(at):
        if not (behind in {".", ","} and cursor.digits(at + 2) is None):
            return False
    if cursor.touches(at - 1) and not before.isalpha() and before not in {"(", "-", "/", "«", '"'}:
        return False
    return before in _INTRODUCES or not behind[:1].isalpha() or behind.startswith(("ال", "و")) or before == "("


def numeric_date(cursor: Cursor, at: int) -> Found | None:
    """``25/03/2024``, ``2024-3-25``, ``15 / 1 / ( 1959 )``, ``9/2021``; two parts alone need a word before them."""
    first = cursor.digits(at, after=False)
    mark = cursor.word(at + 1)
    if first is None or mark not in {"/", "-", "."} or _continues_number(cursor, at):
        return None
    second = cursor.digits(at + 2)
    if second is None:
        return None
    if cursor.word(at + 3) == mark:
        return _three_parts(cursor, at, first, second)
    return _two_parts(cursor, at, mark, first, second)


def _continues_number(cursor: Cursor, at: int) -> bool:
    """Whether a number is the tail of a longer one, as in 1.2.3 or +966-50."""
    return at > 0 and not cursor.begins_line(at) and cursor.touches(at - 1) and cursor.word(at - 1) in set("/-.,+:")


def _three_parts(cursor: Cursor, at: int, first: int, second: int) -> Found | None:
    mark, open_ = cursor.word(at + 1), skip(cursor, at + 4, frozenset({"("}))
    third, end = cursor.digits(open_), open_ + 1
    if third is None or (cursor.word(end) == mark and cursor.digits(end + 1) is not None and cursor.touches(end)):
        return None
    if open_ > at + 4:
        end = skip(cursor, end, frozenset({")"}))
    if mark == "." and not (cursor.touches(at) and len(cursor.words[at + 4]) == 4):  # noqa: PLR2004 - versions, prices
        return None
    widths = tuple(len(cursor.words[i]) for i in (at, at + 2, open_))
    found = order_parts((first, second, third), widths)
    if found is None:
        return None
    era = cursor.role(end, "era")
    is_hijri = era.term.value == "hijri" if era else found[0] in _HIJRI_YEARS
    calendar: Calendar = "hijri" if is_hijri else "gregorian"
    return Found(Ymd(*found, calendar=calendar), era.end if era else end)


def order_parts(parts: tuple[int, int, int], widths: tuple[int, ...]) -> tuple[int, int, int] | None:
    """Year, month and day of three numbers: year first or last, the day before the month where both can be.

    >>> order_parts((25, 3, 2024), (2, 1, 4)), order_parts((3, 25, 2024), (1, 2, 4)), order_parts((5, 6, 24), (1, 1, 2))
    ((2024, 3, 25), (2024, 3, 25), (2024, 6, 5))
    """
    first, second, third = parts
    if widths[0] == 4 and max(widths[1:]) <= 2:  # noqa: PLR2004 - digits of years and days
        year, month, day = first, second, third
        if month > _LAST_MONTH:
            month, day = day, month
    elif widths[0] <= 2 and widths[1] <= 2 and widths[2] in (2, 4):  # noqa: PLR2004
        year = third if widths[2] == 4 else third + (2000 if third < 50 else 1900)  # noqa: PLR2004 - a sliding century
        day, month = (first, second) if second <= _LAST_MONTH else (second, first)
    else:
        return None
    is_date = 1 <= month <= _LAST_MONTH and 1 <= day <= _LAST_DAY and FIRST_YEAR <= year <= LAST_YEAR
    return (year, month, day) if is_date else None


def _two_parts(cursor: Cursor, at: int, mark: str, first: int, second: int) -> Found | None:
    """``9/2021`` is a month; ``21/09`` a day where a weekday or a word for a date stands before it."""
    widths = len(cursor.words[at]), len(cursor.words[at + 2])
    if mark == "." or (cursor.touches(at + 2) and cursor.word(at + 3) in set("/-.:,")):
        return None
    if widths[1] == 4 and 1 <= first <= _LAST_MONTH and second in _MODERN_YEARS and mark == "/":  # noqa: PLR2004
        return Found(Ymd(second, first), at + 3)
    is_day = 1 <= first <= _LAST_DAY and 1 <= second <= _LAST_MONTH and max(widths) <= 2  # noqa: PLR2004
    if not is_day or (first, second) == (24, 7) or not _is_dated(cursor, at, mark):
        return None
    named = year_at(cursor, at + 3)
    if named is not None and named.year is not None:
        return Found(Ymd(named.year, second, first), named.end)
    return Found(Ymd(month=second, day=first), at + 3)


def _is_dated(cursor: Cursor, at: int, mark: str) -> bool:
    """Whether the word before calls for a day: a weekday, ``بتاريخ``, ``الموافق``, ``يوم``, or nothing at all."""
    before = "" if cursor.begins_line(at) else cursor.word(at - 1, after=False)
    if not before:
        return mark == "/" and not cursor.word(at + 3)
    return before in {"يوم", "بتاريخ", "تاريخ", "الموافق", "في"} - ({"في"} if mark == "-" else set()) or (
        cursor.term(at - 1, WeekdayTerm, None) is not None
    )
