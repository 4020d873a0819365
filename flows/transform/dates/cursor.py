"""The tokens of a page with the time terms that begin at each: what every rule of the grammar reads."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, TypeVar, cast

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


def _longest_first(placed: Placed[Any]) -> tuple[int, int]:
    return -placed.end, placed.offset


def remembered(rule: Callable[[Cursor, int], Found | None]) -> Callable[[Cursor, int], Found | None]:
    """A rule that is worked out once at each token, however many others lean on it: it keeps the pass linear."""

    @wraps(rule)
    def look_up(cursor: Cursor, at: int) -> Found | None:
        if at not in cursor.begun:
            return None
        known = cursor.memo[rule]
        if at not in known:
            known[at] = rule(cursor, at)
        return known[at]

    return look_up


class Cursor:
    """Read access for the rules. Positions are token indices; nothing reads over a line break."""

    __slots__ = (
        "_continued", "_index", "_line_starts", "_lines", "_numeric", "_terms", "begun", "memo", "page", "vocabulary",
        "words",
    )  # fmt: skip

    def __init__(self, page: Page, vocabulary: TimeVocabulary) -> None:
        self.page = page
        self.vocabulary = vocabulary
        self.words = page.tokens.words
        self._line_starts = page.tokens.line_starts
        self.memo: dict[Callable[[Cursor, int], Found | None], dict[int, Found | None]] = defaultdict(dict)
        self._lines = sorted(self._line_starts)
        self._continued = [*self.words, "", ""]
        for at in self._lines:
            self._continued[at] = ""
        self._terms: dict[int, list[Placed[Any]]] = {}
        self._index: dict[type | str, dict[int, list[Placed[Any]]]] = defaultdict(dict)
        self._numeric = {i for i, word in enumerate(self.words) if word[0] in _DIGITS or word in ARTICLES}
        self.begun: set[int] = set()
        self._place_terms()

    def _place_terms(self) -> None:
        """Keep each term at its first token, by its class and its role, the longest before the others."""
        for hit in self.page.hits_of("time"):
            term = cast("Term", hit.entry.value)
            placed: Placed[Any] = Placed(term, hit.last, hit.offset)
            self._terms.setdefault(hit.first, []).append(placed)
            key = term.role if isinstance(term, WordTerm) else type(term)
            self._index[key].setdefault(hit.first, []).append(placed)
        for by_token in (self._terms, *self._index.values()):
            for found in by_token.values():
                found.sort(key=_longest_first)
        self._numeric.update(self._index[NumeralTerm])
        self.begun = self._numeric.union(self._terms)

    def starts(self) -> list[int]:
        """Tokens where an expression may begin: a term or a number."""
        return sorted(self.begun)

    def is_numeric(self, at: int) -> bool:
        """Whether a number can begin at a token: digits, a numeral, or the article before digits."""
        return at in self._numeric

    def begins(self, at: int) -> bool:
        """Whether any term or number begins at a token."""
        return at in self.begun

    def leads_on(self, at: int) -> bool:
        """Whether what stands after a number can make a time of it: a term, a mark or a word that joins."""
        return at in self._terms or self.word(at) in _LEADS

    def word(self, at: int) -> str:
        """The folded word that continues the one before it: '' at the end of the text and where a line begins."""
        try:
            return self._continued[at]
        except IndexError:
            return ""

    def own_word(self, at: int) -> str:
        """The folded word, wherever it stands; '' outside the text."""
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
            return found[0].offset
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
        for placed in self._index[kind].get(at, ()):
            if self.allows(at, placed.offset, proclitics):
                return placed
        return None

    def role(self, at: int, role: str, proclitics: str | None = "") -> Placed[WordTerm] | None:
        """The longest word of a role at a token; ``proclitics`` as in :meth:`term`."""
        for placed in self._index[role].get(at, ()):
            if self.allows(at, placed.offset, proclitics):
                return placed
        return None

    def terms_at(self, at: int) -> list[Placed[Any]]:
        """All terms at a token, longest first."""
        return self._terms.get(at, [])

    def terms_of(self, at: int, kind: type[T]) -> list[Placed[T]]:
        """All terms of one class at a token, longest first."""
        return self._index[kind].get(at, [])

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
        if at not in self._numeric:
            return None
        word = self.word(at) if after else self.words[at]
        return int(word) if word.isdecimal() and len(word) <= _MAX_NUMBER_DIGITS else None
