"""When each article was published: every candidate kept as evidence, one chosen by a stated order, none invented.

The order is that of :attr:`.PublicationEvidence.trust`: what was given, the page's metadata, a feed, what was given for
a whole run, datelines and visible stamps (one with a label first, one above the headline last), the URL, a day the text
itself settles (``اليوم الاثنين 1 أبريل 2024``). A date later than the day the page was read yields to any
other, and is none at all where that day is known from the crawl. A month, a photograph, an update bound the
publication; ``أمس الثلاثاء`` gives its weekday; a banner that counts days dates the crawl and nothing else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flows.transform.dates import TimeExpression
from flows.transform.moments import DAY, Stated, parse_stated, valued
from flows.transform.page import Page
from flows.transform.stamps import INSIDE, LABELLED, WEEK, Candidate, Layout, StampReader, place_expressions
from flows.values import (
    WEEKDAYS,
    Article,
    Publication,
    PublicationEvidence,
    PublishedBasis,
    Segment,
    Weekday,
)  # fmt: skip

_PUBLISHED: dict[str, PublishedBasis] = {
    "given": "given", "metadata": "metadata", "feed": "feed", "dateline": "dateline", "visible": "visible",
    "url": "url", "inferred": "inferred",
}  # fmt: skip
_OF_PAGE = frozenset({"dateline", "visible"})
_OF_RECORD = frozenset({"metadata", "feed"})
_EASTERNMOST = timedelta(hours=4)
"""The zone of Oman and the Emirates, the easternmost of Arabic news."""
_CRAWLED_YEARS = range(1991, 2200)
_STAMPS_OF_A_LIST = 3
"""Stamps of so many different days date the teasers of a list, the posts of a thread: none is the page's."""


@dataclass(frozen=True, slots=True)
class ReadOn:
    """When a page was read: ``crawled_at`` as its record says, else no later than ``today``."""

    crawled_at: datetime | None = None
    today: date | None = None

    @classmethod
    def of(cls, retrieved_at: datetime | None, today: date | None) -> ReadOn:
        """What a record says of its crawl; a time before the web or far ahead is none."""
        is_plausible = retrieved_at is not None and retrieved_at.year in _CRAWLED_YEARS
        return cls(retrieved_at if is_plausible else None, today)


def given_publication(given: str) -> Publication:
    """The publication that was given for a text, article or not.

    Raises:
        ValueError: it is no ISO 8601 date or time.
    """
    stated = parse_stated(given)
    row = PublicationEvidence("given", given, field="published", reason="stated from outside the page")
    return _decide([Candidate(valued(row, stated), stated)], ReadOn())


def decide_publications(
    page: Page,
    articles: Sequence[Article],
    segments: Sequence[Segment],
    expressions: Sequence[TimeExpression],
    *,
    stated: Sequence[Candidate] = (),
    read_on: ReadOn = ReadOn(),
) -> tuple[Publication, ...]:
    """Decide when each article was published.

    Args:
        page: the page.
        articles: its articles, in order of ordinals.
        segments: its segments, in text order.
        expressions: its time expressions, in text order.
        stated: what was stated outside the text, most trusted first; it holds for articles that are not embedded.
        read_on: when the page was read, as far as that is known.
    """
    reader = StampReader(page, read_on.crawled_at)
    own, site = place_expressions(expressions, segments)
    stretches: dict[int, list[Segment]] = defaultdict(list)
    for stretch in segments:
        if stretch.article is not None:
            stretches[stretch.article].append(stretch)
    found = []
    for article in articles:
        layout = Layout.of(stretches[article.ordinal])
        stamps = list(reader.of_article(own[article.ordinal], layout))
        outer = [] if article.is_embedded else [*stated, *stamps, *reader.of_site(site)]
        found.append(_decide(outer or stamps, read_on))
    return tuple(found)


def _decide(candidates: Sequence[Candidate], read_on: ReadOn) -> Publication:
    """Choose among the candidates of one article, the first of equals; else bound the day as far as they do."""
    rows = _without_teasers(_without_run(_in_one_order(candidates)))
    crawled = _crawled(rows, read_on)
    limit = crawled or read_on.today
    judged = [_flagged(c, "later than it was read") if _is_future(c, limit) else c for c in rows]
    dated = [c for c in judged if c.stated is not None and c.role == "published"]
    if crawled is not None:
        dated = [c for c in dated if not _is_future(c, crawled)]
    if not dated:
        return _bounded(judged)
    return _published(min(dated, key=lambda c: (_is_future(c, limit), _standing(c))), judged)


def _standing(candidate: Candidate) -> tuple[tuple[int, str, str], int]:
    """The order of trust; among the stamps of the page, dateline or not, how near to the article they stand."""
    row = candidate.evidence
    if row.basis in _OF_PAGE:
        return row._replace(basis="dateline").trust, candidate.standing
    return row.trust, 0


def _is_future(candidate: Candidate, limit: date | None) -> bool:
    """Whether a day lies after the reading of the page, which zones may move by one; what was given stands."""
    if limit is None or candidate.stated is None or candidate.evidence.basis == "given":
        return False
    return candidate.stated.local.date() - limit > DAY


def _crawled(candidates: Iterable[Candidate], read_on: ReadOn) -> date | None:
    """The day of the crawl: as the record says, else as a counter of the site does."""
    if read_on.crawled_at is not None:
        return read_on.crawled_at.date()
    return max((c.interval.start.date() for c in candidates if c.role == "crawl" and c.interval), default=None)


def _in_one_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Fields that leave day and month open take the order that agrees with another candidate, else state nothing."""
    known = {c.stated.local.date() for c in candidates if c.stated and not c.either and c.role == "published"}
    return [c if c.either is None else _in_order(c, known) for c in candidates]


def _in_order(candidate: Candidate, known: set[date]) -> Candidate:
    agreed = [s for s in (candidate.stated, candidate.either) if s is not None and s.local.date() in known]
    if len(agreed) != 1:
        return replace(candidate, stated=None)
    settled = _flagged(candidate, "another candidate says which")
    return replace(settled, evidence=valued(settled.evidence, agreed[0]), stated=agreed[0])


def _without_run(candidates: list[Candidate]) -> list[Candidate]:
    """What was given for a whole run is a candidate only for records that state nothing themselves."""
    states = any(c.stated and c.evidence.basis in _OF_RECORD and c.role == "published" for c in candidates)
    return [c for c in candidates if not (states and c.is_of_run)]


def _without_teasers(candidates: list[Candidate]) -> list[Candidate]:
    """The stamps of a list of articles, or of the parts of one, date none of them."""
    days: dict[bool, set[date]] = {True: set(), False: set()}
    for c in candidates:
        if c.stated and _is_stamp(c):
            days[c.standing == LABELLED].add(c.stated.local.date())
    return [
        replace(_flagged(c, "one of many stamps"), role="other")
        if _is_stamp(c) and len(days[c.standing == LABELLED]) >= _STAMPS_OF_A_LIST
        else c
        for c in candidates
    ]


def _is_stamp(candidate: Candidate) -> bool:
    is_own = candidate.role == "published" or candidate.standing == INSIDE
    return candidate.evidence.basis in _OF_PAGE and is_own


def _published(chosen: Candidate, candidates: Sequence[Candidate]) -> Publication:
    """A publication whose day is known; a finer time of the same day is kept, another day flagged."""
    if chosen.stated is None:
        raise ValueError("a publication needs a stated day")
    stated = chosen.stated
    day = stated.local.date()
    if stated.grain == "day":
        published = (c.stated for c in candidates if c.stated and c.role == "published")
        stated = next((s for s in published if s.grain != "day" and s.local.date() == day), stated)
    stated = _in_own_zone(stated, candidates)
    day = stated.local.date()
    return Publication(
        local=stated.local,
        at=stated.at,
        grain=stated.grain,
        basis=_PUBLISHED[chosen.evidence.basis],
        earliest=day,
        latest=day,
        weekday=WEEKDAYS[day.weekday()],
        evidence=tuple(_judged(c, chosen, day) for c in candidates),
        modified_at=_modified_at(candidates),
    )


def _in_own_zone(stated: Stated, candidates: Iterable[Candidate]) -> Stated:
    """An evening in UTC that the page's own stamp calls the next day: the page's day counts, the instant stays."""
    if stated.at is None or stated.at.replace(tzinfo=None) != stated.local:
        return stated
    for c in candidates:
        if c.stated is not None and _is_stamp(c) and c.stated.local.date() - stated.local.date() == DAY:
            later = c.stated.local - stated.local
            if later <= _EASTERNMOST:
                return replace(c.stated, at=stated.at)
    return stated


def _judged(candidate: Candidate, chosen: Candidate, day: date) -> PublicationEvidence:
    """A row with its verdict: chosen, or the conflict it is in."""
    row = candidate.evidence
    if candidate is chosen:
        is_moved = candidate.stated is not None and candidate.stated.local.date() != day
        own = _flagged(candidate, "the page's own stamp names the day in its zone") if is_moved else candidate
        return own.evidence._replace(is_chosen=True)
    if candidate.role == "published" and candidate.stated is not None and candidate.stated.local.date() != day:
        return _flagged(candidate, f"conflict: another day than {day.isoformat()}").evidence
    if candidate.role == "modified" and candidate.stated is not None and candidate.stated.local.date() < day:
        return _flagged(candidate, f"conflict: earlier than {day.isoformat()}").evidence
    if candidate.weekday is not None and candidate.weekday != WEEKDAYS[day.weekday()]:
        return _flagged(candidate, f"conflict: {day.isoformat()} is a {WEEKDAYS[day.weekday()]}").evidence
    if row.basis == "caption" and row.value_start is not None and row.value_start.date() > day:
        return _flagged(candidate, f"conflict: later than {day.isoformat()}").evidence
    return row


def _flagged(candidate: Candidate, what: str) -> Candidate:
    row = candidate.evidence
    return replace(candidate, evidence=row._replace(reason=f"{row.reason}; {what}".removeprefix("; ")))


def _modified_at(candidates: Iterable[Candidate]) -> datetime | None:
    """The instant of the last change, as the most trusted candidate with a zone says it."""
    return next((c.stated.at for c in candidates if c.role == "modified" and c.stated and c.stated.at), None)


def _bounded(candidates: Sequence[Candidate]) -> Publication:
    """A publication whose day nothing settles: its weekday and bounds, as far as the candidates give them."""
    weekday = _latest_weekday([c.weekday for c in candidates if c.weekday is not None])
    earliest, latest = _bounds(candidates)
    if weekday is not None:
        if earliest is not None:
            earliest += DAY * ((WEEKDAYS.index(weekday) - earliest.weekday()) % WEEK)
        if latest is not None:
            latest -= DAY * ((latest.weekday() - WEEKDAYS.index(weekday)) % WEEK)
    if earliest is not None and latest is not None and latest < earliest:
        latest = None
    judged = [_flagged(c, f"conflict: the page is of a {weekday}") if c.weekday not in {None, weekday} else c
              for c in candidates]  # fmt: skip
    return Publication(
        earliest=earliest,
        latest=latest,
        weekday=weekday,
        evidence=tuple(c.evidence for c in judged),
        modified_at=_modified_at(candidates),
    )


def _bounds(candidates: Iterable[Candidate]) -> tuple[date | None, date | None]:
    """The first and last day all candidates allow; photographs are not later, updates not earlier."""
    first: list[date] = []
    last: list[date] = []
    for c in candidates:
        row = c.evidence
        if row.basis == "caption" and row.value_start is not None:
            first.append(row.value_start.date())
        elif c.role == "modified" and (c.stated or c.interval):
            last.append(
                c.stated.local.date() if c.stated else (c.interval.end - DAY).date() if c.interval else date.max
            )
        elif c.role == "published" and c.interval is not None:
            first.append(c.interval.start.date())
            last.append((c.interval.end - DAY).date())
    return max(first, default=None), min(last, default=None)


def _latest_weekday(implied: Sequence[Weekday]) -> Weekday | None:
    """The weekday of publication among those the text implies.

    Where they differ by a day or two the text was published again and partly adapted: what is left of the older
    text is older, so the later day is the page's own. Where that orders nothing, the one most often implied.
    """
    days = {WEEKDAYS.index(name) for name in implied}
    latest = [day for day in days if all((day - other) % WEEK <= WEEK // 2 for other in days)]
    if len(latest) == 1:
        return WEEKDAYS[latest[0]]
    return Counter(sorted(implied)).most_common(1)[0][0] if implied else None
