"""The non-blank lines of a page and what their shape shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flows.text.places import first_from, within
from flows.transform.page import Page

_OTHER_BREAKS: Final = "\r\v\f\x85\u2028\u2029"
"""What ends a line as ``\\n`` does."""
_BULLETS: Final = "•·●▪■◾◼►▶*-–—‣⁃○◦⬅←➤✔"
_CLOSERS: Final = "\"'”“»’)]}\u200f\u200e "
_SENTENCE_ENDS: Final = (".", "۔")
_QUESTION_WORDS: Final = 15
_LONG_LINE: Final = 18
_SENTENCE_WORDS: Final = 6
_UNPUNCTUATED_WORDS: Final = 20
_HUGE_LINE: Final = 45


class Line:
    """One trimmed line: original offsets, its tokens ``first:last``, and its number of words.

    Attributes:
        opening: the first token that is a word or a number, ``last`` where none is.
        words: its tokens of letters.
        marks: its tokens that are neither words nor numbers, in order.
        has_number: whether one of its tokens is a number in digits.
    """

    __slots__ = (
        "end", "ends_sentence", "first", "follows_blank", "has_bullet", "has_number", "last", "marks", "opening",
        "start", "words",
    )  # fmt: skip

    def __init__(self, page: Page, start: int, end: int, previous_end: int) -> None:
        """Measure the line that stands at ``start:end``; the one above it ends at ``previous_end``."""
        tokens, text = page.tokens, page.text
        self.start, self.end = start, end
        self.first = first = first_from(tokens.last_origins, start)
        self.last = last = max(first, first_from(tokens.origins, end))
        marks, numbers = within(tokens.marks, first, last), within(tokens.numbers, first, last)
        self.opening = _first_beside(marks, first)
        self.words = last - first - len(marks) - len(numbers)
        self.marks = "".join([tokens.words[at] for at in marks])
        self.has_number = bool(numbers)
        self.ends_sentence = _ends_sentence(text[start:end], self.words)
        self.follows_blank = text.count("\n", previous_end, start) > 1
        self.has_bullet = text[start] in _BULLETS


def read_lines(page: Page) -> list[Line]:
    """Every line with a visible character, in order; linear in the text."""
    found: list[Line] = []
    begin = previous_end = 0
    for raw in _one_break(page.text).split("\n"):
        bare = raw.strip()
        if bare:
            start = begin + len(raw) - len(raw.lstrip())
            end = start + len(bare)
            found.append(Line(page, start, end, previous_end))
            previous_end = end
        begin += len(raw) + 1
    return found


def _one_break(text: str) -> str:
    """A text with one kind of line break, character for character."""
    for mark in _OTHER_BREAKS:
        if mark in text:
            text = text.replace(mark, "\n")
    return text


def _first_beside(marks: list[int], first: int) -> int:
    """The first token from ``first`` on that is no mark."""
    for at in marks:
        if at > first:
            break
        first = at + 1
    return first


def _ends_sentence(surface: str, words: int) -> bool:
    bare = surface.rstrip(_CLOSERS)
    if bare.endswith(("...", "..")):
        return words >= _LONG_LINE
    return bare.endswith(_SENTENCE_ENDS) or (bare.endswith(("؟", "!", "?")) and words >= _QUESTION_WORDS)


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
