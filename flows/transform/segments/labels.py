"""What a line says of itself: its cue words, or a shape that only one kind of line has."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from flows.transform.lexicon import Hit
from flows.transform.page import Page
from flows.transform.segments.content import content_fits, lists_tags
from flows.transform.segments.cues import CueEffect, SegmentCue
from flows.transform.segments.lines import Line
from flows.transform.segments.shapes import is_trail, names_a_day, shape_kind
from flows.values import SegmentKind

_WORD_LIMITS: dict[SegmentKind, int] = {"byline": 15, "attribution": 15, "dateline": 20, "caption": 60}
_INSIDE_LINE = 30
_AFTER_LABEL = frozenset(":-|/»>؛.…")


@dataclass(frozen=True, slots=True)
class Label:
    """A line's own kind.

    Attributes:
        content: where its text begins after a label, None when it is a label alone.
        is_label: whether it is a label alone.
        has_day: whether it is a stamp with a day in it, as only a publication's is.
    """

    kind: SegmentKind
    effect: CueEffect = ""
    content: int | None = None
    is_label: bool = False
    has_day: bool = False


def label_lines(page: Page, lines: list[Line]) -> list[Label | None]:
    """The label of each line, None where only its place on the page can tell."""
    hits = _cue_hits_by_line(page, lines)
    return [_label(page, line, line_hits) for line, line_hits in zip(lines, hits, strict=True)]


def _cue_hits_by_line(page: Page, lines: list[Line]) -> list[list[Hit]]:
    grouped: list[list[Hit]] = [[] for _ in lines]
    at = 0
    for hit in page.hits_of("cue"):
        if not isinstance(hit.entry.value, SegmentCue) or hit.offset or hit.fused:
            continue
        while at < len(lines) and lines[at].last <= hit.first:
            at += 1
        if at < len(lines) and lines[at].first <= hit.first:
            grouped[at].append(hit)
    return grouped


def _label(page: Page, line: Line, hits: list[Hit]) -> Label | None:
    found = _cue_label(page, line, hits)
    kind = None if found else shape_kind(page, line, hits)
    label = Label(kind) if kind else found
    if label and label.kind == "dateline" and names_a_day(page, line):
        return replace(label, has_day=True)
    return label


def _cue_label(page: Page, line: Line, hits: list[Hit]) -> Label | None:
    best: tuple[int, Label] | None = None
    inside: set[int] = set()
    for hit in hits:
        cue = hit.entry.value
        if not isinstance(cue, SegmentCue):
            continue
        if cue.match == "inside":
            inside.add(hit.first)
        label = _match(page, line, hit, cue)
        if label and (best is None or hit.last - hit.first > best[0]):
            best = (hit.last - hit.first, label)
    if best:
        return best[1]
    whole = _covered_by_line_cues(page, line, hits)
    if whole:
        return whole
    if inside and (line.words <= _INSIDE_LINE or len(inside) > 1):
        cue = next(hit.entry.value for hit in hits if hit.first in inside)
        return Label(cue.kind, cue.effect) if isinstance(cue, SegmentCue) else None
    return None


def _match(page: Page, line: Line, hit: Hit, cue: SegmentCue) -> Label | None:
    """The label a single ``label``, ``start`` or ``anywhere`` cue gives its line."""
    if cue.match == "anywhere":
        return Label(cue.kind, cue.effect)
    if cue.match in ("line", "inside", "below") or not _begins(page, line, hit.first):
        return None
    rest = _content(page, line, hit.last)
    if rest is None:
        return Label(cue.kind, cue.effect, None, is_label=True)
    is_marked = page.tokens.words[hit.last] in _AFTER_LABEL
    if cue.match == "label" and not is_marked and not lists_tags(page, line, hit.last, cue.kind):
        return None
    if line.words > _limit(cue.kind) or not content_fits(page, range(hit.last, line.last), cue, is_marked=is_marked):
        return None
    return Label(cue.kind, cue.effect, page.span(rest, rest + 1)[0])


def _limit(kind: SegmentKind) -> int:
    """The most words such a line has: a longer one is a paragraph that happens to begin so."""
    return _WORD_LIMITS.get(kind, sys.maxsize)


def _begins(page: Page, line: Line, token: int) -> bool:
    """Whether only marks stand before a token in its line."""
    return not any(page.tokens.words[at].isalnum() for at in range(line.first, token))


def _content(page: Page, line: Line, token: int) -> int | None:
    """The first word from ``token`` on; None when no word follows in the line."""
    return next((at for at in range(token, line.last) if page.tokens.words[at].isalnum()), None)


def _covered_by_line_cues(page: Page, line: Line, hits: list[Hit]) -> Label | None:
    """A menu, share bar or breadcrumb: nothing but phrases that stand alone on such lines."""
    covered: set[int] = set()
    first: SegmentCue | None = None
    for hit in hits:
        cue = hit.entry.value
        if isinstance(cue, SegmentCue) and (cue.match == "line" or cue.kind == "navigation"):
            covered.update(range(hit.first, hit.last))
            first = first or cue
    words = [i for i in range(line.first, line.last) if page.tokens.words[i].isalpha()]
    if first is None or not words:
        return None
    begins_trail = words[0] in covered and first.kind == "navigation"
    if all(i in covered for i in words) or (begins_trail and is_trail(page, line)):
        return Label(first.kind, first.effect, None, is_label=True)
    return None
