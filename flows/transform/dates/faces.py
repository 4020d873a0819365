"""What a clock shows: hours, minutes and seconds in digits and in words, before anyone knows the half of the day."""

from __future__ import annotations

from typing import Final

from flows.transform.dates.cursor import DAY_DIGITS, Cursor
from flows.transform.dates.numerals import Number, cardinal, ordinal, single
from flows.transform.dates.vocabulary import NumeralTerm, UnitTerm

_NOON: Final = 12
_HOURS: Final = 24
_SIXTY: Final = 60
_COMPACT_DIGITS: Final = 4
_MINUTE_DIGITS: Final = 2


class Face:
    """Hour, minute and second as read; ``is_plain`` where only a part of the day would make it a time."""

    __slots__ = ("end", "hour", "is_plain", "minute", "second")

    def __init__(self, hour: int, minute: int | None, second: int | None, end: int, *, is_plain: bool) -> None:
        self.hour = hour
        self.minute = minute
        self.second = second
        self.end = end
        self.is_plain = is_plain


def face_at(cursor: Cursor, at: int, *, is_first: bool) -> Face | None:
    """The numbers of a time: after الساعة, with a colon, or an hour that needs a part of the day."""
    word = cursor.role(at, "clock", None if is_first else "")
    here = at if word is None else word.end + (cursor.word(word.end) == ":")
    proclitics = None if is_first and word is None else ""
    whole = _named_hour(cursor, here, proclitics) or _compact(cursor, here)
    if whole is not None:
        return whole
    number = cardinal(cursor, here, proclitics) or ordinal(cursor, here, proclitics)
    if number is not None and number.value > _HOURS and word is not None:
        number = single(cursor, here, proclitics)  # الساعة خمسة وخمسين دقيقة is 5:50, not 55
    if (
        number is None
        or not 0 <= number.value <= _HOURS
        or (cursor.width(number.end - 1) > DAY_DIGITS and number.is_digits)
    ):
        return None
    colon = _colon_parts(cursor, number, is_named=word is not None)
    if colon is not None:
        return colon
    if word is None and (cursor.word(number.end) in {":", "/", "-"} or not (number.is_digits or number.is_feminine)):
        return None
    midnight = cursor.role(number.end, "midnight")
    if midnight is not None and number.value == _NOON:
        return Face(0, None, None, midnight.end, is_plain=False)
    hour, minute, end = whole_hour(cursor, number)
    return Face(hour, minute, None, end, is_plain=word is None)


def whole_hour(cursor: Cursor, number: Number) -> tuple[int, int | None, int]:
    """An hour with the minutes spoken behind it, and the token after them: ``الثامنة إلا ثلثا`` is 7:40."""
    minute, end = _spoken_minutes(cursor, number.end)
    hour = number.value % _HOURS
    if minute is not None and minute < 0:
        hour, minute = (hour - 1) % _HOURS, minute + _SIXTY
    return hour, minute, end


def _named_hour(cursor: Cursor, at: int, proclitics: str | None) -> Face | None:
    """``منتصف الليل``, ``منتصف النهار``: hours with a name."""
    for role in ("midnight", "midday", "midmorning"):
        word = cursor.role(at, role, proclitics)
        if word is not None:
            return Face(int(word.term.value), None, None, word.end, is_plain=False)
    return None


def _colon_parts(cursor: Cursor, number: Number, *, is_named: bool) -> Face | None:
    """``14:30``, ``11:2:40``, ``الساعة 18.30``, ``16,00 بتوقيت غرينتش``; a colon with space around it is none."""
    mark = cursor.word(number.end)
    is_dotted = mark in {".", ","} and (is_named or cursor.role(number.end + 2, "zone") is not None)
    if not number.is_digits or not (mark == ":" or is_dotted) or not cursor.touches(number.end - 1):
        return None
    minute = cursor.digits(number.end + 1)
    if minute is None or minute >= _SIXTY or number.value >= _HOURS or not cursor.touches(number.end):
        return None
    end, second = number.end + 2, None
    if cursor.word(end) == ":" and cursor.touches(end - 1):
        second = cursor.digits(end + 1)
        if second is None or second >= _SIXTY:
            return None
        end += 2
    if second is None and cursor.width(number.end + 1) < _MINUTE_DIGITS and not is_named:
        return None  # 2:1 is a score
    return (
        None
        if cursor.word(end) == ":" and cursor.touches(end - 1)
        else Face(number.value, minute, second, end, is_plain=False)
    )


def _compact(cursor: Cursor, at: int) -> Face | None:
    """``0615 بتوقيت جرينتش``: four digits, which only a zone behind them makes a time."""
    value = cursor.digits(at, after=False)
    if value is None or cursor.width(at) != _COMPACT_DIGITS or cursor.role(at + 1, "zone") is None:
        return None
    hour, minute = divmod(value, 100)
    return Face(hour, minute, None, at + 1, is_plain=False) if hour < _HOURS and minute < _SIXTY else None


def _spoken_minutes(cursor: Cursor, at: int) -> tuple[int | None, int]:
    """``وربع``, ``ونصف``, ``و18 دقيقة``, ``إلا ثلثا``: minutes after the hour, negative before it."""
    if cursor.word(at) == "الا":
        minutes, end = _minutes(cursor, at + 1, "")
        return (-minutes, end) if minutes else (None, at)
    if cursor.word(at) == "و":
        minutes, end = _minutes(cursor, at + 1, "")
    else:
        minutes, end = _minutes(cursor, at, "و") if cursor.word(at).startswith("و") else (None, at)
    return (minutes, end) if minutes is not None else (None, at)


def _minutes(cursor: Cursor, at: int, proclitics: str) -> tuple[int | None, int]:
    fraction = cursor.role(at, "fraction", proclitics)
    if fraction is not None:
        return int(fraction.term.value), fraction.end
    if cursor.term(at, NumeralTerm, proclitics) is None and cursor.digits(at) is None:
        return None, at
    number = cardinal(cursor, at, proclitics)
    if number is None or not 0 < number.value < _SIXTY:
        return None, at
    unit = cursor.term(number.end, UnitTerm)
    if unit is not None and unit.term.unit == "minute":
        return number.value, unit.end
    return (None, at) if unit is not None else (number.value, number.end)
