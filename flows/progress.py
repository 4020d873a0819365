"""Where a run says how far it is: a bar on a terminal, plain lines in a log, nothing by default."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from flows.load.values import BatchCounts


class Progress(Protocol):
    """What a run tells while it works."""

    def begin(self, n_files: int) -> None:
        """The run found so many files."""

    def advance(self, n_files: int, counts: BatchCounts) -> None:
        """One more batch is done: files it began, and the counts of the run so far."""


class Silent:
    """Says nothing."""

    def begin(self, n_files: int) -> None:
        """Say nothing."""

    def advance(self, n_files: int, counts: BatchCounts) -> None:
        """Say nothing."""


_progress: ContextVar[Progress] = ContextVar("progress", default=Silent())  # noqa: B039 - Silent has no state


def current_progress() -> Progress:
    """Where the run of this context reports. A function, since Prefect pickles the flow's module and no ContextVar."""
    return _progress.get()


@contextmanager
def reporting_to(progress: Progress) -> Iterator[None]:
    """Runs inside report there."""
    token = _progress.set(progress)
    try:
        yield
    finally:
        _progress.reset(token)
