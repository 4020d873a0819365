"""Jobs under way: who does them, and how many at once, so that memory stays flat whatever is slow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, Generic, Protocol, TypeVar

from flows.batches import BatchJob, Outcome
from flows.extract import LateRevisits
from flows.load import BatchCounts
from flows.progress import current_progress
from flows.settings import load_settings
from flows.slices import FileSlice

Job = BatchJob | FileSlice

AHEAD = 2
"""Batches begun for each worker: enough to keep it busy, few enough to keep memory flat."""

R_co = TypeVar("R_co", covariant=True)


class Future(Protocol[R_co]):
    """What the futures of executors, of Prefect and of Dask have in common."""

    def result(self) -> R_co:
        """How it ended, waiting for it if need be; raises what it raised."""

    def add_done_callback(self, fn: Callable[[Any], Any], /) -> None:
        """Have ``fn`` called when it is done."""


@dataclass(frozen=True, slots=True)
class Begun(Generic[R_co]):
    """A job under way: how it will end, the bytes it holds, and how many files it began."""

    future: Future[R_co]
    n_bytes: int
    n_files: int


@dataclass(slots=True)
class UnderWay(Generic[R_co]):
    """The jobs under way: never more than a few a worker, nor more bytes together than so many full batches have.

    Whichever is done first makes room, so that a slow batch holds up no other.

    Attributes:
        width: says how many workers there are now.
        batch_bytes: bytes of a full batch.
    """

    width: Callable[[], int]
    batch_bytes: int
    _done: SimpleQueue[Begun[R_co]] = field(default_factory=SimpleQueue)
    _n_begun: int = 0
    _n_bytes: int = 0

    def add(self, begun: Begun[R_co]) -> None:
        """Take a job that has begun."""
        self._n_begun += 1
        self._n_bytes += begun.n_bytes
        begun.future.add_done_callback(lambda _future: self._done.put(begun))

    def make_room(self, n_bytes: int) -> Iterator[Begun[R_co]]:
        """Wait until a job of so many bytes may begin; gives those that are done meanwhile."""
        while self._n_begun and not self._has_room(n_bytes):
            yield self._next()

    def drain(self) -> Iterator[Begun[R_co]]:
        """Wait for all; gives each as it is done."""
        while self._n_begun:
            yield self._next()

    def _has_room(self, n_bytes: int) -> bool:
        most = AHEAD * max(1, self.width())
        return self._n_begun < most and self._n_bytes + n_bytes <= most * self.batch_bytes

    def _next(self) -> Begun[R_co]:
        begun = self._done.get()
        self._n_begun -= 1
        self._n_bytes -= begun.n_bytes
        return begun


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does the work: takes a job, and says how many there are to do some now."""

    submit: Callable[[Job], Future[Outcome]]
    width: Callable[[], int]


def load_all(
    jobs: Iterable[Job], crew: Crew, before: BatchCounts | None = None, revisits: LateRevisits | None = None
) -> BatchCounts:
    """Have all jobs done.

    Args:
        jobs: taken one by one, as there is room for them.
        crew: who does them.
        before: the counts so far.
        revisits: keeps those that were left over.

    Returns:
        The counts, those so far included.
    """
    total = before or BatchCounts()
    under_way: UnderWay[Outcome] = UnderWay(crew.width, load_settings().batch_bytes)
    for begun in _done(jobs, crew, under_way):
        outcome = begun.future.result()
        total = BatchCounts.sum((total, outcome.counts))
        if revisits is not None:
            revisits.keep_all(outcome.late)
        current_progress().advance(begun.n_files, total)
    return total


def _done(jobs: Iterable[Job], crew: Crew, under_way: UnderWay[Outcome]) -> Iterator[Begun[Outcome]]:
    """Begin the jobs as there is room; gives each as it is done."""
    for job in jobs:
        yield from under_way.drain() if job.comes_last else under_way.make_room(job.n_bytes)
        under_way.add(Begun(crew.submit(job), job.n_bytes, job.n_files))
    yield from under_way.drain()
