"""The floor of a load: binary COPY of the very rows another load left in a warehouse, read back out of it.

Measured twice: into the product's tables, with their keys, checks and indexes and the text search column computed
anew; and into tables of the same columns with primary keys only, the text search column among the bytes. One
connection, one COPY a table, one transaction; what the rows point at (entities, sources, runs) stands there before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import psycopg
from psycopg import Connection, sql

BEFORE = ("ops.rulesets", "ops.runs", "news.sources", "news.entities", "news.entity_names")
"""Filled before the clock runs; what a load adds to them is left to its disadvantage."""
LOADED = (
    "news.document_hashes", "news.documents", "news.document_locations", "ops.archived_documents", "news.articles",
    "news.article_chains", "news.article_contents", "news.segments", "news.publication_evidence",
    "news.article_sources", "news.mentions", "news.dates", "news.quotes", "news.quote_speakers",
)  # fmt: skip
"""What a load fills, in the order their foreign keys ask for."""
_BARE = "bare"

_STORED = """
SELECT attname FROM pg_catalog.pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND (%s OR attgenerated = '') ORDER BY attnum
"""
_KEY = """
SELECT attribute.attname
FROM pg_catalog.pg_index AS key
CROSS JOIN LATERAL unnest(key.indkey::int[]) WITH ORDINALITY AS part (attnum, place)
JOIN pg_catalog.pg_attribute AS attribute ON attribute.attrelid = key.indrelid AND attribute.attnum = part.attnum
WHERE key.indrelid = %s::regclass AND key.indisprimary
ORDER BY part.place
"""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table as the server writes them in binary COPY."""

    table: str
    columns: tuple[str, ...]
    blocks: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Floor:
    """Seconds by table, and of the commit."""

    seconds: dict[str, float]

    @property
    def total(self) -> float:
        """All of it."""
        return sum(self.seconds.values())


def read_rows(url: str, tables: tuple[str, ...] = LOADED, *, is_generated_too: bool = False) -> list[Rows]:
    """The rows of some tables, generated columns only where they are asked for."""
    with psycopg.connect(url) as connection:
        return [Rows(table, names, tuple(_copy_out(connection, table, names))) for table, names in (
            (table, _columns(connection, table, is_generated_too)) for table in tables)]  # fmt: skip


def product_floor(loaded: str, target: str) -> Floor:
    """COPY the rows of one warehouse into another, empty one."""
    copy_before(loaded, target)
    return _timed(target, read_rows(loaded), lambda table: table)


def copy_before(loaded: str, target: str) -> None:
    """Fill an empty warehouse with what the rows of another point at."""
    _empty(target)
    with psycopg.connect(target) as connection:
        for rows in read_rows(loaded, BEFORE):
            _copy_in(connection, rows.table, rows)


def bare_floor(loaded: str, target: str) -> Floor:
    """COPY the rows of one warehouse into tables of another that have the same columns and primary keys only."""
    rows = read_rows(loaded, is_generated_too=True)
    with psycopg.connect(target) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(_BARE)))
        for each in rows:
            make = sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING STORAGE INCLUDING COMPRESSION)")
            connection.execute(make.format(_name(_bare(each.table)), _name(each.table)))
            key = [row[0] for row in connection.execute(_KEY, (each.table,))]
            add = sql.SQL("ALTER TABLE {} ADD PRIMARY KEY ({})")
            connection.execute(add.format(_name(_bare(each.table)), _names(key)))
    return _timed(target, rows, _bare)


def _bare(table: str) -> str:
    return f"{_BARE}.{table.partition('.')[2]}"


def _timed(target: str, rows: list[Rows], place: Callable[[str], str]) -> Floor:
    seconds: dict[str, float] = {}
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        with connection.transaction():
            for each in rows:
                begin = time.perf_counter()
                _copy_in(connection, place(each.table), each)
                seconds[each.table] = time.perf_counter() - begin
            begin = time.perf_counter()
        seconds["commit"] = time.perf_counter() - begin
    return Floor(seconds)


def _empty(url: str) -> None:
    with psycopg.connect(url) as connection:
        tables = sql.SQL(", ").join(map(_name, (*BEFORE, *LOADED)))
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(tables))


def _columns(connection: Connection, table: str, is_generated_too: bool) -> tuple[str, ...]:
    return tuple(row[0] for row in connection.execute(_STORED, (table, is_generated_too)))


def _copy_out(connection: Connection, table: str, columns: tuple[str, ...]) -> Iterator[bytes]:
    statement = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT (FORMAT BINARY)").format(_names(columns), _name(table))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        block = bytearray()
        for data in copy:
            block += data
            if len(block) >= 1 << 20:
                yield bytes(block)
                block.clear()
        yield bytes(block)


def _copy_in(connection: Connection, table: str, rows: Rows) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(_name(table), _names(rows.columns))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in rows.blocks:
            copy.write(block)


def _name(table: str) -> sql.Identifier:
    return sql.Identifier(*table.split("."))


def _names(columns: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
