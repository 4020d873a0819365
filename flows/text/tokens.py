"""Words, numbers and marks of a folded text, as parallel lists.

A word is a run of letters, a number a run of digits; every other visible character stands alone. Positions are
offsets into the folded text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from flows.text.folded import FoldedText

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_|\n")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one folded text: ``words[i]`` stands at ``starts[i]:ends[i]``; ``line_starts`` begin a line."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    line_starts: frozenset[int]

    def __len__(self) -> int:
        return len(self.words)

    def at(self, offset: int) -> int:
        """The index of the first token that ends after a folded ``offset``."""
        return bisect_left(self.ends, offset + 1)

    def adjacent(self, index: int) -> bool:
        """Whether token ``index`` touches the next one, with nothing between."""
        return index + 1 < len(self.words) and self.ends[index] == self.starts[index + 1]


def tokenize(folded: FoldedText) -> Tokens:
    """Split a folded text.

    >>> from flows.text.folded import fold_text
    >>> tokenize(fold_text("الـ24 ساعة، الماضية")).words
    ['ال', '24', 'ساعه', '،', 'الماضيه']
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    line_starts = {0}
    for match in _TOKEN.finditer(folded.folded):
        word = match.group()
        if word == "\n":
            line_starts.add(len(words))
            continue
        words.append(word)
        start, end = match.span()
        starts.append(start)
        ends.append(end)
    return Tokens(words, starts, ends, frozenset(line_starts))
