"""The non-blank lines of a page and what their shape shows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from flows.transform.page import Page

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_BULLETS = "•·●▪■◾◼►▶*-–—‣⁃○◦⬅←➤✔"
_CLOSERS = "\"'”“»’)]}\u200f\u200e "
_SENTENCE_ENDS = ".۔"
_QUESTION_WORDS = 15
_LONG_LINE = 18
_SENTENCE_WORDS = 6
_UNPUNCTUATED_WORDS = 20
_HUGE_LINE = 45


@dataclass(frozen=True, slots=True)
class Line:
    """One trimmed line: original offsets, its tokens ``first:last``, and its number of words.

    Attributes:
        opening: the first token that is a word or a number, ``last`` where none is.
        marks: its other tokens, in order.
        has_number: whether one of its tokens is a number in digits.
    """

    start: int
    end: int
    first: int
    last: int
    opening: int
    words: int
    marks: str
    has_number: bool
    ends_sentence: bool
    follows_blank: bool
    has_bullet: bool


def read_lines(page: Page) -> list[Line]:
    """Every line with a visible character, in order; linear in the text."""
    found: list[Line] = []
    previous_end = 0
    tokens, text = page.tokens, page.text
    words_before = list(accumulate(map(str.isalpha, tokens.words), initial=0))
    for start, end in _trimmed(text):
        own = page.token_range(start, end)
        marks = _within(tokens.marks, own)
        words = words_before[own.stop] - words_before[own.start]
        line = Line(
            start=start,
            end=end,
            first=own.start,
            last=own.stop,
            opening=_first_beside(marks, own.start),
            words=words,
            marks="".join([tokens.words[at] for at in marks]),
            has_number=bool(_within(tokens.numbers, own)),
            ends_sentence=_ends_sentence(text[start:end], words),
            follows_blank=text.count("\n", previous_end, start) > 1,
            has_bullet=text[start] in _BULLETS,
        )
        found.append(line)
        previous_end = end
    return found


def _within(places: list[int], own: range) -> list[int]:
    """Those of some tokens, in order, that a line has."""
    return places[bisect_left(places, own.start) : bisect_left(places, own.stop)]


def _first_beside(marks: list[int], first: int) -> int:
    """The first token from ``first`` on that is no mark."""
    for at in marks:
        if at > first:
            break
        first = at + 1
    return first


def _trimmed(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        raw = match.group()
        bare = raw.strip()
        if bare:
            start = match.start() + len(raw) - len(raw.lstrip())
            yield start, start + len(bare)


def _ends_sentence(surface: str, words: int) -> bool:
    bare = surface.rstrip(_CLOSERS)
    if bare.endswith(("...", "..")):
        return words >= _LONG_LINE
    return bare.endswith(tuple(_SENTENCE_ENDS)) or (bare.endswith(("؟", "!", "?")) and words >= _QUESTION_WORDS)


@dataclass(frozen=True, slots=True)
class ParagraphShape:
    """How the paragraphs of one page look: whether its long lines end their sentences."""

    is_punctuated: bool

    def fits(self, line: Line) -> bool:
        """Whether a line reads as a paragraph, not as a title, link or label."""
        if line.ends_sentence and line.words >= _SENTENCE_WORDS:
            return True
        return line.words >= (_HUGE_LINE if self.is_punctuated else _UNPUNCTUATED_WORDS)


def paragraph_shape(lines: list[Line]) -> ParagraphShape:
    """Learn from the long lines whether this page ends its paragraphs with a full stop."""
    long_lines = [line for line in lines if line.words >= _LONG_LINE]
    return ParagraphShape(2 * sum(line.ends_sentence for line in long_lines) >= len(long_lines))
