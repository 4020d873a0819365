"""Amounts of time and what is made of them: durations, and points before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.transform.dates.absolute import day_date, month_at
from flows.transform.dates.cursor import Cursor, Found, Placed
from flows.transform.dates.days import longest
from flows.transform.dates.numerals import cardinal
from flows.transform.dates.numeric import numeric_date
from flows.transform.dates.readings import Duration, Offset, Unit, WeekdayIn
from flows.transform.dates.stretches import stretch
from flows.transform.dates.vocabulary import DUAL, MANY, PAIR, UnitTerm, WeekdayTerm
from flows.transform.dates.years import skip

_HEDGES = frozenset(
    {"نحو", "حوالي", "قرابه", "زهاء", "اكثر", "اقل", "ما", "يقارب", "يزيد", "يقرب", "عن", "علي", "تقريبا", "من"}
)
_MAX_HEDGES = 4
_ISO: dict[Unit, tuple[str, str, int]] = {
    "second": ("PT", "S", 1), "minute": ("PT", "M", 1), "hour": ("PT", "H", 1), "day": ("P", "D", 1),
    "night": ("P", "D", 1), "week": ("P", "W", 1), "month": ("P", "M", 1), "quarter": ("P", "M", 3),
    "season": ("P", "M", 3), "year": ("P", "Y", 1), "decade": ("P", "Y", 10), "century": ("P", "Y", 100),
}  # fmt: skip
_SIZES: tuple[Unit, ...] = (
    "second", "minute", "hour", "night", "day", "week", "month", "season", "quarter", "year", "decade", "century",
)  # fmt: skip
"""Units from the smallest up."""
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
    rest: tuple[tuple[Unit, float], ...] = ()
    """Smaller units after it: the six months of ``ثلاثة أعوام وستة أشهر``."""


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


def iso_of(reading: Duration) -> str:
    """A duration with its smaller units as ISO 8601.

    >>> iso_of(Duration("year", 3, rest=(("month", 6),))), iso_of(Duration("day", 1, rest=(("hour", 6), ("minute", 5))))
    ('P3Y6M', 'P1DT6H5M')
    """
    parts = [iso_duration(reading.unit, reading.count), *(iso_duration(unit, count) for unit, count in reading.rest)]
    days = "".join(part[1:] for part in parts if not part.startswith("PT"))
    clock = "".join(part[2:] for part in parts if part.startswith("PT"))
    return parts[0] if len(parts) == 1 else f"P{days}" + (f"T{clock}" if clock else "")


def amount(cursor: Cursor, at: int, proclitics: str | None = "") -> Amount | None:
    """``ستة أشهر``, ``يومين``, ``عدة أشهر أخرى``, ``نصف ساعة``, ``سنة ونصف``, ``ساعة واحدة``."""
    if not cursor.begins(at):
        return None
    found = _counted(cursor, at, proclitics) or _fraction(cursor, at, proclitics) or _bare(cursor, at, proclitics)
    if found is None:
        return None
    found = _and_smaller(cursor, _and_half(cursor, found))
    more = cursor.role(found.end, "more")
    return replace(found, end=more.end) if more is not None else found


def _and_smaller(cursor: Cursor, found: Amount) -> Amount:
    """``ثلاثة أعوام وستة أشهر``, ``3 دقائق و40 ثانية``: numbers of ever smaller units joined by و."""
    while found.is_stated and not found.is_vague and cursor.word(found.end).startswith("و"):
        has_space = cursor.word(found.end) == "و"
        smaller = _counted(cursor, found.end + has_space, "" if has_space else "و")
        last = found.rest[-1][0] if found.rest else found.unit
        if smaller is None or smaller.is_vague or _SIZES.index(smaller.unit) >= _SIZES.index(last):
            return found
        found = replace(found, end=smaller.end, rest=(*found.rest, (smaller.unit, smaller.count)))
    return found


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
    unit = _indefinite_unit(cursor, at, proclitics)
    if unit is None or unit.term.number == PAIR:
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


def _indefinite_unit(cursor: Cursor, at: int, proclitics: str | None) -> Placed[UnitTerm] | None:
    """A unit without the article; ``لليلة`` may be read so (for a night), or with it (tonight)."""
    for placed in cursor.terms_of(at, UnitTerm):
        if not placed.term.is_definite and cursor.allows(at, placed.offset, proclitics):
            return placed
    return None


def _and_half(cursor: Cursor, found: Amount) -> Amount:
    """``سنة ونصف``, ``شهرين ونصف الشهر``."""
    fraction = cursor.role(found.end, "fraction", "و")
    if fraction is None or fraction.offset != 1:
        return found
    again = cursor.term(fraction.end, UnitTerm)
    end = again.end if again is not None and again.term.is_definite else fraction.end
    return replace(found, count=found.count + int(fraction.term.value) / 60, end=end)


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
    return _offset_from(
        cursor, found, Offset(found.unit, found.count, sign, is_vague=found.is_vague, is_hedged=is_hedged)
    )


def _past_hedges(cursor: Cursor, at: int) -> tuple[int, bool]:
    here = at
    while here - at < _MAX_HEDGES and cursor.word(here) in _HEDGES:
        here += 1
    return here, here > at


def _offset_from(cursor: Cursor, found: Amount, reading: Offset) -> Found:
    """What the offset counts from: now, a date, or an event the text does not date."""
    era = cursor.role(found.end, "era") if found.unit == "year" else None
    end = era.end if era is not None and era.term.value != "bc" else found.end
    if era is not None and era.term.value == "hijri":
        reading = replace(reading, calendar="hijri")
    if cursor.word(end) in {"من", "علي"}:
        now = cursor.role(end + 1, "deictic") or cursor.role(end + 1, "vague")
        if now is not None and now.term.value in {"0", "present"}:
            return Found(reading, now.end)
        dated = longest(day_date(cursor, end + 1), numeric_date(cursor, end + 1))
        if dated is not None:
            return Found(replace(reading, base=dated.reading), dated.end)
        return Found(replace(reading, is_event=True), end)
    named = _weekday_behind(cursor, end) if found.unit == "week" else None
    return Found(WeekdayIn(named.term.weekday, base=reading), named.end) if named else Found(reading, end)


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
        return Found(Duration(found.unit, found.count, 0, found.is_vague, rest=found.rest), found.end)
    here, is_hedged = _past_hedges(cursor, word.end)
    found = amount(cursor, here)
    if found is None or (found.needs_context and not found.is_stated and found.unit == "second"):
        return None
    is_named = not found.is_stated and (cursor.digits(found.end) is not None or month_at(cursor, here) is not None)
    if is_named or (since is None and stretch(cursor, here) is not None):
        return None  # خلال شهر مايو, منذ عام 670, خلال الـ24 ساعة الماضية: these stand for themselves
    sign = -1 if since is not None else 1 if within is not None else 0
    reading = Duration(found.unit, found.count, sign, found.is_vague, is_hedged, found.rest)
    return Found(reading, found.end, here if lasting is not None else None)


def _is_alone(cursor: Cursor, at: int, found: Amount) -> bool:
    """Whether a bare unit is all its line says, or ل stands before it (``لشهر``, ``لسنوات``)."""
    is_line = cursor.begins_line(at) and not cursor.word(found.end)
    return is_line or (found.count > 1 and cursor.own_word(at).startswith("ل"))


def _is_event_age(cursor: Cursor, found: Amount) -> bool:
    """Whether an amount is an age: ``30 عاما من العمر``."""
    return cursor.word(found.end) == "من" and cursor.word(found.end + 1) in {"العمر", "عمره", "عمرها"}
