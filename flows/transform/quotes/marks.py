"""Quotation marks: which stretches of a text stand between them.

One pass over the marks of a paragraph with a short stack, so that any number of unbalanced marks costs linear time.
What stands beside a mark says whether it opens or closes; its form decides where that leaves it open, since Arabic
pages print every form both ways round.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flows.text.places import within
from flows.values import Segment

_OPENING_FORMS: Final = frozenset("«“„‟‹‘")
_FAMILY: Final = {
    '"': "straight", "＂": "straight", "″": "straight", "«": "angle", "»": "angle", "“": "curly", "”": "curly",
    "„": "curly", "‟": "curly", "‹": "single angle", "›": "single angle", "'": "single", "‘": "single", "’": "single",
}  # fmt: skip
_MIXED: Final = {"straight": "curly", "curly": "straight"}
"""Families that are closed by one another where nothing of their own is open."""

_BEFORE_OPENING: Final = frozenset(" \t\u00a0([{:،,-–—ـ\u200f\u200e\u202b\u202a\n\"'“”«»„")
_AFTER_CLOSING: Final = frozenset(" \t\u00a0)]}:،,;؛.!؟?…-–—/\u200f\u200e\u202c\n\"'“”«»")
_PROCLITICS: Final = frozenset("وفبلك")
_DEEPEST: Final = 8
_CARRIED_OVER: Final = 8
_COLON: Final = ":"


class Marked:
    """The spans between matching marks of a paragraph, and the marks left over: open at its end, closing nothing."""

    __slots__ = ("spans", "unclosed", "unopened")

    def __init__(self) -> None:
        self.spans: list[tuple[int, int]] = []
        self.unclosed: list[int] = []
        self.unopened: list[int] = []


def quotation_marks(text: str) -> list[int]:
    """Where quotation marks and apostrophes stand in a text, in order."""
    found: list[int] = []
    for mark in _FAMILY:
        at = text.find(mark)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1)
    found.sort()
    return found


def quoted_spans(text: str, marks: list[int], start: int, end: int) -> Marked:
    """Spans between matching ``marks`` within ``start:end``, marks and outer spaces left out, in order of closing."""
    found = Marked()
    stack: list[tuple[str, int]] = []
    for at in within(marks, start, end):
        family = _FAMILY[text[at]]
        opens = _opens(text, at, start, end)
        depth = _depth(stack, family)
        if family == "single" and (opens is None or (depth is None and not opens)):
            continue  # an apostrophe
        if opens is None:
            opens = depth is None if family == "straight" or depth is None else text[at] in _OPENING_FORMS
        if opens:
            stack.append((family, at))
            del stack[:-_DEEPEST]
        elif depth is None and family == "straight" and found.unopened:
            _keep(text, found.unopened.pop() + 1, at, found.spans)  # ``إن" ... "``: the first stood on the wrong side
        elif depth is None:
            found.unopened.append(at)
        else:
            begin = stack[depth][1] + 1
            del stack[depth:]
            _keep(text, begin, at, found.spans)
    found.unclosed.extend([at for _, at in stack])
    return found


def _opens(text: str, at: int, start: int, end: int) -> bool | None:
    """Whether a mark opens (True) or closes (False) by its neighbours; None where both or neither could be."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    is_proclitic = before in _PROCLITICS and (at - 1 == start or not text[at - 2].isalpha())
    could_open = before in _BEFORE_OPENING or is_proclitic
    could_close = after in _AFTER_CLOSING
    return None if could_open == could_close else could_open


def _depth(stack: list[tuple[str, int]], family: str) -> int | None:
    """Where in the stack the mark stands that one of a family closes."""
    for wanted in (family, _MIXED.get(family)):
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth][0] == wanted:
                return depth
    return None


def _keep(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    inner = text[start:end]
    begin = start + len(inner) - len(inner.lstrip())
    stop = start + len(inner.rstrip())
    if begin < stop:
        spans.append((begin, stop))


def quotations(text: str, paragraphs: Sequence[Segment]) -> list[list[tuple[int, int]]]:
    """The spans that begin in each paragraph, sorted, outer ones first.

    A mark that a paragraph leaves open is closed in one of the next of its article, else by the end of its own
    paragraph where the next opens again or where a colon leads to it and the marks that follow are balanced.
    """
    marks = quotation_marks(text)
    if not marks:
        return [[] for _ in paragraphs]
    read = [quoted_spans(text, marks, paragraph.start, paragraph.end) for paragraph in paragraphs]
    for index, marked in enumerate(read):
        for opening in marked.unclosed[:1]:
            end = _closing_of(text, paragraphs, read, index, opening)
            if end is not None:
                _keep(text, opening + 1, end, marked.spans)
    return [sorted(marked.spans, key=_outer_first) for marked in read]


def _outer_first(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], -span[1]


def _closing_of(
    text: str, paragraphs: Sequence[Segment], read: Sequence[Marked], index: int, opening: int
) -> int | None:
    """Where a quotation ends that its paragraph leaves open; None where nobody can tell."""
    own = paragraphs[index]
    for later in range(index + 1, min(len(read), index + _CARRIED_OVER)):
        paragraph, marked = paragraphs[later], read[later]
        if paragraph.article != own.article or "caption" in (paragraph.kind, own.kind):
            break
        if text[paragraph.start] in _FAMILY and later == index + 1 and _opens_again(paragraph, marked):
            return _without_stop(text, own.end)
        if marked.unopened and not any(start < marked.unopened[0] for start, _ in marked.spans):
            return marked.unopened.pop(0)
        if marked.unclosed:
            break
    is_led_to = text[own.start : opening].rstrip().endswith(_COLON)
    is_balanced = len(read[index].unclosed) == 1 and not read[index].unopened
    return _without_stop(text, own.end) if is_led_to and is_balanced else None


def _opens_again(paragraph: Segment, marked: Marked) -> bool:
    """Whether a paragraph begins with the mark of a quotation that goes on."""
    first = paragraph.start
    return first in marked.unclosed or any(start == first + 1 for start, _ in marked.spans)


def _without_stop(text: str, end: int) -> int:
    """The end of a paragraph less its full stop and the mark of a quotation inside the one that is open."""
    end -= text[end - 1] == "."
    return end - (text[end - 1] in _FAMILY)
