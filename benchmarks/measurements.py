"""The tables of a run of the benchmark: what each measures, and what was asked of it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import comparison, growth, stages
from benchmarks.floor import Floor, bare_floor, product_floor
from benchmarks.runs import RunFigures, ingest, news_file
from benchmarks.server import Server
from benchmarks.tables import Table, table
from benchmarks.transform import LAYERS
from flows import transform
from flows.load import LoadBatch
from flows.load import batch as load_module

_WORKERS = 2
_COSTS = 10
_MIB = 1_024


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured, on what."""

    server: Server
    folder: Path
    articles: int
    rounds: int
    sizes: tuple[int, ...]
    filled: int
    rivals: comparison.Rivals | None

    def tables(self) -> Iterator[Table]:
        """Every table, each as soon as it is measured."""
        ingest_once(self)
        yield from stage_tables(self)
        yield from run_tables(self)
        yield size_table(self)
        if self.filled:
            yield filled_table(self)
        if self.rivals:
            yield rival_table(self, self.rivals)


def ingest_once(bench: Bench) -> None:
    """A first run that nobody counts: Prefect makes its database, files come into the system's cache."""
    with bench.server.warehouse() as url:
        ingest(bench.server, url, [news_file(bench.folder, 100)], _WORKERS)


def stage_tables(bench: Bench) -> Iterator[Table]:
    """Each stage alone in one process; the transform in two processes; the greatest costs."""
    path = news_file(bench.folder, bench.articles)
    batches = stages.extract(path)
    annotated = stages.transform(batches)
    gc.freeze()  # no run keeps so many annotations: the collector is not to walk them in what is measured
    taken: dict[str, list[float]] = {"extract": [], "transform": [], "load": []}
    apart: dict[int, list[float]] = {1: [], _WORKERS: []}
    for _ in range(bench.rounds):
        taken["extract"].append(stages.seconds(lambda: stages.extract(path)))
        taken["transform"].append(stages.seconds(lambda: stages.transform_only(batches)))
        taken["load"].append(_load_once(bench.server, lambda url: stages.load(annotated, url)))
        for workers, times in apart.items():
            times.append(stages.transform_apart(batches, workers))
    characters = stages.characters(batches)
    yield table(
        f"Each stage alone, one process, {bench.articles:,} articles of {characters / bench.articles:,.0f} characters",
        "stage | articles/s | million characters/s | ms an article",
        (
            (name, _speed(bench.articles, t), f"{characters / t / 1e6:.2f}", f"{1_000 * t / bench.articles:.3f}")
            for name, times in taken.items()
            for t in (median(times),)
        ),
        "Extract: lines of JSONL to records. Transform: every layer. Load: rows encoded, all tables, one transaction a "
        "batch; most of it is the server's time.",
    )
    one, two = (median(times) for times in apart.values())
    yield table(
        "The transform in processes of its own",
        "processes | articles/s | times one | asked",
        (
            ("1", _speed(bench.articles, one), "1", ""),
            (str(_WORKERS), _speed(bench.articles, two), _times(one / two), "at least 1.7"),
        ),
    )
    yield cost_table(bench, batches, annotated)
    gc.unfreeze()


def cost_table(bench: Bench, batches: Sequence[stages.Batch], annotated: Sequence[LoadBatch]) -> Table:
    """The ten greatest costs of an article, one process, the clock's own time included."""
    spent = dict[str, float]()
    with stages.time_spent(transform, LAYERS) as layers:
        stages.transform_only(batches)
    spent.update({f"transform: {name}": seconds for name, seconds in layers.items()})
    with stages.time_spent(load_module, stages.LOAD_STEPS) as steps:
        whole = _load_once(bench.server, lambda url: stages.load(annotated, url))
    spent.update({f"load: {name}": seconds for name, seconds in steps.items()})
    spent["load: all else"] = whole - sum(steps.values())
    spent["extract"] = stages.seconds(lambda: stages.extract(news_file(bench.folder, bench.articles)))
    total = sum(spent.values())
    greatest = sorted(spent.items(), key=lambda cost: -cost[1])[:_COSTS]
    return table(
        "The ten greatest costs of an article, one process",
        "step | ms an article | of all",
        ((name, f"{1_000 * cost / bench.articles:.3f}", f"{cost / total:.0%}") for name, cost in greatest),
    )


def run_tables(bench: Bench) -> Iterator[Table]:
    """End to end with one worker and two, and the floor of the very rows in the same turn."""
    runs: dict[int, list[RunFigures]] = {_WORKERS: [], 1: []}
    floors: dict[str, list[Floor]] = {"product": [], "bare": []}
    path = news_file(bench.folder, bench.articles)
    for _ in range(bench.rounds):
        with bench.server.warehouse() as loaded:
            runs[_WORKERS].append(ingest(bench.server, loaded, [path], _WORKERS))
            for name, measure in (("product", product_floor), ("bare", bare_floor)):
                with bench.server.warehouse() as target:
                    floors[name].append(measure(loaded, target))
        with bench.server.warehouse() as alone:
            runs[1].append(ingest(bench.server, alone, [path], 1))
    yield table(
        f"End to end: musnad ingest of {bench.articles:,} articles",
        "workers | articles/s | run s | before it s | command s | both cores busy | processor s | "
        "MiB ours | MiB Prefect | MiB Postgres",
        (_run_row(workers, runs[workers]) for workers in (1, _WORKERS)),
        "Run: from begin to end in ops.runs, worker processes started within it. Before it: imports, Prefect's server, "
        "rules. Busy (asked: at least 80% with 2 workers) and processor seconds: ours, Prefect's and Postgres's in the "
        "run. MiB: greatest proportional memory; ours is the parent and its workers.",
    )
    yield _floor_table(bench.articles, runs[_WORKERS], floors)


def _run_row(workers: int, runs: Sequence[RunFigures]) -> tuple[str, ...]:
    run, command, before = (_middle(runs, name) for name in ("ledger", "command", "before"))
    busy = median(each.busy_share for each in runs)
    spent = median(sum(each.busy.values()) for each in runs)
    memory = (f"{max(each.peak[kind] for each in runs) / _MIB:,.0f}" for kind in ("ours", "Prefect", "Postgres"))
    return (
        str(workers), _speed(runs[0].n_loaded, run), f"{run:.1f}", f"{before:.1f}", f"{command:.1f}", f"{busy:.0%}",
        f"{spent:.1f}", *memory,
    )  # fmt: skip


def _floor_table(articles: int, runs: Sequence[RunFigures], floors: dict[str, list[Floor]]) -> Table:
    where = {"product": ("the product's tables", "at most 4; 2 wished"),
             "bare": ("the same columns, primary keys only", "at most 8; 4 wished")}  # fmt: skip
    rows = []
    for name, measured in floors.items():
        pairs = list(zip(runs, measured, strict=True))
        rows.append(
            (
                where[name][0],
                f"{median(floor.total for floor in measured):.1f}",
                _speed(articles, median(floor.total for floor in measured)),
                _times(median(run.ledger / floor.total for run, floor in pairs)),
                _times(median(run.command / floor.total for run, floor in pairs)),
                where[name][1],
            )
        )
    return table(
        "The floor: binary COPY of the very rows of those runs",
        "into | s | articles/s | run with 2 workers, times it | whole command, times it | asked of the run",
        rows,
        "One connection, one COPY a table, one transaction. The product's tables have all keys, checks and indexes and "
        "compute the text search column; the others take it among the bytes.",
    )


def size_table(bench: Bench) -> Table:
    """How the time grows with the number of articles."""
    found = growth.by_size(bench.server, bench.folder, bench.sizes, bench.rounds, _WORKERS)
    rows = []
    for smaller, size in zip((None, *bench.sizes), bench.sizes, strict=False):
        run = _middle(found[size], "ledger")
        ratio = "" if smaller is None else _times(median(
            large.ledger / small.ledger for large, small in zip(found[size], found[smaller], strict=True)))  # fmt: skip
        asked = "at most 10.5" if (smaller, size) == (10_000, 100_000) else ""
        memory = max(each.peak["ours"] for each in found[size]) / _MIB
        rows.append((f"{size:,}", f"{run:.1f}", _speed(size, run), ratio, asked, f"{memory:,.0f}"))
    return table(
        f"Growth: runs of so many articles, {_WORKERS} workers",
        "articles | run s | articles/s | times the one before | asked | MiB ours",
        rows,
    )


def filled_table(bench: Bench) -> Table:
    """The last ten thousand articles beside the first."""
    pairs = growth.as_it_fills(bench.server, bench.folder, bench.filled, bench.rounds, _WORKERS)
    first, last = (median(run.ledger for run in runs) for runs in zip(*pairs, strict=True))
    ratio = median(last.ledger / first.ledger for first, last in pairs)
    return table(
        "As the warehouse fills",
        f"{growth.PART:,} articles | run s | times the first | asked",
        (
            ("the first", f"{first:.1f}", "1", ""),
            (f"the last of {bench.filled:,}", f"{last:.1f}", _times(ratio), "at most 1.15"),
        ),
    )


def rival_table(bench: Bench, rivals: comparison.Rivals) -> Table:
    """Others on the same texts and rows."""
    rows: list[tuple[str, ...]] = []
    for work, number, asked, turns in (
        ("whole transform / search for dates", comparison.N_TEXTS, {"dateparser": "at least 6"},
         comparison.dates(rivals, bench.folder, bench.rounds)),
        ("reading HTML / main text of HTML", comparison.N_PAGES, {},
         comparison.pages(rivals, bench.folder, bench.rounds)),
        ("load of all rows", comparison.N_LOADED, {"pandas append": "at least 2"},
         comparison.loading(rivals, bench.server, bench.folder, bench.rounds)),
    ):  # fmt: skip
        ours = turns.pop("ours")
        for rival, times in turns.items():
            ratio = median(theirs / own for theirs, own in zip(times, ours, strict=True))
            cells = _speed(number, median(ours)), _speed(number, median(times)), _times(ratio), asked.get(rival, "")
            name, _, how = rival.partition(" ")
            rows.append((work, f"{name} {rivals.versions[name]} {how}".rstrip(), *cells))
    return table(
        "Beside others, one process each, the same texts and rows in turns",
        "ours / theirs | rival | ours articles/s | theirs articles/s | times theirs | asked",
        rows,
        "Ours does every layer where dateparser looks for dates. pandas (to_sql, default method) appends the rows to "
        "the product's tables; without append it makes tables without keys, indexes or text search, as dlt does. "
        "Their rows are ready in memory; ours are made from annotations, and the load decides what is new.",
    )


def _load_once(server: Server, load: Callable[[str], object]) -> float:
    with server.warehouse() as url:
        stages.prepare(url)
        server.settle()
        return stages.seconds(lambda: load(url))


def _middle(runs: Iterable[RunFigures], figure: str) -> float:
    return float(median(getattr(each, figure) for each in runs))


def _speed(number: int, seconds: float) -> str:
    return f"{number / seconds:,.0f}"


def _times(ratio: float) -> str:
    return f"{ratio:.2f}"
