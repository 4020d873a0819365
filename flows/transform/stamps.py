"""What a page says of its publication: one candidate a stamp, caption, spoken day or date of the site."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Literal

from flows.transform.dates import TimeExpression
from flows.transform.dates.intervals import Interval
from flows.transform.dates.occurrences import Anchor
from flows.transform.dates.readings import DayCount, DayShift, Duration, Ymd
from flows.transform.dates.resolve import interval_of
from flows.transform.dates.vocabulary import WordTerm
from flows.transform.lexicon import Hit
from flows.transform.moments import DAY, Stated, bare_day, stated_day, valued
from flows.transform.page import Page
from flows.values import RUN_FIELD, WEEKDAYS, EvidenceBasis, PublicationEvidence, Segment, Weekday

WEEK = 7
_STAMPED_KINDS = frozenset({"dateline", "byline", "body", "boilerplate", "subtitle"})
_SPOKEN_KINDS = frozenset({"headline", "subtitle", "dateline", "byline", "body"})
_LONG_LINE = 150
"""Characters of a body line that begins the story: a date alone on a line before it is the page's stamp."""
_MOST_STAMP_WORDS, _MOST_DATELINE_WORDS = 6, 16
LABELLED, _PLACED, _ALONE, _ABOVE, INSIDE = range(5)
_DATELINE_MARKS = frozenset("-:/()،,")
_MOST_CAPTION_TOKENS = 40
_NEW_PART = frozenset("-:/|•–")
"""Marks after which a line about a photograph may go on to the stamp of the article."""

Role = Literal["published", "modified", "crawl", "other"]
Placed = tuple[TimeExpression, Segment | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of evidence and what it can settle.

    Attributes:
        stated: the day or time it states in full.
        either: the same with day and month the other way round, where that is open.
        interval: days between which the publication lies, where it states none.
        weekday: the weekday of publication it implies.
        role: ``published``; ``modified`` for an update and ``crawl`` for what dates the reading of the page, neither of
            which is earlier; ``other`` for what settles no day.
        standing: how sure a stamp is the article's own, least first: with a label, with a place, alone, above the
            headline, inside the text.
    """

    evidence: PublicationEvidence
    stated: Stated | None = None
    either: Stated | None = None
    interval: Interval | None = None
    weekday: Weekday | None = None
    role: Role = "published"
    standing: int = 0

    @property
    def is_of_run(self) -> bool:
        """Whether it was given for all records of a run."""
        return self.evidence.field == RUN_FIELD


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of an article stand: its headline, its first paragraph, its first long line (-1 for none)."""

    headline: int
    opening: int
    story: int

    @classmethod
    def of(cls, segments: Sequence[Segment]) -> Layout:
        """The layout of an article with these segments; without a long line the longest one begins the story."""
        bodies = [segment for segment in segments if segment.kind == "body"]
        longest = max(bodies, key=_length, default=None)
        story = next((s for s in bodies if _length(s) >= _LONG_LINE), longest)
        headline = next((s.start for s in segments if s.kind == "headline"), -1)
        return cls(headline, bodies[0].start if bodies else -1, story.start if story else -1)


class StampReader:
    """Reads the time expressions of one page as evidence.

    ``labels`` are the words such as نشر with their tokens, ``photos`` the tokens of words that date a photograph.
    """

    __slots__ = ("_labels", "_page", "_photos", "_read_at", "_tokens")

    def __init__(self, page: Page, retrieved_at: datetime | None = None) -> None:
        self._page = page
        self._read_at = Anchor(retrieved_at.replace(tzinfo=None), has_time=True) if retrieved_at else None
        terms = ((hit.first, hit.entry.value) for hit in page.hits_of("time") if not self._runs_on(hit))
        stamps = [(at, term.value) for at, term in terms if isinstance(term, WordTerm) and term.role == "stamp"]
        self._photos = [at for at, value in stamps if value == "photo"]
        self._labels = [(at, value) for at, value in stamps if value != "photo"]
        self._tokens = [at for at, _ in self._labels]

    def _runs_on(self, hit: Hit) -> bool:
        """Whether a word with a proclitic goes on with its sentence, as no label does: ``نازحون في أدري بتاريخ``."""
        tokens = self._page.tokens
        return bool(hit.offset) and hit.first not in tokens.line_starts and tokens.words[hit.first - 1].isalnum()

    def of_article(self, placed: Sequence[Placed], layout: Layout) -> Iterator[Candidate]:
        """What an article's own text says."""
        for expression, segment in placed:
            if segment is None:
                continue
            if segment.kind == "caption":
                yield from self._caption(expression)
            elif segment.kind in _SPOKEN_KINDS and not expression.is_quoted:
                yield from self._spoken(expression)
            if segment.kind in _STAMPED_KINDS or segment.article is None:
                for stamp in self._stamp(expression, segment, layout):
                    is_photo = stamp.stated is not None and self._dates_a_photo(expression)
                    yield from self._caption(expression) if is_photo else (stamp,)

    def of_site(self, placed: Sequence[Placed]) -> Iterator[Candidate]:
        """Dates around the articles: a labelled stamp is the page's own article's, all others date the crawl."""
        for expression, _ in placed:
            stated = stated_day(expression)
            if isinstance(expression.reading, DayCount):
                found, _used = interval_of(expression, None)
                row = self._row(expression, "crawl", "a counter of the site: it dates the crawl")
                row = row._replace(value_start=found.start, value_end=found.end) if found else row
                yield Candidate(row, interval=found, role="crawl")
            elif stated is not None and self._label(expression) == "published" and not self._dates_a_photo(expression):
                row = self._row(expression, "visible", "labelled stamp of the page")
                yield Candidate(valued(row, stated), stated, standing=LABELLED)
            elif stated is not None:
                row = self._row(expression, "crawl", "a date of the site, not of an article")
                yield Candidate(valued(row, stated), role="other")

    def _caption(self, expression: TimeExpression) -> Iterator[Candidate]:
        stated = stated_day(expression)
        if stated is not None:
            row = self._row(expression, "caption", "dates a photograph: the article is not earlier")
            yield Candidate(valued(row, replace(stated, grain="day")), role="other")

    def _dates_a_photo(self, expression: TimeExpression) -> bool:
        """``صورة من الأرشيف بتاريخ 2 أغسطس 2023``, ``جنود، 2 أغسطس 2023 (أرشيف)``; not ``أرشيفية | نشر في 2 أغسطس``."""
        words, starts = self._page.tokens.words, self._page.tokens.line_starts
        index = bisect_left(self._photos, expression.first)
        before = self._photos[index - 1] if index else -_MOST_CAPTION_TOKENS
        if expression.first - before < _MOST_CAPTION_TOKENS and starts.isdisjoint(
            range(before + 1, expression.first + 1)
        ):
            label = bisect_left(self._tokens, expression.first) - 1
            return label < 0 or self._tokens[label] < before or words[self._tokens[label] - 1] not in _NEW_PART
        behind = self._photos[index] if index < len(self._photos) else 0
        is_in_brackets = 0 < behind - expression.last <= _MOST_STAMP_WORDS and words[behind - 1] in {"(", "["}
        in_line = starts.isdisjoint(range(expression.last, behind + 1))
        return is_in_brackets and in_line and self._label(expression) is None

    def _spoken(self, expression: TimeExpression) -> Iterator[Candidate]:
        """``اليوم الاثنين`` gives the weekday of publication, with a full date behind it the day."""
        reading = bare_day(expression.reading)
        if isinstance(reading, DayShift) and reading.weekday is not None:
            weekday = WEEKDAYS[(reading.weekday - reading.days) % WEEK]
            yield Candidate(self._row(expression, "weekday", f"implies a {weekday}"), weekday=weekday, role="other")
        stated = stated_day(expression)
        if stated is not None and isinstance(reading, Ymd) and reading.shift is not None:
            day = Stated(datetime.combine(stated.local.date() - DAY * reading.shift, time()), None, "day")
            row = self._row(expression, "inferred", "the text names its own day in full")
            yield Candidate(valued(row, day), day)

    def _stamp(self, expression: TimeExpression, segment: Segment, layout: Layout) -> Iterator[Candidate]:
        """A date with its label, in the dateline or byline, or alone on a line; inside the story it heads a part."""
        stated, is_before_story = stated_day(expression), expression.start < layout.story
        if stated is None and not is_before_story:
            return
        label, is_alone = self._label(expression), not self._other_words(expression)
        standing = _ABOVE if expression.start < layout.headline else _ALONE
        if stated is None:
            if label is not None or is_alone:
                yield from self._relative_stamp(expression, is_update=label == "modified")
        elif label == "modified":
            row = self._row(expression, "visible", "an update, not the publication")
            yield Candidate(valued(row, stated), stated, role="modified")
        elif label == "published":
            row = self._row(expression, "visible", "stamp with its label")
            yield Candidate(valued(row, stated), stated, standing=LABELLED)
        elif segment.kind == "dateline" or self._opens(expression, segment, layout):
            row = self._row(expression, "dateline", "full date in the dateline")
            yield Candidate(valued(row, stated), stated, standing=standing if is_alone else _PLACED)
        elif segment.kind == "byline" or segment.article is None or (is_alone and is_before_story):
            row = self._row(expression, "visible", "stamp on a line of its own")
            yield Candidate(valued(row, stated), stated, standing=standing)
        elif is_alone:
            row = self._row(expression, "visible", "heads a part of the text")
            yield Candidate(valued(row, stated), stated, role="other", standing=INSIDE)

    def _relative_stamp(self, expression: TimeExpression, *, is_update: bool) -> Iterator[Candidate]:
        """``منذ يومين`` counts from the reading of the page, which is no publication: at most it bounds it."""
        found, used = interval_of(expression, self._read_at)
        if not used:
            return
        row = self._row(expression, "visible", "counts from when the page was read, which is no publication")
        if found is None:
            yield Candidate(row, role="other")
            return
        last = found.start + DAY if isinstance(expression.reading, Duration) else found.end
        around = Interval(found.start - DAY, last + DAY)  # a page and its reader may differ by a day
        yield Candidate(row, interval=around, role="modified" if is_update else "published")

    def _opens(self, expression: TimeExpression, segment: Segment, layout: Layout) -> bool:
        """Whether a date stands between marks at the head of the first paragraph: ``دبي – 6 مارس 2024:``."""
        tokens, first, last = self._page.tokens, expression.first, expression.last
        if segment.start != layout.opening or first - self._page.token_at(segment.start) > _MOST_DATELINE_WORDS:
            return False
        is_closed = last < len(tokens.words) and tokens.words[last] in _DATELINE_MARKS
        return is_closed and first not in tokens.line_starts and tokens.words[first - 1] in _DATELINE_MARKS

    def _label(self, expression: TimeExpression) -> str | None:
        """The label right before a date, at most a few words away: on its line, or alone on the line above."""
        index = bisect_left(self._tokens, expression.first) - 1
        if index < 0 or self._tokens[index] < expression.first - _MOST_STAMP_WORDS:
            return None
        starts, others = self._page.tokens.line_starts, self._other_words(expression)
        breaks = [at for at in range(self._tokens[index] + 1, expression.first + 1) if at in starts]
        if breaks and (breaks != [expression.first] or others):
            return None
        return self._labels[index][1] if others <= _MOST_STAMP_WORDS else None

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


def _length(segment: Segment) -> int:
    return segment.end - segment.start


def place_expressions(
    expressions: Sequence[TimeExpression], segments: Sequence[Segment]
) -> tuple[dict[int, list[Placed]], list[Placed]]:
    """The expressions of each article and those of the site, each with its segment; both run in text order.

    A stamp above the headline with chrome of the page between them is the site's; one in a bar between the headline
    and the first paragraph is the article's.
    """
    head = next((s for s in segments if s.kind == "headline" and s.article == 0), None)
    header = max((s.end for s in segments if s.article is None and head and s.end <= head.start), default=0)
    opening = next((s.start for s in segments if s.kind == "body" and s.article == 0), 0)
    own: dict[int, list[Placed]] = defaultdict(list)
    site: list[Placed] = []
    index = 0
    for expression in expressions:
        while index < len(segments) and segments[index].end <= expression.start:
            index += 1
        inside = index < len(segments) and segments[index].start <= expression.start
        segment = segments[index] if inside else None
        is_under_head = head is not None and head.end <= expression.start < opening
        if segment is not None and segment.article is not None and expression.start >= header:
            own[segment.article].append((expression, segment))
        elif segment is not None and is_under_head and not isinstance(expression.reading, DayCount):
            own[0].append((expression, segment))
        elif segment is None or segment.kind != "related":
            site.append((expression, segment))
    return own, site
