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

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "seeds" / "reference"

Row = dict[str, str]


class ReferenceDataError(ValueError):
    """A reference table that cannot be used: names the file, the line and the mend."""


@dataclass(frozen=True, slots=True)
class ReferenceTables:
    """The folders reference tables are read from; later folders add rows to the first."""

    folders: tuple[Path, ...] = (DEFAULT_FOLDER,)

    def read(self, name: str, columns: tuple[str, ...]) -> list[Row]:
        """All rows of ``NAME.csv`` in file order, cells stripped, ``columns`` (and origin) guaranteed.

        Raises:
            ReferenceDataError: a table or column is missing, a row has too few or too many cells, or no origin.
        """
        paths = [folder / f"{name}.csv" for folder in self.folders]
        present = [path for path in paths if path.is_file()]
        if not present:
            raise ReferenceDataError(f"reference table {name}.csv is missing from {paths[0].parent}")
        return [row for path in present for row in _rows(path, columns)]

    def digest(self) -> str:
        """SHA-256 over the names and bytes of all tables, in name order: part of the ruleset version."""
        digest = hashlib.sha256()
        for folder in self.folders:
            for path in sorted(folder.glob("*.csv")):
                content = path.read_bytes()
                digest.update(f"{path.name}\0{len(content)}\0".encode())
                digest.update(content)
        return digest.hexdigest()


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several.

    >>> values("مارس|آذار")
    ('مارس', 'آذار')
    """
    return tuple(value for part in cell.split("|") if (value := part.strip()))


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
