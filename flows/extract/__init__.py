"""The extract stage: INPUTs in, batches of records and rejects out, streaming, nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.extract.fields import FieldNames, load_field_names
from flows.extract.inputs import InputError, InputFile, find_inputs
from flows.extract.limits import ExtractLimits
from flows.extract.readers import read_file
from flows.values import RawRecord, Reject

__all__ = ["ExtractLimits", "InputError", "InputFile", "extract_batches", "find_inputs", "load_field_names"]


def extract_batches(
    files: Iterable[InputFile], limits: ExtractLimits, names: FieldNames | None = None
) -> Iterator[tuple[RawRecord | Reject, ...]]:
    """Read files in order and cut what they hold into batches of at most so many records and bytes.

    A batch is never empty; a single record may exceed ``batch_bytes`` and is then alone in its batch.

    Args:
        files: the files, as :func:`find_inputs` finds them.
        limits: what may be read of each, and how large a batch is.
        names: what the fields of records mean; the shipped table without them.
    """
    batch: list[RawRecord | Reject] = []
    size = 0
    for file in files:
        for record in read_file(file, limits, names):
            cost = 4 * len(record.text) + len(record.content) if isinstance(record, RawRecord) else len(record.raw)
            if batch and (len(batch) >= limits.batch_records or size + cost > limits.batch_bytes):
                yield tuple(batch)
                batch, size = [], 0
            batch.append(record)
            size += cost
    if batch:
        yield tuple(batch)
