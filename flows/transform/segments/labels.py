"""What a line says of itself: its cue words, or a shape that only one kind of line has."""

from __future__ import annotations

import sys
from typing import Final

from flows.transform.lexicon import Hit
from flows.transform.page import Page
from flows.transform.segments.content import content_fits, lists_tags
from flows.transform.segments.cues import CueEffect, FoundCue, SegmentCue
from flows.transform.segments.lines import Line
from flows.transform.segments.shapes import is_trail, names_a_day, shape_kind
from flows.values import SegmentKind

_WORD_LIMITS: Final[dict[SegmentKind, int]] = {"byline": 15, "attribution": 15, "dateline": 20, "caption": 60}
_INSIDE_LINE: Final = 30
_MENU_WORDS: Final = 3
_MENU_SHARE: Final = 0.5
_AFTER_LABEL: Final = frozenset(":-|/»>؛.…")


class Label:
    """A line's own kind.

    Attributes:
        content: where its text begins after a label, None when it is a label alone.
        is_label: whether it is a label alone.
        is_bar: whether it is short items between bars, as menus and tags are.
        has_day: whether it is a stamp with a day in it, as only a publication's is.
    """

    __slots__ = ("content", "effect", "has_day", "is_bar", "is_label", "kind")

    def __init__(
        self, kind: SegmentKind, effect: CueEffect = "", content: int | None = None, *,
        is_label: bool = False, is_bar: bool = False,
    ) -> None:  # fmt: skip
        self.kind = kind
        self.effect = effect
        self.content = content
        self.is_label = is_label
        self.is_bar = is_bar
        self.has_day = False


def label_lines(page: Page, lines: list[Line]) -> list[Label | None]:
    """The label of each line, None where only its place on the page can tell."""
    cues = _cues_by_line(page, lines)
    return [_label(page, line, cues.get(at, [])) for at, line in enumerate(lines)]


def _cues_by_line(page: Page, lines: list[Line]) -> dict[int, list[FoundCue]]:
    grouped: dict[int, list[FoundCue]] = {}
    at = 0
    for hit in page.hits_of("cue"):
        cue = hit.entry.value
        if not isinstance(cue, SegmentCue) or hit.offset or hit.fused:
            continue
        while at < len(lines) and lines[at].last <= hit.first:
            at += 1
        if at < len(lines) and lines[at].first <= hit.first:
            grouped.setdefault(at, []).append((hit, cue))
    return grouped


def _label(page: Page, line: Line, cues: list[FoundCue]) -> Label | None:
    found = _cue_label(page, line, cues) if cues else None
    kind = None if found else shape_kind(page, line, cues)
    label = Label(kind, is_bar=kind == "navigation") if kind else found
    if label and label.kind == "dateline":
        label.has_day = names_a_day(page, line)
    return label


def _cue_label(page: Page, line: Line, cues: list[FoundCue]) -> Label | None:
    best: tuple[int, Label] | None = None
    for hit, cue in cues:
        label = _match(page, line, hit, cue)
        if label and (best is None or hit.last - hit.first > best[0]):
            best = (hit.last - hit.first, label)
    return best[1] if best else _covered_by_line_cues(page, line, cues) or _inside_label(line, cues)


def _inside_label(line: Line, cues: list[FoundCue]) -> Label | None:
    """The label a cue gives a short line it stands in, or two of them any line."""
    inside = {hit.first: cue for hit, cue in cues if cue.match == "inside"}
    if not inside or (line.words > _INSIDE_LINE and len(inside) == 1):
        return None
    cue = next(iter(inside.values()))
    return Label(cue.kind, cue.effect)


def _match(page: Page, line: Line, hit: Hit, cue: SegmentCue) -> Label | None:
    """The label a single ``label``, ``start`` or ``anywhere`` cue gives its line."""
    if cue.match == "anywhere":
        return Label(cue.kind, cue.effect)
    if cue.match in ("line", "inside", "below") or hit.first > line.opening:
        return None  # more than marks stand before it
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


def _content(page: Page, line: Line, token: int) -> int | None:
    """The first word from ``token`` on; None when no word follows in the line."""
    return next((at for at in range(token, line.last) if page.tokens.words[at].isalnum()), None)


def _covered_by_line_cues(page: Page, line: Line, cues: list[FoundCue]) -> Label | None:
    """A menu, share bar or breadcrumb: nothing but phrases that stand alone on such lines."""
    alone = [(hit, cue) for hit, cue in cues if cue.match == "line" or cue.kind == "navigation"]
    if not alone or not line.words:
        return None
    covered, first = {at for hit, _ in alone for at in range(hit.first, hit.last)}, alone[0][1]
    is_begun = line.opening in covered or not page.tokens.words[line.opening].isalpha()
    if not is_begun and len(covered) < line.words:
        return None  # as nearly every paragraph with such a phrase in it
    words = [i for i in range(line.first, line.last) if page.tokens.words[i].isalpha()]
    if not words:
        return None
    begins_trail = words[0] in covered and first.kind == "navigation"
    known = sum(i in covered for i in words)
    is_menu = known >= _MENU_WORDS and _MENU_SHARE * len(words) <= known and not line.ends_sentence
    if known == len(words) or (begins_trail and (is_menu or is_trail(page, line))):
        return Label(first.kind, first.effect, None, is_label=True)
    return None
