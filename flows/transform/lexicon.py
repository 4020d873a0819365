"""The one vocabulary that names, titles, date words, verbs and cues share, and the one pass that finds them.

Entries are phrases of folded tokens in a trie. The pass walks the tokens once and at each tries the word as it
stands and without its proclitics (و ف, then ب ل ك), so that ``وبواشنطن`` meets ``واشنطن`` and ``للجيش`` meets
``الجيش``. A token walk cannot match inside a word, which 82% of raw Aho-Corasick hits do (measured over 4,124
articles); readings of a word are remembered, since a page repeats its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from flows.text.folded import fold_text
from flows.text.tokens import Tokens, tokenize

Category = Literal[
    "entity", "source", "title", "given_name", "head", "demonym", "verb", "cue", "anonymous", "time", "stop",
]  # fmt: skip

_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلك"
_MEMO_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of one phrase: the consumer's category and its own value (a key, a row, a rule's name)."""

    category: Category
    value: object


@dataclass(frozen=True, slots=True)
class Hit:
    """One phrase found: tokens ``first:last``, ``offset`` characters of proclitics before it in the first token.

    ``fused`` marks ل + ال written as لل: the phrase then keeps the whole لل, since no full name is left without it.
    """

    first: int
    last: int
    offset: int
    fused: bool
    entry: Entry


class _Node:
    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.entries: list[Entry] = []


def readings(word: str) -> Iterator[tuple[int, str, bool]]:
    """The ways to read a folded word: (characters of proclitics dropped, what is left, whether لل was opened).

    >>> [(n, left) for n, left, _ in readings("وبلبنان")]
    [(0, 'وبلبنان'), (1, 'بلبنان'), (2, 'لبنان')]
    >>> [left for _, left, is_fused in readings("للجيش") if is_fused]  # the second for words that begin with lam
    ['الجيش', 'اللجيش']
    """
    yield 0, word, False
    starts = [0]
    if len(word) > 2 and word[0] in _CONJUNCTIONS:  # noqa: PLR2004 - a conjunction and at least two letters
        yield 1, word[1:], False
        starts.append(1)
    for start in starts:
        rest = word[start:]
        if len(rest) > 2 and rest[0] in _PREPOSITIONS:  # noqa: PLR2004 - as above
            yield start + 1, rest[1:], False
            if rest.startswith("لل") and len(rest) > 3:  # noqa: PLR2004 - لل and at least two letters
                yield start, "ال" + rest[2:], True
                yield start, "ال" + rest[1:], True


class Lexicon:
    """A trie of folded phrases. Built once, then only read; not safe to change while another thread scans."""

    def __init__(self) -> None:
        self._root = _Node()
        self._memo: dict[str, tuple[tuple[int, bool, _Node], ...]] = {}

    def add(self, phrase: str, entry: Entry) -> None:
        """Add one phrase in any spelling; blank phrases are refused.

        Raises:
            ValueError: the phrase has no word in it.
        """
        words = [word for word in tokenize(fold_text(phrase)).words if word != "-"]
        if not words:
            raise ValueError(f"a lexicon phrase needs a word: {phrase!r}")
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        if entry not in node.entries:
            node.entries.append(entry)
        self._memo.clear()

    def add_all(self, phrases: Iterable[str], entry: Entry) -> None:
        """Add several spellings of one entry."""
        for phrase in phrases:
            self.add(phrase, entry)

    def scan(self, tokens: Tokens) -> list[Hit]:
        """Every phrase of the lexicon in the text, all lengths, in order of first token; linear in the text.

        A hyphen inside a phrase counts as a space (``جان-بيير``); a line break ends a phrase.
        """
        hits: list[Hit] = []
        for index, word in enumerate(tokens.words):
            for offset, fused, node in self._starts(word):
                self._walk(tokens, index, offset, fused=fused, node=node, hits=hits)
        return hits

    def _starts(self, word: str) -> tuple[tuple[int, bool, _Node], ...]:
        found = self._memo.get(word)
        if found is None:
            if len(self._memo) > _MEMO_LIMIT:
                self._memo.clear()
            root = self._root.next
            found = tuple((offset, fused, root[left]) for offset, left, fused in readings(word) if left in root)
            self._memo[word] = found
        return found

    @staticmethod
    def _walk(tokens: Tokens, index: int, offset: int, *, fused: bool, node: _Node, hits: list[Hit]) -> None:
        words, at, last = tokens.words, index, len(tokens)
        while True:
            for entry in node.entries:
                hits.append(Hit(index, at + 1, offset, fused, entry))  # noqa: PERF401 - most nodes have no entry
            at += 1
            if at < last and words[at] == "-" and node.next:
                at += 1
            if at >= last or at in tokens.line_starts:
                return
            following = node.next.get(words[at])
            if following is None:
                return
            node = following
