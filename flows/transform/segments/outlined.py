"""Lines of an HTML page whose markup says what they are: what that settles, and what is left to be read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flows.transform.page import Page
from flows.transform.segments.cutting import cut_line
from flows.transform.segments.labels import Label
from flows.transform.segments.lines import Line
from flows.values import LineRole, Outline, Segment, SegmentKind

_KINDS: Final[dict[LineRole, SegmentKind]] = {
    "title": "headline", "heading": "subtitle", "caption": "caption", "keywords": "keywords", "byline": "byline",
}  # fmt: skip
_CHROME: Final[frozenset[SegmentKind]] = frozenset({"navigation", "boilerplate", "related"})
_BELOW: Final[frozenset[SegmentKind]] = frozenset({"keywords", "attribution", "byline", "dateline", "caption"})
_LINK_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class OutlinedLines:
    """The lines that are to be read, with their labels and roles, and the segments of those that are settled."""

    lines: list[Line]
    labels: list[Label | None]
    roles: list[LineRole | None]
    settled: list[Segment]


def outlined(page: Page, lines: list[Line], labels: Sequence[Label | None], outline: Outline | None) -> OutlinedLines:
    """Set the site's own lines apart and label the others as the markup does; without an outline all are read."""
    if outline is None:
        return OutlinedLines(lines, list(labels), [None] * len(lines), [])
    found = OutlinedLines([], [], [], [])
    for line, label in zip(lines, labels, strict=True):
        role = outline.roles[max(0, bisect_right(outline.starts, line.start) - 1)]
        if _is_beside(role, label):
            found.settled.extend(_beside(page, line, label, role))
            continue
        kind = _KINDS.get(role)
        is_plain = kind is not None and (label is None or role == "title")
        found.lines.append(line)
        found.labels.append(Label(kind) if kind is not None and is_plain else label)
        found.roles.append(role)
    return found


def _is_beside(role: LineRole, label: Label | None) -> bool:
    """Whether a line is no part of the article: below it only credits, tags and stamps are."""
    if role == "tail":
        return label is None or label.kind not in _BELOW
    return role == "chrome" or (role == "link" and (label is None or label.effect != "related"))


def _beside(page: Page, line: Line, label: Label | None, role: LineRole) -> list[Segment]:
    if label and label.effect == "related" and label.content is not None:
        return cut_line(page, line, label.content, ("boilerplate", None), ("related", None))
    is_known = label is not None and label.kind in _CHROME
    kind = label.kind if label is not None and is_known else _kind_beside(line, role)
    return [Segment(line.start, line.end, kind, None)]


def _kind_beside(line: Line, role: LineRole) -> SegmentKind:
    if line.words < _LINK_WORDS:
        return "navigation"
    return "related" if role == "link" else "boilerplate"
