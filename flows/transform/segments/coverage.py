"""How far known words reach: names, places and times that begin in a token."""

from __future__ import annotations

from flows.transform.lexicon import Category
from flows.transform.names.gazetteer import ListedName
from flows.transform.page import Page
from flows.transform.segments.cues import CueMatch, SegmentCue
from flows.values import SegmentKind


def covered_tokens(page: Page, first: int, last: int, categories: tuple[Category, ...]) -> int:
    """Up to which token from ``first`` the longest whole-word hit of some categories reaches; ``first`` if none."""
    ends = [
        hit.last
        for hit in page.hits_at(first)
        if hit.entry.category in categories and not hit.offset and not hit.fused and hit.last <= last
    ]
    return max(ends, default=first)


def covered_place(page: Page, first: int, last: int) -> int:
    """Up to which token from ``first`` the name of a place reaches; ``first`` if none begins there."""
    ends = [
        hit.last
        for hit in page.hits_at(first)
        if isinstance(hit.entry.value, ListedName) and hit.entry.value.entity.kind == "place"
        if not hit.offset and not hit.fused and hit.last <= last
    ]
    return max(ends, default=first)


def covered_place_or_time(page: Page, first: int, last: int) -> int:
    """Up to which token from ``first`` a place, a date word or a time word reaches."""
    return max(covered_place(page, first, last), covered_tokens(page, first, last, ("time",)))


def covered_cue(page: Page, first: int, last: int, kind: SegmentKind, *matches: CueMatch) -> int:
    """Up to which token from ``first`` a segment cue of one kind and some matches reaches; ``first`` if none does."""
    cues = ((hit, hit.entry.value) for hit in page.hits_at(first) if not hit.offset and hit.last <= last)
    ends = [
        hit.last
        for hit, cue in cues
        if isinstance(cue, SegmentCue) and cue.kind == kind and (not matches or cue.match in matches)
    ]
    return max(ends, default=first)
