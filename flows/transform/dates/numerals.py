"""Numbers in digits and in words: ``24``, ``الـ24``, ``خمسة وعشرين``, ``ألفين وثمانية عشر``, ``الحادي والعشرين``."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import NamedTuple, Protocol

from flows.transform.dates.cursor import ARTICLES, YEAR_DIGITS, Cursor, Placed
from flows.transform.dates.vocabulary import NumeralTerm

_THREE, _TEN, _TWENTY, _HUNDRED, _THOUSAND = 3, 10, 20, 100, 1000
_MAX_PARTS = 8
"""Words a number in words may have: ``ألف وتسعمئة وثمانية وأربعون`` has four."""


class Number(NamedTuple):
    """A number and the token after it; ``is_digits`` where it was written in digits."""

    value: int
    end: int
    is_digits: bool = False
    is_definite: bool = False
    is_feminine: bool = False


class Reader(Protocol):
    """Reads a number at a token; ``proclitics`` as in :meth:`Cursor.term`."""

    def __call__(self, cursor: Cursor, at: int, proclitics: str | None = "") -> Number | None:
        """The number and where it ends, None where there is none."""


def _once(reader: Callable[[Cursor, int, str | None], Number | None]) -> Reader:
    """A reader of numbers that is worked out once at each token, as a dozen rules ask for the same number."""

    @wraps(reader)
    def look_up(cursor: Cursor, at: int, proclitics: str | None = "") -> Number | None:
        if at not in cursor.numeric:
            return None
        known: dict[tuple[int, str | None], Number | None] = cursor.memo[reader]
        place = at, proclitics
        if place not in known:
            known[place] = reader(cursor, at, proclitics)
        return known[place]

    return look_up


@_once
def cardinal(cursor: Cursor, at: int, proclitics: str | None) -> Number | None:
    """A cardinal number at a token, in digits (``ال`` before them allowed) or words."""
    digits = cursor.digits(at, after=proclitics is not None)
    if digits is not None:
        return _with_thousands(cursor, Number(digits, at + 1, is_digits=True))
    if cursor.own_word(at) in ARTICLES:
        digits = cursor.digits(at + 1)
        return Number(digits, at + 2, is_digits=True, is_definite=True) if digits is not None else None
    first = _numeral(cursor, at, proclitics)
    return _compound(cursor, first) if first is not None and not first.term.is_ordinal else None


def _with_thousands(cursor: Cursor, number: Number) -> Number:
    """Digits, times a thousand where the word stands behind them: ``5 آلاف``."""
    word = _numeral(cursor, number.end) if cursor.is_numeric(number.end) else None
    if word is None or word.offset or word.term.value != _THOUSAND:
        return number
    return Number(number.value * _THOUSAND, word.end)


@_once
def ordinal(cursor: Cursor, at: int, proclitics: str | None) -> Number | None:
    """An ordinal in words at a token: ``الثالث``, ``الثاني عشر``, ``الحادية والعشرين``, ``العشرين``."""
    first = _numeral(cursor, at, proclitics, ordinal=True)
    if first is None:
        tens = _numeral(cursor, at, proclitics)
        if tens is None or not tens.term.is_definite or not _TWENTY <= tens.term.value < _HUNDRED:
            return None
        return Number(tens.term.value, tens.end, is_definite=True)
    value, end = first.term.value, first.end
    teen = _numeral(cursor, end)
    tens = _numeral(cursor, end, "و")
    if teen is not None and teen.offset == 0 and teen.term.value == _TEN and value < _TEN:
        value, end = value + _TEN, teen.end
    elif tens is not None and tens.offset == 1 and _TWENTY <= tens.term.value < _HUNDRED:
        value, end = value + tens.term.value, tens.end
    return Number(value, end, is_definite=first.term.is_definite, is_feminine=first.term.is_feminine)


def single(cursor: Cursor, at: int, proclitics: str | None = "") -> Number | None:
    """One numeral word, cardinal or ordinal, without what could be added to it."""
    found = _numeral(cursor, at, proclitics) or _numeral(cursor, at, proclitics, ordinal=True)
    if found is None:
        return None
    return Number(found.term.value, found.end, is_definite=found.term.is_definite, is_feminine=found.term.is_feminine)


def year_number(cursor: Cursor, at: int, proclitics: str | None = "") -> Number | None:
    """A year, in four digits or in words from a thousand on."""
    number = cardinal(cursor, at, proclitics)
    if number is None or not _THOUSAND <= number.value < _TEN * _THOUSAND:
        return None
    if number.is_digits and cursor.width(number.end - 1) != YEAR_DIGITS:
        return None
    return number


def _numeral(
    cursor: Cursor, at: int, proclitics: str | None = "", *, ordinal: bool = False
) -> Placed[NumeralTerm] | None:
    """The numeral word at a token that is ordinal or not, as asked."""
    for placed in cursor.terms_of(at, NumeralTerm):
        if placed.term.is_ordinal is ordinal and cursor.allows(at, placed.offset, proclitics):
            return placed
    return None


def _compound(cursor: Cursor, first: Placed[NumeralTerm]) -> Number:
    """Add the words that follow to a number: multipliers right after it, smaller parts after و."""
    total, group, end = 0, first.term.value, first.end
    for _ in range(_MAX_PARTS):
        if group >= _THOUSAND and group % _THOUSAND == 0:
            total, group = total + group, 0
        follower = _numeral(cursor, end, "و")
        if follower is None:
            break
        value = follower.term.value
        if follower.offset == 0 and _multiplies(group, value):
            group = group + value if value == _TEN else group * value
        elif follower.offset == 1 and _adds(group, value):
            group += value
        else:
            break
        end = follower.end
    return Number(total + group, end, is_definite=first.term.is_definite, is_feminine=first.term.is_feminine)


def _multiplies(group: int, value: int) -> bool:
    """Whether a numeral right after another one makes one number with it.

    >>> _multiplies(3, 10), _multiplies(4, 100), _multiplies(20, 1000), _multiplies(20, 10), _multiplies(903, 10)
    (True, True, True, False, True)
    """
    if value == _TEN:
        return 0 < group % _HUNDRED < _TEN
    return (value == _HUNDRED and _THREE <= group < _TEN) or (value == _THOUSAND and 0 < group < _THOUSAND)


def _adds(group: int, value: int) -> bool:
    """Whether a numeral after و belongs to the number before it.

    >>> _adds(5, 20), _adds(100, 5), _adds(0, 900), _adds(903, 40), _adds(5, 6), _adds(20, 5)
    (True, True, True, True, False, False)
    """
    if group == 0:
        return value < _THOUSAND
    units = group % _HUNDRED
    if 0 < units < _TEN:
        return _TWENTY <= value < _HUNDRED
    return units == 0 and value < _HUNDRED
