"""What a page says of its publication: one candidate a stamp, caption, spoken day or date of the site."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from flows.transform.dates import TimeExpression
from flows.transform.dates.readings import Clock, DayCount, Daypart, DayShift, Range, Reading, Ymd
from flows.transform.dates.resolve import interval_of
from flows.transform.dates.vocabulary import WordTerm
from flows.transform.page import Page
from flows.values import WEEKDAYS, EvidenceBasis, Grain, PublicationEvidence, Segment, Weekday

DAY = timedelta(days=1)
WEEK = 7
_SIZES = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
_STAMPED_KINDS = frozenset({"dateline", "byline", "body", "boilerplate", "subtitle"})
_SPOKEN_KINDS = frozenset({"headline", "subtitle", "dateline", "byline", "body"})
_LONG_LINE = 150
"""Characters of a body line that begins the story: a date alone on a line before it is the page's stamp."""
_MOST_STAMP_WORDS = 6

Placed = tuple[TimeExpression, Segment | None]


@dataclass(frozen=True, slots=True)
class Stated:
    """A publication time that somebody stated in full: wall time, the instant where a zone is stated, the grain."""

    local: datetime
    at: datetime | None
    grain: Grain


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of evidence; ``stated`` where it can be the publication, ``weekday`` where it implies only that."""

    evidence: PublicationEvidence
    stated: Stated | None = None
    weekday: Weekday | None = None


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
        moment = datetime.fromisoformat(text)
        at = moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        raise ValueError(
            f"the publication {value!r} is no ISO 8601 date or time (2024-04-01, 2024-04-01T09:30)"
        ) from None
    grain: Grain = "second" if text.count(":") > (2 if "+" in text[10:] or "-" in text[10:] else 1) else "minute"
    return Stated(moment.replace(tzinfo=None), at, grain)


def valued(evidence: PublicationEvidence, stated: Stated) -> PublicationEvidence:
    """A row with the interval of what it states."""
    try:
        end = stated.local + _SIZES.get(stated.grain, DAY)
    except OverflowError:
        return evidence
    return replace(evidence, value_start=stated.local, value_end=end)


class StampReader:
    """Reads the time expressions of one page as evidence; ``labels`` are the words such as نشر with their tokens."""

    __slots__ = ("_labels", "_page", "_tokens")

    def __init__(self, page: Page) -> None:
        self._page = page
        terms = ((hit.first, hit.entry.value) for hit in page.hits_of("time"))
        self._labels = [(at, term.value) for at, term in terms if isinstance(term, WordTerm) and term.role == "stamp"]
        self._tokens = [at for at, _ in self._labels]

    def of_article(self, placed: Sequence[Placed], story: int) -> Iterator[Candidate]:
        """What an article's own text says; ``story`` is the offset of its first long line."""
        for expression, segment in placed:
            if segment is None:
                continue
            if segment.kind == "caption":
                yield from self._caption(expression)
            elif segment.kind in _SPOKEN_KINDS and not expression.is_quoted:
                yield from self._spoken(expression)
            if segment.kind in _STAMPED_KINDS:
                yield from self._stamp(expression, segment, is_before_story=expression.start < story)

    def of_site(self, placed: Sequence[Placed]) -> Iterator[Candidate]:
        """Dates around the articles: a labelled stamp is the page's own article's, all others date the crawl."""
        for expression, _ in placed:
            stated = stated_day(expression)
            if isinstance(expression.reading, DayCount):
                found, _used = interval_of(expression, None)
                row = self._row(expression, "crawl", "a counter of the site: it dates the crawl")
                yield Candidate(replace(row, value_start=found.start, value_end=found.end) if found else row)
            elif stated is not None and self._label(expression) == "published":
                yield Candidate(valued(self._row(expression, "visible", "labelled stamp of the page"), stated), stated)
            elif stated is not None:
                row = self._row(expression, "crawl", "a date of the site, not of an article")
                yield Candidate(valued(row, stated))

    def _caption(self, expression: TimeExpression) -> Iterator[Candidate]:
        stated = stated_day(expression)
        if stated is not None:
            row = self._row(expression, "caption", "dates a photograph: the article is not earlier")
            yield Candidate(valued(row, replace(stated, grain="day")))

    def _spoken(self, expression: TimeExpression) -> Iterator[Candidate]:
        """``اليوم الاثنين`` gives the weekday of publication, with a full date behind it the day."""
        reading = _bare_day(expression.reading)
        if isinstance(reading, DayShift) and reading.weekday is not None:
            weekday = WEEKDAYS[(reading.weekday - reading.days) % WEEK]
            yield Candidate(self._row(expression, "weekday", f"implies a {weekday}"), weekday=weekday)
        stated = stated_day(expression)
        if stated is not None and isinstance(reading, Ymd) and reading.shift is not None:
            day = Stated(datetime.combine(stated.local.date() - DAY * reading.shift, time()), None, "day")
            row = self._row(expression, "inferred", "the text names its own day in full")
            yield Candidate(valued(row, day), day)

    def _stamp(self, expression: TimeExpression, segment: Segment, *, is_before_story: bool) -> Iterator[Candidate]:
        """A full date in the dateline or byline, or alone with its label on a line."""
        stated = stated_day(expression)
        if stated is None:
            return
        label = self._label(expression)
        if label == "modified":
            yield Candidate(valued(self._row(expression, "visible", "an update, not the publication"), stated))
        elif segment.kind == "dateline":
            yield Candidate(valued(self._row(expression, "dateline", "full date in the dateline"), stated), stated)
        elif (
            segment.kind == "byline" or label == "published" or (is_before_story and not self._other_words(expression))
        ):
            yield Candidate(valued(self._row(expression, "visible", "stamp on a line of its own"), stated), stated)

    def _label(self, expression: TimeExpression) -> str | None:
        """The label right before a date on its line, at most a few words away."""
        index = bisect_left(self._tokens, expression.first) - 1
        if index < 0 or self._tokens[index] < expression.first - _MOST_STAMP_WORDS:
            return None
        starts = self._page.tokens.line_starts
        if any(at in starts for at in range(self._tokens[index] + 1, expression.first + 1)):
            return None
        return self._labels[index][1] if self._other_words(expression) <= _MOST_STAMP_WORDS else None

    def _other_words(self, expression: TimeExpression) -> int:
        """How many words beside the expression its line holds, counted up to one more than a stamp line may have."""
        words, starts, count = self._page.tokens.words, self._page.tokens.line_starts, 0
        at = expression.first
        while at > 0 and at not in starts and count <= _MOST_STAMP_WORDS:
            at -= 1
            count += words[at][0].isalpha()
        at = expression.last
        while at < len(words) and at not in starts and count <= _MOST_STAMP_WORDS:
            count += words[at][0].isalpha()
            at += 1
        return count

    def _row(self, expression: TimeExpression, basis: EvidenceBasis, reason: str) -> PublicationEvidence:
        surface = self._page.text[expression.start : expression.end]
        return PublicationEvidence(basis, surface, expression.start, expression.end, reason=reason)


def story_start(segments: Sequence[Segment]) -> int:
    """Where the first long line of an article's body begins; 0 where there is none."""
    long = (s.start for s in segments if s.kind == "body" and s.end - s.start >= _LONG_LINE)
    return next(long, 0)


def _bare_day(reading: Reading) -> Reading:
    """The day under a time or part of a day."""
    while isinstance(reading, (Clock, Daypart)) and reading.base is not None:
        reading = reading.base
    return reading


def stated_day(expression: TimeExpression) -> Stated | None:
    """What an expression states if it names day, month and year."""
    reading, day = expression.reading, _bare_day(expression.reading)
    if isinstance(reading, Range) or not isinstance(day, Ymd) or None in (day.year, day.month, day.day):
        return None
    found, _ = interval_of(expression, None)
    if found is None:
        return None
    grain = expression.grain if isinstance(reading, Clock) and expression.grain else "day"
    local = found.start if isinstance(reading, Clock) else datetime.combine(found.start.date(), time())
    zone = reading.zone if isinstance(reading, Clock) else None
    return Stated(local, _instant(local, zone), grain)


def _instant(local: datetime, zone: str | None) -> datetime | None:
    """The instant of a wall time in a zone such as ``+03:00``; None where none is stated."""
    if zone is None or zone == "local":
        return None
    hours, minutes = zone[1:].split(":")
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if zone[0] == "-" else 1)
    return local.replace(tzinfo=timezone(offset)).astimezone(UTC)
