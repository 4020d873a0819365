"""The tokens of a page with the time terms that begin at each: what every rule of the grammar reads."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import Any, Final, Generic, TypeVar

from flows.transform.dates.readings import Reading, Vague
from flows.transform.dates.vocabulary import (
    HolidayTerm,
    MonthTerm,
    NumeralTerm,
    TimeVocabulary,
    UnitTerm,
    WeekdayTerm,
    WordTerm,
)
from flows.transform.page import Page

T = TypeVar("T", MonthTerm, WeekdayTerm, UnitTerm, NumeralTerm, HolidayTerm, WordTerm)
_MAX_NUMBER_DIGITS: Final = 9
_JOINS: Final = frozenset("/-.,+:")
_DIGITS: Final = frozenset("0123456789")
_LINKS = frozenset({"من", "و", "في", "الي", "والي", "حتي", "وحتي", "لغايه", "او", "ل", "لل", "الا", "علي", "عند"})
_NO_TERMS: Final[list[Placed[Any]]] = []
_MOST_LINKS: Final = 5
"""Marks and these words may stand between a number and what makes a time of it."""
_MOST_KEPT: Final = 5_000
"""Tokens whose readings are kept for the rules around them."""
_OUTSIDE: Final = [""] * 64
"""What stands behind the text: more of nothing than any rule looks ahead."""
DAY_DIGITS: Final = 2
YEAR_DIGITS: Final = 4
"""Digits a day, an hour or a month has at most, and a year exactly."""
ARTICLES: Final = frozenset({"ال", "لل", "وال", "بال", "فال"})
"""The article before digits (``الـ24``), which the tatweel leaves a word of its own."""


class Found:
    """What a rule found: a reading, the token after it, and the first one where that is not where the rule began.

    ``offset`` is the characters of proclitics before the first token, where the term there does not tell.
    """

    __slots__ = ("end", "offset", "reading", "start")

    def __init__(self, reading: Reading, end: int, start: int | None = None, offset: int | None = None) -> None:
        self.reading = reading
        self.end = end
        self.start = start
        self.offset = offset


UNREAD: Final = Found(Vague(), -1)
"""Stands for what a rule finds at a token where nobody asked it yet."""


class Placed(Generic[T]):
    """One term in the text: the token after it, and how many characters of proclitics stand before it."""

    __slots__ = ("end", "offset", "term")

    def __init__(self, term: T, end: int, offset: int) -> None:
        self.term: T = term
        self.end = end
        self.offset = offset


_by_offset = attrgetter("offset")
_by_end = attrgetter("end")


class Cursor:
    """Read access for the rules. Positions are token indices; nothing reads over a line break.

    Attributes:
        begun: the tokens an expression may begin at: those of terms and numbers.
        numeric: those a number may begin at.
    """

    __slots__ = (
        "_continued", "_kept_until", "_known", "_line_starts", "_lines", "_terms", "begun", "numeric", "page",
        "vocabulary", "words",
    )  # fmt: skip

    def __init__(self, page: Page, vocabulary: TimeVocabulary) -> None:
        self.page = page
        self.vocabulary = vocabulary
        self.words = page.tokens.words
        self._line_starts = page.tokens.line_starts
        self._known: dict[str, dict[int, Found | None]] = {}
        self._lines = sorted(self._line_starts)
        self._kept_until = _MOST_KEPT
        self._continued = self.words + _OUTSIDE
        for at in self._lines:
            self._continued[at] = ""
        self._terms: dict[int, list[Placed[Any]]] = {}
        self.numeric = self._numbers()
        self._place_terms()
        self.begun = self.numeric.union(self._terms)

    def _numbers(self) -> set[int]:
        """The tokens a number in digits can begin at: the digits, and the article before them."""
        numbers = {at for at in self.page.tokens.numbers if self.words[at][0] in _DIGITS}
        led = {at - 1 for at in numbers if at and at not in self._line_starts and self.words[at - 1] in ARTICLES}
        return numbers | led

    def _place_terms(self) -> None:
        """Keep each term at its first token, the longest before the others."""
        for hit in self.page.hits_of("time"):
            term: Any = hit.entry.value
            placed: Placed[Any] = Placed(term, hit.last, hit.offset)
            others = self._terms.get(hit.first)
            if others is None:
                self._terms[hit.first] = [placed]
            else:
                others.append(placed)
                others.sort(key=_by_offset)
                others.sort(key=_by_end, reverse=True)
            if isinstance(term, NumeralTerm):
                self.numeric.add(hit.first)

    def word(self, at: int) -> str:
        """The folded word at a token as it continues the one before it: "" where a line begins and outside the text."""
        return self._continued[at]

    def begins(self, at: int) -> bool:
        """Whether an expression may begin at a token."""
        return at in self.begun

    def is_numeric(self, at: int) -> bool:
        """Whether a number may begin at a token."""
        return at in self.numeric

    def has_role(self, at: int) -> bool:
        """Whether a word with a role begins at a token."""
        return any(isinstance(placed.term, WordTerm) for placed in self.terms_at(at))

    def begins_line(self, at: int) -> bool:
        """Whether a token is the first of its line."""
        return at in self._line_starts

    def recall(self, rule: str, at: int) -> Found | None:
        """What a rule found at a token, None where none can begin; :data:`UNREAD` where it was not asked yet.

        However many rules lean on it, it is worked out once at each token: that keeps the pass linear.
        """
        if at not in self.begun:
            return None
        known = self._known.get(rule)
        return known.get(at, UNREAD) if known is not None else UNREAD

    def keep(self, rule: str, at: int, found: Found | None) -> Found | None:
        """Keep what a rule found at a token for those who ask again."""
        known = self._known.get(rule)
        if known is None:
            self._known[rule] = {at: found}
        else:
            known[at] = found
        return found

    def starts(self) -> list[int]:
        """Tokens where an expression may begin: a term or a number."""
        return sorted(self.begun)

    def enter(self, at: int) -> None:
        """Come to a token: now and then what was found before it is forgotten, as nothing reads it again.

        In a document of a megabyte it would crowd the caches of the processor: finding took half as long again.
        """
        if at >= self._kept_until:
            self._known.clear()
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
        behind = self._terms.get(at + 1)
        if behind is None or at in self._terms or not all(isinstance(placed.term, MonthTerm) for placed in behind):
            return False
        return not behind[0].offset and len(self.words[at]) <= DAY_DIGITS and not self.begins_line(at + 1)

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
        for placed in self.terms_at(at):
            if type(placed.term) is kind and (proclitics is None or self.allows(at, placed.offset, proclitics)):
                return placed
        return None

    def role(self, at: int, role: str, proclitics: str | None = "") -> Placed[WordTerm] | None:
        """The longest word of a role at a token; ``proclitics`` as in :meth:`term`."""
        for placed in self.terms_at(at):
            term = placed.term
            is_such = isinstance(term, WordTerm) and term.role == role
            if is_such and (proclitics is None or self.allows(at, placed.offset, proclitics)):
                return placed
        return None

    def terms_at(self, at: int) -> list[Placed[Any]]:
        """All terms at a token, longest first."""
        return self._terms.get(at, _NO_TERMS)

    def terms_of(self, at: int, kind: type[T]) -> list[Placed[T]]:
        """All terms of one class at a token, longest first."""
        return [placed for placed in self.terms_at(at) if type(placed.term) is kind]

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
