"""Lines that only their shape explains: stamps, captions with a credit, agencies alone, menus, counters."""

from __future__ import annotations

import re
from typing import Final

from flows.transform.dates.vocabulary import MonthTerm
from flows.transform.page import Page
from flows.transform.segments.coverage import covered_cue, covered_place_or_time, covered_tokens
from flows.transform.segments.cues import FoundCue
from flows.transform.segments.lines import Line
from flows.values import SegmentKind

_STAMP_WORDS: Final = 20
_CREDIT_LINE: Final = 8
_INSIDE_LINE: Final = 30
_CAPTION_WORDS: Final = 60
_COUNTER_WORDS: Final = 8
_BRACKET_TOKENS: Final = 14
_WIDE_GAP: Final = re.compile(r"\S[ \u00a0]{3}")
_TICKER_GAPS: Final = 4
_ADDRESS_MARKS: Final = ("http://", "https://", "www.", "@")
_LATIN: Final = re.compile(r"[A-Za-z]")
_BARS: Final = "|•»›"
_LEAST_BARS: Final = 2
_BAR_WORDS: Final = 3
_BAR_ITEM: Final = 4
_TRAIL_MARKS: Final = frozenset("»«›‹><←")
_SPACED_MARKS: Final = frozenset("/-|•\\")
_DATE_NUMBERS: Final = 3
_YEARS: Final = range(1300, 2101)
_RIGHTS: Final = "©"


def shape_kind(page: Page, line: Line, cues: list[FoundCue]) -> SegmentKind | None:
    """The kind a line without a cue has by its shape; None where only its place on the page can tell."""
    surface = page.text[line.start : line.end]
    if line.words and 2 * line.marks.count("#") >= line.words:
        return "keywords"
    if _has_wide_gaps(surface):
        return "related"
    if not line.has_bullet and is_stamp(page, line):
        return "dateline"
    if _is_site_line(page, line, surface):
        return "boilerplate"
    if line.marks and is_credited_caption(page, line, cues):
        return "caption"
    return "navigation" if _is_menu_bar(page, line) else _credit_kind(page, line) or _trail_kind(page, line)


def _has_wide_gaps(surface: str) -> bool:
    """``خبر    خبر    خبر``: a ticker, whose items stand far apart."""
    may_have = "   " in surface or "\u00a0" in surface
    return may_have and len(_WIDE_GAP.findall(surface)) >= _TICKER_GAPS


def _is_site_line(page: Page, line: Line, surface: str) -> bool:
    """No word at all, an address, a counter of days, or a rights notice with its year."""
    if not line.words or _is_address(surface) or _is_day_counter(page, line):
        return True
    words = page.tokens.words
    return words[line.first] == _RIGHTS and any(map(_is_year, words[line.first : line.last]))


def _is_address(surface: str) -> bool:
    """A web or mail address alone in its line."""
    return " " not in surface and any(mark in surface for mark in _ADDRESS_MARKS) and len(surface.split()) == 1


def _is_day_counter(page: Page, line: Line) -> bool:
    """``... - اليوم 397``: a banner that counts days says nothing of the article."""
    if not line.has_number or line.words > _COUNTER_WORDS or line.last - line.first <= 1:
        return False
    before, number = page.tokens.words[line.last - 2 : line.last]
    return before == "اليوم" and number.isdigit()


def _is_menu_bar(page: Page, line: Line) -> bool:
    """``الدوري السعودي | دوري أبطال أوروبا | فيديو``: short items between bars."""
    bars = sum([line.marks.count(bar) for bar in _BARS]) if len(line.marks) >= _LEAST_BARS else 0
    if bars < _LEAST_BARS or line.ends_sentence or line.words > _BAR_WORDS * (bars + 1):
        return False
    run = 0
    for word in page.tokens.words[line.first : line.last]:
        run = 0 if word in _BARS else run + word.isalpha()
        if run > _BAR_ITEM:
            return False
    return True


def is_trail(page: Page, line: Line) -> bool:
    """Whether a line that begins with a page of the site is the way to this one: ``الرئيسية / اقتصاد / نفط``.

    Arrows always lead on; a slash, dash or bar does with spaces around it and a few words between two of them.
    """
    if not _TRAIL_MARKS.isdisjoint(line.marks):
        return True
    marks = sum(_parts_items(page, at) for at in range(line.first, line.last))
    is_short = line.words <= (_BAR_WORDS if marks < _LEAST_BARS else _BAR_WORDS * (marks + 1))
    return marks > 0 and is_short and not line.ends_sentence


def _trail_kind(page: Page, line: Line) -> SegmentKind | None:
    """``الأخبار / اقتصاد / طاقة``: such a way without a page that every site has; agencies and writers are none."""
    if line.marks.count("/") < _LEAST_BARS:
        return None
    tokens = range(line.first, line.last)
    marks = sum(page.tokens.words[at] == "/" and _parts_items(page, at) for at in tokens)
    if marks < _LEAST_BARS or line.ends_sentence or line.words > _BAR_WORDS * (marks + 1):
        return None
    has_name = any(covered_tokens(page, at, line.last, ("source", "given_name")) > at for at in tokens)
    return None if has_name else "navigation"


def _parts_items(page: Page, token: int) -> bool:
    """Whether a token is a mark with a space on both sides."""
    if page.tokens.words[token] not in _SPACED_MARKS:
        return False
    start, end = page.span(token, token + 1)
    return page.text[start - 1 : start].isspace() and page.text[end : end + 1].isspace()


def _is_year(word: str) -> bool:
    return len(word) == len("2024") and word.isdecimal() and int(word) in _YEARS


def is_stamp(page: Page, line: Line) -> bool:
    """Whether a line is dates, clock times, places and the words that label them, and nothing else.

    ``الأحد 3 ديسمبر 2023 09:01 م``, ``24.01.2024 - محدث : 25.01.2024``.
    """
    if line.words > _STAMP_WORDS or not line.has_number:
        return False
    index, known = line.first, 0
    while index < line.last:
        reach = covered_place_or_time(page, index, line.last)
        word = page.tokens.words[index]
        if reach > index or word.isdigit():
            known += 1
        else:
            reach = covered_cue(page, index, line.last, "dateline")
            if reach == index and word.isalpha() and len(word) > 1:
                return False
        index = max(reach, index + 1)
    return known > 1


def names_a_day(page: Page, line: Line) -> bool:
    """Whether a stamp has a day in it, not a clock time or a place alone: a month's name, or numbers with a year."""
    numbers = [word for word in page.tokens.words[line.first : line.last] if word.isdigit()]
    if len(numbers) >= _DATE_NUMBERS and any(_is_year(number) for number in numbers):
        return True
    months = (hit for token in range(line.first, line.last) for hit in page.hits_at(token))
    return bool(numbers) and any(isinstance(hit.entry.value, MonthTerm) for hit in months)


def is_credited_caption(page: Page, line: Line, cues: list[FoundCue]) -> bool:
    """A line that ends in a photo credit: ``(AP/Carolyn Kaster)``, ``(تصوير: ...)``, ``(أ ف ب)``, ``© أ ف ب``."""
    words = page.tokens.words
    if line.words > _CAPTION_WORDS:
        return False
    if _RIGHTS in line.marks:
        return _has_photo_rights(page, line)
    if words[line.last - 1] not in ")]":
        return False
    floor = max(line.first, line.last - _BRACKET_TOKENS)
    opening = next((i for i in range(line.last - 2, floor - 1, -1) if words[i] in "(["), None)
    if opening is None or not _shows_something(page, line.first, opening):
        return False
    inner = range(opening + 1, line.last - 1)
    surface = page.text[page.span(opening, opening + 1)[0] : line.end]
    has_photo_word = any(hit.first in inner for hit, cue in cues if cue.kind == "caption")
    has_source = any(covered_tokens(page, i, line.last - 1, ("source",)) > i for i in inner)
    if (
        has_photo_word
        or is_agency_adjective(page, opening, line.last)
        or (has_source and "/" in surface and _LATIN.search(surface))
    ):
        return True
    return has_source and words[opening - 1] not in ".،؟!" and line.words <= _INSIDE_LINE


def _shows_something(page: Page, first: int, last: int) -> bool:
    """Whether more than places, times, agencies and an editor's letters stand there (``الرباط – (ومع)``)."""
    at = first
    while at < last:
        reach = max(covered_place_or_time(page, at, last), covered_tokens(page, at, last, ("source",)))
        if reach == at and page.tokens.words[at].isalpha() and len(page.tokens.words[at]) > 1:
            return True
        at = max(reach, at + 1)
    return False


def is_agency_adjective(page: Page, opening: int, last: int) -> bool:
    """``(الفرنسية)`` at the end of tokens: an agency called by its country alone."""
    word = page.tokens.words[opening + 1]
    is_demonym = any(hit.entry.category == "demonym" for hit in page.hits_at(opening + 1))
    return opening + 3 == last and is_demonym and word.startswith("ال") and word.endswith("يه")


def _has_photo_rights(page: Page, line: Line) -> bool:
    """``مبنى مائل في المدينة. © أ ف ب``: a short name after the sign; a year there is the site's own notice."""
    words = page.tokens.words
    sign = max(at for at in range(line.first, line.last) if words[at] == _RIGHTS)
    if sign == line.first and _LATIN.match(words[sign + 1]):
        return not any(map(_is_year, words[sign : line.last]))  # ``© WFP نازحون في خان يونس``
    return 0 < line.last - sign - 1 <= _CREDIT_LINE and not any(_is_year(words[at]) for at in range(sign, line.last))


def _credit_kind(page: Page, line: Line) -> SegmentKind | None:
    """A short line of agencies (attribution), or of a place or day and an agency (dateline)."""
    if line.words > _CREDIT_LINE:
        return None
    index, has_source, has_place, is_own = line.first, False, False, False
    while index < line.last:
        source = covered_tokens(page, index, line.last, ("source",))
        other = covered_place_or_time(page, index, line.last)
        word = page.tokens.words[index]
        if source > index:
            has_source = True
        elif other > index:
            has_place = True
        elif word.isalpha() and len(word) > 1:
            own = covered_cue(page, index, line.last, "byline", "line")
            if own == index:
                return None
            is_own, other = True, own
        index = max(source, other, index + 1)
    if not has_source:
        return None
    return "dateline" if has_place else "byline" if is_own else "attribution"
