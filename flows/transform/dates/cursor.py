"""The tokens of a page with the time terms that begin at each: what every rule of the grammar reads."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Generic, TypeVar, cast

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
_LEADS = frozenset({"/", "-", ":", ".", "(", "،", "من", "و", "في", "الي", "حتي", "ل", "لل"})
DAY_DIGITS, YEAR_DIGITS = 2, 4
"""Digits a day, an hour or a month has at most, and a year exactly."""
ARTICLES = frozenset({"ال", "لل", "وال", "بال", "فال"})
"""The article before digits (``الـ24``), which the tatweel leaves a word of its own."""


_Term = tuple[int, int, Term]
_Word = tuple[int, int, WordTerm]


def _longest_first(placed: _Term | _Word) -> tuple[int, int]:
    return -placed[0], placed[1]


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
        known = cursor.memo[rule]
        if at not in known:
            known[at] = rule(cursor, at)
        return known[at]

    return look_up


class Cursor:
    """Read access for the rules. Positions are token indices; nothing reads over a line break."""

    __slots__ = ("_line_starts", "_lines", "_numeric", "_roles", "_terms", "memo", "page", "vocabulary", "words")

    def __init__(self, page: Page, vocabulary: TimeVocabulary) -> None:
        self.page = page
        self.vocabulary = vocabulary
        self.words = page.tokens.words
        self._line_starts = page.tokens.line_starts
        self.memo: dict[Callable[[Cursor, int], Found | None], dict[int, Found | None]] = defaultdict(dict)
        self._lines = sorted(self._line_starts)
        self._terms: dict[int, list[_Term]] = {}
        self._roles: dict[int, dict[str, list[_Word]]] = {}
        self._numeric = {i for i, word in enumerate(self.words) if word[0] in _DIGITS or word in ARTICLES}
        for hit in page.hits_of("time"):
            self._place(hit.first, hit.last, hit.offset, cast("Term", hit.entry.value))

    def _place(self, first: int, end: int, offset: int, term: Term) -> None:
        """Keep a term at its first token, the longest before the others."""
        found = self._terms.setdefault(first, [])
        found.append((end, offset, term))
        found.sort(key=_longest_first)
        if isinstance(term, NumeralTerm):
            self._numeric.add(first)
        elif isinstance(term, WordTerm):
            words = self._roles.setdefault(first, {}).setdefault(term.role, [])
            words.append((end, offset, term))
            words.sort(key=_longest_first)

    def starts(self) -> list[int]:
        """Tokens where an expression may begin: a term or a number."""
        return sorted(self._numeric.union(self._terms))

    def is_numeric(self, at: int) -> bool:
        """Whether a number can begin at a token: digits, a numeral, or the article before digits."""
        return at in self._numeric

    def leads_on(self, at: int) -> bool:
        """Whether what stands after a number can make a time of it: a term, a mark or a word that joins."""
        return at in self._terms or self.word(at) in _LEADS

    def word(self, at: int, *, after: bool = True) -> str:
        """The folded word, '' at the end of the text and, for a word that continues another, at a line's start."""
        if after and at in self._line_starts:
            return ""
        return self.words[at] if 0 <= at < len(self.words) else ""

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
        words = self._roles.get(at)
        if words is not None and role in words:
            for end, offset, term in words[role]:
                if self.allows(at, offset, proclitics):
                    return Placed(term, end, offset)
        return None

    def terms_at(self, at: int) -> list[tuple[int, int, Term]]:
        """All terms at a token, longest first, as (end, offset, term)."""
        return self._terms.get(at, [])

    def allows(self, at: int, offset: int, proclitics: str | None) -> bool:
        """Whether the letters before a term in its word may stand there; see :meth:`term`."""
        if proclitics is None:
            return True
        if at in self._line_starts:
            return False
        return not offset or all(c in proclitics for c in self.words[at][:offset])

    def width(self, at: int) -> int:
        """How many characters a folded token has."""
        return len(self.words[at])

    def digits(self, at: int, *, after: bool = True) -> int | None:
        """The value of a number token, None for anything else."""
        word = self.word(at, after=after)
        return int(word) if word.isdecimal() and len(word) <= _MAX_NUMBER_DIGITS else None
