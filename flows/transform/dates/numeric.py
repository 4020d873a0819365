"""Dates in numbers: ``25/03/2024``, ``2024-3-25``, ``15 / 1 / ( 1959 )``, ``9/2021``, ``21/09``."""

from __future__ import annotations

from typing import Final

from flows.transform.dates.cursor import DAY_DIGITS, UNREAD, YEAR_DIGITS, Cursor, Found
from flows.transform.dates.readings import Ymd
from flows.transform.dates.vocabulary import WeekdayTerm
from flows.transform.dates.years import (
    FIRST_YEAR,
    HIJRI_YEARS,
    INTRODUCES,
    LAST_YEAR,
    MODERN_YEARS,
    skip,
    year_at,
)  # fmt: skip
from flows.values import Calendar

_LAST_DAY: Final = 31
_LAST_MONTH: Final = 12
_LATEST_SHORT_YEAR: Final = 50
"""Two digits below it are of this century."""
_NAME_WORDS: Final = 3
"""Words between which the kind of a text and its number stand: ``قرار مجلس الأمن 8/2023``."""
_ROUND_THE_CLOCK: Final = (24, 7)
_MARKS: Final = frozenset({"/", "-", ".", "\\"})
_CALLS_FOR_A_DAY: Final = frozenset({"يوم", "بتاريخ", "تاريخ", "الموافق"})


def numeric_date(cursor: Cursor, at: int) -> Found | None:
    """``25/03/2024``, ``2024-3-25``, ``15 / 1 / ( 1959 )``, ``9/2021``; two parts alone need a word before them.

    >>> read("25/03/2024")
    absolute day 2024-03-25..2024-03-26
    >>> read("2024-3-25")
    absolute day 2024-03-25..2024-03-26
    >>> read("15 / 1 / ( 1959 )")
    absolute day 1959-01-15..1959-01-16
    """
    found = cursor.recall("numeric_date", at)
    return cursor.keep("numeric_date", at, _read_numeric_date(cursor, at)) if found is UNREAD else found


def _read_numeric_date(cursor: Cursor, at: int) -> Found | None:
    first = cursor.digits(at, after=False)
    mark = cursor.word(at + 1)
    if first is None or mark not in _MARKS or cursor.continues_number(at):
        return None
    second = cursor.digits(at + 2)
    if second is None:
        return None
    if cursor.word(at + 3) == mark:
        is_version = mark == "." and cursor.own_word(at - 1) in cursor.vocabulary.numbered  # الإصدار 12.4.2023
        return None if is_version else _three_parts(cursor, at, first, second)
    if _is_number_of_a_text(cursor, at):
        return None
    return _two_parts(cursor, at, mark, first, second)


def _is_number_of_a_text(cursor: Cursor, at: int) -> bool:
    """Whether a law, case or article is numbered so: ``رقم 10/2024``, ``قرار مجلس الأمن 8/2023``."""
    if cursor.own_word(at - 1) in INTRODUCES and cursor.own_word(at - 1) not in cursor.vocabulary.numbered:
        return False
    for here in range(at - 1, max(at - 1 - _NAME_WORDS, -1), -1):
        word = cursor.own_word(here)
        if cursor.begins_line(here + 1) or not word.isalpha():
            return False
        bare = "ا" + word[1:] if word.startswith("لل") else word[1:]
        if not {word, bare}.isdisjoint(cursor.vocabulary.numbered):
            return True
    return False


def _three_parts(cursor: Cursor, at: int, first: int, second: int) -> Found | None:
    mark, open_ = cursor.word(at + 1), skip(cursor, at + 4, ("(",))
    third, end = cursor.digits(open_), open_ + 1
    if third is None or (cursor.word(end) == mark and cursor.digits(end + 1) is not None and cursor.touches(end)):
        return None
    if open_ > at + 4:
        end = skip(cursor, end, (")",))
    has_year = cursor.width(at + 4) == YEAR_DIGITS or (cursor.width(at) == YEAR_DIGITS and first in MODERN_YEARS)
    if mark == "." and not (cursor.touches(at) and has_year):
        return None
    widths = tuple(len(cursor.words[i]) for i in (at, at + 2, open_))
    found = order_parts((first, second, third), widths)
    if found is None:
        return None
    era = cursor.role(end, "era")
    is_hijri = era.term.value == "hijri" if era else found[0] in HIJRI_YEARS
    calendar: Calendar = "hijri" if is_hijri else "gregorian"
    return Found(Ymd(*found, calendar=calendar), era.end if era else end)


def order_parts(parts: tuple[int, int, int], widths: tuple[int, ...]) -> tuple[int, int, int] | None:
    """Year, month and day of three numbers: year first or last, the day before the month where both can be.

    >>> order_parts((25, 3, 2024), (2, 1, 4)), order_parts((3, 25, 2024), (1, 2, 4)), order_parts((5, 6, 24), (1, 1, 2))
    ((2024, 3, 25), (2024, 3, 25), (2024, 6, 5))
    """
    first, second, third = parts
    if widths[0] == YEAR_DIGITS and max(widths[1:]) <= DAY_DIGITS:
        year, month, day = first, second, third
        if month > _LAST_MONTH:
            month, day = day, month
    elif max(widths[:2]) <= DAY_DIGITS and widths[2] in (DAY_DIGITS, YEAR_DIGITS):
        year = third if widths[2] == YEAR_DIGITS else third + (2000 if third < _LATEST_SHORT_YEAR else 1900)
        day, month = (first, second) if second <= _LAST_MONTH else (second, first)
    else:
        return None
    is_date = 1 <= month <= _LAST_MONTH and 1 <= day <= _LAST_DAY and FIRST_YEAR <= year <= LAST_YEAR
    return (year, month, day) if is_date else None


def _two_parts(cursor: Cursor, at: int, mark: str, first: int, second: int) -> Found | None:
    """``9/2021`` is a month; ``21/09`` a day where a weekday or a word for a date stands before it."""
    widths = len(cursor.words[at]), len(cursor.words[at + 2])
    goes_on = cursor.touches(at + 2) and cursor.word(at + 3) in set("/-.:") and not _ends_sentence(cursor, at + 3)
    if mark in {".", "\\"} or goes_on:
        return None
    if widths[1] == YEAR_DIGITS and 1 <= first <= _LAST_MONTH and second in MODERN_YEARS and mark == "/":
        return Found(Ymd(second, first), at + 3)
    is_day = 1 <= first <= _LAST_DAY and 1 <= second <= _LAST_MONTH and max(widths) <= DAY_DIGITS
    if not is_day or (first, second) == _ROUND_THE_CLOCK:
        return None
    named = year_at(cursor, at + 3)
    if named is not None and named.year is not None and mark == "/":
        return Found(Ymd(named.year, second, first), named.end)
    if not _is_dated(cursor, at, mark):
        return None
    return Found(Ymd(month=second, day=first), at + 3)


def _ends_sentence(cursor: Cursor, at: int) -> bool:
    """Whether the point behind a number is no part of it, as it ends the sentence."""
    return cursor.word(at) == "." and cursor.digits(at + 1) is None


def _is_dated(cursor: Cursor, at: int, mark: str) -> bool:
    """Whether the word before calls for a day: a weekday, ``بتاريخ``, ``الموافق``, ``يوم``, or nothing at all."""
    before = "" if cursor.begins_line(at) else cursor.own_word(at - 1)
    if not before:
        return mark == "/" and not cursor.word(at + 3)
    return before in {"يوم", "بتاريخ", "تاريخ", "الموافق", "في"} - ({"في"} if mark == "-" else set()) or (
        cursor.term(at - 1, WeekdayTerm, None) is not None
    )
