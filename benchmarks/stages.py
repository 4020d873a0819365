"""Each stage alone over the same articles, and the time its steps take: extract, transform, load."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

import psycopg

from flows.batches import BatchJob, transform_batch
from flows.extract import extract_batches, find_inputs
from flows.load import LoadBatch, Run, load_batch, start_run, sync_reference
from flows.load.copying import CopyTarget
from flows.options import extract_limits
from flows.reference.catalogue import load_catalogue
from flows.settings import load_settings
from flows.transform import load_rules
from flows.values import RawRecord, Reject

_RUN = Run(0, 0)
LOAD_STEPS = "decide_newness", "resolve_identities", "copy_rows", "chain_articles", "mark_copies"

Batch = tuple[RawRecord, ...]


def extract(path: Path) -> list[Batch]:
    """All batches of a file.

    Raises:
        ValueError: a record of it was rejected.
    """
    batches = []
    for batch in extract_batches(find_inputs([str(path)]), extract_limits(load_settings())):
        records = tuple(each for each in batch if not isinstance(each, Reject))
        if len(records) < len(batch):
            raise ValueError(f"{path}: {len(batch) - len(records)} records were rejected")
        batches.append(records)
    return batches


def transform(batches: Sequence[Batch]) -> list[LoadBatch]:
    """All batches annotated, in this process."""
    return [_transform_one(batch) for batch in batches]


def transform_only(batches: Iterable[Batch]) -> int:
    """The same, each batch let go when it is done, as a run does; how many records."""
    return sum(map(_count_transformed, batches))


def load(batches: Sequence[LoadBatch], url: str) -> None:
    """All batches into a warehouse that holds the reference data."""
    with psycopg.connect(url, autocommit=True) as connection:
        run = start_run(connection, flow_run_id=None, ruleset_version=load_rules().version, parameters={})
        for number, batch in enumerate(batches, 1):
            load_batch(connection, run, number, batch)


def characters(batches: Iterable[Batch]) -> int:
    """Characters of the texts of all records."""
    return sum(len(record.text) for batch in batches for record in batch)


def prepare(url: str) -> None:
    """The reference data into a warehouse, as a run does before its first batch."""
    with psycopg.connect(url, autocommit=True) as connection:
        sync_reference(connection, load_catalogue())


def transform_apart(batches: Sequence[Batch], workers: int) -> float:
    """Seconds for all batches in worker processes that are up and have their rules; results stay there."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(_warm_up, range(workers)))
        begin = time.perf_counter()
        list(pool.map(_count_transformed, batches))
        return time.perf_counter() - begin


def _transform_one(batch: Batch) -> LoadBatch:
    return transform_batch(BatchJob(0, batch, _RUN), batch, (), frozenset(), load_rules())


def _count_transformed(batch: Batch) -> int:
    return len(_transform_one(batch).items)


def _warm_up(_: int) -> None:
    load_rules()
    time.sleep(1)  # long enough that no worker takes two


def seconds(work: Callable[[], object]) -> float:
    """How long something takes by the clock on the wall."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


@contextmanager
def time_spent(module: ModuleType, steps: Sequence[str]) -> Iterator[Counter[str]]:
    """Seconds by step while functions of a module are called by their names in it; each COPY by its table."""
    spent: Counter[str] = Counter()
    own = {name: getattr(module, name) for name in steps}
    for name, step in own.items():
        setattr(module, name, _timed(name, step, spent))
    try:
        yield spent
    finally:
        for name, step in own.items():
            setattr(module, name, step)


def _timed(name: str, step: Callable[..., object], spent: Counter[str]) -> Callable[..., object]:
    def measured(*given: object, **named: object) -> object:
        label = next((f"COPY {each.table}" for each in given if isinstance(each, CopyTarget)), name)
        begin = time.perf_counter()
        try:
            return step(*given, **named)
        finally:
            spent[label] += time.perf_counter() - begin  # type: ignore[assignment] # a counter of seconds

    return measured
