"""The sources of each article and the roles they play.

``credits`` reads what stands outside the sentences (credit lines, datelines, captions, disclaimers), ``publisher``
the site's own notices, ``cited`` the
outlets a sentence quotes from, ``unnamed`` the sources nobody names, ``official`` institutions and spokespeople.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.transform.page import Page
from flows.transform.sources.cited import CitedMemory, cited_sources
from flows.transform.sources.credits import credit_lines, dateline_credits, disclaimers, edge_credits, photo_credits
from flows.transform.sources.cues import SourceCues, build_source_cues
from flows.transform.sources.official import official_sources
from flows.transform.sources.publisher import publishers
from flows.transform.sources.reading import Reading, read_sources
from flows.transform.sources.unnamed import unnamed_sources
from flows.values import Mention, Segment, SegmentKind, SourceRoleMention

__all__ = ["SourceCues", "build_source_cues", "find_sources"]

_SENTENCES: frozenset[SegmentKind] = frozenset({"headline", "subtitle", "body"})


def find_sources(
    page: Page, segments: Sequence[Segment], mentions: Sequence[Mention], cues: SourceCues
) -> tuple[SourceRoleMention, ...]:
    """Every role a source plays in the text, sorted by span; a source and role stand once at one place.

    Spans leave proclitics out and keep fused لل. A publisher is found only where the site's own closing words name it.
    """
    reading = read_sources(page, segments, mentions, cues)
    by_article: dict[int | None, list[Segment]] = {}
    for segment in segments:
        by_article.setdefault(segment.article, []).append(segment)
    for article, own in by_article.items():
        if article is None:
            for segment in own:
                if segment.kind == "boilerplate":
                    disclaimers(reading, segment)
                    publishers(reading, segment)
        else:
            _article_sources(reading, own)
    return tuple(sorted(reading.found, key=lambda source: (source.start or 0, source.end or 0, source.role)))


def _article_sources(reading: Reading, own: Sequence[Segment]) -> None:
    hop = credit_lines(reading, [segment for segment in own if segment.kind == "attribution"], 1)
    bodies = [segment for segment in own if segment.kind == "body"]
    memory = CitedMemory()
    for segment in own:
        if segment.kind in ("dateline", "byline"):
            hop = dateline_credits(reading, segment, hop)
        elif segment.kind == "caption":
            photo_credits(reading, segment)
        elif segment.kind in _SENTENCES:
            if segment in (bodies[:1] + bodies[-1:]):
                hop = edge_credits(reading, segment, hop)
            unnamed_sources(reading, segment)
            cited_sources(reading, segment, memory)
            official_sources(reading, segment)
