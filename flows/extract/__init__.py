"""The extract stage: INPUTs in, batches of records and rejects out, streaming, nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.extract.fields import FieldNames, load_field_names
from flows.extract.inputs import InputError, InputFile, find_inputs
from flows.extract.limits import ExtractLimits, cost_of
from flows.extract.readers import read_file
from flows.extract.revisits import LateRevisits
from flows.values import RawRecord, Reject

__all__ = [
    "ExtractLimits",
    "InputError",
    "InputFile",
    "LateRevisits",
    "cost_of",
    "extract_batches",
    "find_inputs",
    "late_batches",
    "load_field_names",
    "read_batches",
]

Batch = tuple[RawRecord | Reject, ...]


def extract_batches(
    files: Iterable[InputFile], limits: ExtractLimits, names: FieldNames | None = None
) -> Iterator[Batch]:
    """Read files in order and cut what they hold into batches of at most so many records and bytes.

    A batch is never empty; a single record may exceed ``batch_bytes`` and is then alone in its batch. Revisits of
    pages in other files come last, in batches of their own.

    Args:
        files: the files, as :func:`find_inputs` finds them.
        limits: what may be read of each, and how large a batch is.
        names: what the fields of records mean; the shipped table without them.
    """
    with LateRevisits() as revisits:
        yield from read_batches(files, limits, names, revisits)
        yield from late_batches(revisits, limits)


def read_batches(
    files: Iterable[InputFile], limits: ExtractLimits, names: FieldNames | None, revisits: LateRevisits
) -> Iterator[Batch]:
    """All batches but those that come last, whose revisits are kept for :func:`late_batches`."""
    return _cut((each for file in files for each in revisits.keeping(read_file(file, limits, names))), limits)


def late_batches(revisits: LateRevisits, limits: ExtractLimits) -> Iterator[Batch]:
    """The batches that come last, once all others are loaded."""
    return _cut(revisits, limits)


def _cut(records: Iterable[RawRecord | Reject], limits: ExtractLimits) -> Iterator[Batch]:
    batch: list[RawRecord | Reject] = []
    size = 0
    for record in records:
        cost = cost_of(record)
        if batch and (len(batch) >= limits.batch_records or size + cost > limits.batch_bytes):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(record)
        size += cost
    if batch:
        yield tuple(batch)
