"""One file, one record: plain text and pages of HTML."""

from __future__ import annotations

from collections.abc import Iterator

from flows.extract.content import Content
from flows.extract.documents import page_record, text_record
from flows.values import RawRecord, Reject


def read_text(content: Content) -> Iterator[RawRecord | Reject]:
    """One record: the file's text unchanged but for named repairs."""
    data = _whole(content)
    yield text_record(content, data) if isinstance(data, bytes) else data


def read_html(content: Content) -> Iterator[RawRecord | Reject]:
    """One record: the whole visible text of the page."""
    data = _whole(content)
    yield page_record(content, data) if isinstance(data, bytes) else data


def _whole(content: Content) -> bytes | Reject:
    """All bytes of a content; a larger one than a record may be is not read on."""
    limit = content.limits.max_record_bytes
    data = content.stream.read(limit + 1)
    if len(data) > limit:
        return content.reject("too_large", f"larger than {limit:,} bytes; raise MUSNAD_MAX_RECORD_BYTES", data)
    if (fault := content.fault) is not None:
        return content.reject(fault.code, fault.message, data)
    return data if data.strip() else content.reject("empty", "the file is empty", data)
