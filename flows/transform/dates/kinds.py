"""The kind and the grain a reading has by itself."""

from __future__ import annotations

from typing import Final

from flows.transform.dates.readings import (
    Century,
    Clock,
    DayCount,
    DayInRow,
    Daypart,
    DayShift,
    Decade,
    Duration,
    HolidayOn,
    Nth,
    Offset,
    Part,
    PartName,
    Period,
    Range,
    Reading,
    Recurring,
    Remainder,
    Season,
    Share,
    Stretch,
    Unit,
    Vague,
    WeekdayIn,
    Ymd,
)  # fmt: skip
from flows.values import DateKind, Grain


def kind_of(reading: Reading) -> DateKind:  # noqa: PLR0911 - a table of kinds reads best as one match
    """The kind a reading has by itself.

    >>> kind_of(Ymd(month=10, day=7)), kind_of(DayShift(-1)), kind_of(Duration("month", 6))
    ('absolute', 'relative', 'duration')
    """
    match reading:
        case Ymd(steps=None, base=None) | Decade() | Century() | HolidayOn(steps=None) | Season(steps=None, base=None):
            return "absolute"
        case Ymd(base=base) | Season(base=base) if base is not None:
            return kind_of(base)
        case Part(base=base) | Nth(base=base) | Share(base=base):
            return kind_of(base)
        case Clock(base=base) | Daypart(base=base):
            return kind_of(base) if base is not None else "absolute"
        case Range(last=last):
            return kind_of(last)
        case Duration():
            return "duration"
        case Recurring():
            return "set"
        case DayCount() | DayInRow():
            return "count"
        case Vague():
            return "vague"
        case _:
            return "relative"


_UNIT_GRAINS: Final[dict[Unit, Grain]] = {
    "second": "second", "minute": "minute", "hour": "hour", "day": "day", "night": "day", "week": "week",
    "month": "month", "quarter": "quarter", "season": "season", "year": "year", "decade": "decade",
    "century": "century",
}  # fmt: skip
_OFFSET_GRAINS: Final[dict[Unit, Grain]] = {"week": "day", "quarter": "month", "season": "month", "decade": "year",
                                     "century": "year"}  # fmt: skip
_PART_GRAINS: dict[Grain, Grain] = {"month": "monthpart", "year": "yearpart", "week": "weekpart", "day": "daypart"}


def unit_grain(unit: Unit) -> Grain:
    """The grain of a whole unit; a night counts as a day."""
    return _UNIT_GRAINS[unit]


def offset_grain(unit: Unit) -> Grain:
    """The grain of a point so many units away: weeks give a day, decades a year (CONTRACT section 6)."""
    return _OFFSET_GRAINS.get(unit, _UNIT_GRAINS[unit])


def grain_of(reading: Reading) -> Grain | None:  # noqa: C901, PLR0911, PLR0912 - one case a reading, nothing else
    """The grain a reading speaks in.

    >>> grain_of(Ymd(year=2023, month=12)), grain_of(Offset("week", 1, -1)), grain_of(Vague())
    ('month', 'day', None)
    """
    match reading:
        case Ymd():
            return ymd_grain(reading)
        case DayShift() | WeekdayIn() | HolidayOn() | DayCount():
            return "day"
        case Period(unit=unit) | Stretch(unit=unit) | Share(unit=unit) | Duration(unit=unit) | DayInRow(unit=unit):
            return unit_grain(unit)
        case Offset(unit=unit):
            return offset_grain(unit)
        case Part(part=part, base=base):
            return part_grain(part, grain_of(base))
        case Remainder(unit=unit):
            return _PART_GRAINS.get(unit_grain(unit))
        case Nth(of=of):
            return "day" if isinstance(of, int) else unit_grain(of)
        case Clock(minute=minute, second=second):
            return "second" if second is not None else "minute" if minute is not None else "hour"
        case Daypart():
            return "daypart"
        case Range(first=Clock(minute=int()) as first, last=Clock(minute=None)):
            return grain_of(first)
        case Range(last=last):
            return grain_of(last)
        case Decade():
            return "decade"
        case Century():
            return "century"
        case Season():
            return "season"
        case Recurring(duration=duration):
            return set_grain(duration)
        case Vague():
            return None


_SET_GRAINS: Final[dict[str, Grain]] = {
    "D": "day", "W": "week", "M": "month", "Y": "year", "TH": "hour", "TM": "minute", "TS": "second",
}  # fmt: skip


def set_grain(duration: str) -> Grain:
    """The grain of a set by its period.

    >>> set_grain("P1W"), set_grain("P3M"), set_grain("PT2H")
    ('week', 'quarter', 'hour')
    """
    if duration == "P3M":
        return "quarter"
    return _SET_GRAINS[("T" if "T" in duration else "") + duration[-1]]


def ymd_grain(reading: Ymd) -> Grain:
    """Day, month or year, by what is named."""
    if reading.day is not None:
        return "day"
    return "month" if reading.month is not None else "year"


def part_grain(part: PartName, grain: Grain | None) -> Grain | None:
    """The grain of a part: quarters of a year are quarters, the rest monthpart, yearpart, weekpart."""
    if part.startswith("quarter"):
        return "quarter"
    return _PART_GRAINS.get(grain, grain) if grain else None
