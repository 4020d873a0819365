"""Worker processes of this machine: each transforms and loads batches, and one that dies is replaced.

They know nothing of Prefect, are started when there is work for them, and live no longer than the process that started
them, however that ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from flows.batches import BatchJob, process_batch
from flows.load import BatchCounts
from flows.reference.tables import ReferenceTables
from flows.transform import load_rules

MOST_DEATHS = 3
"""So often may workers die under one batch before its run fails: one that needs too much memory kills them all."""


class WorkerLostError(RuntimeError):
    """Worker processes died again and again under one batch."""


class WorkerProcesses:
    """Up to so many worker processes, each started when a batch waits for it.

    Leaving the context by an error ends them at once, in the middle of whatever they do: their transactions roll back.
    """

    def __init__(self, most: int, tables: ReferenceTables) -> None:
        self._most = most
        self._tables = tables
        self._context = multiprocessing.get_context("spawn")
        self._lock = threading.Lock()
        self._lifeline, self._held = self._context.Pipe(duplex=False)
        self._executor = self._started()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        with self._lock:
            if kind is not None:
                self._held.close()
            executor = self._executor
        executor.shutdown(cancel_futures=True)
        self._held.close()
        self._lifeline.close()

    def process(self, job: BatchJob, url: str) -> BatchCounts:
        """Process a batch in a worker, and again in another where that one dies; may be called from many threads.

        Raises:
            WorkerLostError: workers died under it again and again.
            psycopg.Error: as :func:`flows.batches.process_batch`, whose other errors come through, too.
        """
        for _ in range(MOST_DEATHS):
            executor = self._current()
            try:
                with _deaf_to_ctrl_c():
                    future = executor.submit(process_batch, job, url)
                return future.result()
            except BrokenProcessPool:
                self._replace(executor)
        raise WorkerLostError(
            f"worker processes died {MOST_DEATHS} times under batch {job.number}, which begins at "
            f"{job.records[0].uri} {job.records[0].locator}: give them more memory, or each less of it by fewer "
            "--workers or a smaller MUSNAD_BATCH_BYTES"
        )

    def _current(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._held.closed:
                raise WorkerLostError("the run was ended before the batch was loaded")
            return self._executor

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Put a fresh pool in the place of a broken one, unless another thread has."""
        with self._lock:
            if self._executor is broken and not self._held.closed:
                broken.shutdown(wait=False)
                self._executor = self._started()

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._most, mp_context=self._context, initializer=_begin, initargs=(self._lifeline, self._tables)
        )


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes started inside leave Ctrl-C to their parent, from their very first instruction."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(lifeline: Connection, tables: ReferenceTables) -> None:
    """In a worker: end when the parent does, and read the rules while the first batch comes."""
    threading.Thread(target=_end_with_parent, args=(lifeline,), daemon=True).start()
    load_rules(tables)


def _end_with_parent(lifeline: Connection) -> None:
    """Wait until the parent lets go of its end, as it does when it is killed."""
    lifeline.poll(None)
    os._exit(1)
