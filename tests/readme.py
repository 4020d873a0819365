"""The README as data: its commands, its questions, and the parts that are made from the warehouse.

``python tests/readme.py URL`` writes the made parts anew, for a warehouse that holds the seeds; the tests compare.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.scorecard import read_baseline, table

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_MADE = re.compile(r"<!-- made: (\w+) -->\n(.*?)<!-- end -->\n", re.DOTALL)
_SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_QUESTION = re.compile(r"^```sql\n(.*?)^```\n\n<!-- made: (\w+) -->", re.MULTILINE | re.DOTALL)

SCHEMAS = {
    "news": "the normalised facts",
    "mart": "flat views for dashboards, current versions only",
    "ops": "how it got there (not for the reader role)",
}

_COLUMNS = """
SELECT
    namespace.nspname,
    relation.relname,
    relation.relkind = 'v',
    pg_catalog.obj_description(relation.oid, 'pg_class'),
    attribute.attname,
    pg_catalog.format_type(attribute.atttypid, attribute.atttypmod),
    pg_catalog.col_description(relation.oid, attribute.attnum)
FROM pg_catalog.pg_class AS relation
JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = relation.relnamespace
JOIN pg_catalog.pg_attribute AS attribute ON attribute.attrelid = relation.oid
WHERE namespace.nspname = %s
  AND relation.relkind IN ('r', 'p', 'v')
  AND attribute.attnum > 0
  AND NOT attribute.attisdropped
  AND relation.relname <> 'alembic_version'
ORDER BY relation.relname, attribute.attnum
"""


def commands() -> list[str]:
    """Every command line of the README's shell blocks; comments and continuations joined."""
    found = []
    for block in _SHELL.findall(README.read_text(encoding="utf-8")):
        lines = block.replace("\\\n", " ").splitlines()
        found += [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return found


def questions() -> dict[str, str]:
    """The README's SQL, by the name of the answer that follows it."""
    return {name: query for query, name in _QUESTION.findall(README.read_text(encoding="utf-8"))}


def made_parts() -> dict[str, str]:
    """The made parts as the README has them."""
    return dict(_MADE.findall(README.read_text(encoding="utf-8")))


def answers(url: str) -> dict[str, str]:
    """The questions' answers from a warehouse, as markdown tables."""
    with psycopg.connect(url) as connection:
        return {name: _answer(connection, query) for name, query in questions().items()}


def dictionary(url: str) -> str:
    """All tables, views and columns with their comments, as markdown."""
    with psycopg.connect(url) as connection:
        return "".join(line for schema in SCHEMAS for line in _schema(connection, schema))


def _answer(connection: psycopg.Connection[Any], query: str) -> str:
    cursor = connection.execute(query)
    names = [column.name for column in cursor.description or []]
    rows = [["" if cell is None else str(cell) for cell in row] for row in cursor]
    return _table(names, rows)


def _table(names: list[str], rows: list[list[str]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _schema(connection: psycopg.Connection[Any], schema: str) -> Iterator[str]:
    yield f"### {schema}: {SCHEMAS[schema]}\n\n"
    tables: dict[tuple[str, bool, str], list[list[str]]] = {}
    for _, name, is_view, meaning, column, kind, comment in connection.execute(_COLUMNS, (schema,)):
        tables.setdefault((name, is_view, meaning), []).append([f"`{column}`", kind, comment])
    for (name, _, meaning), columns in tables.items():
        yield f"<details><summary><code>{schema}.{name}</code> {meaning}</summary>\n\n"
        yield _table(["column", "type", "meaning"], columns)
        yield "\n</details>\n\n"


def main() -> None:
    """Write the made parts of the README anew."""
    url = sys.argv[1]
    parts = made_parts() | answers(url) | {"dictionary": dictionary(url), "scorecard": table(read_baseline())}
    text = README.read_text(encoding="utf-8")
    README.write_text(
        _MADE.sub(lambda part: f"<!-- made: {part[1]} -->\n{parts[part[1]]}<!-- end -->\n", text), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
