"""Ours beside other programmes on the same texts and rows, in turns: search for dates, reading of pages, loading."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from benchmarks import stages
from benchmarks.corpus import articles
from benchmarks.floor import LOADED, copy_before
from benchmarks.runs import news_file
from benchmarks.server import Server

N_TEXTS, N_PAGES, N_LOADED = 300, 500, 2_000
Turns = dict[str, list[float]]
"""Seconds of each who took part, turn by turn."""

_COLUMNS = """
SELECT attname, format_type(atttypid, NULL) IN ('uuid', 'jsonb', 'bytea', 'text[]', 'date')
FROM pg_catalog.pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""

_WITHIN = """
SELECT relname, conname
FROM pg_catalog.pg_constraint
JOIN pg_catalog.pg_class ON pg_class.oid = conrelid
WHERE contype = 'f' AND conrelid = confrelid AND relnamespace = 'news'::regnamespace
"""


class Rivals:
    """The rivals' own Python and what they are asked.

    Attributes:
        python: the interpreter of their environment.
        versions: of their packages.
    """

    def __init__(self, python: Path) -> None:
        """Make sure that all of them can be asked.

        Raises:
            CalledProcessError: one of them cannot be imported.
        """
        self.python = python
        self.versions: dict[str, str] = self._ask(rival="versions")

    def seconds(self, rival: str, **request: object) -> float:
        """What one of them took.

        Raises:
            CalledProcessError: it failed; its words are on standard error.
        """
        return float(self._ask(rival=rival, **request)["seconds"])

    def _ask(self, **request: object) -> dict[str, Any]:
        asked = subprocess.run(
            [self.python, Path(__file__).with_name("rivals.py")],
            input=json.dumps(request),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        answer: dict[str, Any] = json.loads(asked.stdout.splitlines()[-1])
        return answer


def dates(rivals: Rivals, folder: Path, rounds: int) -> Turns:
    """The whole transform beside dateparser's search for dates, one process each."""
    path = news_file(folder, N_TEXTS)
    batches = stages.extract(path)
    turns: Turns = defaultdict(list)
    for _ in range(rounds):
        turns["ours"].append(stages.seconds(lambda: stages.transform_only(batches)))
        turns["dateparser"].append(rivals.seconds("dateparser", path=str(path)))
    return turns


def pages(rivals: Rivals, folder: Path, rounds: int) -> Turns:
    """Our reading of HTML, markup to text with the role of each line, beside trafilatura's."""
    path = folder / "pages.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(
            json.dumps({"html": each.html(), "url": each.url}, ensure_ascii=False) + "\n" for each in articles(N_PAGES)
        )
    turns: Turns = defaultdict(list)
    for _ in range(rounds):
        turns["ours"].append(stages.seconds(lambda: stages.extract(path)))
        turns["trafilatura"].append(rivals.seconds("trafilatura", path=str(path)))
    return turns


def loading(rivals: Rivals, server: Server, folder: Path, rounds: int) -> Turns:
    """Our load stage beside others who load the rows it left, without the text search column.

    pandas loads them into the product's tables, which compute that column, and, as dlt does, into new ones.
    """
    batches = stages.transform(stages.extract(news_file(folder, N_LOADED)))
    turns: Turns = defaultdict(list)
    for _ in range(rounds):
        with server.warehouse() as loaded:
            stages.prepare(loaded)
            server.settle()
            turns["ours"].append(stages.seconds(lambda: stages.load(batches, loaded)))
            untold, queries = _queries(loaded)
            for name, rival in (("pandas append", "pandas"), ("pandas", "pandas"), ("dlt", "dlt")):
                with server.warehouse() as target:
                    is_append = name != rival
                    if is_append:
                        copy_before(loaded, target)
                        _let_any_order(target)
                    server.settle()
                    turns[name].append(
                        rivals.seconds(
                            rival, source=loaded, target=target, queries=queries, untold=untold, append=is_append
                        )
                    )
    return turns


def _let_any_order(url: str) -> None:
    """Take away the foreign keys within a table: row by row, a later version may come before the one it follows."""
    with psycopg.connect(url) as connection:
        for table, name in connection.execute(_WITHIN).fetchall():
            statement = sql.SQL("ALTER TABLE news.{} DROP CONSTRAINT {}")
            connection.execute(statement.format(sql.Identifier(table), sql.Identifier(name)))


def _queries(url: str) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The columns of each table that only Postgres knows the type of, and what to read: those as text."""
    untold, queries = {}, {}
    with psycopg.connect(url) as connection:
        for table in LOADED:
            found = connection.execute(_COLUMNS, (table,)).fetchall()
            untold[table] = [name for name, is_own in found if is_own]
            columns = sql.SQL(", ").join(
                sql.SQL("{0}::text AS {0}" if is_own else "{0}").format(sql.Identifier(name)) for name, is_own in found
            )
            query = sql.SQL("SELECT {} FROM {}").format(columns, sql.Identifier(*table.split(".")))
            queries[table] = query.as_string(connection)
    return untold, queries
