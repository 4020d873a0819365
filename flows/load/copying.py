"""Binary COPY with pinned types: the one way rows enter a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection, sql

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class CopyTarget:
    """A table and the columns rows are given for, each with its Postgres type, in the order of the rows."""

    schema: str
    table: str
    columns: tuple[tuple[str, str], ...]

    @property
    def statement(self) -> sql.Composed:
        """The COPY statement; names are quoted identifiers."""
        names = sql.SQL(", ").join(sql.Identifier(name) for name, _ in self.columns)
        return sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(sql.Identifier(self.schema, self.table), names)


def copy_rows(connection: Connection[Any], target: CopyTarget, rows: Iterable[Row]) -> int:
    """COPY rows into a table; pinned types make a wrong Python type an error before anything is sent.

    Returns:
        The number of rows written.
    """
    n_rows = 0
    with connection.cursor() as cursor, cursor.copy(target.statement) as copy:
        copy.set_types([kind for _, kind in target.columns])
        for row in rows:
            copy.write_row(row)
            n_rows += 1
    return n_rows
