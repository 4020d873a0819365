"""Names that borrow a word of time: papers, people, streets (``شارع 26 يوليو``). No time is read in them."""

from __future__ import annotations

from typing import Final

from flows.transform.dates.vocabulary import MonthTerm, NumeralTerm, TimeVocabulary, WordTerm
from flows.transform.lexicon import Category, Hit
from flows.transform.names.gazetteer import ListedName
from flows.transform.page import Page
from flows.transform.sources.cues import SourceName

_BORROWING_KINDS: Final = frozenset({"organisation", "person", "place"})
"""Events are named after their day (``هجوم 7 أكتوبر``): there the day is a time."""
_DAY_WORDS = frozenset({"يوم", "بتاريخ", "حرب", "ذكري", "الموافق", "فجر", "ليله", "صباح", "مساء", "نصر", "انتصارات"})
"""Behind one of them a town's name is the day it is called after."""
_CUES: Final = frozenset({"الماضي", "المقبل", "القادم", "الجاري", "الفائت", "المنصرم"})
_RUNS_ON: Final = frozenset({"من", "علي", "للحرب", "للعدوان"})
_NAMED: Final[tuple[Category, ...]] = ("entity", "source")
_PROCLITICS: Final = "وفبكل"
_LONGEST_DAY: Final = 4
_YEAR_DIGITS: Final = 4
"""Words of a day before its month: ``الحادي والعشرين من``, and digits of a year."""
_MARKS_BEFORE: Final = frozenset({"", ":", "-", "/", "|", "+", "(", "[", '"', "«", "“"})


def borrowed_tokens(page: Page, vocabulary: TimeVocabulary, begun: set[int]) -> set[int]:
    """The tokens of a page inside names that only sound like a time, which may begin at one of ``begun``."""
    tokens = _places_called_after_days(page, vocabulary)
    for hit in page.hits_of("time"):
        term = hit.entry.value
        if isinstance(term, WordTerm) and _is_name_of_time(page, hit, term.role, vocabulary):
            tokens.update(range(hit.first, hit.last))
    for category in _NAMED:
        for hit in page.hits_of(category):
            inside = range(hit.first, hit.last)
            if hit.last - hit.first > 1 and any(at in begun for at in inside) and _is_name(page, hit, vocabulary):
                tokens.update(inside)
    return tokens


def _is_name_of_time(page: Page, hit: Hit, role: str, vocabulary: TimeVocabulary) -> bool:
    """Whether a phrase with a word of time is a name here."""
    if role == "outlet":
        return _stands_as_outlet(page, hit, vocabulary)
    return role == "name" or (role == "place_day" and not _is_a_day_after_all(page, hit))


def _is_name(page: Page, hit: Hit, vocabulary: TimeVocabulary) -> bool:
    """Whether a listed name of several words is one here: ``بغداد اليوم`` is not wherever it stands."""
    value = hit.entry.value
    if isinstance(value, ListedName):
        if value.entity.kind not in _BORROWING_KINDS:
            return False
        is_sure = value.use != "guarded"
    else:
        is_sure = isinstance(value, SourceName) and not value.credit_only
    return (is_sure or _stands_as_outlet(page, hit, vocabulary)) and not _is_in_a_row(page, hit)


def _places_called_after_days(page: Page, vocabulary: TimeVocabulary) -> set[int]:
    """The tokens of days that streets, towns, clubs and movements are called after: ``جامعة 8 ماي 1945``."""
    words, starts, tokens = page.tokens.words, page.tokens.line_starts, set[int]()
    hits = page.hits_of("time")
    months = [hit for hit in hits if isinstance(hit.entry.value, MonthTerm)]
    numerals = {hit.first for hit in hits if isinstance(hit.entry.value, NumeralTerm)} if months else set[int]()
    for month in months:
        first = month.first
        earliest = max(0, first - _LONGEST_DAY)
        while first > earliest and first not in starts and (
            words[first - 1].isdecimal() or words[first - 1] == "من" or first - 1 in numerals
        ):  # fmt: skip
            first -= 1
        head = words[first - 1] if first < month.first and first not in starts else ""
        if head in vocabulary.named_after or (head[:1] in _PROCLITICS and head[1:] in vocabulary.named_after):
            has_year = month.last < len(words) and month.last not in starts and _is_year(words[month.last])
            tokens.update(range(first, month.last + has_year))
    return tokens


def _is_in_a_row(page: Page, hit: Hit) -> bool:
    """Whether what sounds like a paper is a day: ``لليوم السابع على التوالي``."""
    return page.tokens.words[hit.last : hit.last + 2] == ["علي", "التوالي"]


def _is_year(word: str) -> bool:
    return word.isdecimal() and len(word) == _YEAR_DIGITS


def _is_a_day_after_all(page: Page, hit: Hit) -> bool:
    """Whether such a name is a day here: ``حرب العاشر من رمضان``, ``السادس من أكتوبر 1973``, ``اليوم السابع من``."""
    words, starts = page.tokens.words, page.tokens.line_starts
    if hit.first not in starts and words[hit.first - 1] in _DAY_WORDS:
        return True
    if hit.last >= len(words) or hit.last in starts:
        return False
    return _is_year(words[hit.last]) or words[hit.last] in _CUES or words[hit.last] in _RUNS_ON


def _stands_as_outlet(page: Page, hit: Hit, vocabulary: TimeVocabulary) -> bool:
    """Whether an outlet stands here: after a word that calls for one, ل or a mark, not ``شهدت بغداد اليوم``."""
    words, starts = page.tokens.words, page.tokens.line_starts
    if "ل" in words[hit.first][: hit.offset]:
        return True
    before = "" if hit.first in starts else words[hit.first - 1]
    if before in vocabulary.outlet_leads or before[1:] in vocabulary.outlet_leads:
        return True
    after = "" if hit.last in starts or hit.last >= len(words) else words[hit.last]
    return before in _MARKS_BEFORE and not after[:1].isalnum()
