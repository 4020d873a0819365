"""The lines of a plain, gzip, bzip2 or xz file: bounded in length and in sum, whatever the file holds."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from flows.reference.imports.items import Line, ReferenceImportError, Refusal

MAX_LINE = 32 * 1024 * 1024
"""The longest items of Wikidata have a few million bytes."""

_OPENERS = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\0", lzma.open))
_MAGIC = 6
_BOM = b"\xef\xbb\xbf"
_SHOWN = 40


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The decompressed bytes of a file.

    Raises:
        ReferenceImportError: it cannot be opened, or its compression is damaged, there or later on.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_MAGIC)
        opener = next((opener for magic, opener in _OPENERS if start.startswith(magic)), None)
        stream = cast("IO[bytes]", opener(path, "rb")) if opener else path.open("rb")
        with stream:
            yield cast("BinaryIO", stream)
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile) as error:
        raise ReferenceImportError(f"{path}: its compression is damaged ({error}); get the file anew") from error
    except OSError as error:
        said = error.strerror or error  # a damaged bzip2 file is an OSError without one
        raise ReferenceImportError(f"{path} cannot be read: {said}") from error


def read_lines(stream: BinaryIO, path: Path, max_bytes: int) -> Iterator[Line | Refusal]:
    """The lines of a file that are not blank; one that is too long or not UTF-8 is refused.

    Raises:
        ReferenceImportError: the file has more bytes than ``max_bytes``.
    """
    number = n_bytes = 0
    while raw := stream.readline(MAX_LINE + 1):
        number += 1
        size = len(raw)
        if size > MAX_LINE:
            size += _skip_line(stream, raw, max_bytes)
        n_bytes += size
        if n_bytes > max_bytes:
            raise ReferenceImportError(f"{path} is larger than {max_bytes:,} bytes; raise MUSNAD_MAX_FILE_BYTES")
        if size > MAX_LINE:
            yield Refusal(number, _shown(raw), f"the line is longer than {MAX_LINE:,} bytes")
        elif raw.strip():
            yield _decoded(number, raw)


def _skip_line(stream: BinaryIO, raw: bytes, max_bytes: int) -> int:
    size = 0
    while raw and not raw.endswith(b"\n") and size <= max_bytes:
        raw = stream.readline(MAX_LINE)
        size += len(raw)
    return size


def _decoded(number: int, raw: bytes) -> Line | Refusal:
    if number == 1:
        raw = raw.removeprefix(_BOM)
    try:
        return Line(number, raw.decode().rstrip("\r\n"))
    except UnicodeDecodeError:
        return Refusal(number, _shown(raw), "the line is not UTF-8")


def _shown(raw: bytes) -> str:
    return raw[:_SHOWN].decode("utf-8", "replace").strip()
