"""The tokens of a page with the time terms that begin at each: what every rule of the grammar reads."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Generic, TypeVar

from flows.transform.dates.readings import Reading
from flows.transform.dates.vocabulary import (
    HolidayTerm,
    MonthTerm,
    NumeralTerm,
    Term,
    TimeVocabulary,
    UnitTerm,
    WeekdayTerm,
    WordTerm,
)
from flows.transform.page import Page

T = TypeVar("T", MonthTerm, WeekdayTerm, UnitTerm, NumeralTerm, HolidayTerm, WordTerm)
_MAX_NUMBER_DIGITS = 9
_JOINS = frozenset("/-.,+:")
_DIGITS = frozenset("0123456789")
DAY_DIGITS, YEAR_DIGITS = 2, 4
"""Digits a day, an hour or a month has at most, and a year exactly."""
ARTICLES = frozenset({"ال", "لل", "وال", "بال", "فال"})
"""The article before digits (``الـ24``), which the tatweel leaves a word of its own."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: a reading, the token after it, and the first one where that is not where the rule began."""

    reading: Reading
    end: int
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """One term in the text: the token after it, and how many characters of proclitics stand before it."""

    term: T
    end: int
    offset: int


def remembered(rule: Callable[[Cursor, int], Found | None]) -> Callable[[Cursor, int], Found | None]:
    """A rule that is worked out once at each token, however many others lean on it: it keeps the pass linear."""

    @wraps(rule)
    def look_up(cursor: Cursor, at: int) -> Found | None:
        known = cursor.memo.setdefault(rule, {})
        if at not in known:
            known[at] = rule(cursor, at)
        return known[at]

    return look_up


class Cursor:
    """Read access for the rules. Positions are token indices; nothing reads over a line break."""

    __slots__ = ("_line_starts", "_lines", "_terms", "memo", "page", "vocabulary", "words")

    def __init__(self, page: Page, vocabulary: TimeVocabulary) -> None:
        self.page = page
        self.vocabulary = vocabulary
        self.words = page.tokens.words
        self._line_starts = page.tokens.line_starts
        self.memo: dict[Callable[[Cursor, int], Found | None], dict[int, Found | None]] = {}
        self._lines = sorted(self._line_starts)
        self._terms: dict[int, list[tuple[int, int, Term]]] = {}
        for hit in page.hits_of("time"):
            # fused لل opens ال again: the phrase counts from the first letter, as the gold spans do
            self._terms.setdefault(hit.first, []).append((hit.last, hit.offset, hit.entry.value))  # type: ignore[arg-type]
        for found in self._terms.values():
            found.sort(key=lambda item: (-item[0], item[1]))

    def starts(self) -> list[int]:
        """Tokens where an expression may begin: a term or a number."""
        terms = self._terms
        return [
            i for i, word in enumerate(self.words) if i in terms or word[0] in _DIGITS or self._joins_number(i, word)
        ]

    def word(self, at: int, *, after: bool = True) -> str:
        """The folded word, '' at the end of the text and, for a word that continues another, at a line's start."""
        if at < 0 or at >= len(self.words) or (after and at in self._line_starts):
            return ""
        return self.words[at]

    def original_letter(self, at: int) -> str:
        """The first letter of a token as the text writes it, before folding."""
        return self.page.text[self.page.span(at, at + 1)[0]]

    def line_of(self, at: int) -> int:
        """The first token of the line a token is in."""
        return self._lines[bisect_right(self._lines, at) - 1]

    def begins_line(self, at: int) -> bool:
        """Whether a token is the first of its line."""
        return at in self._line_starts

    def offset(self, at: int) -> int:
        """How many characters of proclitics stand before the longest term at a token; 0 for a number."""
        found = self._terms.get(at)
        if found:
            return found[0][1]
        return 1 if self.words[at] in ARTICLES and self.words[at][0] in "وفب" else 0

    def _joins_number(self, at: int, word: str) -> bool:
        return word in ARTICLES and at + 1 < len(self.words) and self.words[at + 1][0] in _DIGITS

    def touches(self, at: int) -> bool:
        """Whether nothing stands between token ``at`` and the next."""
        return self.page.tokens.adjacent(at)

    def continues_number(self, at: int) -> bool:
        """Whether a number is the tail of a longer one, as in 1.2.3, 10:30 or +966-50."""
        return at > 0 and at not in self._line_starts and self.touches(at - 1) and self.words[at - 1] in _JOINS

    def term(self, at: int, kind: type[T], proclitics: str | None = "") -> Placed[T] | None:
        """The longest term of a kind at a token.

        Args:
            at: token index.
            kind: the class of term.
            proclitics: which letters may stand before it in the word; None for any, '' for none.
        """
        for end, offset, term in self._terms.get(at, ()):
            if isinstance(term, kind) and self.allows(at, offset, proclitics):
                return Placed(term, end, offset)
        return None

    def role(self, at: int, role: str, proclitics: str | None = "") -> Placed[WordTerm] | None:
        """The longest word of a role at a token; ``proclitics`` as in :meth:`term`."""
        for end, offset, term in self._terms.get(at, ()):
            if isinstance(term, WordTerm) and term.role == role and self.allows(at, offset, proclitics):
                return Placed(term, end, offset)
        return None

    def terms_at(self, at: int) -> list[tuple[int, int, Term]]:
        """All terms at a token, longest first, as (end, offset, term)."""
        return self._terms.get(at, [])

    def allows(self, at: int, offset: int, proclitics: str | None) -> bool:
        """Whether the letters before a term in its word may stand there; see :meth:`term`."""
        if proclitics is None:
            return True
        return at not in self._line_starts and all(c in proclitics for c in self.words[at][:offset])

    def width(self, at: int) -> int:
        """How many characters a folded token has."""
        return len(self.words[at])

    def digits(self, at: int, *, after: bool = True) -> int | None:
        """The value of a number token, None for anything else."""
        word = self.word(at, after=after)
        return int(word) if word.isdigit() and len(word) <= _MAX_NUMBER_DIGITS else None
