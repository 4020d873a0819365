"""The load process that is killed: every batch of the corpus through ``process_batch``, without Prefect.

A :class:`Fault` strikes at a given exchange with the server: before a statement is sent, after its answer came, or in
between. It strikes once, and leaves a marker that it did.
"""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import psycopg

from flows.batches import BatchJob, is_transient, process_batch
from flows.load import finish_run, mark_crashed, start_run
from flows.load.ledger import Ledger
from flows.reference.tables import ReferenceTables
from flows.settings import load_settings
from flows.transform import load_rules
from flows.workers import WorkerProcesses
from tests.kill_corpus import batches

Victim = Literal["process", "worker", "backend", "session", "answer", "restart", "crash"]
"""What is struck: this process, a worker of its, the server's process for it (all of the server restarts then), its
session alone (``pg_terminate_backend``), the way back of one answer, or the server, stopped in order or at once."""

RETRY_SECONDS = (0.05, *(0.2,) * 300)
"""Pauses in seconds between tries: a server that lost a process is back in a second, on a busy machine in more."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is struck, at which exchange with the server, and whether its answer has come by then."""

    victim: Victim
    exchange: int
    is_after: bool


@dataclass(frozen=True, slots=True)
class Load:
    """One load: where to, from what home, by how many workers (0: in the process itself).

    ``folder`` takes the marker of the fault and the number of exchanges.
    ``has_transactions`` switches them off, to see whether a harness notices.
    """

    url: str
    home: Path
    folder: Path
    workers: int = 0
    fault: Fault | None = None
    has_transactions: bool = True
    is_backwards: bool = False

    @property
    def marker(self) -> Path:
        """Is there once the fault has struck."""
        return self.folder / "struck"

    @property
    def begun(self) -> Path:
        """Is there once the run has begun."""
        return self.folder / "begun"

    @property
    def exchanges(self) -> Path:
        """A line for each exchange with the server of a load in one process: what psycopg does in it."""
        return self.folder / "exchanges"


def run_load(load: Load) -> None:
    """Load all batches as one run, to its end; the body of a process."""
    _settle(load)
    with Ledger(load.url) as ledger:
        mark_crashed(ledger.session())
        run = start_run(ledger.session(), flow_run_id=None, ruleset_version=load_rules().version, parameters={})
        ledger.run_id = run.run_id
        load.begun.touch()
        jobs = [BatchJob(number, records, run) for number, records in enumerate(batches(), 1)]
        if load.is_backwards:
            jobs[:-1] = jobs[-2::-1]
        _load_in_pool(jobs, load) if load.workers else _load_here(jobs, load)
        finish_run(ledger.session(), run.run_id, "completed")


def _settle(load: Load) -> None:
    os.environ |= {"MUSNAD_HOME": str(load.home), "MUSNAD_DATABASE_URL": "", "MUSNAD_ARCHIVE": ""}
    load_settings.cache_clear()
    if not load.has_transactions:
        psycopg.Connection.transaction = lambda *_: nullcontext()  # type: ignore[method-assign, assignment]


def _load_here(jobs: list[BatchJob], load: Load) -> None:
    exchanges = _arm(load)
    for job in jobs:
        _persist(lambda job=job: process_batch(job, load.url))  # type: ignore[misc]
    load.exchanges.write_text("\n".join(exchanges), encoding="ascii")


def _load_in_pool(jobs: list[BatchJob], load: Load) -> None:
    """Load in worker processes, as the flow does without its Prefect tasks."""
    with WorkerProcesses(load.workers, ReferenceTables()) as workers, ThreadPoolExecutor(load.workers) as threads:
        list(threads.map(lambda job: _persist(lambda: workers.process(job, load.url)), jobs[:-1]))
        _persist(lambda: workers.process(jobs[-1], load.url))  # revisits: they find what is loaded


def _persist(work: Callable[[], Any]) -> None:
    """Try again on the errors the flow's tasks are tried again on."""
    for seconds in (*RETRY_SECONDS, None):
        try:
            work()
        except psycopg.Error as error:
            if seconds is None or not is_transient(error):
                raise
            time.sleep(seconds)
        else:
            return


def _arm(load: Load) -> list[str]:
    """Note the exchanges of this process with the server, and strike at the one the fault names."""
    exchanges: list[str] = []
    wait = psycopg.Connection.wait

    def noted(connection: psycopg.Connection[Any], work: Any, *arguments: Any, **named: Any) -> Any:
        exchanges.append(work.__name__)
        fault = load.fault
        if fault is None or len(exchanges) < fault.exchange or not _is_first(load.marker):
            return wait(connection, work, *arguments, **named)
        if not fault.is_after:
            _strike(fault.victim, connection)
        answer = wait(connection, work, *arguments, **named)
        if fault.is_after:
            _strike(fault.victim, connection)
        return answer

    psycopg.Connection.wait = noted  # type: ignore[method-assign, assignment]
    return exchanges


def _is_first(marker: Path) -> bool:
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _strike(victim: Victim, connection: psycopg.Connection[Any]) -> None:
    if victim == "process":
        os.kill(os.getpid(), signal.SIGKILL)
    elif victim in {"backend", "session"}:
        os.kill(connection.pgconn.backend_pid, signal.SIGKILL if victim == "backend" else signal.SIGTERM)
    else:
        with socket.socket(fileno=os.dup(connection.pgconn.socket)) as shared:
            shared.shutdown(socket.SHUT_RD)
