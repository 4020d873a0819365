"""Slices of files: what is sent to a worker that reads them by itself, in place of the records they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from flows.batches import BatchJob, Outcome, process_batch
from flows.extract import ExtractLimits, InputFile, LateRevisits, read_batches
from flows.extract.fields import FieldNames
from flows.load import BatchCounts

SLICE_FILES = 2_000
"""Most files of a slice: of small ones as many as a batch has records."""


@dataclass(frozen=True, slots=True)
class FileSlice:
    """Files to read and load, batch by batch.

    Attributes:
        files: in the order they are read.
        first: the first of their batches, without its records; what it says holds for all of them.
        step: how far the numbers of their batches lie apart, so that slices need not know how many others have.
    """

    files: tuple[InputFile, ...]
    first: BatchJob
    step: int
    limits: ExtractLimits
    names: FieldNames

    comes_last = False
    """No other slice must be loaded before it."""
    n_bytes = 0
    """What it holds here: names."""

    @property
    def number(self) -> int:
        """Its number among the slices, from 1."""
        return self.first.number

    @property
    def n_files(self) -> int:
        """How many files it begins."""
        return len(self.files)


def process_slice(files: FileSlice, url: str, archive: str | None = None) -> Outcome:
    """Read files, transform and load what they hold; safe to call again for the same slice.

    Args:
        files: the slice.
        url: libpq URL of the warehouse, as the loader.
        archive: as for :func:`flows.batches.process_batch`, whose errors come through.
    """
    with LateRevisits() as revisits:
        batches = read_batches(files.files, files.limits, files.names, revisits)
        numbered = zip(count(files.first.number, files.step), batches, strict=False)
        jobs = (replace(files.first, number=number, records=records) for number, records in numbered)
        counts = BatchCounts.sum(process_batch(job, url, archive) for job in jobs)
        return Outcome(counts, tuple(revisits))


def cut_files(files: Sequence[InputFile], slice_bytes: int) -> Iterator[tuple[InputFile, ...]]:
    """Cut files into slices of about so many bytes; a file of unknown size, or larger, is a slice by itself."""
    part: list[InputFile] = []
    room = slice_bytes
    for file in files:
        size = file.stamp.size if file.stamp and file.stamp.size is not None else slice_bytes
        if part and (size > room or len(part) >= SLICE_FILES):
            yield tuple(part)
            part, room = [], slice_bytes
        part.append(file)
        room -= size
    if part:
        yield tuple(part)
