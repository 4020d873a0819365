"""Reference tables as they lie in ``seeds/reference``: reviewable CSV, each row with its origin.

Every table is UTF-8 CSV with a header; the last column is ``origin`` and never blank. Lines that begin with ``#`` are
comments. A cell that holds several values parts them with ``|``.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.reference.decisions import Decision, Row, decided_entities, decided_names, meaning

__all__ = ["DEFAULT_FOLDER", "ReferenceDataError", "ReferenceTables", "Row", "values"]

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "seeds" / "reference"
_KEYS = {"entities": ("entity_key",), "entity_names": ("entity_key", "name")}
"""What names a row of a table that later folders may add to."""


class ReferenceDataError(ValueError):
    """A reference table that cannot be used: names the file, the line and the mend."""


@dataclass(frozen=True, slots=True)
class ReferenceTables:
    """The folders reference tables are read from, and what people decided about the rows.

    Attributes:
        folders: later folders add rows to the first; what they say of an entity or spelling that is listed already
            replaces what earlier ones say, cell by cell, blank cells excepted.
        decisions: in the order they were taken; applied to the entities and their names.
    """

    folders: tuple[Path, ...] = (DEFAULT_FOLDER,)
    decisions: tuple[Decision, ...] = ()

    def read(self, name: str, columns: tuple[str, ...]) -> list[Row]:
        """All rows of ``NAME.csv`` in file order, cells stripped, ``columns`` (and origin) guaranteed.

        Raises:
            ReferenceDataError: a table or column is missing, a row has too few or too many cells, or no origin.
        """
        paths = [folder / f"{name}.csv" for folder in self.folders]
        present = [path for path in paths if path.is_file()]
        if not present:
            raise ReferenceDataError(f"reference table {name}.csv is missing from {paths[0].parent}")
        rows = [row for path in present for row in _rows(path, columns)]
        if len(present) > 1 and name in _KEYS:
            rows = _layered(rows, _KEYS[name])
        if self.decisions and name == "entities":
            return decided_entities(rows, self.decisions)
        if self.decisions and name == "entity_names":
            return decided_names(rows, self.decisions)
        return rows

    def digest(self) -> str:
        """SHA-256 over the names and bytes of all tables, in name order, and what decisions mean.

        Part of the ruleset version. Who decided, when and why is not: it changes no row of a table.
        """
        digest = hashlib.sha256()
        for folder in self.folders:
            for path in sorted(folder.glob("*.csv")):
                content = path.read_bytes()
                digest.update(f"{path.name}\0{len(content)}\0".encode())
                digest.update(content)
        digest.update(meaning(self.decisions).encode())
        return digest.hexdigest()


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several.

    >>> values("مارس|آذار")
    ('مارس', 'آذار')
    """
    return tuple(value for part in cell.split("|") if (value := part.strip()))


def _layered(rows: list[Row], key: tuple[str, ...]) -> list[Row]:
    """One row for each key, in the order the keys were met; later cells that are not blank win."""
    layered: dict[tuple[str, ...], Row] = {}
    for row in rows:
        known = layered.setdefault(tuple(row[column] for column in key), row)
        if known is not row:
            origins = dict.fromkeys((*known["origin"].split("|"), *row["origin"].split("|")))
            known.update({column: cell for column, cell in row.items() if cell})
            known["origin"] = "|".join(origins)
    return list(layered.values())


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(line for line in file if not line.startswith("#"))
        header = next(reader, [])
        missing = [column for column in (*columns, "origin") if column not in header]
        if missing:
            raise ReferenceDataError(f"{path}: the header lacks {', '.join(missing)}; add the columns")
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise ReferenceDataError(f"{path}: {len(cells)} cells for {len(header)} columns in row {cells!r}")
            row = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
            if not row["origin"]:
                raise ReferenceDataError(f"{path}: row {cells!r} has no origin; say where it is from")
            yield row
