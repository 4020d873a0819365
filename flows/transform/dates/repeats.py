"""What comes again or is counted, and time too vague for a value: ``كل يوم``, ``اليوم 397``, ``مؤخرا``."""

from __future__ import annotations

from datetime import date
from typing import Final

from flows.transform.dates.amounts import amount, offset
from flows.transform.dates.cursor import Cursor, Found, Placed
from flows.transform.dates.days import longest
from flows.transform.dates.iso import iso_duration
from flows.transform.dates.numerals import Number, cardinal, ordinal
from flows.transform.dates.readings import DayCount, DayInRow, Offset, Recurring, Vague
from flows.transform.dates.vocabulary import MANY, HolidayTerm, MonthTerm, UnitTerm, WeekdayTerm, WordTerm

_LOOK_AROUND: Final = 30
"""Words on either side of a count whose cues choose its epoch."""
_OPENINGS: Final = frozenset({"-", "|", ":", "•"})
_BEFORE_SURNAME: Final = frozenset({"given_name", "verb"})
_TIME_OF_DAY: Final = "الوقت"
_WARS: Final = frozenset({"للحرب", "للعدوان", "للغزو"})
_LAST_DAY: Final = 31
_MOST_DAYS: Final = 9999
"""What is no day of a month counts days, up to some decades of them."""


def recurring(cursor: Cursor, at: int) -> Found | None:
    """``كل يوم``, ``كل ثلاثة أشهر``, ``كل يوم جمعة``, ``الأسبوعية``, ``سنويا``.

    >>> read("كل يوم")
    set day P1D
    >>> read("كل ثلاثة أشهر")
    set quarter P3M
    >>> read("كل يوم جمعة")
    set week P1W
    """
    word = cursor.role(at, "set", None)
    word = None if word is not None and _is_name(cursor, at) else word
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
    yearly = _yearly(cursor, every.end)
    if yearly is not None:
        return Found(Recurring("P1Y"), yearly)
    if unit is None or (unit.is_vague and unit.needs_context):
        return found
    return longest(found, Found(Recurring(iso_duration(unit.unit, unit.count)), unit.end))


def _is_name(cursor: Cursor, at: int) -> bool:
    """Whether an adjective has no noun before it: a surname (``صالح الشهري``) or a paper (``يومية``)."""
    if not cursor.own_word(at).endswith(("ي", "يه")):
        return False
    if cursor.begins_line(at) or cursor.own_word(at - 1) in _OPENINGS:
        return bool(cursor.word(at + 1))
    before = {hit.entry.category for hit in cursor.page.hits_at(at - 1)}
    return cursor.own_word(at).startswith("ال") and not before.isdisjoint(_BEFORE_SURNAME)


def _yearly(cursor: Cursor, at: int) -> int | None:
    """The token behind what comes once a year: ``كل صيف``, ``كل يناير``, ``كل عيد ميلاد``."""
    for placed in cursor.terms_at(at):
        match placed.term:
            case WordTerm(role="season") | HolidayTerm() | MonthTerm(needs_context=False):
                return placed.end
    return None


def weekly(cursor: Cursor, at: int) -> Found | None:
    """``أيام الجمعة``, ``الجمعة من كل أسبوع``, ``الخميس الأول من كل شهر``: weekdays that come again.

    >>> read("الخميس الأول من كل شهر")
    set month P1M
    """
    days = cursor.term(at, UnitTerm, None)
    is_led = days is not None and days.term.unit == "day" and days.term.number == MANY and not days.term.is_definite
    named = cursor.term(days.end, WeekdayTerm) if days is not None and is_led else cursor.term(at, WeekdayTerm, None)
    if named is None or named.term.is_bare:
        return None
    number = ordinal(cursor, named.end)
    here = number.end if number is not None and number.is_definite else named.end
    if cursor.word(here) == "من":
        every = recurring(cursor, here + 1) if cursor.role(here + 1, "every") is not None else None
        return Found(every.reading, every.end) if every is not None else None
    is_dated = number is not None or cursor.begins(named.end) or cursor.word(named.end).startswith("و")
    return Found(Recurring("P1W"), named.end) if is_led and not is_dated else None


def day_count(cursor: Cursor, at: int) -> Found | None:
    """``اليوم 397``, ``اليوم الـ 800 للحرب``, ``يومها الـ222``, ``اليوم الأول``, ``للأسبوع الثاني على التوالي``.

    >>> read("اليوم 397")
    count day no value
    >>> read("يومها الـ222")
    count day no value
    >>> read("اليوم الأول")
    count day no value
    """
    own = cursor.role(at, "own_day", None)
    unit = None if own else _definite_unit(cursor, at)
    lead = own or unit
    number = ordinal(cursor, lead.end) or cardinal(cursor, lead.end) if lead is not None else None
    if number is None or not number.value or cursor.word(number.end - 1) in cursor.vocabulary.day_kinds:
        return None
    row = cursor.role(number.end, "row")
    if unit is not None and (row is not None or (unit.term.unit == "day" and _is_for_the_day(cursor, at, number))):
        return Found(DayInRow(number.value, unit.term.unit), row.end if row is not None else number.end)
    if unit is not None and unit.term.unit != "day":
        return None
    return _day_of_run(cursor, at, number)


def _definite_unit(cursor: Cursor, at: int) -> Placed[UnitTerm] | None:
    """A unit with the article, as ordinals count it."""
    for placed in cursor.terms_of(at, UnitTerm):
        if placed.term.is_definite and placed.term.number == 1:
            return placed
    return None


def _is_for_the_day(cursor: Cursor, at: int, number: Number) -> bool:
    """Whether ل makes it a run that goes on: ``لليوم العاشر``."""
    return cursor.own_word(at).startswith("لل") and number.is_definite and not number.is_digits


def _day_of_run(cursor: Cursor, at: int, number: Number) -> Found | None:
    """The n-th day of something: dated by an epoch where its number is high, or the war is what it is a day of."""
    is_high = number.value > _LAST_DAY or (number.is_digits and number.is_definite)
    if not is_high and (number.is_digits or not number.is_definite or number.is_feminine):
        return None
    behind = cursor.word(number.end)
    if number.value > _MOST_DAYS or cursor.term(number.end, UnitTerm) is not None or behind in {"/", ":", ".", ","}:
        return None
    is_of_war = behind in _WARS or (behind == "من" and "لل" + cursor.word(number.end + 1)[2:] in _WARS)
    return Found(DayCount(number.value, _epoch_of_line(cursor, at) if is_high or is_of_war else None), number.end)


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
    """``مؤخرا``, ``الآن``, ``قبل ذلك``; ``هذه اللحظة`` is the anchor itself, ``هذا الوقت بعد يوم`` its hour.

    >>> read("مؤخرا")
    vague no grain no value
    >>> read("الآن")
    vague no grain no value
    >>> read("قبل ذلك")
    vague no grain no value
    """
    if cursor.own_word(at) == "الان" and cursor.original_letter(at) == "آ":
        return None  # آلان is a name; folding joins it with الآن
    word = cursor.role(at, "vague", None)
    now = cursor.role(at, "now", None)
    if now is not None and (word is None or now.end >= word.end):
        other = offset(cursor, now.end) if cursor.words[now.end - 1] == _TIME_OF_DAY else None
        base = other.reading if other is not None else None
        return Found(Offset("second", 0, 1, base=base), other.end if other is not None else now.end)
    return Found(Vague(), word.end) if word is not None else None
