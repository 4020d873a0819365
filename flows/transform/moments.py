"""Points in time as pages and records state them in full: ISO 8601, RFC 822, epoch numbers, words in three languages.

A field in Arabic words or digits is read by the page's own reader of dates, day before month. In bare Western digits
``3/4/2024`` may be either; it is kept as both until something else says which.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime

from flows.transform.dates import TimeExpression, find_time_expressions
from flows.transform.dates.intervals import Interval, months_from
from flows.transform.dates.readings import Clock, Daypart, Range, Reading, Ymd
from flows.transform.dates.resolve import interval_of
from flows.transform.page import read_page
from flows.transform.rules import Rules
from flows.values import Grain, PublicationEvidence

DAY = timedelta(days=1)
_SIZES = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
_MOST_CHARACTERS = 200
_FIRST_GREGORIAN_YEAR = 1600
"""Four digits below it are a Hijri year or none; fields of the first newspapers are not older."""
_DEFAULTS = frozenset(
    date.fromisoformat(day)
    for day in ("1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1969-12-31", "1970-01-01", "9999-12-31")
)
"""Days that databases, spreadsheets and Unix write where nobody gave one."""
_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_ARABIC = re.compile("[\u0600-\u06ff]")
_ZONE_WORD = re.compile(r"\s*\b(?:UTC|GMT|Z)$")
_ZONE_NOTE = re.compile(r"\s*(?:\([^()]{0,60}\)|\[[^\[\]]{0,60}\])$|\b(?:GMT|UTC)(?=[+-]\d)")
_SPACE_BEFORE_ZONE = re.compile(r"(?<=\d)\s+(?=[+-]\d{2}:?\d{2}$)")
_EPOCH = re.compile(r"(\d{10})(?:\d{3}|\.\d{1,9})?")
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?")
_EITHER_WAY = re.compile(r"(?<![\d/.-])\d{1,2}([/-])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)")
_MONTH_OR_YEAR = re.compile(r"((?:19|20)\d{2})(?:[-/](0?[1-9]|1[0-2]))?")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er)?[\s,.-]+)?([a-zéû]{3,9})\.?[\s,-]+(?:(\d{1,2})(?:st|nd|rd|th)?[\s,]+)?(\d{4})",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([ap])\.?m\b)?", re.IGNORECASE)
_HALF_DAY, _MONTHS = 12, 12
_ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december")  # fmt: skip
_FRENCH = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """A publication time that somebody stated in full: wall time, the instant where a zone is stated, the grain."""

    local: datetime
    at: datetime | None
    grain: Grain


@dataclass(frozen=True, slots=True)
class Moment:
    """What a field says of a time.

    Attributes:
        stated: day or time, where it settles one.
        either: the same with day and month the other way round, where the field leaves that open.
        interval: the month or year, where it names no day.
        reason: why there is no day.
    """

    stated: Stated | None = None
    either: Stated | None = None
    interval: Interval | None = None
    reason: str = ""


def parse_stated(value: str) -> Stated:
    """Read an ISO 8601 day or time, with or without a zone.

    >>> parse_stated("2024-04-01").grain, parse_stated("2024-04-01T09:30Z").local
    ('day', datetime.datetime(2024, 4, 1, 9, 30))

    Raises:
        ValueError: it is neither; the sentence names the value.
    """
    text = value.strip()
    try:
        return Stated(datetime.combine(date.fromisoformat(text), time()), None, "day")
    except ValueError:
        pass
    try:
        return _of_moment(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise ValueError(
            f"the publication {value!r} is no ISO 8601 date or time (2024-04-01, 2024-04-01T09:30)"
        ) from None


def read_moment(value: str, rules: Rules) -> Moment:
    """Read what a field says, whatever its format; a moment without anything but a reason where it says nothing.

    >>> from flows.transform.rules import load_rules
    >>> read_moment("Tue, 12 Mar 2024 10:00:00 +0300", load_rules()).stated.local
    datetime.datetime(2024, 3, 12, 10, 0)
    >>> read_moment("3/4/2024", load_rules()).either.local
    datetime.datetime(2024, 3, 4, 0, 0)
    """
    text = _ZONE_NOTE.sub("", " ".join(value[:_MOST_CHARACTERS].translate(_DIGITS).split()))
    for read in _READERS:
        stated = read(text)
        if stated is not None:
            return _plausible(stated)
    named = _MONTH_OR_YEAR.fullmatch(text)
    if named:
        month = int(named[2] or 1)
        return Moment(interval=months_from(int(named[1]), month, 1 if named[2] else _MONTHS), reason="names no day")
    return _by_own_reader(value[:_MOST_CHARACTERS], text, rules)


def valued(evidence: PublicationEvidence, stated: Stated) -> PublicationEvidence:
    """A row with the interval of what it states."""
    try:
        end = stated.local + _SIZES.get(stated.grain, DAY)
    except OverflowError:
        return evidence
    return evidence._replace(value_start=stated.local, value_end=end)


def stated_day(expression: TimeExpression) -> Stated | None:
    """What an expression states if it names day, month and year."""
    reading, day = expression.reading, bare_day(expression.reading)
    if isinstance(reading, Range) or not isinstance(day, Ymd) or None in (day.year, day.month, day.day):
        return None
    found, _ = interval_of(expression, None)
    if found is None:
        return None
    grain = expression.grain if isinstance(reading, Clock) and expression.grain else "day"
    local = found.start if isinstance(reading, Clock) else datetime.combine(found.start.date(), time())
    zone = reading.zone if isinstance(reading, Clock) else None
    return Stated(local, _instant(local, zone), grain)


def bare_day(reading: Reading) -> Reading:
    """The day under a time or part of a day."""
    while isinstance(reading, (Clock, Daypart)) and reading.base is not None:
        reading = reading.base
    return reading


def _plausible(stated: Stated) -> Moment:
    if stated.local.date() in _DEFAULTS or stated.local.year == 1:
        return Moment(reason="a default value, no date")
    return Moment(stated)


def _of_moment(moment: datetime) -> Stated:
    """To the second only where there are any: a format writes ``:00``, not a clock."""
    whole = moment.replace(microsecond=0)
    at = whole.astimezone(UTC) if whole.tzinfo else None
    return Stated(whole.replace(tzinfo=None), at, "second" if whole.second else "minute")


def _number(text: str) -> Stated | None:
    """Seconds or milliseconds since 1970 (ten or thirteen digits: from 2001 on), or ``20240312101500``."""
    epoch, stamp = _EPOCH.fullmatch(text), _STAMP.fullmatch(text)
    if epoch:
        return _of_moment(datetime.fromtimestamp(int(epoch[1]), UTC))
    if not stamp:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in stamp.groups())
    try:
        return Stated(datetime(year, month, day, hour, minute, second), None, "second" if second else "minute")  # noqa: DTZ001 - wall time
    except ValueError:
        return None


def _iso(text: str) -> Stated | None:
    """ISO 8601, a blank or the name of the zone before the offset allowed; Hijri years are none."""
    try:
        stated = parse_stated(_SPACE_BEFORE_ZONE.sub("", _ZONE_WORD.sub("+00:00", text)))
    except ValueError:
        return None
    if stated.local.year < _FIRST_GREGORIAN_YEAR and stated.local.year > 1:
        return None
    return stated


def _rfc_822(text: str) -> Stated | None:
    """``Tue, 12 Mar 2024 10:00:00 +0300``, as feeds write it; they know no AM and PM."""
    if (clock := _CLOCK.search(text)) and clock[4]:
        return None
    try:
        return _of_moment(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None  # the library's own parser fails on text that is no date in more than one way


def _in_words(text: str) -> Stated | None:
    """``March 12, 2024 10:00 AM``, ``12 mars 2024``, ``Tue Mar 12 2024 10:00:00 GMT+0300``: a day, perhaps a clock."""
    named = _NAMED.search(text)
    month = _month_named(named[2]) if named else None
    if named is None or month is None or bool(named[1]) == bool(named[3]):
        return None
    clock = _CLOCK.search(text)
    hour, minute, second = (int(clock[i] or 0) for i in (1, 2, 3)) if clock else (0, 0, 0)
    if clock and clock[4]:
        hour = hour % _HALF_DAY + (_HALF_DAY if clock[4].lower() == "p" else 0)
    try:
        local = datetime(int(named[4]), month, int(named[1] or named[3]), hour, minute, second)  # noqa: DTZ001 - wall time
    except ValueError:
        return None
    zone = re.search(r"([+-]\d{2}):?(\d{2})$", text)
    at = _instant(local, f"{zone[1]}:{zone[2]}") if zone and clock else None
    return Stated(local, at, "day" if not clock else "second" if second else "minute")


def _month_named(word: str) -> int | None:
    """The number of an English or French month, by its name or its first letters where no other begins so."""
    for names in (_ENGLISH, _FRENCH):
        found = [number for number, name in enumerate(names, 1) if name.startswith(word.lower())]
        if len(found) == 1:
            return found[0]
    return None


_READERS: tuple[Callable[[str], Stated | None], ...] = (_number, _iso, _rfc_822, _in_words)


def _by_own_reader(value: str, text: str, rules: Rules) -> Moment:
    """Read a field as a page is read: the first full date in it, else its month or year."""
    expressions = find_time_expressions(read_page(value, rules.lexicon), rules.time)
    stated = next((stated for each in expressions if (stated := stated_day(each)) is not None), None)
    if stated is not None:
        numeric = _EITHER_WAY.search(text)
        is_open = numeric and not _ARABIC.search(value) and stated.local.day <= _MONTHS
        if is_open and stated.local.day != stated.local.month:
            other = stated.local.replace(month=stated.local.day, day=stated.local.month)
            return Moment(stated, replace(stated, local=other), reason="day and month may stand either way round")
        return _plausible(stated)
    for each in expressions:
        found, used = interval_of(each, None)
        if found is not None and not used and each.grain in {"month", "year"}:
            return Moment(interval=found, reason="names no day")
    return Moment(reason="names no day" if expressions else "no readable date")


def _instant(local: datetime, zone: str | None) -> datetime | None:
    """The instant of a wall time in a zone such as ``+03:00``; None where none is stated."""
    if zone is None or zone == "local":
        return None
    hours, minutes = zone[1:].split(":")
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if zone[0] == "-" else 1)
    try:
        return local.replace(tzinfo=timezone(offset)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
