"""Numbers in digits and in words: ``24``, ``الـ24``, ``خمسة وعشرين``, ``ألفين وثمانية عشر``, ``الحادي والعشرين``."""

from __future__ import annotations

from typing import Final

from flows.transform.dates.cursor import ARTICLES, YEAR_DIGITS, Cursor, Placed
from flows.transform.dates.vocabulary import NumeralTerm

_THREE: Final = 3
_TEN: Final = 10
_TWENTY: Final = 20
_HUNDRED: Final = 100
_THOUSAND: Final = 1000
_MAX_PARTS: Final = 8
"""Words a number in words may have: ``ألف وتسعمئة وثمانية وأربعون`` has four."""


class Number:
    """A number and the token after it; ``is_digits`` where it was written in digits."""

    __slots__ = ("end", "is_definite", "is_digits", "is_feminine", "value")

    def __init__(
        self, value: int, end: int, *, is_digits: bool = False, is_definite: bool = False, is_feminine: bool = False
    ) -> None:
        self.value = value
        self.end = end
        self.is_digits = is_digits
        self.is_definite = is_definite
        self.is_feminine = is_feminine


def cardinal(cursor: Cursor, at: int, proclitics: str | None = "") -> Number | None:
    """A cardinal number at a token, in digits (``ال`` before them allowed) or words.

    ``proclitics`` as in :meth:`Cursor.term`.
    """
    if not cursor.is_numeric(at):
        return None
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


def ordinal(cursor: Cursor, at: int, proclitics: str | None = "") -> Number | None:
    """An ordinal in words at a token: ``الثالث``, ``الثاني عشر``, ``الحادية والعشرين``, ``العشرين``."""
    if not cursor.is_numeric(at):
        return None
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
    for placed in cursor.terms_at(at):
        term = placed.term
        is_such = isinstance(term, NumeralTerm) and term.is_ordinal == ordinal
        if is_such and cursor.allows(at, placed.offset, proclitics):
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
