"""Times that come again (a weekday, a day of the year, a season, a holiday): which one an anchor means."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from flows.transform.dates import intervals
from flows.transform.dates.intervals import DAY, Interval, day_of, days_between, midnight, ymd_interval
from flows.transform.dates.readings import DayShift, Holiday, HolidayOn, Reading, Season, WeekdayIn, Ymd

_WEEK: Final = 7
_RECENT_HOLIDAY: Final = timedelta(days=45)
"""A holiday so lately past is the one meant; otherwise the coming one."""
_WEEKS_OF_MONTH: Final = 4
_YEARS_AROUND: Final = range(-3, 4)
_YEARS_TO_MATCH: Final = range(-1, 2)
"""A weekday may move a day and month without a year so far; farther off the weekday is more likely wrong."""


class NoAnchorError(LookupError):
    """The reading says nothing without the day it was written on."""


class Anchor:
    """When it was said: ``has_time`` where more than the day is known."""

    __slots__ = ("has_time", "moment")

    def __init__(self, moment: datetime, *, has_time: bool) -> None:
        self.moment = moment
        self.has_time = has_time


class Occurrences:
    """Chooses among occurrences by one anchor; ``used_anchor`` says whether any reading needed it."""

    __slots__ = ("_anchor", "_is_future", "used_anchor")

    def __init__(self, anchor: Anchor | None, *, is_future: bool) -> None:
        self._anchor = anchor
        self._is_future = is_future
        self.used_anchor = False

    @property
    def _moment(self) -> datetime:
        self.used_anchor = True
        if self._anchor is None:
            raise NoAnchorError
        return self._anchor.moment

    @property
    def _today(self) -> date:
        return self._moment.date()

    def _exact_moment(self) -> datetime:
        """The anchor with its time of day, which hours and minutes count from."""
        moment = self._moment
        if self._anchor is None or not self._anchor.has_time:
            raise NoAnchorError
        return moment

    def _choose(self, candidates: Sequence[Interval], steps: int | None) -> Interval | None:
        """The one of a recurring time that is meant; candidates in order of time."""
        today = self._today
        if steps is None:
            if self._is_future:
                return next((c for c in candidates if c.end.date() > today), None)
            return next((c for c in reversed(candidates) if c.start.date() <= today), None)
        if steps == 0:
            around = [c for c in candidates if c.start.date() <= today < c.end.date()]
            return next(iter(around or [c for c in candidates if c.start.year == today.year]), None)
        if steps < 0:
            past = [c for c in candidates if c.end.date() <= today]
            return past[steps] if len(past) >= -steps else None
        coming = [c for c in candidates if c.start.date() > today]
        return coming[steps - 1] if len(coming) >= steps else None

    def _ymd(self, reading: Ymd) -> Interval | None:
        if reading.base is not None:
            return self._ymd_within(reading, reading.base)
        if reading.year is not None:
            return ymd_interval(reading.calendar, reading.year, reading.month, reading.day)
        if reading.month is None:
            return self._day_of_some_month(reading)
        if reading.weekday is not None and reading.day is not None:
            return self._matching_weekday(reading)
        return self._choose(self._yearly(reading, _YEARS_AROUND), reading.steps)

    def _yearly(self, reading: Ymd, years: range) -> list[Interval]:
        """The same day or month of the years around the anchor; 29 February only where there is one."""
        today, found = self._today, []
        this = intervals.hijri_year_of(today) if reading.calendar == "hijri" else today.year
        for year in years:
            try:
                found.append(ymd_interval(reading.calendar, this + year, reading.month, reading.day))
            except (ValueError, OverflowError):
                continue
        return found

    def _matching_weekday(self, reading: Ymd) -> Interval | None:
        """A weekday beside day and month picks the year it fits, the nearest one."""
        candidates = self._yearly(reading, _YEARS_TO_MATCH)
        fitting = [c for c in candidates if c.start.weekday() == reading.weekday]
        if reading.steps is None and fitting:
            return min(fitting, key=lambda c: abs(c.start - midnight(self._today)))
        if reading.is_spelled and reading.day is not None and reading.day <= _WEEKS_OF_MONTH:
            return self._choose(self._nth_weekdays(reading, reading.day), reading.steps)
        return self._choose(self._yearly(reading, _YEARS_AROUND), reading.steps)

    def _nth_weekdays(self, reading: Ymd, n: int) -> list[Interval]:
        """The n-th such weekday of the month in the years around the anchor."""
        months = self._yearly(replace(reading, day=None), _YEARS_AROUND)
        found = (intervals.nth_weekday(month, n, reading.weekday or 0) for month in months)
        return [day for day in found if day is not None]

    def _day_of_some_month(self, reading: Ymd) -> Interval | None:
        """``السبت السادس عشر``: a day without its month, of the months around the anchor."""
        if reading.day is None:
            return None
        today, found = self._today, []
        for months in range(-6, 7):
            first = intervals.first_of_month(today.year, today.month + months)
            try:
                found.append(day_of(first.replace(day=reading.day)))
            except ValueError:
                continue
        fitting = [c for c in found if reading.weekday is None or c.start.weekday() == reading.weekday]
        if reading.weekday is not None and fitting:
            return min(fitting, key=lambda c: abs(c.start - midnight(today)))
        return self._choose(found, reading.steps)

    def _ymd_within(self, reading: Ymd, base: Reading) -> Interval | None:
        """A day or month of the period another reading gives."""
        whole = self.resolve(base)
        if whole is None:
            return None
        if reading.month is None:
            day = day_of(whole.start.date() + DAY * ((reading.day or 1) - 1))
            return day if day.end <= whole.end else None
        if reading.calendar == "gregorian":
            return ymd_interval("gregorian", whole.start.year, reading.month, reading.day)
        years = range(intervals.hijri_year_of(whole.start.date()), intervals.hijri_year_of(whole.end.date() - DAY) + 1)
        found = [ymd_interval("hijri", year, reading.month, reading.day) for year in years]
        return next((c for c in found if whole.start <= c.start < whole.end), None)

    def _day_shift(self, reading: DayShift) -> Interval:
        """A day so far from the anchor; where a weekday beside it disagrees, the weekday decides."""
        day = self._today + DAY * reading.days
        if reading.weekday is None or day.weekday() == reading.weekday:
            return day_of(day)
        if reading.days > 0:
            return day_of(self._today + DAY * ((reading.weekday - self._today.weekday()) % _WEEK))
        return day_of(self._today - DAY * ((self._today.weekday() - reading.weekday) % _WEEK))

    def _weekday(self, reading: WeekdayIn) -> Interval | None:
        if reading.base is not None:
            week = self.resolve(reading.base)
            return day_of(week.start.date() + DAY * (reading.weekday - week.start.weekday())) if week else None
        today, steps = self._today, reading.steps
        back = (today.weekday() - reading.weekday) % _WEEK
        ahead = (reading.weekday - today.weekday()) % _WEEK
        if steps == 0:
            return day_of(today + DAY * (reading.weekday - today.weekday()))
        if steps is None:
            return day_of(today + DAY * (ahead or _WEEK) if self._is_future else today - DAY * back)
        if steps < 0:
            return day_of(today - DAY * ((back or _WEEK) + _WEEK * (-steps - 1)))
        return day_of(today + DAY * ((ahead or _WEEK) + _WEEK * (steps - 1)))

    def _season(self, reading: Season) -> Interval | None:
        if reading.year is not None:
            return intervals.season(reading.season, reading.year)
        if reading.base is not None:
            whole = self.resolve(reading.base)
            return intervals.season(reading.season, whole.start.year) if whole else None
        candidates = [intervals.season(reading.season, self._today.year + n) for n in range(-4, 5)]
        return self._choose(candidates, reading.steps)

    def _holiday(self, reading: HolidayOn) -> Interval | None:
        if reading.year is not None and reading.calendar == reading.holiday.rule:
            return _holiday_in(reading.holiday, reading.year)
        if reading.year is not None:
            year = ymd_interval(reading.calendar, reading.year)
            return next(
                (c for c in _holidays_around(reading.holiday, year.start.date()) if year.start <= c.start < year.end),
                None,
            )
        candidates = _holidays_around(reading.holiday, self._today)
        if reading.steps is not None:
            return self._choose(candidates, reading.steps)
        since = midnight(self._today) - _RECENT_HOLIDAY
        recent = [c for c in candidates if since <= c.start <= midnight(self._today)]
        if recent and not self._is_future:
            return recent[-1]
        return next((c for c in candidates if c.end > midnight(self._today)), None)

    @abstractmethod
    def resolve(self, reading: Reading) -> Interval | None:
        """The interval of a reading, None where it has none by nature."""


def _holiday_in(holiday: Holiday, year: int) -> Interval:
    """A holiday in a year of its own calendar."""
    match holiday.rule:
        case "gregorian":
            day = date(year, holiday.month, holiday.day)
        case "hijri":
            day = ymd_interval("hijri", year, holiday.month, holiday.day).start.date()
        case _:
            day = intervals.easter(year, is_orthodox=holiday.rule == "easter_orthodox") + DAY * holiday.easter_offset
    return days_between(day, day + DAY * holiday.days)


def _holidays_around(holiday: Holiday, day: date) -> list[Interval]:
    """The holiday of the years around a day."""
    this = intervals.hijri_year_of(day) if holiday.rule == "hijri" else day.year
    found = []
    for year in range(this - 2, this + 4):
        try:
            found.append(_holiday_in(holiday, year))
        except (ValueError, OverflowError):
            continue
    return found
