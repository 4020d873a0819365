"""Quotation marks: which stretches of a text stand between them.

One pass over the marks of a line with a short stack, so that any number of unbalanced marks costs linear time. Straight
marks open and close in turn; curly and angled ones by their form, except that Arabic pages print them both ways round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = re.compile('["＂«»“”„‟‹›″]')
_FAMILY = {
    '"': "straight", "＂": "straight", "″": "straight", "«": "angle", "»": "angle", "“": "curly", "”": "curly",
    "„": "curly", "‟": "curly", "‹": "single", "›": "single",
}  # fmt: skip
_OPENING_NEIGHBOURS = frozenset(" \t\u00a0([{:،,-–—ـ\u200f\u200e\u202b\u202a\n\"'“”«»„")
_DEEPEST = 4


def quoted_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans between matching marks within ``start:end``, marks and outer spaces left out, in order of closing.

    A mark that is clearly an opening one while its own kind is open starts anew: the earlier one was never closed.
    """
    open_marks: list[tuple[str, int, str]] = []
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        depth = _open_depth(open_marks, mark)
        if depth is None:
            open_marks.append((_FAMILY[mark], at, mark))
            del open_marks[:-_DEEPEST]
        elif _reopens(text, open_marks[depth][2], mark, at, end):
            open_marks[depth:] = [(_FAMILY[mark], at, mark)]
        else:
            begin = open_marks[depth][1] + 1
            del open_marks[depth:]
            yield from _trimmed(text, begin, at)


def _open_depth(open_marks: list[tuple[str, int, str]], mark: str) -> int | None:
    for depth in range(len(open_marks) - 1, -1, -1):
        if open_marks[depth][0] == _FAMILY[mark]:
            return depth
    return None


def _reopens(text: str, opened_by: str, mark: str, at: int, end: int) -> bool:
    """Whether a mark opens again: the same form as the open one, a space before it and a word right after it."""
    if _FAMILY[mark] != "straight" and mark != opened_by:
        return False
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < end else " "
    return before in _OPENING_NEIGHBOURS and (after.isalnum() or after in "([")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    inner = text[start:end]
    begin = start + len(inner) - len(inner.lstrip())
    stop = start + len(inner.rstrip())
    if begin < stop:
        yield begin, stop
