"""Amounts of time and what is made of them: durations, and points before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from flows.transform.dates.absolute import day_date, month_at
from flows.transform.dates.cursor import Cursor, Found, Placed
from flows.transform.dates.days import longest
from flows.transform.dates.hedges import is_compared, is_percentage, past_hedges
from flows.transform.dates.numerals import Number, cardinal
from flows.transform.dates.numeric import numeric_date
from flows.transform.dates.ranges import led
from flows.transform.dates.readings import Duration, Offset, Unit, WeekdayIn
from flows.transform.dates.stretches import stretch
from flows.transform.dates.vocabulary import DUAL, MANY, PAIR, UnitTerm, WeekdayTerm
from flows.transform.dates.years import skip
from flows.transform.names.gazetteer import ListedName

_DIRECTIONS: Final = frozenset({"قبل", "بعد", "منذ"})
_WHOLE: Final = frozenset({"كامل", "كاملا", "كامله"})
_SIZES: Final[tuple[Unit, ...]] = (
    "second", "minute", "hour", "night", "day", "week", "month", "season", "quarter", "year", "decade", "century",
)  # fmt: skip
"""Units from the smallest up."""


@dataclass(frozen=True, slots=True)
class Amount:
    """So many units; ``is_stated`` where a number or the dual says how many."""

    unit: Unit
    count: float
    end: int
    is_vague: bool = False
    is_stated: bool = True
    needs_context: bool = False
    is_rough: bool = False
    """Whether it is the lower of two numbers: 3 in ``من 3 إلى 5 سنوات``."""
    rest: tuple[tuple[Unit, float], ...] = ()
    """Smaller units after it: the six months of ``ثلاثة أعوام وستة أشهر``."""


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
        unit = cursor.term(skip(cursor, few.end, ("من",)), UnitTerm)
        if unit is None or unit.term.number != MANY:
            return None
        return Amount(unit.term.unit, int(few.term.value), unit.end, is_vague=True)
    number = cardinal(cursor, at, proclitics)
    if number is None or is_percentage(cursor, at, number):
        return None
    if number.is_digits and _is_part_of_number(cursor, number.end - 1):
        return None
    upper = _upper_bound(cursor, at, number)
    unit = cursor.term(upper or number.end, UnitTerm)
    if unit is None or (unit.term.is_definite and number.is_definite) or _is_weekdays(cursor, unit):
        return None
    return Amount(unit.term.unit, number.value, unit.end, is_rough=upper is not None)


def _is_weekdays(cursor: Cursor, unit: Placed[UnitTerm]) -> bool:
    """Whether the word day belongs to a weekday behind it: ``5 يوم الأحد``."""
    return unit.term.unit == "day" and cursor.term(unit.end, WeekdayTerm) is not None


def _upper_bound(cursor: Cursor, at: int, number: Number) -> int | None:
    """The token behind a second, higher number: ``3 إلى 5 سنوات``, ``5-7 أيام``, ``بين عشر وعشرين سنة``."""
    word = cursor.word(number.end)
    is_between = cursor.own_word(at - 1) == "بين"
    if word in {"-", "الي", "او"} or (word == "و" and is_between):
        second = cardinal(cursor, number.end + 1)
    else:
        second = cardinal(cursor, number.end, "و") if word.startswith("و") and is_between else None
    return second.end if second is not None and second.value > number.value else None


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
    if unit is None or unit.term.number == PAIR or _names_a_festival(cursor, unit):
        return None
    number, term = unit.term.number, unit.term
    if number == 1 and cursor.word(unit.end) in _WHOLE:
        return Amount(term.unit, 1, unit.end + 1)
    if number == 1:
        one = cardinal(cursor, unit.end)
        is_one = one is not None and not one.is_digits and one.value == 1
        end = one.end if one is not None and is_one else unit.end
        return Amount(term.unit, 1, end, is_stated=is_one, needs_context=term.needs_context)
    return Amount(
        term.unit, number, unit.end, is_vague=number == MANY, is_stated=number == DUAL, needs_context=term.needs_context
    )


def _names_a_festival(cursor: Cursor, unit: Placed[UnitTerm]) -> bool:
    """Whether days are the days of a place: ``أيام قرطاج السينمائية``, ``أيام الشارقة التراثية``."""
    name, kind = cursor.word(unit.end), cursor.word(unit.end + 1)
    if unit.term.unit != "day" or unit.term.number != MANY or not name or cursor.own_word(unit.end - 2) in _DIRECTIONS:
        return False
    if kind.startswith("ال") and kind.endswith("يه") and not name.startswith("ال") and not name.endswith("ه"):
        return True
    names = (hit.entry.value for hit in cursor.page.hits_at(unit.end) if hit.entry.category == "entity")
    return any(isinstance(name, ListedName) and name.entity.kind == "place" for name in names)


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
    return replace(found, count=found.count + int(fraction.term.value) / 60, end=end, is_stated=True)


def offset(cursor: Cursor, at: int) -> Found | None:
    """``قبل أسبوعين``, ``بعد نحو ثلاثة أشهر``, ``بعد أسبوع من إلغاء ...``, ``بعد ذلك بيومين``, ``قبلها بشهر``.

    >>> read("قبل أسبوعين")
    relative day 2024-03-18..2024-03-19
    >>> read("بعد نحو ثلاثة أشهر")
    relative month 2024-07-01..2024-08-01
    >>> read("بعد ذلك بيومين")
    relative day no value
    """
    pronoun = cursor.role(at, "after_it", None)
    if pronoun is not None:
        return _from_event(cursor, pronoun.end, -1 if pronoun.term.value == "-" else 1)
    word = cursor.role(at, "preposition", None)
    if word is None:
        return None
    sign = -1 if word.term.value == "-" else 1
    that = cursor.role(word.end, "after_that")
    if that is not None:
        return _from_event(cursor, that.end, sign)
    here, is_hedged = past_hedges(cursor, word.end)
    found = amount(cursor, here)
    if found is None or (not found.is_stated and (found.needs_context or cursor.digits(found.end) is not None)):
        return None
    return _offset_from(
        cursor,
        found,
        Offset(found.unit, found.count, sign, is_vague=found.is_vague, is_hedged=is_hedged or found.is_rough),
    )


def _from_event(cursor: Cursor, at: int, sign: int) -> Found | None:
    """The distance from an event: the ``بيومين`` of ``بعد ذلك بيومين`` and ``قبلها بيومين``."""
    if not cursor.word(at).startswith("ب"):
        return None
    here = skip(cursor, skip(cursor, at, ("ب",)), ("بنحو", "بحوالي", "باكثر", "باقل"))
    found = amount(cursor, skip(cursor, here, ("من",)), "ب" if here == at else "")
    if found is None:
        return None
    return Found(Offset(found.unit, found.count, sign, is_event=True, is_vague=found.is_vague), found.end)


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
    """``منذ ستة أشهر``, ``خلال أسبوعين``, ``عدة أشهر``, ``طوال يوم``; a bare unit only where a word calls for it.

    Of the words before it only ``منذ`` points in a direction, and only such a word is part of the span.

    >>> read("منذ ستة أشهر")
    duration month P6M
    >>> read("خلال أسبوعين")
    [أسبوعين] duration week P2W
    >>> read("عدة أشهر")
    duration month P3M
    """
    since, within = cursor.role(at, "since", None), cursor.role(at, "within", None)
    lasting = cursor.role(at, "lasting", None)
    word = since or within or lasting
    if word is None:
        return _plain_duration(cursor, at)
    here, is_hedged = past_hedges(cursor, word.end)
    found = amount(cursor, here)
    if found is None or (found.needs_context and not found.is_stated and found.unit == "second"):
        return None
    is_named = not found.is_stated and (cursor.digits(found.end) is not None or month_at(cursor, here) is not None)
    is_construct = within is not None and not found.is_stated and cursor.word(found.end).startswith("ال")
    if is_named or is_construct or (since is None and stretch(cursor, here) is not None):
        return None  # خلال شهر مايو, خلال أيام الحرب, منذ عام 670, خلال الـ24 ساعة الماضية: these stand for themselves
    sign = -1 if since is not None else 1 if within is not None else 0
    reading = Duration(found.unit, found.count, sign, found.is_vague, is_hedged or found.is_rough, found.rest)
    return Found(reading, found.end, here if since is None else None)


def _plain_duration(cursor: Cursor, at: int) -> Found | None:
    """An amount with no word of direction before it: ``عدة أشهر``, the سنة of ``أكثر من سنة``."""
    found = amount(cursor, at, None)
    if found is None or _is_event_age(cursor, found):
        return None
    is_hedged = not found.is_stated and found.count == 1 and _is_compared(cursor, at)
    if not (found.is_stated or is_hedged or _is_alone(cursor, at, found)):
        return None
    is_for_night = cursor.own_word(at).startswith("لل") and cursor.term(at, UnitTerm, None) is not None
    reading = Duration(found.unit, found.count, 0, found.is_vague, is_hedged or found.is_rough, found.rest)
    if found.is_rough:
        return led(cursor, at, Found(reading, found.end))
    return Found(reading, found.end, offset=1 if is_for_night else None)  # لليلة واحدة has no article


def _is_alone(cursor: Cursor, at: int, found: Amount) -> bool:
    """Whether a bare unit is all its line says, or ل stands before it (``لشهر``, ``لسنوات``)."""
    is_line = cursor.begins_line(at) and not cursor.word(found.end)
    return is_line or (found.count > 1 and cursor.own_word(at).startswith("ل"))


def _is_compared(cursor: Cursor, at: int) -> bool:
    unit = _indefinite_unit(cursor, at, None)
    return unit is not None and is_compared(cursor, at, unit)


def _is_event_age(cursor: Cursor, found: Amount) -> bool:
    """Whether an amount is an age: ``30 عاما من العمر``."""
    return cursor.word(found.end) == "من" and cursor.word(found.end + 1) in {"العمر", "عمره", "عمرها"}
