"""Half-open intervals of wall time, and the arithmetic of the calendars. Days that do not exist raise ValueError."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from hijridate import Gregorian, Hijri

from flows.transform.dates.readings import DaypartName, PartName, SeasonName, Unit
from flows.values import Calendar

DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = time()
_MONTHS_OF_YEAR: Final = 12
_DAYS_OF_WEEK: Final = 7
_CLOCK_UNITS: Final[dict[Unit, timedelta]] = {
    "second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": DAY,
    "night": DAY, "week": timedelta(weeks=1),
}  # fmt: skip
_MONTHS: Final[dict[Unit, int]] = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120, "century": 1200}
_DAYPARTS: Final[dict[DaypartName, tuple[int, int]]] = {
    "dawn": (3, 6), "morning": (6, 12), "noon": (12, 15), "afternoon": (15, 18), "evening": (18, 24), "night": (18, 24),
}  # fmt: skip
_SEASONS: Final[dict[SeasonName, int]] = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_THIRDS_OF_MONTH: Final[dict[str, tuple[int, int]]] = {"first": (1, 11), "middle": (11, 21), "last": (21, 0)}
_PARTS_OF_YEAR: Final[dict[PartName, tuple[int, int]]] = {
    "first": (1, 4), "middle": (5, 4), "last": (9, 4), "half-1": (1, 6), "half-2": (7, 6),
    "quarter-1": (1, 3), "quarter-2": (4, 3), "quarter-3": (7, 3), "quarter-4": (10, 3),
}  # fmt: skip
_LAST_MONTH: Final = 12
_MONTH_LENGTHS, _YEAR_LENGTHS = range(28, 32), range(365, 367)


@dataclass(frozen=True, slots=True)
class Interval:
    """Wall time from ``start`` up to, not including, ``end``."""

    start: datetime
    end: datetime
    is_approximate: bool = False


def midnight(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, _MIDNIGHT)


def day_of(day: date) -> Interval:
    """One day."""
    start = midnight(day)
    return Interval(start, start + DAY)


def days_between(first: date, end: date) -> Interval:
    """From one day up to, not including, another."""
    return Interval(midnight(first), midnight(end))


def first_of_month(year: int, month: int) -> date:
    """The first day of a month; months beyond 1 to 12 run into other years.

    >>> first_of_month(2024, 13), first_of_month(2024, 0)
    (datetime.date(2025, 1, 1), datetime.date(2023, 12, 1))
    """
    years, index = divmod(month - 1, _MONTHS_OF_YEAR)
    return date(year + years, index + 1, 1)


def months_from(year: int, month: int, count: int) -> Interval:
    """So many whole months from one on."""
    return days_between(first_of_month(year, month), first_of_month(year, month + count))


def shifted(moment: datetime, unit: Unit, count: float) -> datetime:
    """A moment moved by units; a day that the month lacks becomes its last one.

    >>> shifted(datetime(2024, 3, 31), "month", -1), shifted(datetime(2024, 3, 1), "day", 0.5)
    (datetime.datetime(2024, 2, 29, 0, 0), datetime.datetime(2024, 3, 1, 12, 0))
    """
    if unit in _CLOCK_UNITS:
        return moment + _CLOCK_UNITS[unit] * count
    months = _MONTHS[unit] * count
    first = first_of_month(moment.year, moment.month + int(months))
    length = (first_of_month(first.year, first.month + 1) - first).days
    return moment.replace(year=first.year, month=first.month, day=min(moment.day, length))


def period_around(moment: datetime, unit: Unit, steps: int) -> Interval:
    """The calendar period a moment lies in, moved by ``steps``; weeks run Monday to Sunday."""
    day = moment.date()
    match unit:
        case "second" | "minute" | "hour":
            start = moment + _CLOCK_UNITS[unit] * steps
            return Interval(start, start + _CLOCK_UNITS[unit])
        case "day" | "night":
            return day_of(day + DAY * steps)
        case "week":
            monday = day - DAY * day.weekday() + timedelta(weeks=steps)
            return days_between(monday, monday + timedelta(weeks=1))
        case "season":
            return season_of(day, steps)
        case _:
            size = _MONTHS[unit]
            index = (day.year * _MONTHS_OF_YEAR + day.month - 1) // size + steps
            return months_from(0, index * size + 1, size)


def season_of(day: date, steps: int) -> Interval:
    """The meteorological season a day lies in, moved by ``steps``."""
    index = (day.year * _MONTHS_OF_YEAR + day.month - 12) // 3 + steps
    return months_from(0, index * 3 + 12, 3)


def season(name: SeasonName, year: int) -> Interval:
    """A season; winter begins in December of ``year``."""
    return months_from(year, _SEASONS[name], 3)


def daypart(part: DaypartName, day: date) -> Interval:
    """A part of a day by the hours of CONTRACT section 6."""
    first, last = _DAYPARTS[part]
    start = midnight(day)
    return Interval(start + timedelta(hours=first), start + timedelta(hours=last), is_approximate=True)


def night_of(day: date) -> Interval:
    """``ليلة الجمعة``: 18:00 of that day to 6:00 of the next."""
    start = midnight(day) + timedelta(hours=18)
    return Interval(start, start + timedelta(hours=12), is_approximate=True)


def part_of(part: PartName, whole: Interval) -> Interval:
    """A third, half or quarter of a month, a year or any other period."""
    first, last = whole.start.date(), whole.end.date()
    length = (last - first).days
    is_rough = part in _THIRDS_OF_MONTH
    if is_rough and length in _MONTH_LENGTHS:
        begin, end = _THIRDS_OF_MONTH[part]
        until = first + DAY * (end - 1) if end else last
        return Interval(midnight(first + DAY * (begin - 1)), midnight(until), is_approximate=True)
    if first.day == 1 and length in _YEAR_LENGTHS:
        month, count = _PARTS_OF_YEAR[part]
        found = months_from(first.year, month, count)
        return Interval(found.start, found.end, is_approximate=is_rough)
    return _fraction(part, whole, is_rough=is_rough)


def _fraction(part: PartName, whole: Interval, *, is_rough: bool) -> Interval:
    """An equal share of a period, in whole days where it has enough of them."""
    shares = {"first": (0, 3), "middle": (1, 3), "last": (2, 3)}
    index, of = shares[part] if part in shares else (int(part[-1]) - 1, 2 if part.startswith("half") else 4)
    length = whole.end - whole.start
    months = (whole.end.year - whole.start.year) * _MONTHS_OF_YEAR + whole.end.month - whole.start.month
    if whole.start.day == whole.end.day == 1 and months >= of:
        first = months_from(whole.start.year, whole.start.month + months * index // of, 1)
        last = months_from(whole.start.year, whole.start.month + months * (index + 1) // of, 1)
        return Interval(first.start, last.start, is_approximate=is_rough)
    unit = DAY if length >= DAY * of else timedelta(minutes=1)
    size = length // unit
    start = whole.start + unit * (size * index // of)
    return Interval(start, whole.start + unit * (size * (index + 1) // of), is_approximate=is_rough)


def nth_weekday(whole: Interval, n: int, weekday: int) -> Interval | None:
    """The n-th such weekday of a period, the last one for -1."""
    if n > 0:
        first = whole.start.date()
        day = first + DAY * ((weekday - first.weekday()) % _DAYS_OF_WEEK + _DAYS_OF_WEEK * (n - 1))
    else:
        final = whole.end.date() - DAY
        day = final - DAY * ((final.weekday() - weekday) % _DAYS_OF_WEEK)
    return day_of(day) if whole.start.date() <= day < whole.end.date() else None


def easter(year: int, *, is_orthodox: bool = False) -> date:
    """Easter Sunday in the Gregorian calendar.

    The western date is Butcher's algorithm, the orthodox one Meeus' Julian algorithm moved by the calendars' gap.

    >>> easter(2013), easter(2024, is_orthodox=True)
    (datetime.date(2013, 3, 31), datetime.date(2024, 5, 5))
    """
    if is_orthodox:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        return date(year, month, day + 1) + DAY * (year // 100 - year // 400 - 2)
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(year, month, day + 1)


def hijri_year_of(day: date) -> int:
    """The Hijri year a day lies in.

    Raises:
        OverflowError: outside Umm al-Qura, 1343 to 1500 AH.
    """
    return int(Gregorian.fromdate(day).to_hijri().year)


def hijri_month_of(day: date) -> int:
    """The Hijri month a day lies in; raises as :func:`hijri_year_of`."""
    return int(Gregorian.fromdate(day).to_hijri().month)


def ymd_interval(calendar: Calendar, year: int, month: int | None = None, day: int | None = None) -> Interval:
    """A year, month or day of a calendar.

    Raises:
        ValueError: there is no such day.
        OverflowError: a Hijri year outside Umm al-Qura, 1343 to 1500 AH.
    """
    if calendar == "hijri":
        return _hijri_interval(year, month, day)
    if month is None:
        return months_from(year, 1, _MONTHS_OF_YEAR)
    return day_of(date(year, month, day)) if day is not None else months_from(year, month, 1)


def _hijri_interval(year: int, month: int | None, day: int | None) -> Interval:
    """A Hijri year, month or day; the ends count lengths, as the year after the last one is out of range."""
    if day is not None:
        return day_of(_gregorian(year, month or 1, day))
    first = _gregorian(year, month or 1, 1)
    final = month or _LAST_MONTH
    last = _gregorian(year, final, 1)
    return days_between(first, last + DAY * int(Hijri(year, final, 1).month_length()))


def _gregorian(year: int, month: int, day: int) -> date:
    found = Hijri(year, month, day).to_gregorian()
    return date(found.year, found.month, found.day)
