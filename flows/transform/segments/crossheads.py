"""Headings inside an article's text: a few words alone between two paragraphs or above a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flows.transform.page import Page
from flows.transform.segments.labels import Label
from flows.transform.segments.lines import Line

_MOST_WORDS: Final = 6
_QUESTION_WORDS: Final = 10


def is_crosshead(
    page: Page, lines: Sequence[Line], labels: Sequence[Label | None], is_paragraph: Sequence[bool], index: int
) -> bool:
    """Whether a line between two lines of text is their heading: no mark at its end, or a short question."""
    line, neighbours = lines[index], (index - 1, index + 1)
    if line.has_bullet or index == 0 or index + 1 == len(lines):
        return False
    if not all(is_paragraph[at] or _is_bare_text(lines[at], labels[at]) for at in neighbours):
        return False
    ending = page.text[line.end - 1]
    most = _QUESTION_WORDS if ending in "؟?" else _MOST_WORDS if ending.isalpha() else 0
    return 1 < line.words <= most


def _is_bare_text(line: Line, label: Label | None) -> bool:
    """An item of a list, or a sentence without a full stop, as it stands above a list."""
    return label is None and (line.has_bullet or line.words > _QUESTION_WORDS)
