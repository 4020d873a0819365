"""When each article was published: every candidate kept as evidence, one chosen by a stated order, none invented.

The order is that of ``published_basis``: what was given, the page's metadata, a feed, the dateline, a visible stamp,
the URL, a day the text itself settles (``اليوم الاثنين 1 أبريل 2024``). Captions date photographs and bound the
article from below; ``أمس الثلاثاء`` gives its weekday; a banner that counts days dates the crawl and nothing else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flows.transform.dates import TimeExpression
from flows.transform.page import Page
from flows.transform.stamps import DAY, WEEK, Candidate, Placed, StampReader, parse_stated, story_start, valued
from flows.values import (
    WEEKDAYS,
    Article,
    EvidenceBasis,
    Publication,
    PublicationEvidence,
    PublishedBasis,
    Segment,
    Weekday,
)  # fmt: skip

_ORDER: dict[EvidenceBasis, PublishedBasis] = {
    "given": "given", "metadata": "metadata", "feed": "feed", "dateline": "dateline", "visible": "visible",
    "url": "url", "inferred": "inferred",
}  # fmt: skip
"""Bases a publication can rest on, best first; captions, weekdays and the crawl only bound it."""


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
    stated = [_given_candidate(given)] if given is not None else []
    outside = [_metadata_candidate(row) for row in metadata]
    reader, site = StampReader(page), list[Placed]()
    placed: dict[int, list[Placed]] = defaultdict(list)
    stretches: dict[int, list[Segment]] = defaultdict(list)
    for stretch in segments:
        if stretch.article is not None:
            stretches[stretch.article].append(stretch)
    for expression, segment in _placed(expressions, segments):
        if segment is not None and segment.article is not None:
            placed[segment.article].append((expression, segment))
        elif segment is None or segment.kind != "related":
            site.append((expression, segment))
    found = []
    for article in articles:
        own = list(reader.of_article(placed[article.ordinal], story_start(stretches[article.ordinal])))
        found.append(_decide(own if article.is_embedded else [*stated, *outside, *own, *reader.of_site(site)]))
    return tuple(found)


def _given_candidate(given: str) -> Candidate:
    stated = parse_stated(given)
    evidence = PublicationEvidence("given", given, field="published", reason="stated from outside the page")
    return Candidate(valued(evidence, stated), stated)


def _metadata_candidate(evidence: PublicationEvidence) -> Candidate:
    """A candidate from metadata; one that cannot be read stays as evidence without a value."""
    try:
        stated = parse_stated(evidence.surface)
    except ValueError:
        return Candidate(replace(evidence, reason=evidence.reason or "no readable date"))
    return Candidate(valued(evidence, stated), stated)


def _placed(expressions: Sequence[TimeExpression], segments: Sequence[Segment]) -> list[Placed]:
    """Each expression with the segment it lies in; both run in text order."""
    found: list[Placed] = []
    index = 0
    for expression in expressions:
        while index < len(segments) and segments[index].end <= expression.start:
            index += 1
        inside = index < len(segments) and segments[index].start <= expression.start
        found.append((expression, segments[index] if inside else None))
    return found


def _decide(candidates: Sequence[Candidate]) -> Publication:
    """Choose among the candidates of one article by the order of the bases, the first of equals."""
    order = list(_ORDER)
    stated = [c for c in candidates if c.stated is not None and c.evidence.basis in _ORDER]
    if not stated:
        return _bounded(candidates)
    return _published(min(stated, key=lambda c: order.index(c.evidence.basis)), candidates)


def _published(chosen: Candidate, candidates: Sequence[Candidate]) -> Publication:
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
        basis=_ORDER[chosen.evidence.basis],
        earliest=day,
        latest=day,
        weekday=WEEKDAYS[day.weekday()],
        evidence=tuple(rows),
    )


def _judged(candidate: Candidate, chosen: Candidate, day: date) -> PublicationEvidence:
    """A row with its verdict: chosen, or the conflict it is in."""
    row = candidate.evidence
    if candidate is chosen:
        return replace(row, is_chosen=True)
    if candidate.stated is not None and candidate.stated.local.date() != day:
        return _conflict(row, f"another day than {day.isoformat()}")
    if candidate.weekday is not None and candidate.weekday != WEEKDAYS[day.weekday()]:
        return _conflict(row, f"{day.isoformat()} is a {WEEKDAYS[day.weekday()]}")
    if row.basis == "caption" and row.value_start is not None and row.value_start.date() > day:
        return _conflict(row, f"later than {day.isoformat()}")
    return row


def _conflict(row: PublicationEvidence, what: str) -> PublicationEvidence:
    return replace(row, reason=f"{row.reason}; conflict: {what}".removeprefix("; "))


def _bounded(candidates: Sequence[Candidate]) -> Publication:
    """A publication whose day nothing settles: its weekday and bounds, as far as the text gives them."""
    weekday = _latest_weekday([c.weekday for c in candidates if c.weekday is not None])
    rows = [c.evidence for c in candidates]
    photos = [row.value_start.date() for row in rows if row.basis == "caption" and row.value_start]
    earliest = max(photos, default=None)
    if earliest is not None and weekday is not None:
        earliest += DAY * ((WEEKDAYS.index(weekday) - earliest.weekday()) % WEEK)
    judged = [
        _conflict(c.evidence, f"the page is of a {weekday}") if c.weekday not in {None, weekday} else c.evidence
        for c in candidates
    ]
    return Publication(earliest=earliest, weekday=weekday, evidence=tuple(judged))


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
