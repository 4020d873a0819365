"""Finding time expressions: the rules that may begin at each kind of word, the longest wins, then its context."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any, Final

from flows.transform.dates import absolute, amounts, clock, days, named, periods, ranges, repeats, stretches, years
from flows.transform.dates.borrowed import borrowed_tokens
from flows.transform.dates.cursor import ARTICLES, Cursor, Found, Placed
from flows.transform.dates.kinds import grain_of, kind_of
from flows.transform.dates.readings import TimeExpression, Unit
from flows.transform.dates.tense import Tense
from flows.transform.dates.vocabulary import (
    HolidayTerm,
    MonthTerm,
    NumeralTerm,
    TimeVocabulary,
    UnitTerm,
    WeekdayTerm,
    WordTerm,
)  # fmt: skip
from flows.transform.page import Page

Rule = Callable[[Cursor, int], Found | None]
_QUOTES: Final = frozenset({'"', "«", "»", "“", "”", "„"})
_TATWEEL: Final = "ـ"


def point_after(cursor: Cursor, at: int) -> Found | None:
    """``منذ 7 أكتوبر``, ``قبل نهاية العام``, ``بعد 1948``: a preposition of direction and the point it points at.

    >>> read("منذ 7 أكتوبر")
    absolute day 2023-10-07..2023-10-08
    >>> read("قبل نهاية العام")
    relative yearpart 2024-09-01..2025-01-01
    """
    word = cursor.role(at, "since", None) or cursor.role(at, "preposition", None)
    if word is None:
        return None
    here = years.skip(cursor, word.end, ("يوم",)) if cursor.role(at, "since", None) else word.end
    if not cursor.begins(here):
        return None
    found = days.longest(
        clock.moment(cursor, here), absolute.month_date(cursor, here), years.year(cursor, here),
        periods.period(cursor, here), named.part(cursor, here), named.season(cursor, here), named.decade(cursor, here),
        named.holiday(cursor, here), repeats.day_count(cursor, here),
    )  # fmt: skip
    return Found(found.reading, found.end) if found is not None else None


_PERIODS: Final[frozenset[Unit]] = frozenset(
    {"second", "minute", "hour", "day", "night", "week", "month", "quarter", "season", "year"}
)
_UNITS: Final[frozenset[Unit]] = _PERIODS | {"decade", "century"}
_RULES_OF_UNITS: Final[tuple[tuple[Rule, frozenset[Unit]], ...]] = (
    (clock.moment, frozenset({"hour", "day", "night", "month"})),
    (absolute.month_date, frozenset({"month"})),
    (years.year, frozenset({"year"})),
    (periods.period, _UNITS),
    (periods.weekday_of_week, frozenset({"week"})),
    (stretches.stretch, _UNITS),
    (amounts.duration, _UNITS),
    (days.nth, _PERIODS),
    (named.century, frozenset({"century"})),
    (named.decade, frozenset({"decade"})),
    (repeats.day_count, _UNITS),
    (repeats.weekly, frozenset({"day"})),
    (days.event_day, frozenset({"day"})),
    (ranges.pair_range, _UNITS),
    (ranges.day_hours, frozenset({"day", "night", "month"})),
)
"""The rules that may begin at a unit, and at which units."""
_UNIT_RULES: Final[dict[Unit, tuple[Rule, ...]]] = {
    unit: tuple(rule for rule, units in _RULES_OF_UNITS if unit in units) for unit in _UNITS
}
_DIGIT_RULES: Final[tuple[Rule, ...]] = (
    clock.moment, years.year, amounts.duration, stretches.stretch, ranges.day_hours, ranges.day_range,
    ranges.hour_range,
)  # fmt: skip
_DAY_RULES: Final[tuple[Rule, ...]] = (clock.moment, ranges.day_hours)
_NUMBER_RULES: Final[tuple[Rule, ...]] = (
    clock.moment, years.year, amounts.duration, stretches.stretch, ranges.day_hours, days.nth, ranges.day_range,
    ranges.hour_range,
)  # fmt: skip
_YEAR_RULES: Final[tuple[Rule, ...]] = (years.year,)
_ROLE_RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "deictic": (clock.moment, ranges.day_hours),
    "tonight": (clock.moment,),
    "same": (periods.period,),
    "self": (clock.moment, periods.period, periods.campaign, named.season),
    "preposition": (amounts.offset, point_after),
    "since": (amounts.duration, point_after),
    "within": (amounts.duration,),
    "lasting": (amounts.duration,),
    "part": (named.part,),
    "half": (named.part,),
    "quarter": (named.part,),
    "quarter_of_year": (named.part,),
    "later": (stretches.remainder,),
    "earlier": (stretches.remainder,),
    "daypart": (clock.moment,),
    "midnight": (clock.clock,),
    "midday": (clock.clock,),
    "midmorning": (clock.clock,),
    "clock": (clock.clock, ranges.hour_range),
    "few_count": (amounts.duration,),
    "fraction": (amounts.duration,),
    "every": (repeats.recurring,),
    "set": (repeats.recurring,),
    "vague": (repeats.vague,),
    "now": (repeats.vague,),
    "event_day": (days.event_day,),
    "own_day": (repeats.day_count,),
    "after_it": (amounts.offset,),
    "that": (clock.moment, periods.period),
    "zone": (clock.clock,),
    "campaign": (periods.campaign,),
    "next_day": (days.event_day,),
    "season": (named.season,),
    "decade": (named.decade,),
    "last": (days.nth, stretches.last_amount),
}
_REACHES: Final = {
    "self": 1, "that": 1, "same": 1, "part": 2, "half": 2, "preposition": 6, "since": 6, "within": 6, "lasting": 6,
}  # fmt: skip
"""Words that are no time unless a term stands among so many tokens behind: ``هذا العام``, ``بعد أكثر من يوم``."""
_TERM_RULES: Final[dict[type, tuple[Rule, ...]]] = {
    MonthTerm: (absolute.month_date, clock.moment),
    WeekdayTerm: (clock.moment, ranges.day_hours, repeats.weekly),
    NumeralTerm: _NUMBER_RULES,
    HolidayTerm: (named.holiday,),
}


def find_time_expressions(page: Page, vocabulary: TimeVocabulary) -> tuple[TimeExpression, ...]:
    """All time expressions of a page in text order, none overlapping; linear in the number of words.

    Spans leave proclitics out and count original offsets; no reading is resolved yet.
    """
    cursor = Cursor(page, vocabulary)
    names = borrowed_tokens(page, vocabulary, cursor.begun)
    quotes = [at for at in page.tokens.marks if cursor.words[at] in _QUOTES]
    tense = Tense(cursor)
    found: list[TimeExpression] = []
    covered = 0
    for at in cursor.starts():
        if at < covered or at in names:
            continue
        cursor.enter(at)
        best = _longest_at(cursor, at)
        if best is None:
            continue
        rule, match = best
        first = max(covered, match.start if match.start is not None else at)
        is_future = tense.is_future(min(at, first), match.end, match.reading)
        is_quoted = _is_quoted(cursor, first, quotes)
        found.append(_expression(cursor, first, match, rule.__name__, is_future=is_future, is_quoted=is_quoted))
        covered = match.end
    return tuple(found)


def _longest_at(cursor: Cursor, at: int) -> tuple[Rule, Found] | None:
    """The rule that reaches furthest from a token, and what it found, grown to a range where one follows."""
    best: tuple[Rule, Found] | None = None
    for rule in _rules_at(cursor, at):
        match = rule(cursor, at)
        if match is None:
            continue
        match = ranges.extended(cursor, at, match)
        if best is None or match.end > best[1].end:
            best = rule, match
    return best


def _rules_at(cursor: Cursor, at: int) -> Iterable[Rule]:
    """The rules the terms at a token call for; a number alone can only be a year."""
    terms = cursor.terms_at(at)
    if not terms:
        if cursor.is_day_number(at):
            return _DAY_RULES
        is_article = cursor.words[at] in ARTICLES
        return _DIGIT_RULES if cursor.leads_on(at + 1) or is_article else _YEAR_RULES
    if len(terms) == 1:
        return _rules_of(cursor, terms[0])
    return dict.fromkeys(rule for placed in terms for rule in _rules_of(cursor, placed))


def _rules_of(cursor: Cursor, placed: Placed[Any]) -> tuple[Rule, ...]:
    """The rules one term calls for."""
    term = placed.term
    if isinstance(term, WordTerm):
        reach = _REACHES.get(term.role, 0)
        is_idle = reach and not any(cursor.begins(at) for at in range(placed.end, placed.end + reach))
        return () if is_idle else _ROLE_RULES.get(term.role, ())
    if isinstance(term, UnitTerm):
        return _UNIT_RULES[term.unit]
    if isinstance(term, NumeralTerm) and not cursor.leads_on(placed.end):
        return ()
    return _TERM_RULES[type(term)]


def _expression(
    cursor: Cursor, first: int, match: Found, method: str, *, is_future: bool, is_quoted: bool
) -> TimeExpression:
    """A match with its span and context."""
    reading = match.reading
    start, end = cursor.page.span(first, match.end, cursor.offset(first) if match.offset is None else match.offset)
    while end < len(cursor.page.text) and cursor.page.text[end] == _TATWEEL:
        end += 1  # the tatweel of هـ, which folding drops
    return TimeExpression(
        start=start,
        end=end,
        first=first,
        last=match.end,
        kind=kind_of(reading),
        grain=grain_of(reading),
        reading=reading,
        method=method,
        is_future=is_future,
        is_quoted=is_quoted,
    )


def _is_quoted(cursor: Cursor, first: int, quotes: list[int]) -> bool:
    """Whether an odd number of quotation marks stands before a token in its line."""
    if not quotes:
        return False
    return (bisect_left(quotes, first) - bisect_left(quotes, cursor.line_of(first))) % 2 == 1
