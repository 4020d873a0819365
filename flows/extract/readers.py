"""From a file to its records. The format is told by content; each reader is one function in :data:`READERS`.

To add a format: write ``read_x(content, file) -> Iterator[RawRecord | Reject]``, say in :func:`sniff` how its content
is known, and enter it in :data:`READERS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from flows.extract.inputs import InputFile, open_input
from flows.text.characters import UndecodableError, decode
from flows.text.html import looks_like_html, visible_text
from flows.values import RawRecord, Reject

Reader = Callable[[bytes, InputFile], Iterator[RawRecord | Reject]]

_BINARY_MAGIC = (
    b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd", b"PAR1", b"%PDF", b"\x89PNG", b"GIF8",
    b"\xff\xd8\xff", b"WARC/", b"\x7fELF", b"ARROW1", b"{\\rtf", b"\xd0\xcf\x11\xe0",
)  # fmt: skip
_DATA_SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".xml", ".rss", ".atom", ".yaml", ".yml")


def read_file(file: InputFile, *, max_bytes: int, max_raw_bytes: int) -> Iterator[RawRecord | Reject]:
    """The records of one file; whatever is wrong with it becomes a reject that names the mend.

    Args:
        file: the file to read.
        max_bytes: a larger file is a reject (``too_large``).
        max_raw_bytes: how many bytes of a rejected file are kept.
    """
    if file.fault:
        yield _reject(file, "unreadable", file.fault, b"")
        return
    try:
        with open_input(file) as stream:
            content = stream.read(max_bytes + 1)
    except OSError as error:
        yield _reject(file, "unreadable", f"cannot be read: {error.strerror or error}", b"")
        return
    raw = content[:max_raw_bytes]
    if len(content) > max_bytes:
        yield _reject(file, "too_large", f"larger than {max_bytes:,} bytes; raise MUSNAD_MAX_RECORD_BYTES", raw)
    elif not content.strip():
        yield _reject(file, "empty", "the file is empty", raw)
    elif (kind := sniff(content, file.path)) is None:
        yield _reject(file, "unknown_format", "neither plain text nor HTML; convert it to one of these", raw)
    else:
        for record in READERS[kind](content, file):
            yield record if isinstance(record, RawRecord) else _with_raw(record, raw)


def sniff(content: bytes, path: str) -> str | None:
    """The media type a content shows, or None when no reader knows it."""
    if content.startswith(_BINARY_MAGIC) or path.lower().endswith(_DATA_SUFFIXES):
        return None
    if looks_like_html(content):
        return "text/html"
    return "text/plain"


def read_text(content: bytes, file: InputFile) -> Iterator[RawRecord | Reject]:
    """One record: the file's text unchanged but for named repairs."""
    try:
        text, charset, repairs = decode(content)
    except UndecodableError as error:
        yield _reject(file, "bad_charset", str(error), b"")
        return
    yield RawRecord(file.uri, "", hashlib.sha256(content).digest(), text, "text/plain", charset, repairs)


def read_html(content: bytes, file: InputFile) -> Iterator[RawRecord | Reject]:
    """One record: the whole visible text of the page."""
    try:
        markup, charset, repairs = decode(content)
    except UndecodableError as error:
        yield _reject(file, "bad_charset", str(error), b"")
        return
    digest = hashlib.sha256(content).digest()
    yield RawRecord(file.uri, "", digest, visible_text(markup), "text/html", charset, repairs)


READERS: dict[str, Reader] = {"text/plain": read_text, "text/html": read_html}


def _reject(file: InputFile, code: str, message: str, raw: bytes) -> Reject:
    return Reject(file.uri, "", "extract", code, f"{file.uri}: {message}", raw)


def _with_raw(reject: Reject, raw: bytes) -> Reject:
    return Reject(reject.uri, reject.locator, reject.stage, reject.reason_code, reject.message, raw)
