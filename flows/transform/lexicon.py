"""The one vocabulary that names, titles, date words, verbs and cues share, and the one pass that finds them.

Entries are phrases of folded tokens in a trie. The pass walks the tokens once and at each tries the word as it
stands and without its proclitics (و ف, then ب ل ك), so that ``وبواشنطن`` meets ``واشنطن`` and ``للجيش`` meets
``الجيش``. A token walk cannot match inside a word, which 82% of raw Aho-Corasick hits do (measured over 4,124
articles); readings of a word are remembered, since a page repeats its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from flows.text.folded import fold
from flows.text.tokens import Tokens, words_of

Category = Literal[
    "entity", "source", "title", "given_name", "head", "demonym", "verb", "cue", "anonymous", "time", "stop",
]  # fmt: skip

_CONJUNCTIONS: Final = "وف"
_PREPOSITIONS: Final = "بلك"
_PROCLITICS: Final = frozenset(_CONJUNCTIONS + _PREPOSITIONS)
_MEMO_LIMIT: Final = 50_000
_LONGEST: Final = 40
"""Longer words are not remembered: hostile texts are full of them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of one phrase: the consumer's category and its own value (a key, a row, a rule's name)."""

    category: Category
    value: Any


class Hit:
    """One phrase found: tokens ``first:last``, ``offset`` characters of proclitics before it in the first token.

    ``fused`` marks ل + ال written as لل: the phrase then keeps the whole لل, since no full name is left without it.
    Never changed once made. No dataclass, because a page has a hit for every second word and one with the
    ``__init__`` of a dataclass takes eight times as long to make where this module is compiled (measured).
    """

    __slots__ = ("entry", "first", "fused", "last", "offset")

    def __init__(self, first: int, last: int, offset: int, fused: bool, entry: Entry) -> None:
        self.first = first
        self.last = last
        self.offset = offset
        self.fused = fused
        self.entry = entry

    def __repr__(self) -> str:
        return f"Hit({self.first}, {self.last}, {self.offset}, {self.fused}, {self.entry!r})"


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


_Meaning = tuple[tuple[Entry, ...], str]
"""What a phrase means, and the beginning it is of longer ones: itself and a space, "" where none is longer."""
_NOTHING: Final[_Meaning] = ((), "")


class _Begun:
    """A phrase a word begins by one way to read it: proclitics dropped, whether لل was opened, and its meaning."""

    __slots__ = ("entries", "fused", "longer", "offset")

    def __init__(self, offset: int, fused: bool, entries: tuple[Entry, ...], longer: str) -> None:
        self.offset = offset
        self.fused = fused
        self.entries = entries
        self.longer = longer


class Lexicon:
    """Folded phrases and their beginnings, words joined by a space: flat, so that many load fast and take little.

    Built once, then only read; not safe to change while another thread scans.
    """

    __slots__ = ("_begun", "_phrases")

    def __init__(self, phrases: dict[str, _Meaning] | None = None) -> None:
        self._phrases = phrases if phrases is not None else {}
        self._begun: dict[str, list[_Begun]] = {}

    def __reduce__(self) -> tuple[type[Lexicon], tuple[dict[str, _Meaning]]]:
        """Pickled without what was remembered of the texts."""
        return Lexicon, (self._phrases,)

    def add(self, phrase: str, entry: Entry) -> None:
        """Add one phrase in any spelling; blank phrases are refused.

        Raises:
            ValueError: the phrase has no word in it.
        """
        words = [word for word in words_of(fold(phrase)) if word != "-"]
        if not words:
            raise ValueError(f"a lexicon phrase needs a word: {phrase!r}")
        beginning = ""
        for word in words[:-1]:
            key = beginning + word
            beginning = f"{key} "
            entries, longer = self._phrases.get(key, _NOTHING)
            if not longer:
                self._phrases[key] = entries, beginning
        key = beginning + words[-1]
        entries, longer = self._phrases.get(key, _NOTHING)
        if entry not in entries:
            self._phrases[key] = (*entries, entry), longer
        self._begun.clear()

    def add_all(self, phrases: Iterable[str], entry: Entry) -> None:
        """Add several spellings of one entry."""
        for phrase in phrases:
            self.add(phrase, entry)

    def meanings(self, words: list[str]) -> tuple[Entry, ...]:
        """What a whole phrase means, given as folded words without hyphens and proclitics."""
        return self._phrases.get(" ".join(words), _NOTHING)[0]

    def scan(self, tokens: Tokens) -> list[Hit]:
        """Every phrase of the lexicon in the text, all lengths, in order of first token; linear in the text.

        A hyphen inside a phrase counts as a space (``جان-بيير``); a line break ends a phrase.
        """
        hits: list[Hit] = []
        begun, phrases, following = self._begun, self._phrases, _following(tokens)
        for index, word in enumerate(tokens.words):
            starts = begun.get(word)
            if starts is None:
                starts = self._starts(word)
            for start in starts:
                for entry in start.entries:
                    hits.append(Hit(index, index + 1, start.offset, start.fused, entry))  # noqa: PERF401 - mostly none
                if start.longer and ((after := following[index]) == "-" or start.longer + after in phrases):
                    self._add_longer(hits, following, index, start)
        return hits

    def _add_longer(self, hits: list[Hit], following: list[str], index: int, start: _Begun) -> None:
        """Add the phrases of two words and more that begin in a token, the shortest first."""
        at, longer = index, start.longer
        while longer:
            if following[at] == "-":
                at += 1
            entries, longer = self._phrases.get(longer + following[at], _NOTHING)
            at += 1
            for entry in entries:
                hits.append(Hit(index, at + 1, start.offset, start.fused, entry))  # noqa: PERF401 - mostly none

    def _starts(self, word: str) -> list[_Begun]:
        """What begins in a word by any way to read it; remembered, since texts repeat their words."""
        if len(self._begun) > _MEMO_LIMIT:
            self._begun.clear()
        phrases = self._phrases
        ways = list(readings(word)) if word[0] in _PROCLITICS else [(0, word, False)]
        found = [_Begun(offset, fused, *phrases[left]) for offset, left, fused in ways if left in phrases]
        if len(word) <= _LONGEST:
            self._begun[word] = found
        return found


def _following(tokens: Tokens) -> list[str]:
    """The word after each token in its line, "" where there is none; one more, as a hyphen may end the text."""
    following = [*tokens.words[1:], "", ""]
    for start in tokens.line_starts:
        if start:
            following[start - 1] = ""
    return following
