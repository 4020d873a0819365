"""The sources of each article and the roles they play.

``credits`` and ``datelines`` read what stands outside the sentences (credit lines, signatures, places with agencies),
``captions`` who made a photograph, ``publisher`` the site's own notices, ``cited`` the outlets a sentence quotes from,
``unnamed`` the sources nobody names, ``official`` institutions and spokespeople. ``hosts`` keeps whose page and copy it
is: such an outlet is the publisher in a credit (``crediting``), and not cited where somebody speaks to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from flows.transform.sources.captions import photo_credits
from flows.transform.sources.cited import cited_places, cited_sources
from flows.transform.sources.credits import credit_lines, labelled_origin, lead_credit, signature
from flows.transform.sources.cues import SourceCues, build_source_cues
from flows.transform.sources.datelines import dateline_credits
from flows.transform.sources.official import official_places, official_sources
from flows.transform.sources.publisher import disclaimers, publishers
from flows.transform.sources.reading import Reading
from flows.transform.sources.unlisted import CitedMemory, Search
from flows.transform.sources.unnamed import unnamed_sources
from flows.transform.speech import Speech
from flows.values import Segment, SegmentKind, SourceRoleMention

__all__ = ["SourceCues", "build_source_cues", "find_sources"]

_LEADS: Final = 3
_FOOT: Final = -3
_SENTENCES: Final[frozenset[SegmentKind]] = frozenset({"headline", "subtitle", "body"})
_NOTICES: Final[frozenset[SegmentKind]] = frozenset({"boilerplate", "navigation"})


def find_sources(speech: Speech, segments: Sequence[Segment], cues: SourceCues) -> tuple[SourceRoleMention, ...]:
    """Every role a source plays in the text, sorted by span; a source and role stand once at one place.

    Spans leave proclitics out and keep fused لل. A publisher is found only where the site's own closing words name it.
    """
    reading = Reading(speech, cues)
    by_article: dict[int | None, list[Segment]] = {}
    for segment in segments:
        by_article.setdefault(segment.article, []).append(segment)
    notices = sorted(set(reading.cue_tokens("provided", "rights", "own_page", "disclaimed")))
    for segment in by_article.pop(None, []):
        if segment.kind in _NOTICES:
            disclaimers(reading, segment, notices)
            publishers(reading, segment, notices)
    places = _Places(sorted(reading.head_from), cited_places(reading), official_places(reading))
    for article, own in by_article.items():
        if article is not None:
            _article_sources(reading, own, places)
    return tuple(sorted(reading.found, key=lambda source: (source.start or 0, source.end or 0, source.role)))


class _Places(NamedTuple):
    """The tokens of a page in which each kind of source can begin, sorted."""

    unnamed: list[int]
    cited: list[int]
    official: list[int]


def _article_sources(reading: Reading, own: Sequence[Segment], places: _Places) -> None:
    title_start = next((segment.start for segment in own if segment.kind == "headline"), 0)
    hop = credit_lines(reading, [segment for segment in own if segment.kind == "attribution"], title_start, 1)
    bodies = [segment.start for segment in own if segment.kind == "body"]
    leads, feet = bodies[:_LEADS], bodies[_FOOT:]
    memory = CitedMemory()
    for segment in own:
        if segment.kind in ("dateline", "byline"):
            hop = dateline_credits(reading, segment, hop)
        elif segment.kind == "caption":
            photo_credits(reading, segment)
        elif segment.kind in _SENTENCES:
            if segment.kind == "headline" or segment.start in leads:
                hop = lead_credit(reading, segment, hop)
            if segment.start in feet or segment.start in bodies[:1]:
                hop = labelled_origin(reading, segment, places.unnamed, signature(reading, segment, hop))
            bounds = reading.tokens(segment)
            unnamed_sources(reading, segment, bounds, places.unnamed)
            cited_sources(Search(reading, segment, memory, *bounds), places.cited)
            official_sources(reading, segment, bounds, places.official)
