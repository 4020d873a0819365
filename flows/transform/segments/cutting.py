"""Lines that hold two kinds: a dateline and its text, two drafts, a title and the name of its site."""

from __future__ import annotations

from typing import Final

from flows.transform.page import Page
from flows.transform.segments.coverage import covered_tokens
from flows.transform.segments.datelines import dateline_end
from flows.transform.segments.lines import Line
from flows.transform.segments.splices import splice_offset
from flows.values import Segment, SegmentKind

_SITE_MARKS: Final = frozenset("|-")
_SITE_TOKENS: Final = 8
_SECTION_WORDS: Final = 2
_LEAST_TITLE_WORDS: Final = 3

Part = tuple[SegmentKind, int | None]
"""What a part of a line is, and its article."""


def cut_line(page: Page, line: Line, cut: int, left: Part, right: Part) -> list[Segment]:
    """A line as two segments: what stands before an original offset and what stands behind it, trimmed."""
    head, tail = page.text[line.start : cut].rstrip(), page.text[cut : line.end].lstrip()
    return [Segment(line.start, line.start + len(head), *left), Segment(line.end - len(tail), line.end, *right)]


def cut_body(page: Page, line: Line, lead: Line, article: int) -> list[Segment]:
    """A paragraph without its dateline, or at the place where another draft of the report begins."""
    cut = dateline_end(page, line, is_first=line is lead)
    if cut is not None:
        return cut_line(page, line, cut, ("dateline", article), ("body", article))
    cut = splice_offset(page, lead, line)
    if cut is not None:
        return cut_line(page, line, cut, ("body", article), ("body", article))
    return [Segment(line.start, line.end, "body", article)]


def cut_title(page: Page, line: Line, article: int | None) -> list[Segment]:
    """``العنوان | القسم | الجزيرة نت``: a title without the name of its site, which is the site's own."""
    mark = _site_mark(page, line)
    if mark is None:
        return [Segment(line.start, line.end, "headline", article)]
    return cut_line(page, line, page.span(mark, mark + 1)[0], ("headline", article), ("boilerplate", None))


def _site_mark(page: Page, line: Line) -> int | None:
    """The mark behind which a listed source ends the title, or the one before a section that stands before it."""
    words = page.tokens.words
    floor = max(line.first + _LEAST_TITLE_WORDS, line.last - _SITE_TOKENS)
    mark = next((at for at in range(line.last - 2, floor - 1, -1) if words[at] in _SITE_MARKS), None)
    if mark is None or covered_tokens(page, mark + 1, line.last, ("source",)) != line.last:
        return None
    if page.text[page.span(mark, mark + 1)[0] - 1] != " ":
        return None
    before = range(mark - 1, max(floor, mark - _SECTION_WORDS - 1) - 1, -1)
    return next((at for at in before if words[at] == words[mark]), mark)
