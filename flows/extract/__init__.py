"""The extract stage: INPUTs in, batches of records and rejects out, streaming, nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.extract.inputs import InputError, InputFile, find_inputs
from flows.extract.readers import read_file
from flows.values import RawRecord, Reject

__all__ = ["ExtractLimits", "InputError", "InputFile", "extract_batches", "find_inputs"]


@dataclass(frozen=True, slots=True)
class ExtractLimits:
    """Bounds of what one file and one batch may hold, in bytes and records."""

    max_file_bytes: int
    max_reject_bytes: int
    batch_records: int
    batch_bytes: int


def extract_batches(files: Iterable[InputFile], limits: ExtractLimits) -> Iterator[tuple[RawRecord | Reject, ...]]:
    """Read files in order and cut what they hold into batches of at most so many records and bytes.

    A batch is never empty; a single record may exceed ``batch_bytes`` and is then alone in its batch.
    """
    batch: list[RawRecord | Reject] = []
    size = 0
    for file in files:
        for record in read_file(file, max_bytes=limits.max_file_bytes, max_raw_bytes=limits.max_reject_bytes):
            cost = 4 * len(record.text) if isinstance(record, RawRecord) else len(record.raw)
            if batch and (len(batch) >= limits.batch_records or size + cost > limits.batch_bytes):
                yield tuple(batch)
                batch, size = [], 0
            batch.append(record)
            size += cost
    if batch:
        yield tuple(batch)
