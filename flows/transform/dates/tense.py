"""Whether what a time expression stands in lies ahead: future cues and verbs of its sentence."""

from __future__ import annotations

from typing import Final

from flows.transform.dates.cursor import Cursor
from flows.transform.dates.readings import (
    Clock,
    Daypart,
    Duration,
    HolidayOn,
    Nth,
    Part,
    Range,
    Reading,
    Share,
    WeekdayIn,
    Ymd,
)
from flows.transform.dates.vocabulary import TimeVocabulary

_NEAR: Final = 10
_LOOK_AHEAD: Final = 4
"""Words: so far a cue reaches whatever stands between, and so far one is looked for behind an expression."""
_SENTENCE_ENDS: Final = frozenset({".", "!", "?", "؟", "؛"})
_PERSONS: Final = ("سي", "ست", "سن")
"""How a future verb begins: سـ and the sign of its person; سأ folds to سا and is left out, too many nouns have it."""
_SHORTEST_FUTURE: Final = 4


class Tense:
    """Follows the cues through a page once, from line to line; expressions are asked about in text order."""

    __slots__ = ("_at", "_cue", "_cursor", "_narrated", "_near_cue", "_roles", "_sentence")

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._roles: dict[str, str] = {}
        self._at = self._sentence = 0
        self._cue = self._near_cue = self._narrated = -1

    def is_future(self, first: int, last: int, reading: Reading) -> bool:
        """Whether an expression of tokens ``first:last`` lies ahead by the words of its sentence.

        A future verb holds to the end of its sentence, unless a clause about the past begins after it; weaker cues
        (``بحلول``, ``تأجيل``, ``تقام``) hold for a few words. Where nothing stands before, the words right behind tell.
        """
        if not _wants_direction(reading) or self._cursor.role(first, "since", None) is not None:
            return False  # منذ يوم السبت begins in the past, whatever goes on now
        self._read_up_to(first)
        if self._cue >= self._sentence and (first - self._cue <= _NEAR or self._narrated < self._cue):
            return True
        if self._near_cue >= self._sentence and first - self._near_cue <= _NEAR:
            return True
        if first > self._sentence:
            return False
        if _is_short(reading) and not self._cursor.word(last):
            return True  # alone in its line it is no part of a story
        behind = [self._cursor.word(at) for at in range(last, last + _LOOK_AHEAD)]
        return any(_role_of(self._cursor.vocabulary, word) in {"cue", "near"} for word in behind)

    def _read_up_to(self, first: int) -> None:
        """Move to an expression, from its line or from where the last one was asked about."""
        words, vocabulary = self._cursor.words, self._cursor.vocabulary
        line = self._cursor.line_of(first)
        self._at = max(self._at, line)
        self._sentence = max(self._sentence, line)
        for at in range(self._at, first):
            word = words[at]
            role = self._roles.get(word)
            if role is None:
                role = self._roles[word] = _role_of(vocabulary, word)
            if role == "end":
                self._sentence = at + 1
            elif role == "cue":
                self._cue = at
            elif role == "near":
                self._near_cue = at
            elif role == "narrated":
                self._narrated = at
        self._at = max(self._at, first)


def _role_of(vocabulary: TimeVocabulary, word: str) -> str:
    """What a folded word says of tense: ``cue`` (of the table, or a future verb by its shape), ``near`` and so on."""
    bare = word[1:] if word[:1] in {"و", "ف"} and len(word) > 1 else word
    if word in vocabulary.future or bare in vocabulary.future:
        return "cue"
    if bare.startswith(_PERSONS) and len(bare) >= _SHORTEST_FUTURE and not _is_noun(vocabulary, bare):
        return "cue"
    if bare in vocabulary.near_future:
        return "near"
    if bare in vocabulary.narrated:
        return "narrated"
    return "end" if word in _SENTENCE_ENDS else ""


def _is_noun(vocabulary: TimeVocabulary, word: str) -> bool:
    """Whether a word that begins as a future verb does is a noun: ``سيارات``, ``ستون``, but not ``سترتفع``."""
    return word in vocabulary.not_future_words or word.startswith(vocabulary.not_future)


def _is_short(reading: Reading) -> bool:
    """Whether a reading is an amount of time, or hours of a day that is not named."""
    match reading:
        case Duration() | Clock() | Range(first=Clock(base=None), last=Clock(base=None)):
            return True
        case _:
            return False


def _wants_direction(reading: Reading) -> bool:
    """Whether tense can decide where a reading lies."""
    match reading:
        case WeekdayIn(steps=None, base=None) | Duration(sign=1) | HolidayOn(year=None, steps=None) | Clock(base=None):
            return True
        case Ymd(year=None, steps=None, base=None):
            return True
        case Part(base=base) | Nth(base=base) | Share(base=base):
            return _wants_direction(base)
        case Clock(base=base) | Daypart(base=base):
            return base is not None and _wants_direction(base)
        case Range(last=last):
            return _wants_direction(last)
        case _:
            return False
