"""Whatever the text: no exception, spans inside it and in order, intervals with a start before their end."""

from __future__ import annotations

import random
from functools import cache
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.reference.tables import ReferenceTables, values
from flows.transform.dates import find_time_expressions, resolve_dates
from flows.transform.page import read_page
from flows.transform.publication import given_publication
from flows.transform.rules import load_rules
from flows.values import DateMention

TABLES = {
    "months": ("names",), "weekdays": ("names", "bare_names"), "time_units": ("one", "two", "many", "pair"),
    "numerals": ("forms",), "time_words": ("phrases",), "holidays": ("names",),
}  # fmt: skip
MARKS = [
    "من",
    "في",
    "إلى",
    "و",
    "حتى",
    "بين",
    "ال",
    "/",
    "-",
    ":",
    ".",
    "،",
    "(",
    ")",
    '"',
    "\n",
    "ـ",
    "%",
    "+",
    "T",
    "Z",
]
NUMBERS = [
    "0",
    "1",
    "3",
    "12",
    "24",
    "30",
    "31",
    "60",
    "99",
    "397",
    "800",
    "1445",
    "1948",
    "2024",
    "2100",
    "9999",
    "1" * 30,
]
PUBLISHED = [None, "2024-04-01", "2024-02-29T10:38:04", "0001-01-01", "9999-12-31", "2077-12-31", "1443-01-01"]


@cache
def words() -> tuple[str, ...]:
    tables = ReferenceTables()
    rows = (
        (row, column) for name, columns in TABLES.items() for row in tables.read(name, columns) for column in columns
    )
    return tuple(sorted({word for row, column in rows for word in values(row[column])}))


def dates_of(text: str, published: str | None) -> tuple[DateMention, ...]:
    rules = load_rules()
    page = read_page(text, rules.lexicon)
    publications = [given_publication(published)] if published else []
    return resolve_dates(page, find_time_expressions(page, rules.time), [], publications)


def check(text: str, published: str | None) -> None:
    last = 0
    for mention in dates_of(text, published):
        assert last <= mention.start < mention.end <= len(text), (text, mention)
        last = mention.end
        assert (mention.value_start is None) == (mention.value_end is None)
        if mention.value_start is not None and mention.value_end is not None:
            assert mention.value_start < mention.value_end, (text, published, mention)


@settings(max_examples=300, deadline=None)
@given(data=st.data(), published=st.sampled_from(PUBLISHED))
def test_any_mixture_of_time_words_numbers_and_marks_is_read(data: st.DataObject, published: str | None) -> None:
    part = st.one_of(st.sampled_from(words()), st.sampled_from(MARKS), st.sampled_from(NUMBERS), st.text(max_size=3))
    parts = data.draw(st.lists(part, max_size=12))
    gaps = data.draw(st.lists(st.sampled_from([" ", ""]), min_size=len(parts), max_size=len(parts)))
    check("".join(a + b for a, b in zip(parts, gaps, strict=True)), published)


@pytest.mark.parametrize("seed", range(4))
def test_thousands_of_random_phrases_are_read(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a seeded fuzzer, no secret
    parts = (*words(), *MARKS * 12, *NUMBERS * 8)
    for _ in range(500):
        text = "".join(chance.choice(parts) + chance.choice("   .") for _ in range(chance.randint(1, 12)))
        check(text, chance.choice(PUBLISHED))


@pytest.mark.parametrize(
    "unit",
    ["يوم 3 مارس 2024 ", '"اليوم الاثنين ', "من 3 إلى ", "و", "3 ", "1 و2 و", "الساعة 3:", "قبل نحو ", "gmt ", "ذلك "],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(text: str) -> float:
        best = 9.0
        for _ in range(3):
            begin = process_time()
            dates_of(text, "2024-04-01")
            best = min(best, process_time() - begin)
        return best

    short, long = seconds(unit * 400), seconds(unit * 4000)
    assert long < short * 20 + 0.05


def test_fifty_thousand_expressions_stand_in_one_document() -> None:
    assert len(dates_of("في 3 مارس 2024 ثم " * 50_000, None)) == 50_000
