"""Parquet and Arrow: a record a row, a few rows in memory at a time.

The files are of pointers into themselves, so what they claim is checked before it is followed: sizes against the
limits, every batch against its own offsets.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from flows.extract.content import Content
from flows.extract.documents import Origin, canonical_json, field_record
from flows.values import RawRecord, Reject

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH_BYTES = 4 * 1024 * 1024
_MOST_ROWS = 1_000
_THRIFT_BYTES = 64 * 1024 * 1024
_THRIFT_ITEMS = 1_000_000
_SCHEMA_DEPTH = 50
_PARQUET, _ARROW = "application/vnd.apache.parquet", "application/vnd.apache.arrow"


def read_parquet(content: Content) -> Iterator[RawRecord | Reject]:
    """A record for each row of a Parquet file."""
    yield from _rows(content, _parquet_batches, _PARQUET)


def read_arrow(content: Content) -> Iterator[RawRecord | Reject]:
    """A record for each row of an Arrow file (Feather)."""
    yield from _rows(content, _arrow_batches, _ARROW)


def read_arrow_stream(content: Content) -> Iterator[RawRecord | Reject]:
    """A record for each row of an Arrow stream."""
    yield from _rows(content, _arrow_stream_batches, _ARROW)


def _rows(
    content: Content, batches: Callable[[BinaryIO], Iterator[pa.RecordBatch]], media_type: str
) -> Iterator[RawRecord | Reject]:
    import pyarrow as pa  # noqa: PLC0415 - large, and few files need it

    number = 0
    try:
        with content.seekable() as file:
            for batch in batches(cast("BinaryIO", _SizedFile(file))):
                batch.validate(full=True)
                for row in _values(batch):
                    number += 1
                    yield _record(content, row, f"row:{number}", media_type)
    except (pa.ArrowException, OSError, ValueError, ArithmeticError, LookupError, TypeError, MemoryError) as error:
        step = f"row:{number + 1}" if number else ""
        broken = content.reject("damaged", f"it cannot be read on: {type(error).__name__}: {error}", step=step)
        yield next(content.broken(step=step), broken)


def _record(content: Content, row: dict[str, Any], step: str, media_type: str) -> RawRecord | Reject:
    identity = canonical_json(row)
    if len(identity) > (limit := content.limits.max_record_bytes):
        message = f"a row of more than {limit:,} bytes; raise MUSNAD_MAX_RECORD_BYTES"
        return content.reject("too_large", message, identity, step=step)
    return field_record(content, row, Origin(step, identity, media_type, "column:"))


def _parquet_batches(file: BinaryIO) -> Iterator[pa.RecordBatch]:
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    table = pq.ParquetFile(
        file, pre_buffer=False, buffer_size=_BATCH_BYTES, thrift_string_size_limit=_THRIFT_BYTES,
        thrift_container_size_limit=_THRIFT_ITEMS, schema_depth_limit=_SCHEMA_DEPTH,
    )  # fmt: skip
    groups = [table.metadata.row_group(number) for number in range(table.num_row_groups)]
    row_bytes = max((group.total_byte_size // max(group.num_rows, 1) for group in groups), default=0)
    n_rows = min(max(_BATCH_BYTES // max(row_bytes, 1), 1), _MOST_ROWS)
    yield from table.iter_batches(batch_size=n_rows, use_threads=False)


def _arrow_batches(file: BinaryIO) -> Iterator[pa.RecordBatch]:
    import pyarrow.ipc  # noqa: PLC0415 - as above

    table = pyarrow.ipc.open_file(file)
    for number in range(table.num_record_batches):
        yield from _slices(table.get_batch(number))


def _arrow_stream_batches(file: BinaryIO) -> Iterator[pa.RecordBatch]:
    import pyarrow.ipc  # noqa: PLC0415 - as above

    for batch in pyarrow.ipc.open_stream(file):
        yield from _slices(batch)


def _slices(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """A batch in pieces small enough to be turned into Python values; sound in itself first."""
    batch.validate(full=True)
    for start in range(0, batch.num_rows, _MOST_ROWS):
        yield batch.slice(start, _MOST_ROWS)


def _values(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """The rows of a batch; a nanosecond, which Python's times do not know, is cut off."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    columns = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        fine = pa.types.is_timestamp(column.type) and column.type.unit == "ns"
        values = column.cast(pa.timestamp("us", column.type.tz), safe=False) if fine else column
        columns[name] = values.to_pylist()
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


class _SizedFile(io.RawIOBase):
    """A file that is never asked for more than it has: a claim of terabytes must not become an allocation."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._size = file.seek(0, io.SEEK_END)
        file.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def size(self) -> int:
        """Its bytes, as pyarrow asks for them."""
        return self._size

    def read(self, size: int = -1) -> bytes:
        rest = max(self._size - self._file.tell(), 0)
        return self._file.read(rest if size < 0 else min(size, rest))
