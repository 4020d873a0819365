"""What partitions of the largest table would give: loads, the queries of a dashboard, and dropping the oldest.

    python -m benchmarks.partitioning [--articles 200000]

Fills ``news.mentions`` as it is, in ten ranges of its key and in ten hashes of it, with the mentions of generated
articles (those of the first 2,000, again under other ids), 10,000 articles at a time by binary COPY, the three in turn.
Prints the seconds of the first and of the last tenth, of some queries, and of deleting the oldest tenth.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import psycopg
from psycopg import Connection, sql

from benchmarks import stages
from benchmarks.runs import news_file
from benchmarks.server import bench_server

SAMPLE = 2_000
STEP = 10_000
PARTS = 10
LAYOUTS = ("one table", "ranges", "hashes")
ROUNDS = 5
QUERIES = {
    "mentions of one article": "SELECT count(*) FROM {} WHERE article_id = %(article)s",
    "articles that name one entity": "SELECT count(DISTINCT article_id) FROM {} WHERE entity_id = %(entity)s",
    "entities of the last 10,000 articles": "SELECT entity_id, count(*) FROM {} WHERE article_id > %(recent)s"
    " AND entity_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
    "entities of all articles": "SELECT entity_id, count(*) FROM {} GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
}
_FREQUENT = """
SELECT entity_id FROM news.mentions WHERE entity_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC OFFSET 20 LIMIT 1
"""

Columns = tuple[str, ...]


def table(layout: str) -> sql.Identifier:
    """The table of a layout."""
    return sql.Identifier(f"mentions, {layout}")


def part(layout: str, number: int) -> sql.Identifier:
    """One of its partitions."""
    return sql.Identifier(f"mentions, {layout} {number}")


def make(connection: Connection, layout: str, n_articles: int) -> None:
    """An empty table with the columns, checks, key and indexes of ``news.mentions``."""
    ways = {"one table": sql.SQL(""), "ranges": sql.SQL("PARTITION BY RANGE (article_id)"),
            "hashes": sql.SQL("PARTITION BY HASH (article_id)")}  # fmt: skip
    create = sql.SQL("CREATE TABLE {} (LIKE news.mentions INCLUDING ALL) {}")
    connection.execute(create.format(table(layout), ways[layout]))
    if layout == "one table":
        return
    size = n_articles // PARTS
    for number in range(PARTS):
        bounds = (
            sql.SQL("FROM ({}) TO ({})").format(number * size + 1, (number + 1) * size + 1)
            if layout == "ranges"
            else sql.SQL("WITH (MODULUS {}, REMAINDER {})").format(PARTS, number)
        )
        attach = sql.SQL("CREATE TABLE {} PARTITION OF {} FOR VALUES {}")
        connection.execute(attach.format(part(layout, number), table(layout), bounds))


def columns(connection: Connection) -> Columns:
    """The columns of the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM news.mentions LIMIT 0")
        return tuple(column.name for column in cursor.description or ())


def blocks(connection: Connection, names: Columns, first: int) -> list[bytes]:
    """The rows of 10,000 articles from an id on, as binary COPY has them."""
    others = sql.SQL(", ").join(sql.Identifier(name) for name in names if name != "article_id")
    select = sql.SQL(
        "COPY (SELECT {first} + again * {sample} + place AS article_id, {others}"
        " FROM generate_series(0, {last}) AS again"
        " CROSS JOIN (SELECT dense_rank() OVER (ORDER BY article_id) - 1 AS place, * FROM news.mentions) AS sampled"
        " WHERE place < {sample} ORDER BY 1, char_start, char_end) TO STDOUT (FORMAT BINARY)"
    )
    statement = select.format(first=first, sample=SAMPLE, last=STEP // SAMPLE - 1, others=others)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        return [bytes(block) for block in copy]


def load(connection: Connection, layout: str, names: Columns, rows: list[bytes]) -> float:
    """Seconds to COPY rows into a table."""
    ordered = sql.SQL(", ").join(map(sql.Identifier, ("article_id", *(n for n in names if n != "article_id"))))
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(table(layout), ordered)
    begin = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in rows:
            copy.write(block)
    return time.perf_counter() - begin


def in_turn(n_rounds: int) -> Iterator[tuple[int, str]]:
    """Rounds with the layouts in turn, each round beginning with another."""
    for number in range(n_rounds):
        for shift in range(len(LAYOUTS)):
            yield number, LAYOUTS[(number + shift) % len(LAYOUTS)]


def fill(connection: Connection, n_articles: int) -> dict[str, list[float]]:
    """Seconds of each step of 10,000 articles, by layout."""
    names, spent, rows = columns(connection), {layout: list[float]() for layout in LAYOUTS}, list[bytes]()
    loaded = -1
    for number, layout in in_turn(n_articles // STEP):
        if number != loaded:
            rows, loaded = blocks(connection, names, number * STEP + 1), number
        spent[layout].append(load(connection, layout, names, rows))
    return spent


def ask(connection: Connection, n_articles: int) -> dict[str, dict[str, float]]:
    """Milliseconds of each query by layout, planning included: the median of some rounds."""
    entity = connection.execute(_FREQUENT).fetchone()
    given = {"article": n_articles // 2, "entity": entity and entity[0], "recent": n_articles - STEP}
    spent: dict[str, dict[str, list[float]]] = {name: {layout: [] for layout in LAYOUTS} for name in QUERIES}
    for _, layout in in_turn(ROUNDS):
        for name, query in QUERIES.items():
            begin = time.perf_counter()
            connection.execute(sql.SQL(query).format(table(layout)), given, prepare=False).fetchall()
            spent[name][layout].append(1000 * (time.perf_counter() - begin))
    return {name: {layout: median(took) for layout, took in by.items()} for name, by in spent.items()}


def drop_oldest(connection: Connection, layout: str, n_articles: int) -> float:
    """Seconds to remove the oldest tenth and have its space back: a partition dropped, or rows deleted and vacuumed."""
    begin = time.perf_counter()
    if layout == "ranges":
        connection.execute(sql.SQL("DROP TABLE {}").format(part(layout, 0)))
    else:
        delete = sql.SQL("DELETE FROM {} WHERE article_id <= {}").format(table(layout), n_articles // PARTS)
        connection.execute(delete)
        connection.execute(sql.SQL("VACUUM {}").format(table(layout)))
    return time.perf_counter() - begin


def print_table(title: str, figures: dict[str, dict[str, float]], unit: str) -> None:
    """One table of markdown."""
    print(f"\n| {title}, {unit} | " + " | ".join(LAYOUTS) + " |\n|---|" + "---:|" * len(LAYOUTS))
    for name, by in figures.items():
        print(f"| {name} | " + " | ".join(f"{by[layout]:.2f}" for layout in LAYOUTS) + " |")


def measure(url: str, n_articles: int) -> None:
    """Fill, ask and drop in a warehouse that holds the sample."""
    with psycopg.connect(url, autocommit=True) as connection:
        for layout in LAYOUTS:
            make(connection, layout, n_articles)
        spent = fill(connection, n_articles)
        tenth = max(1, n_articles // STEP // PARTS)
        parts = {"first": slice(0, tenth), "last": slice(-tenth, None)}
        loads = {f"{name} tenth": {each: sum(spent[each][cut]) for each in LAYOUTS} for name, cut in parts.items()}
        print_table("COPY", {**loads, "all": {each: sum(spent[each]) for each in LAYOUTS}}, "s")
        for layout in LAYOUTS:
            connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(table(layout)))
        print_table("query", ask(connection, n_articles), "ms")
        print_table(
            "removing", {"oldest tenth": {each: drop_oldest(connection, each, n_articles) for each in LAYOUTS}}, "s"
        )


def main() -> None:
    """Make the sample, then measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200_000, help="rounded down to 100,000")
    n_articles = max(1, parser.parse_args().articles // (PARTS * STEP)) * PARTS * STEP
    with tempfile.TemporaryDirectory() as folder, bench_server() as server, server.warehouse() as url:
        batches = stages.extract(news_file(Path(folder), SAMPLE))
        stages.prepare(url)
        stages.load(stages.transform(batches), url)
        measure(url, n_articles)


if __name__ == "__main__":
    main()
