"""What foreign keys on the leaf tables cost a load: enforced, only declared, none.

    python benchmarks/leaf_foreign_keys.py postgresql://owner@127.0.0.1:5432/postgres

Makes a database of its own, loads 10,000 articles (1 document, 1 article, 30 mentions, 6 dates each; texts of 2,000
characters) by binary COPY three times per variant, prints the best, and drops the database.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

import psycopg
from psycopg import sql

from flows.warehouse.schema import upgrade_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

N_ARTICLES = 10_000
N_ENTITIES = 5_000
NOT_ENFORCED_FROM = 180_000
SCRATCH = "musnad_benchmark"
TABLES = ("documents", "articles", "mentions", "dates")
COLUMNS = {
    "documents": "document_id sha256 media_type charset text",
    "articles": "article_id document_id ordinal chain_key content_key title body is_embedded is_current n_words"
    " ruleset_id run_id",
    "mentions": "article_id char_start char_end surface kind entity_id method confidence",
    "dates": "article_id char_start char_end surface kind grain value_start value_end method confidence",
}
TYPES = {
    "documents": "int8 bytea text text text",
    "articles": "int8 int8 int2 uuid uuid text text bool bool int4 int4 int8",
    "mentions": "int8 int4 int4 text text int4 text float4",
    "dates": "int8 int4 int4 text text text timestamp timestamp text float4",
}
DAY = datetime(2024, 3, 28), datetime(2024, 3, 29)  # noqa: DTZ001 - the article's wall time has no zone


def rows(table: str, texts: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """The rows of one table; spans need not match the text here."""
    for number in range(1, N_ARTICLES + 1):
        text = texts[number % len(texts)]
        if table == "documents":
            yield number, sha256(str(number).encode()).digest(), "text/plain", "utf-8", text
        elif table == "articles":
            key = uuid5(NAMESPACE_URL, str(number))
            yield number, number, 0, key, key, text[:80], text, False, True, 350, 1, 1
        elif table == "mentions":
            for place in range(30):
                entity = (number * 31 + place * 17) % N_ENTITIES + 1
                start = place * 60
                yield number, start, start + 12, text[start : start + 12], "person", entity, "full_name", 0.9
        else:
            for place in range(6):
                start = place * 300 + 20
                yield number, start, start + 8, text[start : start + 8], "relative", "day", *DAY, "weekday", 0.9


def fill(connection: psycopg.Connection, table: str, texts: Sequence[str]) -> None:
    """Loads one table through psycopg, once: later loads send the same bytes again."""
    names = sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table].split()))
    statement = sql.SQL("COPY news.{} ({}) FROM STDIN (FORMAT BINARY)").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(TYPES[table].split())
        for row in rows(table, texts):
            copy.write_row(row)


def keep_bytes(connection: psycopg.Connection, table: str) -> list[bytes]:
    """The table as the server writes it in binary COPY."""
    names = sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table].split()))
    statement = sql.SQL("COPY news.{} ({}) TO STDOUT (FORMAT BINARY)").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        return [bytes(block) for block in copy]


def load(connection: psycopg.Connection, kept: dict[str, list[bytes]]) -> dict[str, float]:
    """Empties the tables and loads them again in one transaction; seconds by table, and of the commit."""
    connection.execute("TRUNCATE news.documents, news.articles, news.mentions, news.dates CASCADE")
    connection.execute("CHECKPOINT")
    seconds = {}
    with connection.transaction():
        for table in TABLES:
            begin = time.perf_counter()
            names = sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table].split()))
            statement = sql.SQL("COPY news.{} ({}) FROM STDIN (FORMAT BINARY)").format(sql.Identifier(table), names)
            with connection.cursor() as cursor, cursor.copy(statement) as copy:
                for block in kept[table]:
                    copy.write(block)
            seconds[table] = time.perf_counter() - begin
        begin = time.perf_counter()
    seconds["commit"] = time.perf_counter() - begin
    return seconds


def leaf_keys(connection: psycopg.Connection) -> list[tuple[str, str, str]]:
    """Table, name and definition of the foreign keys of mentions and dates, without NOT ENFORCED."""
    found = connection.execute(
        "SELECT conrelid::regclass::text, conname, replace(pg_get_constraintdef(oid), ' NOT ENFORCED', '')"
        " FROM pg_constraint WHERE contype = 'f' AND conrelid IN ('news.mentions'::regclass, 'news.dates'::regclass)"
    ).fetchall()
    return [(table, name, definition) for table, name, definition in found]


def declare(connection: psycopg.Connection, keys: Sequence[tuple[str, str, str]], ending: str | None) -> None:
    """Drops the leaf keys and, unless ``ending`` is None, adds them with it."""
    connection.execute("TRUNCATE news.documents, news.articles, news.mentions, news.dates CASCADE")
    for table, name, definition in keys:
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}".encode())
        if ending is not None:
            connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} {ending}".encode())


def measure(url: str) -> None:
    """Prints the best of three loads for each variant this server knows."""
    upgrade_schema(url)
    seeds = sorted((Path(__file__).parents[1] / "seeds" / "documents").glob("*.txt"))
    texts = [seed.read_text(encoding="utf-8")[:2000] for seed in seeds]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("INSERT INTO ops.rulesets (ruleset_version) VALUES ('benchmark')")
        connection.execute("INSERT INTO ops.runs DEFAULT VALUES")
        connection.execute(
            "INSERT INTO news.entities (entity_key, kind, name) SELECT 'person:' || n, 'person', 'x'"
            " FROM generate_series(1, %s) AS n",
            (N_ENTITIES,),
        )
        for table in TABLES:
            fill(connection, table, texts)
        kept = {table: keep_bytes(connection, table) for table in TABLES}
        keys = leaf_keys(connection)
        variants: list[tuple[str, str | None]] = [("enforced", ""), ("none", None)]
        if connection.info.server_version >= NOT_ENFORCED_FROM:
            variants.insert(1, ("not enforced", "NOT ENFORCED"))
        for name, ending in variants:
            declare(connection, keys, ending)
            best = min((load(connection, kept) for _ in range(3)), key=lambda seconds: sum(seconds.values()))
            total = sum(best.values())
            leaves = best["mentions"] + best["dates"]
            print(
                f"{name:>13}: {N_ARTICLES / total:7,.0f} articles/s, leaves alone {N_ARTICLES * 36 / leaves:9,.0f}"
                " rows/s; seconds: " + ", ".join(f"{table} {second:.2f}" for table, second in best.items())
            )


if __name__ == "__main__":
    server = sys.argv[1]
    with psycopg.connect(server, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {SCRATCH} ENCODING 'UTF8' TEMPLATE template0".encode())
    try:
        measure(urlsplit(server)._replace(path=f"/{SCRATCH}").geturl())
    finally:
        with psycopg.connect(server, autocommit=True) as administrator:
            administrator.execute(f"DROP DATABASE {SCRATCH} WITH (FORCE)".encode())
