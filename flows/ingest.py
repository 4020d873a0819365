"""The ingest flow: find inputs, read them, transform and load batch by batch, account for every record.

A task is a batch of records, never an article (a task costs about 5 ms); it is one transaction and is tried again on
the errors a second try can mend. With several workers, batches are transformed and loaded in processes of their own,
which know nothing of Prefect, so that one Prefect server serves a run of any width.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.exceptions import TerminationSignal
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from flows.batches import TRANSIENT_ERRORS, BatchJob, process_batch
from flows.extract import cost_of, extract_batches, load_field_names
from flows.extract.uris import public_input
from flows.inbox import Batch, Delivery, take_from_inbox
from flows.load import (
    BatchCounts,
    Run,
    finish_run,
    mark_crashed,
    run_row,
    start_run,
    sync_reference,
)
from flows.load.quarantine import open_rejects, settle_replay
from flows.load.runs import EndState
from flows.options import check_options, extract_limits
from flows.progress import current_progress
from flows.reference.catalogue import load_catalogue
from flows.reference.home import home_tables
from flows.reference.tables import ReferenceTables
from flows.replay import Replay
from flows.report import RunReport, run_markdown
from flows.settings import load_settings
from flows.transform import load_rules
from flows.values import Reject
from flows.warehouse import open_warehouse

_AHEAD = 2
"""Batches read ahead for each worker: enough to keep it busy, few enough to keep memory flat."""


def _is_transient(_task: object, _run: object, state: State[Any]) -> bool:
    """Whether a failed batch may succeed when tried again: only on named errors of the database."""
    return isinstance(state.result(raise_on_failure=False), TRANSIENT_ERRORS)


@task(
    name="load batch",
    task_run_name="batch {number}",
    retries=3,
    retry_delay_seconds=[1, 5, 20],
    retry_jitter_factor=0.5,
    retry_condition_fn=_is_transient,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def load_records(number: int, job: BatchJob, pool: Executor | None) -> BatchCounts:  # noqa: ARG001 - in its run name
    """Transform and load one batch, in a worker process where there is a pool of them."""
    url = open_warehouse(load_settings()).url("loader")
    if pool is None:
        return process_batch(job, url)
    return pool.submit(process_batch, job, url).result()


@flow(name="musnad-ingest", flow_run_name="ingest", log_prints=False, persist_result=False)
def ingest(
    inputs: list[str],
    published: str | None = None,
    source: str | None = None,
    workers: int = 1,
    is_inbox: bool = False,
) -> RunReport:
    """Load INPUTs into the warehouse and account for each record.

    Args:
        inputs: files, folders, globs or fsspec URLs, by the names they may be shown by (:func:`conceal`): Prefect
            stores them.
        published: ISO 8601 publication of records that state none themselves.
        source: key of the source that published them.
        workers: processes that transform and load, 1 to 64.
        is_inbox: whether INPUTs may match nothing, and only files that no completed run has read are read.

    Raises:
        InputError: an INPUT matches nothing, or an option cannot be read; nothing is loaded.
        WarehouseError: the warehouse cannot be reached.
    """
    files = check_options(inputs, published, source, workers, may_be_empty=is_inbox)
    settings = load_settings()
    parameters = {"inputs": [public_input(name) for name in inputs], "is_inbox": is_inbox}
    options = LoadOptions(published, source, workers, home_tables())
    with _ledger() as ledger:
        with recorded_run(ledger, parameters, options) as run:
            delivery = Delivery(files)
            if is_inbox:
                delivery = take_from_inbox(ledger, run.run_id, files, settings.inbox_settle_seconds)
            current_progress().begin(len(delivery.files))
            batches = extract_batches(delivery.files, extract_limits(settings), load_field_names(settings.fields))
            counts = _work(_jobs(delivery.noting(batches), run, options), workers)
            delivery.remember(ledger, run.run_id)
        return _report(ledger, run, counts)


@flow(name="musnad-replay", flow_run_name="replay", log_prints=False, persist_result=False)
def replay(
    reject_ids: list[int],
    published: str | None = None,
    source: str | None = None,
    workers: int = 1,
) -> tuple[RunReport, int]:
    """Read rejected records again and load those that can be loaded now.

    Args:
        reject_ids: numbers of rejects; those that are resolved already are left alone.
        published: as it was for the run that met them.
        source: the same.
        workers: processes that transform and load.

    Returns:
        The report of the run, and how many rejects it resolved.
    """
    settings = load_settings()
    options = LoadOptions(published, source, workers, home_tables())
    with _ledger() as ledger:
        with recorded_run(ledger, {"replayed": len(reject_ids)}, options) as run:
            again = Replay(
                open_rejects(ledger, reject_ids), extract_limits(settings), load_field_names(settings.fields)
            )
            current_progress().begin(len(again.files))
            counts = _work(_jobs(again.batches(), run, options), workers)
            n_resolved = settle_replay(ledger, run.run_id, reject_ids, again.read_ids)
        return _report(ledger, run, counts), n_resolved


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What is said of all records of a run, and how it works."""

    published: str | None
    source: str | None
    workers: int
    tables: ReferenceTables


def _ledger() -> psycopg.Connection[Any]:
    url = open_warehouse(load_settings()).url("loader")
    return psycopg.connect(url, autocommit=True, application_name="musnad run")


def _jobs(batches: Iterable[Batch], run: Run, options: LoadOptions) -> Iterator[BatchJob]:
    for number, batch in enumerate(batches, 1):
        yield BatchJob(number, batch, run, options.published, options.source, options.tables)


def _report(ledger: psycopg.Connection[Any], run: Run, counts: BatchCounts) -> RunReport:
    report = RunReport(run_row(ledger, run.run_id), dict(counts.rejects))
    create_markdown_artifact(run_markdown(report), key="musnad-run", description="What this run read and loaded")
    return report


@contextmanager
def recorded_run(
    ledger: psycopg.Connection[Any], parameters: Mapping[str, object], options: LoadOptions
) -> Iterator[Run]:
    """A row of ``ops.runs`` from its begin to its end, however it ends; runs whose process is gone marked first."""
    rules = load_rules(options.tables)
    mark_crashed(ledger)
    sync_reference(ledger, load_catalogue(options.tables))
    run = start_run(
        ledger,
        flow_run_id=flow_run.id or None,
        ruleset_version=rules.version,
        parameters={
            **parameters,
            "published": options.published,
            "source": options.source,
            "workers": options.workers,
        },
        zone=load_settings().timezone,
    )
    end: EndState = "failed"
    try:
        yield run
        end = "completed"
    except (KeyboardInterrupt, TerminationSignal):
        end = "cancelled"
        raise
    finally:
        finish_run(ledger, run.run_id, end)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A batch that is being loaded: what it holds, and how its counts are waited for."""

    n_files: int
    n_bytes: int
    counts: Callable[[], BatchCounts]


def _work(jobs: Iterator[BatchJob], workers: int) -> BatchCounts:
    """Process all jobs, in this process or in a pool, never more than a few batches ahead of the slowest.

    Batches under way hold no more bytes together than so many full ones, whatever the size of their records.
    """
    total = BatchCounts()
    most = workers * _AHEAD
    most_bytes = most * load_settings().batch_bytes
    with ExitStack() as stack:
        submit = _run_here if workers == 1 else _Pool(stack, workers).submit
        waiting: deque[_Begun] = deque()
        for job in jobs:
            n_bytes = sum(map(cost_of, job.records))
            if isinstance(first := job.records[0], Reject) and first.payload_digest:
                most = 1  # batches of revisits come last: they find the pages of other files once those are loaded
            while waiting and (len(waiting) >= most or sum(each.n_bytes for each in waiting) + n_bytes > most_bytes):
                total = _collect(waiting, total)
            waiting.append(_Begun(len({record.uri for record in job.records}), n_bytes, submit(job)))
        while waiting:
            total = _collect(waiting, total)
    return total


def _collect(waiting: deque[_Begun], total: BatchCounts) -> BatchCounts:
    begun = waiting.popleft()
    total = BatchCounts.sum((total, begun.counts()))
    current_progress().advance(begun.n_files, total)
    return total


def _run_here(job: BatchJob) -> Callable[[], BatchCounts]:
    counts: BatchCounts = load_records(job.number, quote(job), None)  # type: ignore[call-overload] # Prefect unquotes
    return lambda: counts


class _Pool:
    """Worker processes, each batch watched over by a Prefect task in a thread of this process."""

    def __init__(self, stack: ExitStack, workers: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._processes = stack.enter_context(ProcessPoolExecutor(workers, mp_context=context))
        self._tasks = stack.enter_context(ThreadPoolTaskRunner[BatchCounts](max_workers=workers))

    def submit(self, job: BatchJob) -> Callable[[], BatchCounts]:
        future: PrefectFuture[BatchCounts] = self._tasks.submit(
            load_records, {"number": job.number, "job": quote(job), "pool": quote(self._processes)}
        )
        return future.result
