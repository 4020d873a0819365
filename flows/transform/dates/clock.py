"""Clock times and parts of the day, alone and tied to a day."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flows.transform.dates.cursor import UNREAD, Cursor, Found, Placed
from flows.transform.dates.days import day, longest, nth
from flows.transform.dates.faces import face_at, whole_hour
from flows.transform.dates.numerals import cardinal, ordinal, single
from flows.transform.dates.periods import period
from flows.transform.dates.readings import Clock, Daypart, DaypartName, DayShift, Nth, Offset, WeekdayIn, Ymd
from flows.transform.dates.vocabulary import MANY, UnitTerm, WeekdayTerm, WordTerm
from flows.transform.dates.years import COMMAS, skip

_NOON: Final = 12
_HOURS: Final = 24
_SIXTY: Final = 60
_AFTER_DAY: Final = COMMAS | {"-", "|", "في", "عند", "t"}
_BEFORE_TIME: Final = frozenset({"-", "|", "في", "عند", "خلال", "("})
_TO_PART: Final = frozenset({"من", "في", "،", ",", "-"})
_LETTERS, _ADVERBS = frozenset({"م", "ص"}), frozenset({"فجرا", "صباحا", "عصرا", "ليلا", "مساءا"})
_EARLY_OR_LATE: Final = frozenset({"الاولي", "المبكره", "المتاخره", "الباكر", "الباكره"})
_DEFINITE: Final = ("ال", "لل", "وال", "بال", "فال", "كال", "ولل")
_PARTS: Final[dict[str, DaypartName]] = {
    "dawn": "dawn", "morning": "morning", "noon": "noon", "afternoon": "afternoon", "evening": "evening",
    "night": "night", "am": "morning", "pm": "evening",
}  # fmt: skip
_SMALL_HOURS: Final = 5
_FARTHEST_ZONE: Final = 14
_EARLY_NOON: Final = 10
_COMPACT_DIGITS: Final = 4


def clock(cursor: Cursor, at: int) -> Found | None:
    """``الساعة 3 عصرا``, ``14:30``, ``09:01 م``, ``الثالثة وربع بعد الظهر``, ``الساعة العاشرة من مساء أمس``.

    >>> read("الساعة 3 عصرا")
    absolute hour 2024-04-01T15:00..2024-04-01T16:00
    >>> read("14:30")
    absolute minute 2024-04-01T14:30..2024-04-01T14:31
    >>> read("09:01 م")
    absolute minute 2024-04-01T21:01..2024-04-01T21:02
    """
    found = cursor.recall("clock", at)
    return cursor.keep("clock", at, _read_clock(cursor, at)) if found is UNREAD else found


def _read_clock(cursor: Cursor, at: int) -> Found | None:
    if cursor.is_day_number(at) or not (cursor.is_numeric(at) or cursor.has_role(at)):
        return None
    zone = cursor.role(at, "zone", None)
    if zone is not None:
        return _behind_zone(cursor, zone)
    lead = _part(cursor, at, None)
    here = skip(cursor, lead.end, COMMAS) if lead is not None else at
    face = face_at(cursor, here, is_first=lead is None) if cursor.begins(here) else None
    if face is None or (face.is_plain and (_counts_hours(cursor, at) or _counts_nights(cursor, at))):
        return None
    part = _part(cursor, skip(cursor, face.end, _TO_PART), "") or _part(cursor, face.end, "")
    end = part.end if part is not None else face.end
    if face.is_plain and (_is_score(cursor, at) or _is_adjective(cursor, at) or (part is None and lead is None)):
        return None
    if part is not None and cursor.words[part.end - 1] in _LETTERS and (face.is_plain or face.hour > _NOON):
        return None  # 8 م is eight metres
    name = part.name if part is not None else lead.name if lead is not None else None
    reading = Clock(settle_hour(face.hour, name), face.minute, face.second, is_settled=name is not None)
    return _with_day(cursor, _with_zone(cursor, Found(reading, end)), reading)


def _behind_zone(cursor: Cursor, zone: Placed[WordTerm]) -> Found | None:
    """``بتوقيت مكة 14:30``, ``GMT 14:30``: the zone before the time, which then has its minutes."""
    here = skip(cursor, zone.end, (":", "-"))
    found = clock(cursor, here) if cursor.begins(here) and cursor.role(here, "zone") is None else None
    if found is None or not isinstance(found.reading, Clock) or found.reading.minute is None or found.reading.zone:
        return None
    return Found(replace(found.reading, zone=zone.term.value), found.end)


def _is_adjective(cursor: Cursor, at: int) -> bool:
    """Whether an ordinal goes with the definite noun before it: ``المرحلة الثانية مساء اليوم``."""
    if at == 0 or cursor.begins_line(at) or cursor.begins(at - 1) or cursor.digits(at) is not None:
        return False
    return cursor.own_word(at - 1).startswith(_DEFINITE)


def _is_score(cursor: Cursor, at: int) -> bool:
    """Whether a number ends a score or a fraction: ``4 - 1 مساء السبت``."""
    return at > 0 and not cursor.begins_line(at) and cursor.word(at - 1) in {"-", "/", ":"}


def _counts_hours(cursor: Cursor, at: int) -> bool:
    """Whether an ordinal counts hours: ``الساعات الأولى من صباح اليوم``."""
    before = cursor.term(at - 1, UnitTerm, None) if at > 0 and not cursor.begins_line(at) else None
    return before is not None and before.term.unit == "hour"


def _counts_nights(cursor: Cursor, at: int) -> bool:
    """Whether a numeral counts the nights before it: ``لليلة واحدة``, which may be "for one night" or "tonight"."""
    return cursor.own_word(at).startswith("لل") and cursor.term(at, UnitTerm, None) is not None


def bare_hour(cursor: Cursor, at: int) -> Found | None:
    """An hour that only the range it stands in makes a time: ``العاشرة``, ``العشرة وعشرين دقيقة``, ``الخامسة غدا``."""
    number = ordinal(cursor, at, None) or cardinal(cursor, at, None)
    if number is not None and number.value > _NOON:
        number = single(cursor, at, None)
    if number is None or number.is_digits or not number.is_feminine or number.value > _NOON:
        return None
    if not (number.is_definite or cursor.own_word(at).startswith(("ال", "لل"))):
        return None
    hour, minute, end = whole_hour(cursor, number)
    part = _part(cursor, end, "")
    reading = Clock(settle_hour(hour, part.name if part else None), minute, is_settled=part is not None)
    return _with_day(cursor, Found(reading, part.end if part else end), reading)


def settle_hour(hour: int, part: DaypartName | None) -> int:
    """The hour of 24 that a clock hour and a part of the day name.

    >>> settle_hour(9, "evening"), settle_hour(12, "morning"), settle_hour(11, "noon"), settle_hour(2, "night")
    (21, 0, 11, 2)
    """
    if part is None or hour > _NOON:
        return hour
    if part in {"morning", "dawn"}:
        return hour % _NOON
    if part == "night":
        return hour if hour < _SMALL_HOURS else (hour + _NOON) % _HOURS
    if hour == _NOON or (part == "noon" and hour >= _EARLY_NOON):
        return hour
    return hour + _NOON


class _PartAt:
    __slots__ = ("end", "name")

    def __init__(self, name: DaypartName, end: int) -> None:
        self.name = name
        self.end = end


def _part(cursor: Cursor, at: int, proclitics: str | None) -> _PartAt | None:
    """A part of the day beside a time: ``صباحا``, ``م``, ``بعد المغرب``."""
    if not cursor.terms_at(at):
        return None
    for role in ("daypart", "meridiem", "hour_part"):
        word = cursor.role(at, role, proclitics)
        if word is not None and not (role == "meridiem" and proclitics is None):
            return _PartAt(_PARTS[word.term.value], word.end)
    tonight = cursor.role(at, "tonight", proclitics)
    return _PartAt("evening", tonight.end) if tonight and tonight.term.value == "0" else None


def _with_zone(cursor: Cursor, found: Found) -> Found:
    """A time with the zone named behind it: ``بتوقيت غرينتش``, ``+03:00``."""
    here = skip(cursor, found.end, ("(", "،", ","))
    zone = cursor.role(here, "zone")
    if not isinstance(found.reading, Clock):
        return found
    if zone is not None:
        end = skip(cursor, zone.end, (")",)) if here > found.end else zone.end
        return Found(replace(found.reading, zone=zone.term.value), end)
    offset = _offset_behind(cursor, found.end)
    if offset is not None:
        return Found(replace(found.reading, zone=offset[0]), offset[1])
    if cursor.word(found.end) == "z" and cursor.touches(found.end - 1):
        return Found(replace(found.reading, zone="+00:00"), found.end + 1)
    return found


def _offset_behind(cursor: Cursor, at: int) -> tuple[str, int] | None:
    """``+03:00`` or ``+0300`` right behind a time, and the token after it."""
    sign, hours, end = cursor.word(at), cursor.digits(at + 1), at + 2
    if sign not in {"+", "-"} or hours is None or not cursor.touches(at):
        return None
    if cursor.word(end) == ":" and cursor.touches(at - 1):
        minutes, end = cursor.digits(end + 1), end + 2
    elif cursor.width(at + 1) == _COMPACT_DIGITS and sign == "+":
        hours, minutes = divmod(hours, 100)
    else:
        return None
    is_zone = minutes is not None and hours <= _FARTHEST_ZONE and minutes < _SIXTY
    return (f"{sign}{hours:02}:{minutes:02}", end) if is_zone else None


def _with_day(cursor: Cursor, found: Found, reading: Clock) -> Found:
    """A time with the day behind it: ``الساعة 3 عصر اليوم``, ``الساعة العاشرة من صباح يوم الثلاثاء``."""
    here = skip(cursor, found.end, ("من", "في", "،", ",", "-", "|"))
    behind = day(cursor, here)
    if behind is None or not isinstance(behind.reading, (DayShift, WeekdayIn, Ymd)):
        return found
    if behind.reading == Ymd() or (isinstance(behind.reading, Ymd) and behind.reading.day is None):
        return found
    timed = found.reading if isinstance(found.reading, Clock) else reading
    return Found(replace(timed, base=behind.reading), behind.end)


def timed_day(cursor: Cursor, at: int) -> Found | None:
    """A day with its part or time: ``مساء أمس``, ``الثلاثاء مساء``, ``3 ديسمبر 2023 09:01 م``, ``ليلة الجمعة``.

    >>> read("مساء أمس")
    relative daypart 2024-03-31T18:00..2024-04-01
    >>> read("الثلاثاء مساء")
    relative daypart 2024-03-26T18:00..2024-03-27
    >>> read("3 ديسمبر 2023 09:01 م")
    absolute minute 2023-12-03T21:01..2023-12-03T21:02
    """
    has_term = bool(cursor.terms_at(at))
    night = _night(cursor, at) if has_term else None
    if night is not None:
        return night
    lead = cursor.role(at, "daypart", None) if has_term else None
    if lead is not None:
        here = skip(cursor, lead.end, ("من",))
        named = day(cursor, here) or _same_day(cursor, here) or _holiday(cursor, here)
        if named is None:
            return _hours_of_part(cursor, at) or _part_of_some_day(cursor, lead)
        return _clock_behind(cursor, named) or Found(Daypart(_PARTS[lead.term.value], named.reading), named.end)
    named = day(cursor, at)
    if named is None:
        return (_this_part(cursor, at) or _hours_of_part(cursor, at)) if has_term else None
    return _clock_behind(cursor, named) or _part_behind(cursor, named)


def _part_behind(cursor: Cursor, named: Found) -> Found:
    """A day with the part of it that follows, if one does: ``الثلاثاء مساء``, ``أمس في الصباح``."""
    here = skip(cursor, named.end, ("في",))
    part = cursor.role(named.end, "daypart") or cursor.role(here, "daypart")
    return Found(Daypart(_PARTS[part.term.value], named.reading), part.end) if part is not None else named


def _holiday(cursor: Cursor, at: int) -> Found | None:
    """``أول أيام عيد الفطر``: the n-th day of a holiday, as a part of the day stands before it."""
    found = nth(cursor, at)
    return found if found is not None and isinstance(found.reading, Nth) and found.reading.of == "day" else None


def _same_day(cursor: Cursor, at: int) -> Found | None:
    """``نفس اليوم``, ``اليوم نفسه``: a day the text named before."""
    found = period(cursor, at)
    is_day = found is not None and isinstance(found.reading, Offset) and found.reading.unit == "day"
    return found if is_day else None


def _clock_behind(cursor: Cursor, named: Found) -> Found | None:
    """The time that follows a day."""
    here = skip(cursor, skip(cursor, named.end, _AFTER_DAY), _BEFORE_TIME)
    timed = clock(cursor, here)
    if timed is None or not isinstance(timed.reading, Clock) or timed.reading.base is not None:
        return None
    has_bracket = cursor.word(here - 1) == "(" and here > named.end
    if has_bracket and (timed.reading.minute is None or cursor.word(timed.end) != ")"):
        return None
    return Found(replace(timed.reading, base=named.reading), timed.end + has_bracket)


def _night(cursor: Cursor, at: int) -> Found | None:
    """``الليلة``, ``الليلة الماضية``, ``ليلة الجمعة``, ``ليل الاثنين الثلاثاء``."""
    tonight = cursor.role(at, "tonight", None)
    if tonight is not None and cursor.word(tonight.end) in cursor.vocabulary.day_kinds:
        return None  # الليلة الفاصلة, الليلة الأولى
    if tonight is not None:
        days = int(tonight.term.value)
        return Found(Daypart("evening", DayShift(days), is_night_of=days < 0), tonight.end)
    unit, part = cursor.term(at, UnitTerm, None), cursor.role(at, "daypart", None)
    is_night = unit is not None and unit.term.unit == "night" and unit.term.number == 1
    lead = unit.end if unit is not None and is_night else part.end if part and part.term.value == "night" else None
    named = day(cursor, skip(cursor, lead, ("يوم",))) if lead is not None else None
    if named is None:
        return None
    second = skip(cursor, named.end, ("-", "/", "علي"))
    other = cursor.term(second, WeekdayTerm)
    if other is not None and not other.term.is_bare and isinstance(named.reading, WeekdayIn):
        return Found(Daypart("night", named.reading, is_night_of=True), other.end)
    return Found(Daypart("night", named.reading, is_night_of=True), named.end) if is_night else None


def _this_part(cursor: Cursor, at: int) -> Found | None:
    """``هذا المساء``, ``هذا الصباح``."""
    self_word = cursor.role(at, "self", None)
    part = cursor.role(self_word.end, "daypart") if self_word is not None else None
    return Found(Daypart(_PARTS[part.term.value], DayShift(0)), part.end) if part else None


def _hours_of_part(cursor: Cursor, at: int) -> Found | None:
    """``ساعات الفجر الأولى``, ``منذ الصباح``: a part of the day alone, which is today's."""
    unit = cursor.term(at, UnitTerm, None)
    is_led = unit is not None and unit.term.unit == "hour" and unit.term.number == MANY and not unit.term.is_definite
    if not is_led and (cursor.begins_line(at) or cursor.role(at - 1, "since", None) is None):
        return None
    here = unit.end if unit is not None and is_led else at
    part = cursor.role(here, "daypart")
    if part is None or not cursor.own_word(here).startswith("ال"):
        return None
    return Found(Daypart(_PARTS[part.term.value], DayShift(0)), skip(cursor, part.end, _EARLY_OR_LATE))


def _part_of_some_day(cursor: Cursor, lead: Placed[WordTerm]) -> Found | None:
    """``دخلوا فجرا``: an adverb alone, of the day of what happened; not ``ليلا ونهارا``, ``فجرا جديدا``."""
    is_more = cursor.word(lead.end).endswith("ا") or cursor.begins(lead.end)
    if is_more or cursor.own_word(lead.end - 1) not in _ADVERBS:
        return None
    return Found(Daypart(_PARTS[lead.term.value], Offset("day", 0, 1, is_event=True)), lead.end)


def moment(cursor: Cursor, at: int) -> Found | None:
    """A day, a part of one, or a time: whatever reaches furthest."""
    found = cursor.recall("moment", at)
    return cursor.keep("moment", at, _read_moment(cursor, at)) if found is UNREAD else found


def _read_moment(cursor: Cursor, at: int) -> Found | None:
    return longest(timed_day(cursor, at), clock(cursor, at))
