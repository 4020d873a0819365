"""Periods around the anchor: ``الأسبوع الماضي``, ``هذا الشهر``, ``ذلك العام``, ``نهاية العام``."""

from __future__ import annotations

from typing import Final

from flows.transform.dates.cursor import UNREAD, Cursor, Found, Placed
from flows.transform.dates.readings import Offset, Period, Unit, WeekdayIn
from flows.transform.dates.vocabulary import UnitTerm, WeekdayTerm, WordTerm
from flows.transform.dates.years import COMMAS, UNSETTLED_YEAR, skip, year_at
from flows.values import Calendar

_FOLLOWING: Final = frozenset({"التالي", "التاليه"})


def period(cursor: Cursor, at: int) -> Found | None:
    """A period around the anchor: ``الأسبوع الماضي``, ``هذا الشهر``, ``السنة الهجرية القادمة``, ``اليوم نفسه``.

    >>> read("الأسبوع الماضي")
    relative week 2024-03-25..2024-04-01
    >>> read("هذا الشهر")
    relative month 2024-04-01..2024-05-01
    >>> read("السنة الهجرية القادمة")
    relative year 2024-07-07..2025-06-26
    """
    found = cursor.recall("period", at)
    return cursor.keep("period", at, _read_period(cursor, at)) if found is UNREAD else found


def _read_period(cursor: Cursor, at: int) -> Found | None:
    self_word, same = cursor.role(at, "self", None), cursor.role(at, "same", None) or _that(cursor, at)
    lead = self_word or same
    unit = cursor.term(lead.end, UnitTerm) if lead else cursor.term(at, UnitTerm, None)
    if unit is None or not unit.term.is_definite or unit.term.number != 1:
        return None
    kind = cursor.role(unit.end, "year_kind") if unit.term.unit == "year" else None
    era = cursor.role(unit.end, "era")
    here = era.end if era else kind.end if kind else unit.end
    same_behind = cursor.role(here, "same")
    if same or same_behind:
        end = same_behind.end if same_behind else here
        year = year_at(cursor, end) if unit.term.unit == "month" else None
        return Found(Offset(unit.term.unit, 0, 1, is_event=True), year.end if year is not None else end)
    calendar: Calendar = "hijri" if era and era.term.value == "hijri" else "gregorian"
    cue = cursor.role(here, "cue")
    if cue is not None and not _is_general(cursor, at, cursor.word(cue.end - 1)):
        return Found(_moved(cursor, at, unit.term.unit, calendar, cue) if kind is None else UNSETTLED_YEAR, cue.end)
    behind = cursor.role(here, "self")
    if self_word is not None or behind is not None or _is_present(cursor, at, unit):
        return Found(Period(unit.term.unit, 0, calendar), behind.end if behind else here)
    return None


def campaign(cursor: Cursor, at: int) -> Found | None:
    """``الموسم الماضي``, ``الموسم الكروي المقبل``, ``هذا الموسم``: some months of the one or the other year.

    >>> read("الموسم الماضي")
    relative year no value
    """
    self_word = cursor.role(at, "self", None)
    word = cursor.role(self_word.end, "campaign") if self_word else cursor.role(at, "campaign", None)
    if word is None:
        return None
    kind = cursor.role(word.end, "year_kind")
    here = kind.end if kind is not None else word.end
    cue = cursor.role(here, "cue")
    if cue is None and self_word is None:
        return None
    return Found(UNSETTLED_YEAR, cue.end if cue is not None else here)


def _moved(cursor: Cursor, at: int, unit: Unit, calendar: Calendar, cue: Placed[WordTerm]) -> Period | Offset:
    """A period by its cue; التالي in a sentence follows what was told, not the day of writing."""
    is_alone = cursor.begins_line(at) and not cursor.word(cue.end)
    if cursor.word(cue.end - 1) in _FOLLOWING and not is_alone:
        return Offset(unit, 1, 1, is_event=True)
    return Period(unit, int(cue.term.value), calendar)


def _that(cursor: Cursor, at: int) -> Placed[WordTerm] | None:
    """``ذلك`` before a period; ``وذلك`` goes on with the sentence (``وذلك اليوم الاثنين``)."""
    return None if cursor.own_word(at).startswith("و") else cursor.role(at, "that", None)


def _is_present(cursor: Cursor, at: int, unit: Placed[UnitTerm]) -> bool:
    """Whether a year or month alone is the present one: ``خلال العام``, with no adjective behind it."""
    if unit.term.unit not in {"year", "month"} or unit.offset or cursor.begins_line(at):
        return False
    behind = cursor.word(unit.end)
    return cursor.own_word(at - 1) == "خلال" and not (behind.startswith("ال") or cursor.begins(unit.end))


def _is_general(cursor: Cursor, at: int, cue: str) -> bool:
    """Whether العام is "general" after the noun before it: ``الأمين العام السابق``."""
    is_title = cursor.own_word(at - 1) in cursor.vocabulary.general and not cursor.begins_line(at)
    return is_title and cursor.own_word(at) == "العام" and cue not in {"الماضي", "المقبل", "القادم", "الجاري"}


def plain_period(cursor: Cursor, at: int) -> Found | None:
    """A definite unit without a cue, as it stands after a part: ``نهاية العام``, ``مطلع الأسبوع``.

    >>> read("نهاية العام")
    relative yearpart 2024-09-01..2025-01-01
    >>> read("مطلع الأسبوع")
    relative weekpart 2024-04-01..2024-04-03
    """
    unit = cursor.term(at, UnitTerm)
    if (
        unit is None
        or not unit.term.is_definite
        or unit.term.number != 1
        or unit.term.unit in {"second", "minute", "hour"}
    ):
        return None
    return Found(Period(unit.term.unit, 0), unit.end)


def week_period(cursor: Cursor, at: int) -> Found | None:
    """A week by its place: ``الأسبوع المقبل``, ``هذا الأسبوع``.

    >>> read("الأسبوع المقبل")
    relative week 2024-04-08..2024-04-15
    >>> read("هذا الأسبوع")
    relative week 2024-04-01..2024-04-08
    """
    found = period(cursor, at)
    if found is not None and isinstance(found.reading, Period) and found.reading.unit == "week":
        return found
    return None


def weekday_of_week(cursor: Cursor, at: int) -> Found | None:
    """The week first: ``الأسبوع المقبل يوم الجمعة``.

    >>> read("الأسبوع المقبل يوم الجمعة")
    relative day 2024-04-12..2024-04-13
    """
    week = week_period(cursor, at)
    if week is None:
        return None
    here = skip(cursor, week.end, COMMAS)
    word = cursor.term(here, UnitTerm)
    if word is not None and word.term.unit == "day":
        here = word.end
    named = cursor.term(here, WeekdayTerm)
    if named is None or (named.term.is_bare and word is None):
        return None
    return Found(WeekdayIn(named.term.weekday, base=week.reading), named.end)
