"""The place, agency and day that stand before the first sentence of a report.

``واشنطن (رويترز) -``, ``(SeaPRwire) – واشنطن (وكالة الأنباء الأمريكية) –``, ``القاهرة/ الأناضول``,
``الولايات المتحدة –``, ``غزة - "القدس العربي":``, ``بكين 18 يوليو (شينخوا)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flows.transform.page import Page
from flows.transform.segments.coverage import covered_cue, covered_place_or_time, covered_tokens
from flows.transform.segments.lines import Line

_MOST_TOKENS: Final = 30
_MOST_BRACKET_TOKENS: Final = 10
_MOST_UNKNOWN_WORDS: Final = 3
_LEAST_REST: Final = 4
_ASIDE_TOKENS: Final = 12
_QUOTE_MARKS: Final = frozenset("\"'«»“”")
_COMMAS: Final = frozenset("،,.")
_ENDINGS: Final = frozenset("-:/(")


@dataclass(slots=True)
class _Part:
    """What stands between two separators."""

    unknown: int = 0
    known: int = 0
    agencies: int = 0
    brackets: int = 0
    known_until: int = -1
    credited_until: int = -1
    is_broken: bool = False

    @property
    def is_sure(self) -> bool:
        return not self.is_broken and not self.unknown and bool(self.known or self.brackets)


def dateline_end(page: Page, line: Line, *, is_first: bool) -> int | None:
    """The original offset just after the dateline that opens a paragraph, None where it has none.

    Args:
        page: the page.
        line: the paragraph's line.
        is_first: whether it is an article's first paragraph; a place nobody listed counts only there.
    """
    limit = min(line.last, line.first + _MOST_TOKENS)
    if _ENDINGS.isdisjoint(line.marks) or _ENDINGS.isdisjoint(page.tokens.words[line.first : limit]):
        return None
    index, end, parts, has_place = line.first, None, 0, False
    while index < limit:
        part, separator = _read_part(page, index, limit)
        if separator is None or part.is_broken:
            end = part.credited_until if part.credited_until > 0 else end
            break
        mark = page.tokens.words[separator]
        first_guess = parts == 0 and is_first and 0 < part.unknown <= _MOST_UNKNOWN_WORDS
        is_guess = first_guess and _is_clean_guess(page, part, separator, limit)
        if not (part.is_sure or is_guess or (has_place and _is_unlisted_agency(page, index, separator))):
            break
        has_place = part.is_sure and not part.agencies
        if mark == ":" and not (part.agencies or part.brackets):
            break
        index, parts = separator + 1, parts + 1
        while index < limit and page.tokens.words[index] in "-:":
            index += 1
        if mark != "/" or part.agencies:
            end = index
    return _offset_after(page, line, end)


def _is_unlisted_agency(page: Page, index: int, separator: int) -> bool:
    """``القدس- صفا-``: one word closed by a dash right behind a place."""
    return separator == index + 1 and page.tokens.words[separator] == "-" and page.tokens.words[index].isalpha()


def _offset_after(page: Page, line: Line, end: int | None) -> int | None:
    if end is None or line.last - end < _LEAST_REST:
        return None
    return page.span(end - 1, end)[1]


def _is_clean_guess(page: Page, part: _Part, separator: int, limit: int) -> bool:
    """A place nobody listed: a spaced dash after it, and no second one soon, which would make an aside of it.

    A known name alone between the two dashes is no aside (``وطنية - بيروت -``).
    """
    if part.brackets and page.tokens.words[separator] == "-":
        return True
    if page.tokens.words[separator] != "-" or not _is_spaced(page, separator):
        return False
    following, closing = _read_part(page, separator + 1, limit)
    if closing is not None and following.is_sure:
        return True
    soon = range(separator + 1, min(limit, separator + _ASIDE_TOKENS))
    return not any(page.tokens.words[i] == "-" and _is_spaced(page, i) for i in soon)


def _read_part(page: Page, index: int, limit: int) -> tuple[_Part, int | None]:
    """Read up to the next separator: what was read, and the separator's token (None when there is none)."""
    part, words, first = _Part(), page.tokens.words, index
    while index < limit:
        word = words[index]
        if word == "(":
            index = _close_bracket(page, part, index, limit)
        elif (
            _is_separator(page, index)
            or (_is_dash(page, index) and _is_short(part, first, index))
            or (word == "." and part.agencies and part.known_until == index and not part.unknown)
        ):
            return part, index
        elif word.isalnum():
            index = _read_word(page, part, index, limit)
        elif (
            word in _QUOTE_MARKS
            or (word in _COMMAS and (part.known or part.brackets))
            or word == "/"
            or (word == "-" and part.known_until == index)
            or _joins_numbers(page, index)
        ):
            index += 1
        else:
            part.is_broken = True
        if part.is_broken or part.unknown > _MOST_UNKNOWN_WORDS:
            part.is_broken = True
            return part, None
    return part, None


def _read_word(page: Page, part: _Part, index: int, limit: int) -> int:
    source = reach = index
    if page.hits_at(index):
        own = covered_cue(page, index, limit, "byline", "line")  # ``خاص:``
        agencies = max(own, covered_cue(page, index, limit, "attribution", "line"))
        source = max(covered_tokens(page, index, limit, ("source",)), agencies)
        reach = max(source, covered_place_or_time(page, index, limit))
    if reach > index:
        part.known += 1
        part.agencies += source > index
        part.known_until = reach
        return reach
    if page.tokens.words[index].isdigit():
        part.is_broken = part.unknown > 0
    elif _dates_place(page, part, index):
        return index + 1
    elif any(hit.entry.category in ("verb", "stop", "cue", "anonymous", "title") for hit in page.hits_at(index)):
        part.is_broken = True
    else:
        part.unknown += 1
    return index + 1


def _dates_place(page: Page, part: _Part, index: int) -> bool:
    """The ``في`` of ``الرباط في 3 مايو``: between a known place and a number."""
    words = page.tokens.words
    return words[index] == "في" and part.known_until == index and any(w.isdigit() for w in words[index + 1 : index + 2])


def _close_bracket(page: Page, part: _Part, index: int, limit: int) -> int:
    for at in range(index + 1, min(limit, index + _MOST_BRACKET_TOKENS)):
        if page.tokens.words[at] == ")":
            part.brackets += 1
            is_credit = covered_tokens(page, index + 1, at, ("source",)) == at
            if is_credit and part.known and not part.unknown:
                part.credited_until = at + 1
            return at + 1
    part.is_broken = True
    return limit


def _is_separator(page: Page, index: int) -> bool:
    word = page.tokens.words[index]
    if word == "-":
        return _is_spaced(page, index)
    return word == ":" or (word == "/" and _space_after(page, index))


def _is_short(part: _Part, first: int, index: int) -> bool:
    """Whether a known name or a single word ends before a dash that sticks to it."""
    return part.known_until == index or (first + 1 == index and part.unknown == 1)


def _is_dash(page: Page, index: int) -> bool:
    """A dash with a space after it alone, as it stands right behind a place (``نابلس- ``)."""
    return page.tokens.words[index] == "-" and not _joins_numbers(page, index) and _space_after(page, index)


def _joins_numbers(page: Page, index: int) -> bool:
    """The dash or stop of ``12-3-2024``."""
    words = page.tokens.words
    return (
        words[index] in "-."
        and 0 < index < len(words) - 1
        and words[index - 1].isdigit()
        and words[index + 1].isdigit()
    )


def _is_spaced(page: Page, index: int) -> bool:
    """A dash that parts: a space, bracket, mark, agency or other dash before it and a space or dash after it."""
    tokens = page.tokens
    if _joins_numbers(page, index):
        return False
    before = index > 0 and (tokens.starts[index] > tokens.ends[index - 1] or not tokens.words[index - 1].isalnum())
    before |= index > 0 and covered_tokens(page, index - 1, index, ("source",)) == index
    return before and _space_after(page, index)


def _space_after(page: Page, index: int) -> bool:
    tokens = page.tokens
    if index + 1 >= len(tokens):
        return True
    return tokens.starts[index + 1] > tokens.ends[index] or tokens.words[index + 1] in '-"“«'
