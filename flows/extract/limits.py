"""What one file, one record and one batch may hold: every bound of extraction, each a setting of the same name."""

from __future__ import annotations

from dataclasses import dataclass

from flows.values import RawRecord, Reject


@dataclass(frozen=True, slots=True)
class ExtractLimits:
    """Bounds of extraction; what exceeds one is a reject, never an error.

    Attributes:
        max_file_bytes: bytes read from one input file, everything unpacked from it included.
        max_record_bytes: bytes of one record: a text, a line, an element, a row, an item, a body.
        max_page_bytes: bytes of one page of markup, whose tree takes ten times as much memory.
        max_reject_bytes: how much of a rejected record is kept.
        max_ratio: how many times its own size a compressed stream may unpack to, once past a first 64 MiB.
        max_members: files in one archive.
        max_depth: archives and compressed files inside one another.
        max_nesting: objects and lists of JSON inside one another.
        max_faults: records of one file that cannot be read, one after another; what follows is not read.
        max_read_seconds: time spent waiting for the bytes of one input file.
        batch_records, batch_bytes: a batch ends at whichever comes first.
    """

    max_file_bytes: int
    max_record_bytes: int
    max_page_bytes: int
    max_reject_bytes: int
    max_ratio: int
    max_members: int
    max_depth: int
    max_nesting: int
    max_faults: int
    max_read_seconds: int
    batch_records: int
    batch_bytes: int


def cost_of(record: RawRecord | Reject) -> int:
    """Bytes a record counts against ``batch_bytes``: its text at the four a character may take, and its content."""
    return 4 * len(record.text) + len(record.content) if isinstance(record, RawRecord) else len(record.raw)
