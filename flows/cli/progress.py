"""How far a run is: a bar on a terminal, a plain line a batch in a pipe; both on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from flows.load.values import BatchCounts
from flows.progress import reporting_to


@contextmanager
def shown_progress() -> Iterator[None]:
    """Show the progress of a run inside."""
    if sys.stderr.isatty():
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with RichProgress(*columns, console=Console(stderr=True)) as bar, reporting_to(_Bar(bar)):
            yield
    else:
        with reporting_to(_Lines()):
            yield


class _Bar:
    """A bar that counts files."""

    def __init__(self, bar: RichProgress) -> None:
        self._bar = bar
        self._task = bar.add_task("starting Prefect and the warehouse", total=None)

    def begin(self, n_files: int) -> None:
        """The bar gets its length."""
        self._bar.update(self._task, description="reading", total=n_files, completed=0)

    def advance(self, n_files: int, counts: BatchCounts) -> None:
        """The bar moves."""
        self._bar.update(self._task, advance=n_files, description=_words(counts))


class _Lines:
    """A line a batch."""

    def begin(self, n_files: int) -> None:
        """Say how much there is."""
        print(f"reading {n_files:,} files", file=sys.stderr, flush=True)  # noqa: T201 - a command speaks

    def advance(self, n_files: int, counts: BatchCounts) -> None:
        """Say how far it is."""
        del n_files  # the words count records
        print(_words(counts), file=sys.stderr, flush=True)  # noqa: T201 - a command speaks


def _words(counts: BatchCounts) -> str:
    return (
        f"read {counts.n_read:,}: loaded {counts.n_loaded:,}, unchanged {counts.n_unchanged:,}, "
        f"duplicate {counts.n_duplicate:,}, rejected {counts.n_rejected:,}"
    )
