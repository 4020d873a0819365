"""The ingest flow: find inputs, read them, transform and load batch by batch, account for every record.

A task is a batch of records, never an article (a task costs about 5 ms); it is one transaction and is tried again on
the errors a second try can mend. With several workers, batches are transformed and loaded in processes of their own,
which know nothing of Prefect, so that one Prefect server serves a run of any width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future as Finished
from contextlib import ExitStack, contextmanager
from itertools import chain, count, islice, repeat
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.settings import PREFECT_API_URL
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from flows.archive import archive_place
from flows.batches import BatchJob, Outcome, is_transient, process_batch
from flows.dask_cluster import DaskError, agreed_terms, pack_job, process_packed, require_workers
from flows.extract import ExtractLimits, LateRevisits, extract_batches, late_batches, load_field_names, read_batches
from flows.extract.fields import FieldNames
from flows.extract.uris import public_input
from flows.inbox import Batch, Delivery, take_from_inbox
from flows.load import BatchCounts, Run, run_row
from flows.load.ledger import Ledger
from flows.load.quarantine import open_rejects, settle_replay
from flows.options import check_options, default_workers, extract_limits
from flows.progress import current_progress
from flows.recorded import LoadOptions, open_ledger, recorded_run
from flows.reference.home import home_tables
from flows.replay import Replay
from flows.report import RunReport, run_markdown
from flows.settings import load_settings
from flows.slices import FileSlice, cut_files
from flows.underway import Crew, Future, Job, load_all
from flows.warehouse import open_warehouse
from flows.workers import WorkerProcesses

_DASK_SECONDS = 15
"""How long a scheduler may take to answer."""


def _is_transient(_task: object, _run: object, state: State[Any]) -> bool:
    """Whether a failed batch may succeed when tried again: only on named errors of the database."""
    return is_transient(state.result(raise_on_failure=False))


_TASK: dict[str, Any] = {
    "name": "load batch",
    "task_run_name": "batch {number}",
    "retries": 3,
    "retry_delay_seconds": [1, 5, 20],
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": _is_transient,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}


@task(**_TASK)
def load_records(number: int, job: BatchJob, load: Callable[[BatchJob], BatchCounts]) -> Outcome:  # noqa: ARG001 - in its name
    """Transform and load one batch, as ``load`` does it: here, or in a worker process."""
    return Outcome(load(job))


@task(**_TASK)
def load_on_cluster(number: int, packed: bytes) -> Outcome:  # noqa: ARG001 - as above
    """Do a job in a worker of a Dask cluster."""
    return process_packed(packed)


@flow(name="musnad-ingest", flow_run_name="ingest", log_prints=False, persist_result=False)
def ingest(  # noqa: PLR0917 - Prefect passes them by name
    inputs: list[str],
    published: str | None = None,
    source: str | None = None,
    workers: int | None = None,
    is_inbox: bool = False,
    dask: str | None = None,
) -> RunReport:
    """Load INPUTs into the warehouse and account for each record.

    Args:
        inputs: files, folders, globs or fsspec URLs, by the names they may be shown by (:func:`conceal`): Prefect
            stores them.
        published: ISO 8601 publication of records that state none themselves.
        source: key of the source that published them.
        workers: processes that transform and load, 1 to 64; as many as there are cores by default.
        is_inbox: whether INPUTs may match nothing, and only files that no completed run has read are read.
        dask: address of the scheduler of a Dask cluster, whose workers then transform and load.

    Raises:
        InputError: an INPUT matches nothing, or an option cannot be read; nothing is loaded.
        WarehouseError: the warehouse cannot be reached.
        DaskError: the Dask cluster cannot be used.
    """
    files = check_options(inputs, published, source, workers, may_be_empty=is_inbox)
    settings = load_settings()
    parameters = {"inputs": [public_input(name) for name in inputs], "is_inbox": is_inbox}
    options = LoadOptions(published, source, workers or default_workers(), home_tables())
    with open_ledger() as ledger, ExitStack() as stack:
        cluster = stack.enter_context(_dask_crew(dask, options)) if dask else None
        with recorded_run(ledger, flow_run.id or None, parameters, options) as run:
            delivery = Delivery(files)
            if is_inbox:
                delivery = take_from_inbox(ledger.session(), run.run_id, files, settings.inbox_settle_seconds)
            current_progress().begin(len(delivery.files))
            reading = extract_limits(settings), load_field_names(settings.fields)
            if cluster is not None:
                counts = _work_on_cluster(delivery, reading, options, run, cluster)
            else:
                batches = delivery.noting(extract_batches(delivery.files, *reading))
                counts = _work(_jobs(batches, run, options), options, ledger.url)
            delivery.remember(ledger.session(), run.run_id)
        return _report(ledger, run, counts)


@flow(name="musnad-replay", flow_run_name="replay", log_prints=False, persist_result=False)
def replay(
    reject_ids: list[int],
    published: str | None = None,
    source: str | None = None,
    workers: int | None = None,
) -> tuple[RunReport, int]:
    """Read rejected records again and load those that can be loaded now.

    Args:
        reject_ids: numbers of rejects; those that are resolved already are left alone.
        published: as it was for the run that met them.
        source: the same.
        workers: processes that transform and load; as many as there are cores by default.

    Returns:
        The report of the run, and how many rejects it resolved.
    """
    settings = load_settings()
    options = LoadOptions(published, source, workers or default_workers(), home_tables())
    with open_ledger() as ledger:
        with recorded_run(ledger, flow_run.id or None, {"replayed": len(reject_ids)}, options) as run:
            again = Replay(
                open_rejects(ledger.session(), reject_ids), extract_limits(settings), load_field_names(settings.fields)
            )
            current_progress().begin(len(again.files))
            counts = _work(_jobs(again.batches(), run, options), options, ledger.url)
            n_resolved = settle_replay(ledger.session(), run.run_id, reject_ids, again.read_ids)
        return _report(ledger, run, counts), n_resolved


def _jobs(
    batches: Iterable[Batch], run: Run, options: LoadOptions, numbers: Iterator[int] | None = None
) -> Iterator[BatchJob]:
    numbers = numbers or count(1)
    for batch in batches:
        yield BatchJob(next(numbers), batch, run, options.published, options.source, options.tables)


def _report(ledger: Ledger, run: Run, counts: BatchCounts) -> RunReport:
    report = RunReport(run_row(ledger.session(), run.run_id), dict(counts.rejects))
    create_markdown_artifact(run_markdown(report), key="musnad-run", description="What this run read and loaded")
    return report


def _work(jobs: Iterator[BatchJob], options: LoadOptions, url: str) -> BatchCounts:
    """Do all jobs in worker processes, or in this one: a single batch is not worth starting any."""
    first = tuple(islice(jobs, 2))
    with ExitStack() as stack:
        is_alone = options.workers == 1 or len(first) == 1
        crew = _crew_of_one(url) if is_alone else stack.enter_context(_local_crew(options, url))
        return load_all(chain(first, jobs), crew)


def _crew_of_one(url: str) -> Crew:
    """This process, which does a job when it is given one."""

    def submit(job: Job) -> Future[Outcome]:
        done: Finished[Outcome] = Finished()
        load = quote(lambda job: process_batch(job, url))
        done.set_result(load_records(job.number, quote(job), load))  # type: ignore[call-overload] # Prefect unquotes
        return done

    return Crew(submit, lambda: 1)


@contextmanager
def _local_crew(options: LoadOptions, url: str) -> Iterator[Crew]:
    """Worker processes, each batch watched over by a Prefect task in a thread of this process."""
    with (
        ThreadPoolTaskRunner[Outcome](max_workers=options.workers) as tasks,
        WorkerProcesses(options.workers, options.tables) as processes,
    ):

        def submit(job: Job) -> Future[Outcome]:
            load = quote(lambda job: processes.process(job, url))
            return tasks.submit(load_records, {"number": job.number, "job": quote(job), "load": load})

        yield Crew(submit, lambda: options.workers)


@contextmanager
def _dask_crew(address: str, options: LoadOptions) -> Iterator[Crew]:
    """The workers of a Dask cluster, each of them running its Prefect tasks by itself.

    Raises:
        DaskError: it cannot be used.
    """
    settings = load_settings()
    url = open_warehouse(settings).url("loader")
    api = PREFECT_API_URL.value()
    if api is None:
        raise DaskError("workers of a Dask cluster need a Prefect server they reach; name it by PREFECT_API_URL")
    with (
        agreed_terms(options.tables, api, url, archive_place(settings)) as terms,
        _dask_runner(address) as tasks,
    ):
        client = tasks.client
        require_workers(client, terms)

        def submit(job: Job) -> Future[Outcome]:
            packed = {"number": job.number, "packed": pack_job(job, terms)}
            future: Future[Outcome] = tasks.submit(load_on_cluster, packed)
            return future

        yield Crew(submit, lambda: len(client.nthreads()))


@contextmanager
def _dask_runner(address: str) -> Iterator[Any]:
    """Prefect's way into the cluster, connected.

    Raises:
        DaskError: it does not answer, or Dask is not installed.
    """
    try:
        from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise DaskError("--dask needs the extra dask; install it by pip install -e '.[dask]'") from error
    with DaskTaskRunner(address=address, client_kwargs={"timeout": _DASK_SECONDS}) as tasks:
        try:
            tasks.client.nthreads()
        except (OSError, ValueError) as error:
            raise DaskError(
                f"no Dask scheduler answers at {address} ({error}); "
                "give the address that dask scheduler names, such as tcp://127.0.0.1:8786"
            ) from error
        yield tasks


def _work_on_cluster(
    delivery: Delivery, reading: tuple[ExtractLimits, FieldNames], options: LoadOptions, run: Run, crew: Crew
) -> BatchCounts:
    """Have the workers read files behind URLs, where there are enough for all; what is read here is sent to them."""
    limits, names = reading
    far = tuple(cut_files([file for file in delivery.files if file.is_remote], limits.batch_bytes))
    if len(far) < crew.width() or delivery.seen:  # what could not be opened of an inbox is known to who reads it
        far = ()
    near = [file for file in delivery.files if not far or not file.is_remote]
    step = 1 + len(far)
    slices = (
        FileSlice(part, first, step, limits, names)
        for part, first in zip(far, _jobs(repeat(()), run, options, count(2)), strict=False)
    )
    with LateRevisits() as revisits:
        read = delivery.noting(read_batches(near, limits, names, revisits))
        numbers = count(1, step)
        counts = load_all(chain(slices, _jobs(read, run, options, numbers)), crew, revisits=revisits)
        return load_all(_jobs(late_batches(revisits, limits), run, options, numbers), crew, counts)
