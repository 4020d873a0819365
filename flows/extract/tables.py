"""CSV and TSV: a record a row, by the names in the header."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import NoReturn

from flows.extract.content import Content
from flows.extract.documents import Origin, canonical_json, field_record
from flows.extract.headers import columns_of
from flows.extract.lines import TextStream, lines_of, text_stream
from flows.extract.sniffing import DELIMITERS, delimiter_of
from flows.extract.streams import ContentStream, buffered
from flows.text.charsets import UndecodableError, decode
from flows.values import RawRecord, ReasonCode, Reject

_QUOTED = re.compile(r'"[^"]*+"?')
_CUT_OFF = "the file ends inside the row; close its quotes"


def read_table(content: Content) -> Iterator[RawRecord | Reject]:
    """A record for each row under the header, or for each where there is none; blank lines are none."""
    csv.field_size_limit(content.limits.max_record_bytes)  # of the process; its own is 128 KiB
    text = _with_line_feeds(text_stream(content))
    lines = _Lines(content, text)
    rows = _rows(lines, _delimiter(content, text))
    first = next(rows, None)
    if first is None or isinstance(first, str):
        refusal = content.reject(lines.fault_code if first else "empty", first or "no row holds anything", lines.taken)
        yield next(content.broken(lines.taken, step="row:1"), refusal)
        return
    columns, is_header = columns_of(first, content.names)
    number = 0
    for row in rows if is_header else chain([first], rows):
        if content.fault is not None and lines.is_unfinished:
            break
        number += 1
        step = f"row:{number}"
        if isinstance(row, str):
            yield content.reject(lines.fault_code, row, lines.taken, step=step)
        elif any(map(str.strip, row[len(columns) :])):
            message = f"it has {len(row)} cells, and there are {len(columns)} columns; quote what holds the delimiter"
            yield content.reject("bad_row", message, lines.taken, step=step)
        else:
            values = dict(zip(columns, row, strict=False))
            repairs = tuple(sorted({*text.repairs, *lines.repairs}))
            origin = Origin(step, canonical_json(values), "text/csv", "column:", text.source_charset, repairs)
            yield field_record(content, values, origin)
    yield from content.broken(lines.taken, step=f"row:{number + 1}")


def _with_line_feeds(text: TextStream) -> TextStream:
    """A text whose lines all end in a carriage return alone, as old programs for the Mac write them."""
    head = text.stream.peek()
    if b"\n" in head or b"\r" not in head:
        return text
    return replace(text, stream=buffered(ContentStream(lambda size: text.stream.read(size).replace(b"\r", b"\n"))))


class _RowFaultError(ValueError):
    """The lines of a row cannot be taken further."""


class _Lines:
    """Feeds the csv module the lines of one row after another, and keeps a row within the limit of a record."""

    def __init__(self, content: Content, text: TextStream) -> None:
        self._lines = lines_of(text.stream, content.limits.max_record_bytes)
        self._limits = content.limits
        self._charset = text.charset
        self.begin_row()

    def begin_row(self) -> None:
        """The lines taken so far belong to rows that are done."""
        self.taken = b""
        self.repairs: set[str] = set()
        self.fault_code: ReasonCode = "bad_row"
        self.is_cut_off = False
        self._size = self._n_quotes = 0
        self._last = b""

    @property
    def is_unfinished(self) -> bool:
        """Whether the last line has no end, or a quotation mark in the row is open."""
        return not self._last.endswith(b"\n") or self._n_quotes % 2 == 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None:
            self.is_cut_off = bool(self.taken)  # the row asks for more
            raise StopIteration
        self._take(line.data)
        if self._size > (limit := self._limits.max_record_bytes):
            self._skip_quoted()
            self._fail("too_large", f"a row of more than {limit:,} bytes; raise MUSNAD_MAX_RECORD_BYTES")
        try:
            return line.data.decode(self._charset)
        except UnicodeDecodeError:
            return self._mended(line.data)

    def _take(self, data: bytes) -> None:
        self._size += len(data)
        self._n_quotes += data.count(b'"')
        self._last = data[-1:]
        if len(self.taken) < self._limits.max_reject_bytes:
            self.taken += data[: self._limits.max_reject_bytes]

    def _mended(self, data: bytes) -> str:
        try:
            text, _, repairs = decode(data, self._charset)
        except UndecodableError as error:
            self._fail("bad_charset", str(error))
        self.repairs.update(repairs)
        return text

    def _fail(self, code: ReasonCode, message: str) -> NoReturn:
        self.fault_code = code
        raise _RowFaultError(message)

    def _skip_quoted(self) -> None:
        """Go on to the end of the row: the line that closes its quotation mark."""
        while self._n_quotes % 2 and (line := next(self._lines, None)) is not None:
            self._take(line.data)


def _rows(lines: _Lines, delimiter: str) -> Iterator[list[str] | str]:
    """The cells of the rows as they come; of one that cannot be read what is wrong with it."""
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin_row()
        try:
            cells = next(reader)
        except StopIteration:
            if lines.taken.strip():
                yield _CUT_OFF
            return
        except (_RowFaultError, csv.Error) as error:
            yield str(error)
            continue
        if lines.is_cut_off:
            yield _CUT_OFF
        elif any(map(str.strip, cells)):
            yield cells


def _delimiter(content: Content, text: TextStream) -> str:
    """What parts the columns: by the names in the header, else what stands in it most often outside of quotes."""
    header = _QUOTED.sub("", text.stream.peek().partition(b"\n")[0].decode(text.charset, "replace"))
    known = delimiter_of(header, content.names)
    return known or max("\t,;|" if content.name.lower().endswith(".tsv") else "," + DELIMITERS, key=header.count)
