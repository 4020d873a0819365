"""The words of time, read from the reference tables into typed terms and put into the shared lexicon.

Roles of ``time_words.csv``, the ``value`` column in brackets:

* days: ``deictic`` (days from today), ``tonight`` (days), ``next_day`` (days), ``event_day`` (days from an event),
  ``such`` (links a day to its date), ``row`` (in a row), ``own_day`` (the n-th day of what the text speaks of);
* direction: ``cue`` (steps, -2 to 2), ``self`` (this), ``same`` and ``that`` (the one named before), ``recent`` and
  ``few`` (vague periods), ``last``, ``preposition`` (- before, + after), ``since``, ``within``, ``lasting``,
  ``after_that`` and ``after_it`` (- before, + after) where an event is counted from;
* periods: ``part`` (first, middle, last third), ``half`` and ``quarter`` (number), ``quarter_of_year`` (the same, only
  before its year), ``later`` and ``earlier`` (unit), ``season``, ``decade`` (tens), ``year_kind`` (school and financial
  years), ``campaign`` (seasons of sport);
* the clock: ``daypart`` (its name), ``hour_part`` (one only beside an hour), ``meridiem`` (am, pm), ``midnight``,
  ``midday`` and ``midmorning`` (hour), ``clock``, ``fraction`` (sixtieths), ``zone`` (offset or ``local``);
* amounts and the rest: ``few_count`` (least number), ``every``, ``more``, ``set`` (ISO duration), ``vague``, ``now``,
  ``era`` (calendar), ``stamp`` (published, modified, photo), ``name`` (names with a word of time in them),
  ``outlet`` (such names of outlets that are a place and a day, too), ``place_day`` (towns called after a day);
* sets of words, not in the lexicon: ``future`` (cues that hold to the end of the sentence), ``near_future`` (those that
  hold for some words), ``not_future`` and ``not_future_word`` (beginnings of words, and words, that are no future
  verb), ``narrated`` (words that begin a clause about the past),
  ``counted`` and ``numbered`` (nouns by a number that is no year), ``general`` (nouns after which العام means
  "general"), ``outlet_lead`` (words right before the name of an outlet), ``named_after`` (what is called after a
  day: شارع), ``day_kind`` (adjectives behind اليوم that make it no today), ``reported`` (what a quarter has).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from flows.reference import tables as reference
from flows.reference.tables import ReferenceTables, Row, values
from flows.text.folded import fold
from flows.transform.dates.readings import Holiday, Unit
from flows.transform.lexicon import Entry, Lexicon
from flows.values import WEEKDAYS, Calendar

_UNITS: Final[dict[str, Unit]] = {
    "second": "second", "minute": "minute", "hour": "hour", "day": "day", "night": "night", "week": "week",
    "month": "month", "quarter": "quarter", "season": "season", "year": "year", "decade": "decade",
    "century": "century",
}  # fmt: skip
_CALENDARS: Final[dict[str, Calendar]] = {"gregorian": "gregorian", "hijri": "hijri"}
_WORD_SETS = ("future", "near_future", "not_future", "not_future_word", "narrated", "counted", "numbered", "general",
              "outlet_lead", "named_after", "day_kind", "reported")  # fmt: skip
DUAL: Final = 2
MANY: Final = 3
PAIR: Final = -2
"""The numbers of a dual, of a plural (three or more, not said how many), of a dual that names its two (``يومي``)."""


@dataclass(frozen=True, slots=True)
class MonthTerm:
    """A month name; ``needs_context`` where it is an ordinary word too."""

    month: int
    calendar: Calendar
    needs_context: bool


@dataclass(frozen=True, slots=True)
class WeekdayTerm:
    """A weekday, 0 for Monday; a bare one (``أحد``) counts only after a word that calls for a day."""

    weekday: int
    is_bare: bool


@dataclass(frozen=True, slots=True)
class UnitTerm:
    """A unit word: ``number`` is 1, 2 (dual), :data:`MANY` (plural) or :data:`PAIR`."""

    unit: Unit
    number: int
    is_definite: bool
    needs_context: bool


@dataclass(frozen=True, slots=True)
class NumeralTerm:
    """One numeral word."""

    value: int
    is_ordinal: bool
    is_definite: bool
    is_feminine: bool


@dataclass(frozen=True, slots=True)
class HolidayTerm:
    """The name of a holiday of the reference data."""

    key: str


@dataclass(frozen=True, slots=True)
class WordTerm:
    """Any other word of time by its role."""

    role: str
    value: str


Term = MonthTerm | WeekdayTerm | UnitTerm | NumeralTerm | HolidayTerm | WordTerm


@dataclass(frozen=True, slots=True)
class Epoch:
    """``first_day`` is day 1 of a count; ``cues`` are folded words one of which stands in the line."""

    key: str
    first_day: date
    cues: frozenset[str]


@dataclass(frozen=True, slots=True)
class TimeVocabulary:
    """What the rules need beside the terms in the lexicon: holidays, epochs, sets of folded guard words."""

    holidays: dict[str, Holiday]
    epochs: tuple[Epoch, ...]
    future: frozenset[str]
    near_future: frozenset[str]
    not_future: tuple[str, ...]
    not_future_words: frozenset[str]
    counted: frozenset[str]
    numbered: frozenset[str]
    general: frozenset[str]
    narrated: frozenset[str]
    outlet_leads: frozenset[str]
    named_after: frozenset[str]
    day_kinds: frozenset[str]
    reported: frozenset[str]


def build_time_vocabulary(tables: ReferenceTables, lexicon: Lexicon) -> TimeVocabulary:
    """Read the time tables, add their phrases to the lexicon as category ``time``.

    Raises:
        ReferenceDataError: a table is missing, or a cell is not what its column takes.
    """
    for phrase, term in _terms(tables):
        lexicon.add(phrase, Entry("time", term))
    guards = {role: _guard_words(tables, role) for role in _WORD_SETS}
    return TimeVocabulary(
        holidays=_holidays(tables),
        epochs=tuple(_epochs(tables)),
        future=frozenset(guards["future"]),
        near_future=frozenset(guards["near_future"]),
        not_future=tuple(guards["not_future"]),
        not_future_words=frozenset(guards["not_future_word"]),
        counted=frozenset(guards["counted"]),
        numbered=frozenset(guards["numbered"]),
        general=frozenset(guards["general"]),
        narrated=frozenset(guards["narrated"]),
        outlet_leads=frozenset(guards["outlet_lead"]),
        named_after=frozenset(guards["named_after"]),
        day_kinds=frozenset(guards["day_kind"]),
        reported=frozenset(guards["reported"]),
    )


def _terms(tables: ReferenceTables) -> Iterator[tuple[str, Term]]:
    yield from _month_terms(tables)
    yield from _weekday_terms(tables)
    yield from _unit_terms(tables)
    yield from _numeral_terms(tables)
    for row in tables.read("holidays", ("holiday_key", "names")):
        for name in values(row["names"]):
            yield name, HolidayTerm(row["holiday_key"])
    for row in tables.read("time_words", ("role", "value", "phrases")):
        if row["role"] not in _WORD_SETS:
            for phrase in values(row["phrases"]):
                yield phrase, WordTerm(row["role"], row["value"])


def _month_terms(tables: ReferenceTables) -> Iterator[tuple[str, Term]]:
    for row in tables.read("months", ("names", "month", "calendar", "needs_context")):
        term = MonthTerm(_number(row, "month"), _CALENDARS[row["calendar"]], row["needs_context"] == "yes")
        for name in values(row["names"]):
            yield name, term


def _weekday_terms(tables: ReferenceTables) -> Iterator[tuple[str, Term]]:
    for row in tables.read("weekdays", ("names", "bare_names", "weekday")):
        if row["weekday"] not in WEEKDAYS:
            raise reference.ReferenceDataError(
                f"weekdays.csv: {row['weekday']!r} is no weekday; use {', '.join(WEEKDAYS)}"
            )
        weekday = list(WEEKDAYS).index(row["weekday"])
        for name in values(row["names"]):
            yield name, WeekdayTerm(weekday, is_bare=False)
        for name in values(row["bare_names"]):
            yield name, WeekdayTerm(weekday, is_bare=True)


def _unit_terms(tables: ReferenceTables) -> Iterator[tuple[str, Term]]:
    for row in tables.read("time_units", ("unit", "one", "two", "many", "pair", "needs_context")):
        if row["unit"] not in _UNITS:
            raise reference.ReferenceDataError(
                f"time_units.csv: {row['unit']!r} is no unit; use one of {', '.join(_UNITS)}"
            )
        for number, column in ((1, "one"), (DUAL, "two"), (MANY, "many"), (PAIR, "pair")):
            for form in values(row[column]):
                for is_definite in (False, True):
                    term = UnitTerm(_UNITS[row["unit"]], number, is_definite, row["needs_context"] == "yes")
                    yield ("ال" if is_definite else "") + form, term


def _numeral_terms(tables: ReferenceTables) -> Iterator[tuple[str, Term]]:
    for row in tables.read("numerals", ("forms", "value", "kind")):
        for form in values(row["forms"]):
            folded = fold(form)
            is_day, is_feminine = row["kind"] == "day", row["kind"] != "day" and _is_feminine(folded)
            for is_definite in (False, True):
                is_ordinal = is_day or row["kind"] == "ordinal"
                term = NumeralTerm(_number(row, "value"), is_ordinal, is_day or is_definite, is_feminine)
                yield ("ال" if is_definite else "") + folded, term


def _is_feminine(folded: str) -> bool:
    """Whether a numeral has a feminine form, as hours have: ``ثالثه``, ``اولي``."""
    return folded.endswith("ه") or folded == "اولي"


def _holidays(tables: ReferenceTables) -> dict[str, Holiday]:
    columns = ("holiday_key", "calendar", "month", "day", "easter_offset", "days")
    return {
        row["holiday_key"]: Holiday(
            row["holiday_key"],
            row["calendar"],
            int(row["month"] or 0),
            int(row["day"] or 0),
            int(row["easter_offset"] or 0),
            _number(row, "days"),
        )
        for row in tables.read("holidays", columns)
    }


def _epochs(tables: ReferenceTables) -> Iterator[Epoch]:
    for row in tables.read("epochs", ("epoch_key", "first_day", "cues")):
        cues = frozenset(fold(cue) for cue in values(row["cues"]))
        yield Epoch(row["epoch_key"], date.fromisoformat(row["first_day"]), cues)


def _guard_words(tables: ReferenceTables, role: str) -> list[str]:
    rows = tables.read("time_words", ("role", "phrases"))
    return sorted({fold(phrase) for row in rows if row["role"] == role for phrase in values(row["phrases"])})


def _number(row: Row, column: str) -> int:
    if not row[column].lstrip("-").isdigit():
        raise reference.ReferenceDataError(f"{column} of {row!r} is no whole number")
    return int(row[column])
