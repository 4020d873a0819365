"""Every figure of speed in one run: stages, end to end, the floor, growth, memory, rivals on the same texts.

    make bench          a quarter of an hour; FULL=1 for the growth to 200,000 articles, an hour
    python -m benchmarks.performance [--articles N] [--rounds N] [--sizes N ...] [--filled N] [--rivals PYTHON]
                                     [--folder FOLDER] [--write]

What is compared takes turns, and medians count; figures of two runs do not compare. ``--write`` puts the tables into
``docs/performance.md``. Linux only; 100,000 articles take 5 GB below FOLDER.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from rich.console import Console

from benchmarks.comparison import Rivals
from benchmarks.measurements import Bench
from benchmarks.runs import CORES
from benchmarks.server import Server, bench_server
from benchmarks.tables import Table, write_measured
from flows import native
from flows.transform import load_rules

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


def heading(server: Server, articles: int, rounds: int) -> str:
    """When and on what shape of machine."""
    with psycopg.connect(server.url) as connection:
        postgres = connection.info.parameter_status("server_version")
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    how = "compiled" if native.is_used() else "as source"
    return (
        f"Measured {datetime.now(UTC):%d %B %Y}: {CORES} cores, {memory:.0f} GiB of memory, "
        f"{platform.system()}, Python {platform.python_version()}, Postgres {postgres} embedded and durable, transform "
        f"{how}; {articles:,} articles, medians of {rounds} turns."
    )


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options."""
    options = argparse.ArgumentParser(prog="benchmarks.performance")
    options.add_argument("--articles", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    options.add_argument("--filled", type=int, default=0, help="also the last 10,000 of so many articles")
    options.add_argument("--rivals", type=Path, help="Python of the environment that has the extra bench")
    options.add_argument("--folder", default=tempfile.gettempdir())
    options.add_argument("--write", action="store_true", help="rewrite the tables of docs/performance.md")
    return options.parse_args(arguments)


def main(arguments: Sequence[str]) -> None:
    """Measure, print, write."""
    given, began = parse(arguments), time.monotonic()
    load_rules()
    console, shown = Console(width=None if sys.stdout.isatty() else 160), list[Table]()
    news = Path(tempfile.mkdtemp(prefix="musnad-news-", dir=given.folder))
    rivals = Rivals(given.rivals) if given.rivals else None
    try:
        with bench_server(given.folder) as server:
            print(said := heading(server, given.articles, given.rounds))
            sizes = tuple(sorted(given.sizes))
            bench = Bench(server, news, given.articles, given.rounds, sizes, given.filled, rivals)
            for each in bench.tables():
                each.show(console)
                shown.append(each)
    finally:
        shutil.rmtree(news)
    print(f"{(time.monotonic() - began) / 60:.0f} minutes")
    if given.write:
        write_measured(PAGE, said, shown)


if __name__ == "__main__":
    main(sys.argv[1:])
