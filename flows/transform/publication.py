"""When each article was published: every candidate kept as evidence, one chosen by a stated order, none invented.

The order is that of ``published_basis``: what was given, the page's metadata, a feed, the dateline, a visible stamp, the
URL, a day the text itself settles (``اليوم الاثنين 1 أبريل 2024``). Captions date photographs and bound the article from
below; ``أمس الثلاثاء`` gives its weekday; a banner that counts days dates the crawl and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import get_args

from flows.transform.dates import TimeExpression
from flows.transform.dates.readings import Clock, DayCount, Daypart, DayShift, Range, Reading, Ymd
from flows.transform.dates.resolve import interval_of
from flows.transform.dates.vocabulary import WordTerm
from flows.transform.page import Page
from flows.values import (
    WEEKDAYS,
    Article,
    EvidenceBasis,
    Grain,
    Publication,
    PublicationEvidence,
    PublishedBasis,
    Segment,
    Weekday,
)  # fmt: skip

_ORDER: tuple[PublishedBasis, ...] = get_args(PublishedBasis)
_DAY = timedelta(days=1)
_WEEK = 7
_STAMPED_KINDS = frozenset({"dateline", "byline", "body", "boilerplate", "subtitle"})
_SPOKEN_KINDS = frozenset({"headline", "subtitle", "dateline", "byline", "body"})
_LONG_LINE = 150
"""Characters of a body line that begins the story: a date alone on a line before it is the page's stamp."""
_MAX_STAMP_WORDS = 6
_UNSTAMPED = "on the line of an update stamp"


@dataclass(frozen=True, slots=True)
class Stated:
    """A publication time that somebody stated in full: wall time, the instant where a zone is stated, the grain."""

    local: datetime
    at: datetime | None
    grain: Grain


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One row of evidence and, where it states a day, what it says."""

    evidence: PublicationEvidence
    stated: Stated | None = None


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
    except ValueError:
        raise ValueError(
            f"the publication {value!r} is no ISO 8601 date or time (2024-04-01, 2024-04-01T09:30)"
        ) from None
    grain: Grain = "second" if text.count(":") > (2 if "+" in text[10:] or "-" in text[10:] else 1) else "minute"
    return Stated(moment.replace(tzinfo=None), moment.astimezone(UTC) if moment.tzinfo else None, grain)


def given_publication(given: str) -> Publication:
    """The publication that was given for a text, article or not.

    Raises:
        ValueError: it is no ISO 8601 date or time.
    """
    return _published(_given_candidate(given), ())


def decide_publications(
    page: Page,
    articles: Sequence[Article],
    segments: Sequence[Segment],
    expressions: Sequence[TimeExpression],
    *,
    given: str | None,
    metadata: Sequence[PublicationEvidence] = (),
) -> tuple[Publication, ...]:
    """Decide when each article was published.

    Args:
        page: the page.
        articles: its articles, in order of ordinals.
        segments: its segments, in text order.
        expressions: its time expressions, in text order.
        given: ISO 8601 day or time stated from outside; it outranks all and holds for articles that are not embedded.
        metadata: candidates from the page's metadata, its feed or URL, in order of trust, ``surface`` in ISO 8601.

    Raises:
        ValueError: ``given`` is no ISO 8601 date or time.
    """
    stated = _given_candidate(given) if given is not None else None
    outside = [c for c in map(_metadata_candidate, metadata) if c is not None]
    placed = _placed(expressions, segments)
    labels = _stamp_labels(page)
    found = []
    for article in articles:
        candidates = list(_page_candidates(page, article, segments, placed, labels))
        if not article.is_embedded:
            candidates = [*([stated] if stated else []), *outside, *candidates, *_chrome(page, placed, labels)]
        found.append(_decide(candidates))
    return tuple(found)


def _given_candidate(given: str) -> _Candidate:
    stated = parse_stated(given)
    evidence = PublicationEvidence("given", given, field="published", reason="stated from outside the page")
    return _Candidate(_valued(evidence, stated), stated)


def _metadata_candidate(evidence: PublicationEvidence) -> _Candidate | None:
    """A candidate from metadata; one that cannot be read stays as evidence without a value."""
    try:
        stated = parse_stated(evidence.surface)
    except ValueError:
        return _Candidate(replace(evidence, reason=evidence.reason or "no readable date"))
    return _Candidate(_valued(evidence, stated), stated)


def _valued(evidence: PublicationEvidence, stated: Stated) -> PublicationEvidence:
    size = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
    try:
        end = stated.local + size.get(stated.grain, _DAY)
    except OverflowError:
        return evidence
    return replace(evidence, value_start=stated.local, value_end=end)


def _placed(
    expressions: Sequence[TimeExpression], segments: Sequence[Segment]
) -> list[tuple[TimeExpression, Segment | None]]:
    """Each expression with the segment it lies in; both run in text order."""
    found: list[tuple[TimeExpression, Segment | None]] = []
    index = 0
    for expression in expressions:
        while index < len(segments) and segments[index].end <= expression.start:
            index += 1
        inside = index < len(segments) and segments[index].start <= expression.start
        found.append((expression, segments[index] if inside else None))
    return found


def _stamp_labels(page: Page) -> list[tuple[int, str]]:
    """Tokens where a word such as نشر or آخر تحديث begins, with what it labels."""
    hits = page.hits_of("time")
    return [
        (hit.first, hit.entry.value.value)
        for hit in hits
        if isinstance(hit.entry.value, WordTerm) and hit.entry.value.role == "stamp"
    ]


def _page_candidates(
    page: Page,
    article: Article,
    segments: Sequence[Segment],
    placed: Iterable[tuple[TimeExpression, Segment | None]],
    labels: Sequence[tuple[int, str]],
) -> Iterable[_Candidate]:
    """What the article's own text says of its publication."""
    story = _story_start(article.ordinal, segments)
    for expression, segment in placed:
        if segment is None or segment.article != article.ordinal:
            continue
        if segment.kind == "caption":
            yield from _caption(page, expression)
        elif segment.kind in _SPOKEN_KINDS and not expression.is_quoted:
            yield from _spoken(page, expression)
        if segment.kind in _STAMPED_KINDS and _stated_day(expression) is not None:
            yield from _stamp(page, expression, segment, labels, is_before_story=expression.start < story)


def _story_start(ordinal: int, segments: Sequence[Segment]) -> int:
    """Where the first long line of an article's body begins."""
    long = (s.start for s in segments if s.article == ordinal and s.kind == "body" and s.end - s.start >= _LONG_LINE)
    return next(long, 0)


def _caption(page: Page, expression: TimeExpression) -> Iterable[_Candidate]:
    stated = _stated_day(expression)
    if stated is not None:
        row = _row(page, expression, "caption", "dates a photograph: the article is not earlier")
        yield _Candidate(_valued(row, replace(stated, grain="day")))


def _spoken(page: Page, expression: TimeExpression) -> Iterable[_Candidate]:
    """``اليوم الاثنين`` gives the weekday of publication, with a full date behind it the day."""
    reading = _bare_day(expression.reading)
    if isinstance(reading, DayShift) and reading.weekday is not None:
        weekday = WEEKDAYS[(reading.weekday - reading.days) % _WEEK]
        yield _Candidate(_row(page, expression, "weekday", weekday))
    stated = _stated_day(expression)
    if stated is not None and isinstance(reading, Ymd) and reading.shift is not None:
        day = Stated(datetime.combine(stated.local.date() - _DAY * reading.shift, time()), None, "day")
        row = _row(page, expression, "inferred", "the text names its own day in full")
        yield _Candidate(_valued(row, day), day)


def _stamp(
    page: Page,
    expression: TimeExpression,
    segment: Segment,
    labels: Sequence[tuple[int, str]],
    *,
    is_before_story: bool,
) -> Iterable[_Candidate]:
    """A full date in the dateline or byline, or alone with its label on a line."""
    stated = _stated_day(expression)
    if stated is None:
        return
    label = _label_of(page, expression, labels)
    is_alone = _other_words(page, expression) == 0
    if label == "modified":
        yield _Candidate(_valued(_row(page, expression, "visible", _UNSTAMPED), stated))
    elif segment.kind == "dateline":
        yield _Candidate(_valued(_row(page, expression, "dateline", "full date in the dateline"), stated), stated)
    elif segment.kind == "byline" or label == "published" or (is_alone and is_before_story):
        yield _Candidate(_valued(_row(page, expression, "visible", "stamp on a line of its own"), stated), stated)


def _chrome(
    page: Page, placed: Iterable[tuple[TimeExpression, Segment | None]], labels: Sequence[tuple[int, str]]
) -> Iterable[_Candidate]:
    """Dates of the page around its articles: a labelled stamp is the article's, all others date the crawl."""
    for expression, segment in placed:
        if segment is not None and (segment.article is not None or segment.kind == "related"):
            continue
        stated = _stated_day(expression)
        if isinstance(expression.reading, DayCount):
            found, _ = interval_of(expression, None)
            row = _row(page, expression, "crawl", "a counter of the site: it dates the crawl")
            yield _Candidate(replace(row, value_start=found.start, value_end=found.end) if found else row)
        elif stated is not None and _label_of(page, expression, labels) == "published":
            yield _Candidate(_valued(_row(page, expression, "visible", "labelled stamp of the page"), stated), stated)
        elif stated is not None:
            yield _Candidate(_valued(_row(page, expression, "crawl", "a date of the site, not of an article"), stated))


def _label_of(page: Page, expression: TimeExpression, labels: Sequence[tuple[int, str]]) -> str | None:
    """The label right before a date in its line, at most a few words away."""
    near = [
        (token, value)
        for token, value in labels
        if expression.first - _MAX_STAMP_WORDS <= token < expression.first
        and not any(at in page.tokens.line_starts for at in range(token + 1, expression.first + 1))
    ]
    return max(near)[1] if near and _other_words(page, expression) <= _MAX_STAMP_WORDS else None


def _other_words(page: Page, expression: TimeExpression) -> int:
    """How many words beside the expression its line holds, counted up to one more than a stamp line may have."""
    words, starts, count = page.tokens.words, page.tokens.line_starts, 0
    at = expression.first
    while at > 0 and at not in starts and count <= _MAX_STAMP_WORDS:
        at -= 1
        count += words[at][0].isalpha()
    at = expression.last
    while at < len(words) and at not in starts and count <= _MAX_STAMP_WORDS:
        count += words[at][0].isalpha()
        at += 1
    return count


def _bare_day(reading: Reading) -> Reading:
    """The day under a time or part of a day."""
    while isinstance(reading, (Clock, Daypart)) and reading.base is not None:
        reading = reading.base
    return reading


def _stated_day(expression: TimeExpression) -> Stated | None:
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


def _row(page: Page, expression: TimeExpression, basis: EvidenceBasis, reason: str) -> PublicationEvidence:
    surface = page.text[expression.start : expression.end]
    return PublicationEvidence(basis, surface, expression.start, expression.end, reason=reason)


def _decide(candidates: Sequence[_Candidate]) -> Publication:
    """Choose among the candidates of one article by the order of the bases, the first of equals."""
    stated = [c for c in candidates if c.stated is not None]
    if not stated:
        return _bounded(candidates)
    chosen = min(stated, key=lambda c: _ORDER.index(c.evidence.basis))  # type: ignore[arg-type]
    return _published(chosen, candidates)


def _published(chosen: _Candidate, candidates: Sequence[_Candidate]) -> Publication:
    """A publication whose day is known; a finer time of the same day is kept, another day flagged."""
    if chosen.stated is None:
        raise ValueError("a publication needs a stated day")
    stated = chosen.stated
    day = stated.local.date()
    if stated.grain == "day":
        same = (c.stated for c in candidates if c.stated and c.stated.grain != "day" and c.stated.local.date() == day)
        stated = next(same, stated)
    rows = [_judged(c, chosen, day) for c in candidates] or [replace(chosen.evidence, is_chosen=True)]
    return Publication(
        local=stated.local,
        at=stated.at,
        grain=stated.grain,
        basis=chosen.evidence.basis,  # type: ignore[arg-type]
        earliest=day,
        latest=day,
        weekday=WEEKDAYS[day.weekday()],
        evidence=tuple(rows),
    )


def _judged(candidate: _Candidate, chosen: _Candidate, day: date) -> PublicationEvidence:
    """A row with its verdict: chosen, or the conflict it is in."""
    row = candidate.evidence
    if candidate is chosen:
        return replace(row, is_chosen=True)
    if candidate.stated is not None and candidate.stated.local.date() != day:
        return replace(row, reason=f"{row.reason}; conflict: another day than {day.isoformat()}".lstrip("; "))
    if row.basis == "weekday" and row.reason != WEEKDAYS[day.weekday()]:
        return replace(row, reason=f"{row.reason}; conflict: {day.isoformat()} is a {WEEKDAYS[day.weekday()]}")
    if row.basis == "caption" and row.value_start is not None and row.value_start.date() > day:
        return replace(row, reason=f"{row.reason}; conflict: later than {day.isoformat()}")
    return row


def _bounded(candidates: Sequence[_Candidate]) -> Publication:
    """A publication whose day nothing settles: its weekday and bounds, as far as the text gives them."""
    rows = [c.evidence for c in candidates]
    weekday = _latest_weekday([row.reason for row in rows if row.basis == "weekday"])
    photos = [row.value_start.date() for row in rows if row.basis == "caption" and row.value_start]
    earliest = max(photos, default=None)
    if earliest is not None and weekday is not None:
        earliest += _DAY * ((WEEKDAYS.index(weekday) - earliest.weekday()) % _WEEK)
    judged = [
        replace(row, reason=f"{row.reason}; conflict: the page speaks of {weekday}")
        if row.basis == "weekday" and row.reason != weekday
        else row
        for row in rows
    ]
    return Publication(earliest=earliest, weekday=weekday, evidence=tuple(judged))


def _latest_weekday(names: Sequence[str]) -> Weekday | None:
    """The weekday of publication among those the text implies.

    Where they differ by a day or two the text was published again and partly adapted: what is left of the older
    text is older, so the later day is the page's own.
    """
    days = {WEEKDAYS.index(name) for name in names if name in WEEKDAYS}
    if not days:
        return None
    latest = [day for day in days if all((day - other) % _WEEK <= _WEEK // 2 for other in days)]
    return WEEKDAYS[latest[0]] if len(latest) == 1 else None
