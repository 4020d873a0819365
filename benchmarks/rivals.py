"""Other programmes at one part of the work each, in an environment of their own that holds nothing of Musnad.

A request is one JSON object on standard input, the answer one on standard output: the seconds of the work itself, a
first text as warm-up and the reading of inputs left out; or the versions of all. :mod:`benchmarks.comparison` asks.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

Request = dict[str, Any]


def each_line(request: Request, field: str, work: Callable[[str], object]) -> float:
    """Seconds for one field of all lines of a file of JSONL."""
    with open(request["path"], encoding="utf-8") as lines:  # noqa: PTH123 - one file, read once
        texts = [json.loads(line)[field] for line in lines]
    work(texts[0])
    begin = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - begin


def dateparser(request: Request) -> float:
    """``dateparser.search.search_dates`` over texts, its language told."""
    search_dates = import_module("dateparser.search").search_dates
    return each_line(request, "text", lambda text: search_dates(text, languages=["ar"]))


def trafilatura(request: Request) -> float:
    """``trafilatura.extract`` over pages, as it comes."""
    extract = import_module("trafilatura").extract
    return each_line(request, "html", extract)


def pandas(request: Request) -> float:
    """``DataFrame.to_sql`` with its default method: into new tables, or into those that are there (``append``)."""
    frames, engines = import_module("pandas"), import_module("sqlalchemy")
    source, target = (
        engines.create_engine(sqlalchemy_url(request[name]), hide_parameters=True) for name in ("source", "target")
    )
    tables = {
        table: frames.read_sql(query, source, dtype_backend="numpy_nullable")
        for table, query in request["queries"].items()
    }

    # what pandas cannot tell the type of goes to the server as it is; a guess would be refused
    as_given = type("AsGiven", (engines.types.UserDefinedType,), {"cache_ok": True})
    untold = {
        table: {name: as_given() for name in frame if name in request["untold"][table] or frame[name].isna().all()}
        for table, frame in tables.items()
    }
    begin = time.perf_counter()
    with target.begin() as connection:
        for table, frame in tables.items():
            schema, _, name = table.partition(".")
            there = {"schema": schema, "if_exists": "append", "dtype": untold[table]} if request["append"] else {}
            frame.to_sql(name, connection, index=False, **there)
    return time.perf_counter() - begin


def dlt(request: Request) -> float:
    """A dlt pipeline of dictionaries into new tables, its defaults but for telemetry."""
    os.environ.update(RUNTIME__DLTHUB_TELEMETRY="false", RUNTIME__LOG_LEVEL="CRITICAL")
    library, driver = import_module("dlt"), import_module("psycopg")
    with driver.connect(request["source"], row_factory=import_module("psycopg.rows").dict_row) as connection:
        tables = {table: connection.execute(query).fetchall() for table, query in request["queries"].items()}
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        pipeline = library.pipeline(
            "rival",
            destination=library.destinations.postgres(request["target"]),
            dataset_name="rival",
            pipelines_dir=folder,
        )
        pipeline.run([library.resource(rows, name=table.partition(".")[2]) for table, rows in tables.items()])
        return time.perf_counter() - begin


def sqlalchemy_url(url: str) -> str:
    """The URL as SQLAlchemy names it, with psycopg 3 as driver."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


RIVALS = {"dateparser": dateparser, "trafilatura": trafilatura, "pandas": pandas, "dlt": dlt}


def main() -> None:
    """Answer one request."""
    request = json.load(sys.stdin)
    if request["rival"] == "versions":
        answer = {name: import_module(name).__version__ for name in RIVALS}
    else:
        answer = {"seconds": RIVALS[request["rival"]](request)}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
