"""Years: as numbers with or without عام and an era, by a cue, as ranges, and bare ones by what stands around them."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from flows.transform.dates.cursor import UNREAD, YEAR_DIGITS, Cursor, Found, Placed
from flows.transform.dates.numerals import Number, cardinal, year_number
from flows.transform.dates.readings import Offset, Period, Range, Reading, Ymd
from flows.transform.dates.vocabulary import UnitTerm
from flows.values import Calendar

COMMAS: Final = frozenset({",", "،", "؛"})
INTRODUCES: Final = frozenset({
    "في", "خلال", "منذ", "مند", "حتي", "لغايه", "بحلول", "قبل", "بعد", "من", "الي", "مطلع", "نهايه", "بين", "قبيل",
    "بعيد", "طوال", "طيله",
})  # fmt: skip
"""Words after which a bare year or an ambiguous month name is a time."""
HIJRI_YEARS: Final = range(1200, 1601)
MODERN_YEARS: Final = range(1900, 2100)
FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2999
_EARLY_YEARS: Final = range(100, 1000)
"""Years of three digits, which need عام or سنة before them."""
_ROUND: Final = 100
"""Multiples of this are counts more often than years: they need a word that calls for a year."""
_LETTER_ERA_YEARS: Final = range(1500, 2101)
"""Years a lone م behind them makes Gregorian; below them it is metres."""
_LONGEST_RANGE: Final = 200
_SHORTEST_NOUN: Final = 3
_LIFE_YEARS: Final = range(1000, 2030)
UNSETTLED_YEAR: Final = Offset("year", 0, 1, is_event=True)
"""A school or financial year by a cue: which months it has differs from country to country."""


class YearAt:
    """A year in the text, as a number or as ``العام الماضي``.

    ``is_named`` says whether عام or سنة stands before it, or an era behind it.
    """

    __slots__ = ("base", "calendar", "end", "is_named", "year")

    def __init__(
        self, end: int, year: int | None = None, calendar: Calendar | None = None, *,
        base: Reading | None = None, is_named: bool = False,
    ) -> None:  # fmt: skip
        self.end = end
        self.year = year
        self.calendar = calendar
        self.base = base
        self.is_named = is_named


def skip(cursor: Cursor, at: int, words: Container[str]) -> int:
    """The next token where the one at hand is among the words, else the same."""
    return at + 1 if cursor.word(at) in words else at


def year_at(cursor: Cursor, at: int, calendar: Calendar = "gregorian") -> YearAt | None:
    """A year after a month or a season: ``2023``, ``، 2023``, ``من عام ( 1987 )``, ``من العام الماضي``, ``1445 هـ``."""
    here = skip(cursor, skip(cursor, at, COMMAS), ("من", "في", "-", "/"))
    if not cursor.begins(here) and cursor.word(here) != "(":
        return None
    if cursor.terms_at(here):
        word, self_word = cursor.term(here, UnitTerm, "لب"), cursor.role(here, "self")
        named_before = _year_named_before(cursor, here, word)
        if named_before is not None:
            return YearAt(named_before, base=UNSETTLED_YEAR, is_named=True)
        if self_word is not None:
            word = cursor.term(self_word.end, UnitTerm)
        if word is not None and word.term.unit == "year" and word.term.number == 1:
            return _named_year(cursor, word.end, calendar, is_this=self_word is not None)
        if self_word is not None:
            return None
    open_ = skip(cursor, here, ("(",))
    number = year_number(cursor, open_) or _short_hijri_year(cursor, open_, calendar)
    if number is None:
        return None
    return _with_era(cursor, number, calendar, has_open=open_ > here, is_named=False)


def _year_named_before(cursor: Cursor, at: int, unit: Placed[UnitTerm] | None) -> int | None:
    """The token behind ``السنة ذاتها``, ``نفس العام``, ``ذلك العام``: a year the text named before."""
    lead = cursor.role(at, "same") or cursor.role(at, "that")
    unit = cursor.term(lead.end, UnitTerm) if lead is not None else unit
    if unit is None or unit.term.unit != "year" or unit.term.number != 1 or not unit.term.is_definite:
        return None
    behind = cursor.role(unit.end, "same")
    return behind.end if behind is not None else unit.end if lead is not None else None


def _named_year(cursor: Cursor, at: int, calendar: Calendar, *, is_this: bool) -> YearAt | None:
    """What follows عام or العام: a number, or a cue; ``الدراسي`` and the like may stand between."""
    if is_this:
        return YearAt(at, base=Period("year", 0, calendar), is_named=True)
    kind = cursor.role(at, "year_kind")
    at = kind.end if kind is not None else at
    era = cursor.role(at, "era")
    cue = cursor.role(era.end if era else at, "cue")
    if cue is not None and kind is not None:
        return YearAt(cue.end, base=UNSETTLED_YEAR, is_named=True)
    if cue is not None:
        found = "hijri" if era and era.term.value == "hijri" else calendar
        return YearAt(cue.end, base=Period("year", int(cue.term.value), found), is_named=True)
    open_ = skip(cursor, at, ("(",))
    number = year_number(cursor, open_) or _short_hijri_year(cursor, open_, calendar)
    if number is None and (cursor.digits(open_) or 0) in _EARLY_YEARS:
        number = Number(int(cursor.words[open_]), open_ + 1, is_digits=True)
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
    slash = cursor.word(end) == "/" and cursor.words[end - 1].isdecimal() and number.value in HIJRI_YEARS
    era = cursor.role(end + 1 if slash and cursor.role(end + 1, "era") else end, "era")
    if era is not None and _is_letter_in_use(cursor, era.end, era.term.value):
        era = None
    if era is not None:
        found: Calendar = "hijri" if era.term.value == "hijri" else "gregorian"
        if era.term.value == "bc":
            return YearAt(era.end, -number.value, "gregorian", is_named=True)
        return YearAt(era.end, number.value, found, is_named=True) if number.value <= LAST_YEAR else None
    if not (FIRST_YEAR <= number.value <= LAST_YEAR or (is_named and number.value in _EARLY_YEARS)):
        return None
    if calendar == "hijri" and number.value not in HIJRI_YEARS:
        return YearAt(end, base=Ymd(number.value), is_named=is_named)
    return YearAt(end, number.value, calendar, is_named=is_named)


def _is_letter_in_use(cursor: Cursor, at: int, value: str) -> bool:
    """A lone م or ه that begins an abbreviation (``م. محمد``) is no era."""
    return (
        value != "bc" and cursor.own_word(at - 1) in {"م", "ه"} and cursor.word(at) == "." and bool(cursor.word(at + 1))
    )


def complete_year(
    cursor: Cursor, at: int, *, month: int | None, day: int | None = None, calendar: Calendar = "gregorian"
) -> Found:
    """A day or month, and the year or cue at a token behind it, if any."""
    cue = cursor.role(at, "cue")
    if cue is not None:
        return Found(Ymd(month=month, day=day, calendar=calendar, steps=int(cue.term.value)), cue.end)
    year = year_at(cursor, at, calendar)
    if year is None or (year.end - at > 1 and year.year is not None and _starts_count(cursor, year)):
        return Found(Ymd(month=month, day=day, calendar=calendar), at)
    if year.base is not None:
        return Found(Ymd(month=month, day=day, calendar=calendar, base=year.base), year.end)
    return Found(Ymd(year.year, month, day, calendar=year.calendar or calendar), year.end)


def _starts_count(cursor: Cursor, year: YearAt) -> bool:
    """Whether what looks like a year counts things: ``في مارس، 2000 شخص``."""
    return not year.is_named and is_counted(cursor, year.end)


def is_counted(cursor: Cursor, at: int) -> bool:
    """Whether a token is a thing that numbers count: ``شخص``, ``دولارا``."""
    word = cursor.word(at)
    is_accusative = word.endswith("ا") and len(word) > _SHORTEST_NOUN  # طالبا, not كما
    return word in cursor.vocabulary.counted or (is_accusative and word[:-1] in cursor.vocabulary.counted)


def year(cursor: Cursor, at: int) -> Found | None:
    """A year: ``عام 2023``, ``العام ( 1948 )``, ``1445 هـ``, or bare where its neighbours make it one.

    >>> read("عام 2023")
    absolute year 2023-01-01..2024-01-01
    >>> read("العام ( 1948 )")
    absolute year 1948-01-01..1949-01-01
    >>> read("1445 هـ")
    absolute year 2023-07-19..2024-07-07
    """
    found = cursor.recall("year", at)
    return cursor.keep("year", at, _read_year(cursor, at)) if found is UNREAD else found


def _read_year(cursor: Cursor, at: int) -> Found | None:
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
    if cursor.words[found.end - 1] == "م" and digits not in _LETTER_ERA_YEARS:
        return None
    return year_range(cursor, Found(Ymd(found.year, calendar=found.calendar or "gregorian"), found.end))


def year_range(cursor: Cursor, first: Found) -> Found:
    """``1936 - 1939``, ``2023/2024``, ``1445/1446 هـ``: two years joined by a mark; ``2024/2023`` is set backwards."""
    if cursor.word(first.end) not in {"-", "/"}:
        return first
    last = cursor.digits(first.end + 1)
    begin = first.reading
    if last is None or not isinstance(begin, Ymd) or begin.year is None or cursor.word(first.end + 2) in {"-", "/"}:
        return first
    last = last + begin.year // _ROUND * _ROUND if last < _ROUND and begin.year % _ROUND < last else last
    year, last = (last, begin.year) if last == begin.year - 1 else (begin.year, last)
    if not year < last <= year + _LONGEST_RANGE:
        return first
    era = cursor.role(first.end + 2, "era")
    is_hijri = era is not None and era.term.value == "hijri" and year in HIJRI_YEARS
    calendar: Calendar = "hijri" if is_hijri else begin.calendar
    end = era.end if era is not None and (is_hijri or era.term.value == "gregorian") else first.end + 2
    return Found(Range(Ymd(year, calendar=calendar), Ymd(last, calendar=calendar)), end)


def is_bare_year(cursor: Cursor, at: int) -> bool:
    """Whether a number of four digits is a year by what stands around it, not a count, a number or a price."""
    word, before, behind = cursor.own_word(at), cursor.own_word(at - 1), cursor.word(at + 1)
    digits = int(word)
    if behind in {"-", "/"} and _joins_years(cursor, at, digits):
        return len(word) == YEAR_DIGITS and not cursor.continues_number(at)
    if len(word) != YEAR_DIGITS or digits not in MODERN_YEARS or cursor.begins_line(at) or _is_other_number(cursor, at):
        return False
    if cursor.continues_number(at) and behind == "-" and cursor.digits(at + 2) is not None:
        return False  # 2024-1998-05: the middle of a number
    if cursor.touches(at - 1) and not before.isalpha() and before not in {"(", "-", "/", "«", '"'}:
        return False
    is_exact = digits % _ROUND != 0
    return is_exact or before in INTRODUCES or before == "(" or not behind[:1].isalpha()


def _is_other_number(cursor: Cursor, at: int) -> bool:
    """Whether a number is named, counted or measured: ``رقم 2024``, ``رقم 10/2024``, ``2024 شخصا``, ``ص.ب 2024``."""
    before, behind = cursor.own_word(at - 1), cursor.word(at + 1)
    if before in cursor.vocabulary.numbered or (
        before == "/" and cursor.own_word(at - 3) in cursor.vocabulary.numbered
    ):
        return True
    if before == "/" and cursor.continues_number(at) and 0 < len(cursor.own_word(at - 2)) < YEAR_DIGITS:
        return True  # 45/2020: a month's year has been read with its month
    is_decimal = behind in {".", ","} and cursor.touches(at) and cursor.digits(at + 2) is not None
    is_box = before == "ب" and cursor.own_word(at - 2) in {".", "ص"}
    return is_decimal or is_box or behind == "%" or is_counted(cursor, at + 1)


def _joins_years(cursor: Cursor, at: int, year: int) -> bool:
    """Whether a mark joins a number to a later year, or to the one before it: ``2023-2024``, ``1445/1446 هـ``."""
    other = cursor.digits(at + 2) or 0
    if other and cursor.own_word(at - 1) == "(" and year in _LIFE_YEARS and cursor.width(at + 2) == YEAR_DIGITS:
        return cursor.word(at + 1) == "-" and 0 < other - year < _ROUND  # (1796 - 1820): a life or a reign
    if not cursor.touches(at) or not (year < other < MODERN_YEARS[-1] or other == year - 1):
        return False
    era = cursor.role(at + 3, "era")
    return year in MODERN_YEARS or (era is not None and era.term.value == "hijri" and other in HIJRI_YEARS)
