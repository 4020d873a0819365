"""Lengths of time as ISO 8601 writes them."""

from __future__ import annotations

from typing import Final

from flows.transform.dates.readings import Duration, Unit

_ISO: Final[dict[Unit, tuple[str, str, int]]] = {
    "second": ("PT", "S", 1), "minute": ("PT", "M", 1), "hour": ("PT", "H", 1), "day": ("P", "D", 1),
    "night": ("P", "D", 1), "week": ("P", "W", 1), "month": ("P", "M", 1), "quarter": ("P", "M", 3),
    "season": ("P", "M", 3), "year": ("P", "Y", 1), "decade": ("P", "Y", 10), "century": ("P", "Y", 100),
}  # fmt: skip
_SMALLER: Final[dict[Unit, tuple[Unit, int]]] = {
    "minute": ("second", 60), "hour": ("minute", 60), "day": ("hour", 24), "night": ("hour", 24), "month": ("day", 30),
    "quarter": ("month", 3), "season": ("month", 3), "year": ("month", 12), "decade": ("year", 10),
    "century": ("year", 100),
}  # fmt: skip


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
