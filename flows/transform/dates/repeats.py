"""What comes again or is counted, and time too vague for a value: ``كل يوم``, ``اليوم 397``, ``مؤخرا``."""

from __future__ import annotations

from datetime import date

from flows.transform.dates.amounts import amount, iso_duration, offset
from flows.transform.dates.cursor import Cursor, Found
from flows.transform.dates.days import longest
from flows.transform.dates.numerals import cardinal, ordinal
from flows.transform.dates.readings import DayCount, DayInRow, Offset, Recurring, Vague
from flows.transform.dates.vocabulary import UnitTerm, WeekdayTerm

_LOOK_AROUND = 30
"""Words on either side of a count whose cues choose its epoch."""
_TIME_OF_DAY = "الوقت"
_LAST_DAY, _MOST_DAYS = 31, 9999
"""What is no day of a month counts days, up to some decades of them."""


def recurring(cursor: Cursor, at: int) -> Found | None:
    """``كل يوم``, ``كل ثلاثة أشهر``, ``كل يوم جمعة``, ``الأسبوعية``, ``سنويا``."""
    word = cursor.role(at, "set", None)
    every = cursor.role(at, "every", None)
    found: Found | None = Found(Recurring(word.term.value), word.end) if word is not None else None
    if every is None:
        return found
    unit = amount(cursor, every.end)
    day_word = cursor.term(every.end, UnitTerm)
    here = day_word.end if day_word is not None and day_word.term.unit == "day" else every.end
    named = cursor.term(here, WeekdayTerm)
    if named is not None:
        return Found(Recurring("P1W"), named.end)
    if unit is None or (unit.is_vague and unit.needs_context):
        return found
    return longest(found, Found(Recurring(iso_duration(unit.unit, unit.count)), unit.end))


def day_count(cursor: Cursor, at: int) -> Found | None:
    """``اليوم 397``, ``اليوم الـ 800 للحرب``, ``لليوم الثاني على التوالي``."""
    unit = cursor.term(at, UnitTerm, None)
    if unit is None or unit.term.unit != "day" or not unit.term.is_definite or unit.term.number != 1:
        return None
    number = ordinal(cursor, unit.end) or cardinal(cursor, unit.end)
    if number is None or not number.value:
        return None
    row = cursor.role(number.end, "row")
    if row is not None:
        return Found(DayInRow(number.value), row.end)
    if number.value > _LAST_DAY or (number.is_digits and number.is_definite):
        if (
            number.value > _MOST_DAYS
            or cursor.term(number.end, UnitTerm) is not None
            or cursor.word(number.end) in {"/", ":", ".", ","}
        ):
            return None
        return Found(DayCount(number.value, _epoch_of_line(cursor, at)), number.end)
    return None


def _epoch_of_line(cursor: Cursor, at: int) -> date | None:
    """The epoch most of whose cue words stand near the count, in its line."""
    words: set[str] = set()
    for step in (-1, 1):
        here = at
        for _ in range(_LOOK_AROUND):
            here += step
            if not 0 <= here < len(cursor.words) or cursor.begins_line(here if step > 0 else here + 1):
                break
            words.update(_without_proclitic(cursor.words[here]))
    scored = [(len(epoch.cues & words), epoch.first_day) for epoch in cursor.vocabulary.epochs]
    best = max(scored, default=(0, None))
    return best[1] if best[0] else None


def _without_proclitic(word: str) -> set[str]:
    """A word, and what it is without one letter before it or with لل opened."""
    found = {word, word[1:]}
    if word.startswith("لل"):
        found |= {"ال" + word[2:]}
    return found


def vague(cursor: Cursor, at: int) -> Found | None:
    """``مؤخرا``, ``الآن``, ``قبل ذلك``; ``هذه اللحظة`` is the anchor itself, ``هذا الوقت بعد يوم`` its hour."""
    word = cursor.role(at, "vague", None)
    now = cursor.role(at, "now", None)
    if now is not None and (word is None or now.end >= word.end):
        other = offset(cursor, now.end) if cursor.words[now.end - 1] == _TIME_OF_DAY else None
        base = other.reading if other is not None else None
        return Found(Offset("second", 0, 1, base=base), other.end if other is not None else now.end)
    return Found(Vague(), word.end) if word is not None else None
