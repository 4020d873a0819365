"""What a warehouse says, as rows that compare: numbers that only identify give way to what they name.

``run_id`` and the times of the first sighting are left out: they tell loads apart, not news.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[Any]
Rows = dict[str, Counter[tuple[str | None, ...]]]

_LEFT_OUT = frozenset({"run_id", "seen_at", "first_seen_at", "redirect_id"})
_NOT_LOADED = frozenset({"calendar"})
_DOCUMENT = "(SELECT encode(sha256, 'hex') FROM news.documents AS named WHERE named.document_id = {})"
_ARTICLE = """(
    SELECT encode(sha256, 'hex') || ' ' || ordinal
    FROM news.articles AS named JOIN news.documents USING (document_id) WHERE named.article_id = {})"""
_ENTITY = "(SELECT entity_key FROM news.entities AS named WHERE named.entity_id = {})"
_NAMED = {
    "document_id": _DOCUMENT,
    "article_id": _ARTICLE,
    "entity_id": _ENTITY,
    "source_id": "(SELECT source_key FROM news.sources AS named WHERE named.source_id = {})",
    "ruleset_id": "(SELECT ruleset_version FROM ops.rulesets AS named WHERE named.ruleset_id = {})",
}
"""What stands for an id, by the end of its column's name."""

_COLUMNS = """
SELECT table_name::text, array_agg(column_name::text ORDER BY ordinal_position)
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'news' AND table_type = 'BASE TABLE'
GROUP BY table_name
"""


def news_rows(connection: Connection) -> Rows:
    """Every row of every table of ``news`` that loads write, by table, in text form."""
    return {
        table: Counter(connection.execute(_statement(table, columns)).fetchall())
        for table, columns in connection.execute(_COLUMNS).fetchall()
        if table not in _NOT_LOADED
    }


def _statement(table: str, columns: list[str]) -> sql.Composed:
    values = [_value(column) for column in columns if column not in _LEFT_OUT]
    return sql.SQL("SELECT {} FROM {} AS own").format(sql.SQL(", ").join(values), sql.Identifier("news", table))


def _value(column: str) -> sql.Composed:
    own = sql.Identifier("own", column)
    named = next((text for name, text in _NAMED.items() if column.endswith(name)), "{}::text")
    return sql.SQL(named).format(own)


def differences(found: Rows, expected: Rows) -> list[str]:
    """Which rows are lost and which are too many: a sentence each, the first few of a table."""
    return [
        f"{table}: {n} x {what} {row}"
        for table in expected
        for what, rows in (("lost", expected[table] - found[table]), ("too many", found[table] - expected[table]))
        for row, n in list(rows.items())[:3]
    ]
