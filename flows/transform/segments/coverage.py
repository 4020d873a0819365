"""How far known words reach: names, places and times that begin in a token."""

from __future__ import annotations

from flows.transform.lexicon import Category
from flows.transform.names.gazetteer import ListedName
from flows.transform.page import Page
from flows.transform.segments.cues import CueMatch, SegmentCue
from flows.values import SegmentKind


def covered_tokens(page: Page, first: int, last: int, categories: tuple[Category, ...]) -> int:
    """Up to which token from ``first`` the longest whole-word hit of some categories reaches; ``first`` if none."""
    reach = first
    for hit in page.hits_at(first):
        if reach < hit.last <= last and hit.entry.category in categories and not hit.offset and not hit.fused:
            reach = hit.last
    return reach


def covered_place(page: Page, first: int, last: int) -> int:
    """Up to which token from ``first`` the name of a place reaches; ``first`` if none begins there."""
    reach = first
    for hit in page.hits_at(first):
        name = hit.entry.value
        is_place = isinstance(name, ListedName) and name.entity.kind == "place"
        if is_place and reach < hit.last <= last and not hit.offset and not hit.fused:
            reach = hit.last
    return reach


def covered_place_or_time(page: Page, first: int, last: int) -> int:
    """Up to which token from ``first`` a place, a date word or a time word reaches."""
    return max(covered_place(page, first, last), covered_tokens(page, first, last, ("time",)))


def covered_cue(page: Page, first: int, last: int, kind: SegmentKind, *matches: CueMatch) -> int:
    """Up to which token from ``first`` a segment cue of one kind and some matches reaches; ``first`` if none does."""
    reach = first
    for hit in page.hits_at(first):
        cue = hit.entry.value
        is_cue = isinstance(cue, SegmentCue) and cue.kind == kind and (not matches or cue.match in matches)
        if is_cue and reach < hit.last <= last and not hit.offset:
            reach = hit.last
    return reach
