"""Amounts of time and what is made of them: durations, points before and after, sets, counts of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.transform.dates.absolute import day_date, month_at
from flows.transform.dates.cursor import Cursor, Found, Placed
from flows.transform.dates.days import longest, stretch
from flows.transform.dates.numerals import cardinal, ordinal
from flows.transform.dates.numeric import numeric_date
from flows.transform.dates.readings import DayCount, DayInRow, Duration, Offset, Recurring, Unit, Vague, WeekdayIn
from flows.transform.dates.vocabulary import DUAL, MANY, PAIR, UnitTerm, WeekdayTerm
from flows.transform.dates.years import skip

_HEDGES = frozenset(
    {"نحو", "حوالي", "قرابه", "زهاء", "اكثر", "اقل", "ما", "يقارب", "يزيد", "يقرب", "عن", "علي", "تقريبا", "من"}
)
_MAX_HEDGES = 4
_LAST_DAY, _MOST_DAYS = 31, 9999
"""What is no day of a month counts days, up to some decades of them."""
_ISO: dict[Unit, tuple[str, str, int]] = {
    "second": ("PT", "S", 1), "minute": ("PT", "M", 1), "hour": ("PT", "H", 1), "day": ("P", "D", 1),
    "night": ("P", "D", 1), "week": ("P", "W", 1), "month": ("P", "M", 1), "quarter": ("P", "M", 3),
    "season": ("P", "M", 3), "year": ("P", "Y", 1), "decade": ("P", "Y", 10), "century": ("P", "Y", 100),
}  # fmt: skip
_SMALLER: dict[Unit, tuple[Unit, int]] = {
    "minute": ("second", 60), "hour": ("minute", 60), "day": ("hour", 24), "night": ("hour", 24), "month": ("day", 30),
    "quarter": ("month", 3), "season": ("month", 3), "year": ("month", 12), "decade": ("year", 10),
    "century": ("year", 100),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """So many units; ``is_stated`` where a number or the dual says how many."""

    unit: Unit
    count: float
    end: int
    is_vague: bool = False
    is_stated: bool = True
    needs_context: bool = False


def iso_duration(unit: Unit, count: float) -> str:
    """An amount as ISO 8601 has it, a fraction in the next smaller unit.

    >>> iso_duration("month", 6), iso_duration("hour", 0.5), iso_duration("year", 1.5), iso_duration("decade", 2)
    ('P6M', 'PT30M', 'P1Y6M', 'P20Y')
    """
    if unit == "week" and count % 1:
        return iso_duration("day", count * 7)
    whole, fraction = int(count), count % 1
    head, letter, size = _ISO[unit]
    stated = f"{head}{whole * size}{letter}"
    if not fraction or unit not in _SMALLER:
        return stated
    smaller, parts = _SMALLER[unit]
    rest = iso_duration(smaller, round(fraction * parts))
    if not whole:
        return rest
    return stated + (rest[2:] if head == "PT" else rest[1:])


def amount(cursor: Cursor, at: int, proclitics: str | None = "") -> Amount | None:
    """``ستة أشهر``, ``يومين``, ``عدة أشهر أخرى``, ``نصف ساعة``, ``سنة ونصف``, ``ساعة واحدة``."""
    found = _counted(cursor, at, proclitics) or _fraction(cursor, at, proclitics) or _bare(cursor, at, proclitics)
    if found is None:
        return None
    found = _and_half(cursor, found)
    more = cursor.role(found.end, "more")
    end = more.end if more is not None else found.end
    return Amount(found.unit, found.count, end, found.is_vague, found.is_stated, found.needs_context)


def _counted(cursor: Cursor, at: int, proclitics: str | None) -> Amount | None:
    """A number or a vague quantifier before the unit."""
    few = cursor.role(at, "few_count", proclitics)
    if few is not None:
        unit = cursor.term(skip(cursor, few.end, frozenset({"من"})), UnitTerm)
        if unit is None or unit.term.number != MANY:
            return None
        return Amount(unit.term.unit, int(few.term.value), unit.end, is_vague=True)
    number = cardinal(cursor, at, proclitics)
    if number is None or (number.is_digits and _is_part_of_number(cursor, number.end - 1)):
        return None
    unit = cursor.term(number.end, UnitTerm)
    if unit is None or (unit.term.is_definite and number.is_definite):
        return None
    if unit.term.unit == "day" and cursor.term(unit.end, WeekdayTerm) is not None:
        return None  # 5 يوم الأحد: the day belongs to the weekday
    return Amount(unit.term.unit, number.value, unit.end)


def _is_part_of_number(cursor: Cursor, at: int) -> bool:
    """Whether digits before a unit are the tail of ``1.5``, ``10:30`` or ``10، 000``."""
    return cursor.continues_number(at) or cursor.words[at].startswith("00")


def _fraction(cursor: Cursor, at: int, proclitics: str | None) -> Amount | None:
    """``نصف ساعة``, ``ربع قرن``, ``نصف عام``."""
    fraction = cursor.role(at, "fraction", proclitics)
    unit = cursor.term(fraction.end, UnitTerm) if fraction is not None else None
    if fraction is None or unit is None or unit.term.number != 1:
        return None
    return Amount(unit.term.unit, int(fraction.term.value) / 60, unit.end)


def _bare(cursor: Cursor, at: int, proclitics: str | None) -> Amount | None:
    """The unit alone: the dual counts itself, the singular is one, the plural three or more."""
    unit = cursor.term(at, UnitTerm, proclitics)
    if unit is None or unit.term.is_definite or unit.term.number == PAIR:
        return None
    number, term = unit.term.number, unit.term
    if number == 1:
        one = cardinal(cursor, unit.end)
        is_one = one is not None and not one.is_digits and one.value == 1
        end = one.end if one is not None and is_one else unit.end
        return Amount(term.unit, 1, end, is_stated=is_one, needs_context=term.needs_context)
    return Amount(
        term.unit, number, unit.end, is_vague=number == MANY, is_stated=number == DUAL, needs_context=term.needs_context
    )


def _and_half(cursor: Cursor, found: Amount) -> Amount:
    """``سنة ونصف``, ``شهرين ونصف الشهر``."""
    fraction = cursor.role(found.end, "fraction", "و")
    if fraction is None or fraction.offset != 1:
        return found
    again = cursor.term(fraction.end, UnitTerm)
    end = again.end if again is not None and again.term.is_definite else fraction.end
    return Amount(found.unit, found.count + int(fraction.term.value) / 60, end, found.is_vague)


def offset(cursor: Cursor, at: int) -> Found | None:
    """``قبل أسبوعين``, ``بعد نحو ثلاثة أشهر``, ``بعد أسبوع من إلغاء ...``, ``بعد ذلك بيومين``."""
    word = cursor.role(at, "preposition", None)
    if word is None:
        return None
    sign = -1 if word.term.value == "-" else 1
    that = cursor.role(word.end, "after_that")
    if that is not None:
        later = amount(cursor, that.end, "ب")
        if later is None or not cursor.word(that.end).startswith("ب"):
            return None
        return Found(Offset(later.unit, later.count, sign, is_event=True, is_vague=later.is_vague), later.end)
    here, is_hedged = _past_hedges(cursor, word.end)
    found = amount(cursor, here)
    if found is None or (not found.is_stated and (found.needs_context or cursor.digits(found.end) is not None)):
        return None
    return _offset_from(cursor, found, sign, is_vague=found.is_vague or is_hedged)


def _past_hedges(cursor: Cursor, at: int) -> tuple[int, bool]:
    here = at
    while here - at < _MAX_HEDGES and cursor.word(here) in _HEDGES:
        here += 1
    return here, here > at


def _offset_from(cursor: Cursor, found: Amount, sign: int, *, is_vague: bool) -> Found:
    """What the offset counts from: now, a date, or an event the text does not date."""
    era = cursor.role(found.end, "era")
    end = era.end if era is not None and era.term.value != "bc" and found.unit == "year" else found.end
    calendar = "hijri" if era is not None and era.term.value == "hijri" else "gregorian"
    if cursor.word(end) in {"من", "علي"}:
        now = cursor.role(end + 1, "deictic") or cursor.role(end + 1, "vague")
        if now is not None and now.term.value in {"0", "present"}:
            return Found(Offset(found.unit, found.count, sign, is_vague=is_vague), now.end)
        dated = longest(day_date(cursor, end + 1), numeric_date(cursor, end + 1))
        if dated is not None:
            return Found(Offset(found.unit, found.count, sign, base=dated.reading, is_vague=is_vague), dated.end)
        return Found(Offset(found.unit, found.count, sign, is_event=True, is_vague=is_vague), end)
    named = _weekday_behind(cursor, end) if found.unit == "week" else None
    if named is not None:
        week = Offset("week", found.count, sign, is_vague=is_vague)
        return Found(WeekdayIn(named.term.weekday, base=week), named.end)
    return Found(Offset(found.unit, found.count, sign, is_vague=is_vague, calendar=calendar), end)  # type: ignore[arg-type]


def _weekday_behind(cursor: Cursor, at: int) -> Placed[WeekdayTerm] | None:
    """``بعد ثلاثة أسابيع يوم الاثنين``: the weekday of that week."""
    word = cursor.term(at, UnitTerm)
    if word is None or word.term.unit != "day":
        return None
    return cursor.term(word.end, WeekdayTerm)


def duration(cursor: Cursor, at: int) -> Found | None:
    """``منذ ستة أشهر``, ``خلال أسبوعين``, ``عدة أشهر``, ``طوال يوم``; a bare unit only where a word calls for it."""
    since, within = cursor.role(at, "since", None), cursor.role(at, "within", None)
    lasting = cursor.role(at, "lasting", None)
    word = since or within or lasting
    if word is None:
        found = amount(cursor, at, None)
        if found is None or not (found.is_stated or _is_alone(cursor, at, found)) or _is_event_age(cursor, found):
            return None
        return Found(Duration(found.unit, found.count, 0, found.is_vague), found.end)
    here, is_hedged = _past_hedges(cursor, word.end)
    found = amount(cursor, here)
    if found is None or (found.needs_context and not found.is_stated and found.unit == "second"):
        return None
    is_named = not found.is_stated and (cursor.digits(found.end) is not None or month_at(cursor, here) is not None)
    if is_named or (since is None and stretch(cursor, here) is not None):
        return None  # خلال شهر مايو, منذ عام 670, خلال الـ24 ساعة الماضية: these stand for themselves
    sign = -1 if since is not None else 1 if within is not None else 0
    reading = Duration(found.unit, found.count, sign, found.is_vague or is_hedged)
    return Found(reading, found.end, here if lasting is not None else None)


def _is_alone(cursor: Cursor, at: int, found: Amount) -> bool:
    """Whether a bare unit is all its line says, or ل stands before it (``لشهر``, ``لسنوات``)."""
    is_line = cursor.begins_line(at) and not cursor.word(found.end)
    return is_line or (found.count > 1 and cursor.word(at, after=False).startswith("ل"))


def _is_event_age(cursor: Cursor, found: Amount) -> bool:
    """Whether an amount is an age: ``30 عاما من العمر``."""
    return cursor.word(found.end) == "من" and cursor.word(found.end + 1) in {"العمر", "عمره", "عمرها"}


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
        for _ in range(30):
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
    """``مؤخرا``, ``الآن``, ``قبل ذلك``; ``هذه اللحظة`` is the anchor itself."""
    word = cursor.role(at, "vague", None)
    now = cursor.role(at, "now", None)
    if now is not None and (word is None or now.end >= word.end):
        return Found(Offset("second", 0, 1), now.end)
    return Found(Vague(), word.end) if word is not None else None
