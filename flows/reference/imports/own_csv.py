"""A CSV of one's own: a header, one row a thing or a spelling; comma, semicolon or tab."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from flows.reference.imports.items import Found, Item, Line, ReferenceImportError, Refusal
from flows.reference.spelling import clean, is_key
from flows.reference.tables import values
from flows.values import EntityKind

COLUMNS = (
    "entity_key", "kind", "name", "name_ar", "names", "use", "wikidata_id", "geonames_id", "country_code", "origin",
)  # fmt: skip
USES = ("full", "short", "acronym", "surname", "guarded", "club")

_NAMES = ("name", "name_ar", "names")
_FORMS = {
    "wikidata_id": re.compile(r"Q[1-9][0-9]{0,11}"),
    "geonames_id": re.compile(r"[1-9][0-9]{0,8}"),
    "country_code": re.compile(r"[A-Z]{2}"),
}
_SHOWN = 60


def header_of(first: str) -> tuple[str, list[str]] | None:
    """The delimiter and the columns of a header; None where the line is none."""
    for delimiter in ",;\t":
        columns = [column.strip(' "').lower() for column in first.strip().split(delimiter)]
        if set(columns) & set(_NAMES) and (set(columns) & {"kind", "entity_key"}):
            return delimiter, columns
    return None


def read_own_csv(lines: Iterator[Line | Refusal], path: Path) -> Found:
    """An item for each row that says what it is and how it is called.

    Raises:
        ReferenceImportError: the header names no known columns.
    """
    refused: list[Refusal] = []
    source = _Texts(lines, refused)
    header = header_of(next(source, ""))
    if header is None:
        raise ReferenceImportError(
            f"{path}: its first line is no header of ours; it needs kind (or entity_key) and name, name_ar or names,"
            f" and may have {', '.join(COLUMNS)}"
        )
    delimiter, columns = header
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        first = source.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield Refusal(first, f"lines {first} to {source.number}", f"no row of a CSV: {error}")
            continue
        yield from _drained(refused)
        if any(cell.strip() for cell in cells):
            yield _item(source.number, cells, columns, f"import:{path.name}")
    yield from _drained(refused)


class _Texts:
    """The texts of lines for the CSV reader; keeps the number of the last one, and what was no text."""

    def __init__(self, lines: Iterator[Line | Refusal], refused: list[Refusal]) -> None:
        self._lines, self._refused, self.number = lines, refused, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for line in self._lines:
            if isinstance(line, Line):
                self.number = line.number
                return line.text + "\n"
            self._refused.append(line)
        raise StopIteration


def _drained(refused: list[Refusal]) -> Iterator[Refusal]:
    while refused:
        yield refused.pop(0)


def _item(number: int, cells: list[str], columns: list[str], origin: str) -> Item | Refusal:
    what = next((cell.strip() for cell in cells if cell.strip()), "")[:_SHOWN]
    if len(cells) != len(columns):
        return Refusal(number, what, f"{len(cells)} cells for {len(columns)} columns")
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
    given = {column: row.get(column, "") for column in COLUMNS}
    said = given["kind"] or _kind_of(given["entity_key"])
    kind = next((kind for kind in get_args(EntityKind) if kind == said), None)
    if kind is None:
        return Refusal(number, what, f"kind is none of {', '.join(get_args(EntityKind))}")
    if given["entity_key"] and not (is_key(given["entity_key"]) and _kind_of(given["entity_key"]) == kind):
        return Refusal(number, what, f"an entity_key is {kind}: and a slug without blanks")
    if given["use"] and given["use"] not in USES:
        return Refusal(number, what, f"use is none of {', '.join(USES)}")
    given["country_code"] = given["country_code"].upper()
    for column, form in _FORMS.items():
        if given[column] and not form.fullmatch(given[column]):
            return Refusal(number, f"{what}: {given[column]}", f"it cannot be a {column}")
    return Item(
        number,
        kind,
        clean(given["origin"]) or origin,
        given["entity_key"],
        given["name"],
        given["name_ar"],
        values(given["names"]),
        given["use"],
        given["wikidata_id"],
        given["geonames_id"],
        given["country_code"],
        is_own=True,
    )


def _kind_of(key: str) -> str:
    return key.partition(":")[0]
