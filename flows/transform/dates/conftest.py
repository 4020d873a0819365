"""What the doctests of the rules read their examples with."""

from __future__ import annotations

from datetime import datetime

import pytest

from flows.transform.dates import find_time_expressions, resolve_dates
from flows.transform.page import read_page
from flows.transform.publication import given_publication
from flows.transform.rules import load_rules

MONDAY = "2024-04-01"
"""When every example is published."""


def read(text: str) -> None:
    """Print each time expression of an example: kind, grain, value; its own words where they are not the whole text."""
    rules = load_rules()
    page = read_page(text, rules.lexicon)
    for date in resolve_dates(page, find_time_expressions(page, rules.time), [], [given_publication(MONDAY)]):
        surface = text[date.start : date.end]
        words = [] if surface == text else [f"[{surface}]"]
        value = f"{_written(date.value_start)}..{_written(date.value_end)}" if date.value_start else "no value"
        print(*words, date.kind, date.grain or "no grain", date.duration or value)  # noqa: T201 - doctests compare it


def _written(moment: datetime | None) -> str:
    return moment.isoformat().removesuffix("T00:00:00").removesuffix(":00") if moment else ""


@pytest.fixture(autouse=True)
def _reader_of_examples(doctest_namespace: dict[str, object]) -> None:
    doctest_namespace["read"] = read
