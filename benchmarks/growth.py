"""How the time of a run grows with its size, and whether a full warehouse slows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.runs import RunFigures, ingest, news_file
from benchmarks.server import Server

PART = 10_000


def by_size(
    server: Server, folder: Path, sizes: Sequence[int], rounds: int, workers: int
) -> dict[int, list[RunFigures]]:
    """Runs of each size into an empty warehouse, sizes in turn."""
    found: dict[int, list[RunFigures]] = defaultdict(list)
    for _ in range(rounds):
        for size in sizes:
            with server.warehouse() as url:
                found[size].append(ingest(server, url, [news_file(folder, size)], workers))
    return found


def as_it_fills(
    server: Server, folder: Path, total: int, rounds: int, workers: int
) -> list[tuple[RunFigures, RunFigures]]:
    """The first ten thousand articles of an empty warehouse, and the last of one that grows to ``total``, in turns."""
    filled = total - PART * rounds
    found = []
    with server.warehouse() as full:
        ingest(server, full, [news_file(folder, filled)], workers)
        for turn in range(rounds):
            with server.warehouse() as empty:
                first = ingest(server, empty, [news_file(folder, PART)], workers)
            last = ingest(server, full, [news_file(folder, PART, filled + PART * turn)], workers)
            found.append((first, last))
    return found
