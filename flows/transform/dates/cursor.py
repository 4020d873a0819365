"""The tokens of a page with the time terms that begin at each: what every rule of the grammar reads."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, NamedTuple, TypeVar, cast

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
_LINKS = frozenset({"من", "و", "في", "الي", "والي", "حتي", "وحتي", "لغايه", "او", "ل", "لل", "الا", "علي", "عند"})
_MOST_LINKS = 5
"""Marks and these words may stand between a number and what makes a time of it."""
_MOST_KEPT = 5_000
"""Tokens whose readings are kept for the rules around them."""
_OUTSIDE = ("",) * 64
"""What stands behind the text: more of nothing than any rule looks ahead."""
DAY_DIGITS, YEAR_DIGITS = 2, 4
"""Digits a day, an hour or a month has at most, and a year exactly."""
ARTICLES = frozenset({"ال", "لل", "وال", "بال", "فال"})
"""The article before digits (``الـ24``), which the tatweel leaves a word of its own."""


class Found(NamedTuple):
    """What a rule found: a reading, the token after it, and the first one where that is not where the rule began."""

    reading: Reading
    end: int
    start: int | None = None
    offset: int | None = None
    """Characters of proclitics before the first token, where the term there does not tell."""


class Placed(NamedTuple, Generic[T]):
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
        known: dict[int, Found | None] = cursor.memo[rule]
        if at not in known:
            known[at] = rule(cursor, at)
        return known[at]

    return look_up


class Cursor:
    """Read access for the rules. Positions are token indices; nothing reads over a line break.

    Attributes:
        begun: the tokens an expression may begin at: those of terms and numbers.
        numeric: those a number may begin at.
        memo: what rules and readers of numbers found lately, by function and then by place.
        word: the folded word at a token as it continues the one before it: "" where a line begins and outside the text.
        begins, is_numeric: whether a token is among ``begun``, among ``numeric``.
        has_role: whether a word with a role begins at a token.
        begins_line: whether a token is the first of its line.
    """

    __slots__ = (
        "_kept_until", "_kinds", "_line_starts", "_lines", "_terms", "_worded", "begins", "begins_line", "begun",
        "has_role", "is_numeric", "memo", "numeric", "page", "vocabulary", "word", "words",
    )  # fmt: skip

    def __init__(self, page: Page, vocabulary: TimeVocabulary) -> None:
        self.page = page
        self.vocabulary = vocabulary
        self.words = page.tokens.words
        self._line_starts = page.tokens.line_starts
        self.memo: dict[Callable[..., Any], dict[Any, Any]] = defaultdict(dict)
        self._lines = sorted(self._line_starts)
        self._kept_until = _MOST_KEPT
        continued = [*self.words, *_OUTSIDE]
        for at in self._lines:
            continued[at] = ""
        self._terms: dict[int, list[Placed[Any]]] = {}
        self._kinds: dict[int, dict[type | str, list[Placed[Any]]]] = {}
        self._worded: set[int] = set()
        self.numeric = self._numbers()
        self._place_terms()
        self.begun = self.numeric.union(self._terms)
        # asked a hundred times an expression: the containers answer in half the time of methods
        self.word: Callable[[int], str] = continued.__getitem__
        self.begins: Callable[[int], bool] = self.begun.__contains__
        self.is_numeric: Callable[[int], bool] = self.numeric.__contains__
        self.has_role: Callable[[int], bool] = self._worded.__contains__
        self.begins_line: Callable[[int], bool] = self._line_starts.__contains__

    def _numbers(self) -> set[int]:
        """The tokens a number in digits can begin at: the digits, and the article before them."""
        numbers = {at for at in self.page.tokens.numbers if self.words[at][0] in _DIGITS}
        led = {at - 1 for at in numbers if at and at not in self._line_starts and self.words[at - 1] in ARTICLES}
        return numbers | led

    def _place_terms(self) -> None:
        """Keep each term at its first token, by its class and its role, the longest before the others."""
        for hit in self.page.hits_of("time"):
            term = cast("Term", hit.entry.value)
            self._terms.setdefault(hit.first, []).append(Placed(term, hit.last, hit.offset))
        for at, found in self._terms.items():
            if len(found) > 1:
                found.sort(key=_longest_first)
            kinds = self._kinds[at] = {}
            for placed in found:
                term = placed.term
                if isinstance(term, WordTerm):
                    kinds.setdefault(term.role, []).append(placed)
                    self._worded.add(at)
                else:
                    kinds.setdefault(type(term), []).append(placed)
            if NumeralTerm in kinds:
                self.numeric.add(at)

    def starts(self) -> list[int]:
        """Tokens where an expression may begin: a term or a number."""
        return sorted(self.begun)

    def enter(self, at: int) -> None:
        """Come to a token: now and then what was found before it is forgotten, as nothing reads it again.

        In a document of a megabyte it would crowd the caches of the processor: finding took half as long again.
        """
        if at >= self._kept_until:
            self.memo.clear()
            self._kept_until = at + _MOST_KEPT

    def leads_on(self, at: int) -> bool:
        """Whether what stands after a number can make a time of it: a term, or marks and joining words before one."""
        if at in self._terms:
            return True
        for here in range(at, at + _MOST_LINKS):
            word = self.word(here)
            if not word or word == "%" or (word.isalnum() and word not in _LINKS):
                return False
            if here + 1 in self.begun:
                return True
        return False

    def is_day_number(self, at: int) -> bool:
        """Whether digits stand right before a month, which no other rule than that of days begins with."""
        behind = self._kinds.get(at + 1)
        if behind is None or len(behind) > 1 or MonthTerm not in behind or at in self._terms:
            return False
        return not behind[MonthTerm][0].offset and len(self.words[at]) <= DAY_DIGITS and not self.begins_line(at + 1)

    def own_word(self, at: int) -> str:
        """The folded word, wherever it stands; '' outside the text."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def original_letter(self, at: int) -> str:
        """The first letter of a token as the text writes it, before folding."""
        return self.page.text[self.page.span(at, at + 1)[0]]

    def line_of(self, at: int) -> int:
        """The first token of the line a token is in."""
        return self._lines[bisect_right(self._lines, at) - 1]

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
        kinds = self._kinds.get(at)
        if kinds is None or kind not in kinds:
            return None
        for placed in kinds[kind]:
            if proclitics is None or self.allows(at, placed.offset, proclitics):
                return placed
        return None

    def role(self, at: int, role: str, proclitics: str | None = "") -> Placed[WordTerm] | None:
        """The longest word of a role at a token; ``proclitics`` as in :meth:`term`."""
        kinds = self._kinds.get(at)
        if kinds is None or role not in kinds:
            return None
        for placed in kinds[role]:
            if proclitics is None or self.allows(at, placed.offset, proclitics):
                return placed
        return None

    def terms_at(self, at: int) -> list[Placed[Any]]:
        """All terms at a token, longest first."""
        return self._terms.get(at, [])

    def terms_of(self, at: int, kind: type[T]) -> list[Placed[T]]:
        """All terms of one class at a token, longest first."""
        kinds = self._kinds.get(at)
        return kinds.get(kind, []) if kinds is not None else []

    def allows(self, at: int, offset: int, proclitics: str | None) -> bool:
        """Whether the letters before a term in its word may stand there; see :meth:`term`."""
        if proclitics is None:
            return True
        if at in self._line_starts:
            return False
        return not offset or not self.words[at][:offset].strip(proclitics)

    def width(self, at: int) -> int:
        """How many characters a folded token has."""
        return len(self.words[at])

    def digits(self, at: int, *, after: bool = True) -> int | None:
        """The value of a number token, None for anything else."""
        if at not in self.numeric:
            return None
        word = self.word(at) if after else self.words[at]
        return int(word) if word.isdecimal() and len(word) <= _MAX_NUMBER_DIGITS else None
