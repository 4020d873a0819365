"""What the made-up news is about: the names of the reference tables, those in the news often first, and the phrases."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Generic, TypeVar

from flows.reference.catalogue import load_catalogue
from flows.reference.tables import ReferenceTables, values
from flows.values import WEEKDAYS

T = TypeVar("T")
SEED = "musnad"
_PHRASES = Path(__file__).with_name("phrases.csv")
_UNLISTED = 20_000
"""People no table lists: two given names each."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes: what it is called, its domain, and how it writes months."""

    name: str
    domain: str
    style: str


@dataclass(frozen=True, slots=True)
class Pool(Generic[T]):
    """Things of which the first is drawn most often, by Zipf's law."""

    things: tuple[T, ...]
    weights: tuple[float, ...]

    @classmethod
    def of(cls, things: Sequence[T]) -> Pool[T]:
        """In an order of chance, the same each time."""
        mixed = Random(f"{SEED} {len(things)}").sample(list(things), len(things))  # noqa: S311 - no secret
        return cls(tuple(mixed), tuple(accumulate(1 / (rank + 3) for rank in range(len(mixed)))))

    def draw(self, dice: Random, count: int) -> list[T]:
        """So many of them, some perhaps twice."""
        return dice.choices(self.things, cum_weights=self.weights, k=count)


@dataclass(frozen=True, slots=True)
class World:
    """What the news is about."""

    people: Pool[str]
    unlisted: Pool[str]
    organisations: Pool[str]
    places: Pool[str]
    nationalities: Pool[str]
    outlets: Pool[Outlet]
    months: Mapping[str, tuple[str, ...]]
    weekdays: tuple[str, ...]
    phrases: Mapping[str, tuple[str, ...]]


@cache
def world() -> World:
    """All of it, read once."""
    tables, catalogue = ReferenceTables(), load_catalogue()
    kinds = {
        kind: [each.name_ar for each in catalogue.entities if each.kind == kind and each.name_ar]
        for kind in ("person", "organisation", "place")
    }
    given = [row["name"] for row in tables.read("given_names", ("name", "use")) if row["use"] == "plain"]
    dice = Random(SEED)  # noqa: S311 - the same names each time, no secret
    outlets = [
        Outlet(each.name_ar or each.name, each.domain, _style(each.country_code or ""))
        for each in catalogue.sources
        if each.domain
    ]
    return World(
        people=Pool.of(kinds["person"]),
        unlisted=Pool.of([" ".join(dice.sample(given, 2)) for _ in range(_UNLISTED)]),
        organisations=Pool.of(kinds["organisation"]),
        places=Pool.of(kinds["place"]),
        nationalities=Pool.of([values(row["adjective"])[0] for row in tables.read("demonyms", ("adjective",))]),
        outlets=Pool.of(outlets),
        months=_months(tables),
        weekdays=_weekdays(tables),
        phrases=_phrases(),
    )


def _style(country: str) -> str:
    """How the outlets of a country write months."""
    styles = {"LB": "levant", "SY": "levant", "IQ": "levant", "JO": "levant", "PS": "levant", "MA": "morocco",
              "DZ": "algeria", "TN": "algeria", "SA": "hijri"}  # fmt: skip
    return styles.get(country, "gulf")


def _months(tables: ReferenceTables) -> dict[str, tuple[str, ...]]:
    """The twelve months of each style, by the notes of their table; what a style lacks is as in the Gulf."""
    notes = {"gulf": "Gulf", "levant": "Levant", "morocco": "Morocco", "algeria": "Algeria", "hijri": "islamic"}
    rows = tables.read("months", ("names", "month", "note"))
    found = {
        style: {int(row["month"]): values(row["names"])[0] for row in rows if word in row["note"]}
        for style, word in notes.items()
    }
    return {
        style: tuple(own.get(month) or found["gulf"][month] for month in range(1, 13)) for style, own in found.items()
    }


def _weekdays(tables: ReferenceTables) -> tuple[str, ...]:
    """Their Arabic names, Monday first."""
    names = {row["weekday"]: values(row["names"])[0] for row in tables.read("weekdays", ("names", "weekday"))}
    return tuple(names[weekday] for weekday in WEEKDAYS)


def _phrases() -> dict[str, tuple[str, ...]]:
    """The phrases by kind."""
    found = defaultdict[str, list[str]](list)
    with _PHRASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            found[row["kind"]].append(row["phrase"])
    return {kind: tuple(each) for kind, each in found.items()}
