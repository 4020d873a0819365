"""One reading against one anchor: the interval it means. What needs an anchor and has none raises NoAnchorError."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from flows.transform.dates import intervals
from flows.transform.dates.intervals import DAY, Interval, day_of, midnight, period_around, shifted, ymd_interval
from flows.transform.dates.occurrences import Anchor, NoAnchorError, Occurrences
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

_CLOCK: Final = frozenset({"second", "minute", "hour"})
_ZONE_SLACK: Final = timedelta(hours=3)
_FIRST_PLAIN_DECADE: Final = 30
"""``الثلاثينيات`` without a century are the 1930s; ``العشرينيات`` may be either."""


class Resolver(Occurrences):
    """Resolves readings against one anchor."""

    __slots__ = ()

    def resolve(self, reading: Reading) -> Interval | None:  # noqa: C901, PLR0911, PLR0912 - one case a reading
        """The interval of a reading, None where it has none by nature."""
        match reading:
            case Ymd():
                return self._ymd(reading)
            case DayShift():
                return self._day_shift(reading)
            case WeekdayIn():
                return self._weekday(reading)
            case Period():
                return self._period(reading)
            case Stretch():
                return self._span(reading.unit, reading.count, reading.sign)
            case Offset():
                return self._offset(reading)
            case Duration():
                return self._duration(reading)
            case Part():
                return self._part(reading)
            case Share():
                return self._share(reading)
            case Remainder():
                return self._remainder(reading)
            case Nth():
                return self._nth(reading)
            case Clock():
                return self._clock(reading)
            case Daypart():
                return self._daypart(reading)
            case Range():
                return self._range(reading)
            case Decade():
                return self._decade(reading)
            case Century(number=number, calendar=calendar):
                is_known = number > 1 and calendar == "gregorian"
                return intervals.months_from((number - 1) * 100, 1, 1200) if is_known else None
            case Season():
                return self._season(reading)
            case HolidayOn():
                return self._holiday(reading)
            case DayCount(number=number, first_day=first_day):
                return day_of(first_day + DAY * (number - 1)) if first_day else None
            case DayInRow(unit=unit):
                return period_around(self._moment, unit, 0)
            case Recurring() | Vague():
                return None

    def _part(self, reading: Part) -> Interval | None:
        """A part of a period; of a year that is not said, the nearest one the tense allows."""
        if reading.base != Ymd():
            whole = self.resolve(reading.base)
            return intervals.part_of(reading.part, whole) if whole else None
        years = (intervals.months_from(self._today.year + n, 1, 12) for n in range(-1, 3))
        return self._choose([intervals.part_of(reading.part, year) for year in years], None)

    def _share(self, reading: Share) -> Interval | None:
        """The first or last units of a period, no more than it has."""
        whole = self.resolve(reading.base)
        if whole is None:
            return None
        if reading.sign > 0:
            found = replace(whole, end=shifted(whole.start, reading.unit, reading.count))
        else:
            found = replace(whole, start=shifted(whole.end, reading.unit, -reading.count))
        return found if whole.start <= found.start < found.end <= whole.end else None

    def _period(self, reading: Period) -> Interval:
        if reading.unit in _CLOCK:
            return period_around(self._exact_moment(), reading.unit, reading.steps)
        if reading.calendar == "hijri" and reading.unit == "year":
            return ymd_interval("hijri", intervals.hijri_year_of(self._today) + reading.steps)
        return period_around(self._moment, reading.unit, reading.steps)

    def _span(self, unit: Unit, count: float, sign: int) -> Interval:
        """So much time up to the anchor, or from it on; units of days and more begin or end with a day."""
        if unit in _CLOCK and self._anchor is not None and not self._anchor.has_time:
            return self._rough_span(unit, count, sign)
        now = self._moment if unit in _CLOCK else midnight(self._today)
        other = shifted(now, unit, count * sign)
        if sign < 0:
            return Interval(other, now)
        return Interval(self._moment, other if other > self._moment else shifted(self._moment, unit, count))

    def _rough_span(self, unit: Unit, count: float, sign: int) -> Interval:
        """Hours around a day whose time is unknown: whole days, where there are any."""
        now = midnight(self._today)
        days = abs(shifted(now, unit, count) - now) // DAY
        if not days:
            raise NoAnchorError
        other = now + DAY * days * sign
        return Interval(min(now, other), max(now, other), is_approximate=True)

    def _offset(self, reading: Offset) -> Interval | None:
        if reading.is_event or reading.is_vague:
            return None
        base = self.resolve(reading.base) if reading.base is not None else None
        if reading.base is not None and base is None:
            return None
        unit, signed = reading.unit, reading.count * reading.sign
        if unit in _CLOCK:
            start = shifted(base.start if base else self._exact_moment(), unit, signed)
            if base and not reading.count:  # this very time on another day
                start = datetime.combine(base.start.date(), self._exact_moment().time())
            return Interval(start, shifted(start, unit, 1), reading.is_hedged)
        now = base.start if base else self._moment
        if reading.calendar == "hijri":
            return ymd_interval("hijri", intervals.hijri_year_of(now.date()) + round(signed))
        point = shifted(now, unit, signed)
        grain: Unit = (
            "day" if unit in {"day", "night", "week"} else "month" if unit in {"month", "quarter", "season"} else "year"
        )
        found = period_around(point, grain, 0)
        return Interval(found.start, found.end, reading.is_hedged)

    def _duration(self, reading: Duration) -> Interval | None:
        """Only a length tied to the anchor has an interval; a vague one (``منذ سنوات``) has none."""
        if reading.sign == 0 or reading.is_vague or (reading.sign > 0 and not self._is_future):
            return None
        whole = self._span(reading.unit, reading.count, reading.sign)
        for unit, count in reading.rest:
            if reading.sign < 0:
                whole = replace(whole, start=shifted(whole.start, unit, -count))
            else:
                whole = replace(whole, end=shifted(whole.end, unit, count))
        return replace(whole, is_approximate=whole.is_approximate or reading.is_hedged)

    def _remainder(self, reading: Remainder) -> Interval:
        whole = period_around(self._moment, reading.unit, 0)
        if reading.unit == "day":
            now = self._moment if self._anchor and self._anchor.has_time else None
            edge = now or whole.start
            return (
                Interval(edge, whole.end, is_approximate=True)
                if reading.sign > 0
                else Interval(whole.start, now or whole.end, is_approximate=True)
            )
        tomorrow = midnight(self._today) + DAY
        if reading.sign > 0:
            return Interval(tomorrow, whole.end, is_approximate=True)
        return Interval(whole.start, tomorrow, is_approximate=True)

    def _nth(self, reading: Nth) -> Interval | None:
        whole = self.resolve(reading.base)
        if whole is None:
            return None
        if isinstance(reading.of, int):
            return intervals.nth_weekday(whole, reading.n, reading.of)
        unit = reading.of
        if unit in _CLOCK:
            return None
        found = period_around(whole.start, unit, 0) if reading.n > 0 else period_around(whole.end - DAY, unit, 0)
        step = 1 if reading.n > 0 else -1
        if unit == "week":  # the weeks that lie wholly inside
            while found.start < whole.start or found.end > whole.end:
                found = period_around(found.start, unit, step)
                if found.start >= whole.end or found.end <= whole.start:
                    return None
        found = period_around(found.start, unit, reading.n - 1) if reading.n > 0 else found
        is_inside = whole.start <= found.start < whole.end or isinstance(reading.base, HolidayOn)
        return found if is_inside else None

    def _clock(self, reading: Clock) -> Interval | None:
        if reading.base is None:
            day = self._today
        else:
            base = self.resolve(reading.base)
            if base is None or base.end - base.start > DAY:
                return None
            day = base.start.date()
        start = midnight(day) + timedelta(hours=reading.hour, minutes=reading.minute or 0, seconds=reading.second or 0)
        if reading.base is None and not self._is_future and self._is_ahead(start):
            start -= DAY  # told after the event: an hour that is still to come was yesterday's
        size = timedelta(hours=1) if reading.minute is None else timedelta(minutes=1)
        return Interval(start, start + (size if reading.second is None else timedelta(seconds=1)))

    def _is_ahead(self, moment: datetime) -> bool:
        """Whether a time is later than the anchor by more than the zones of a place and its reporter differ."""
        return self._anchor is not None and self._anchor.has_time and moment > self._anchor.moment + _ZONE_SLACK

    def _daypart(self, reading: Daypart) -> Interval | None:
        base = self.resolve(reading.base) if reading.base is not None else day_of(self._today)
        if base is None or base.end - base.start > DAY:
            return None
        day = base.start.date()
        return intervals.night_of(day) if reading.is_night_of else intervals.daypart(reading.part, day)

    def _range(self, reading: Range) -> Interval | None:
        first, last = reading.first, reading.last
        if isinstance(first, (Clock, Daypart)) and isinstance(last, Clock):
            return self._clock_range(first, last)
        end = self.resolve(last)
        if end is None:
            return None
        if isinstance(first, Ymd) and first.year is None and first.base is None:
            if isinstance(last, Ymd):
                first = replace(first, month=first.month or last.month, calendar=last.calendar)
            begin = Resolver(Anchor(end.start, has_time=False), is_future=False).resolve(replace(first, steps=None))
        elif isinstance(first, Decade) and isinstance(last, Decade):
            begin = self.resolve(replace(first, century=first.century or last.century))
        elif isinstance(first, WeekdayIn) and first.base is None and first.steps is None:
            begin = Resolver(Anchor(end.start, has_time=False), is_future=False).resolve(first)
        else:
            begin = self.resolve(first)
        until = end.start if isinstance(last, Clock) else end.end
        if begin is None or begin.start >= until:
            return None
        return Interval(begin.start, until, begin.is_approximate or end.is_approximate)

    def _clock_range(self, first: Clock | Daypart, last: Clock) -> Interval | None:
        """Hours of one day: each end takes the day and the half of the day it leaves out from the other."""
        if isinstance(first, Clock) and last.base is not None and first.base is None:
            if first.is_settled and not last.is_settled and isinstance(last.base, DayShift) and last.base.days > 0:
                return self._overnight(first, last)
            first = replace(first, base=last.base)
        if last.base is None and first.base is not None:
            last = replace(last, base=first.base)
        if isinstance(first, Clock) and last.base == first.base:
            first, last = _same_half(first, last)
        begin, end = self.resolve(first), self.resolve(last)
        if begin is None or end is None:
            return None
        until = end.start if end.start > begin.start else end.start + DAY
        return Interval(begin.start, until)

    def _overnight(self, first: Clock, last: Clock) -> Interval | None:
        """``من الرابعة مساء حتى الخامسة غدا``: an hour complete in itself is of today; a later one is of its half."""
        half = 12
        if first.hour >= half and first.hour - half < last.hour < half:
            last = replace(last, hour=last.hour + half)
        begin, end = self.resolve(replace(first, base=DayShift(0))), self.resolve(last)
        return Interval(begin.start, end.start) if begin and end else None

    def _decade(self, reading: Decade) -> Interval | None:
        if reading.century is None and reading.year < _FIRST_PLAIN_DECADE:
            return None
        century = reading.century or 20
        return intervals.months_from((century - 1) * 100 + reading.year, 1, 120)


def _same_half(first: Clock, last: Clock) -> tuple[Clock, Clock]:
    """Two hours of a range, where only one says which half of the day it is in: ``من 9 إلى 11 مساء``."""
    half = 12
    if last.is_settled and not first.is_settled and first.hour < half and first.hour + half < last.hour:
        return replace(first, hour=first.hour + half), last
    if first.is_settled and not last.is_settled and last.hour <= first.hour and last.hour < half:
        return first, replace(last, hour=last.hour + half)
    return first, last
