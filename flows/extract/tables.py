"""CSV and TSV: a record a row, by the names in the header."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from flows.extract.content import Content
from flows.extract.documents import Origin, canonical_json, field_record
from flows.extract.lines import TextStream, lines_of, text_stream
from flows.extract.sniffing import DELIMITERS, delimiter_of
from flows.text.charsets import UndecodableError, decode
from flows.values import RawRecord, ReasonCode, Reject


def read_table(content: Content) -> Iterator[RawRecord | Reject]:
    """A record for each row under the header; blank lines are none."""
    csv.field_size_limit(content.limits.max_record_bytes)  # of the process; its own is 128 KiB
    text = text_stream(content)
    lines = _Lines(content, text)
    header = next(_rows(lines, _delimiter(content, text)), None)
    if not isinstance(header, _Row):
        yield from content.broken(step="row:1") if content.fault else [content.reject("empty", "no row holds anything")]
        return
    columns = _distinct(header.cells)
    number = 0
    for row in _rows(lines, header.delimiter):
        if content.fault is not None and lines.is_unfinished:
            break
        number += 1
        step = f"row:{number}"
        if isinstance(row, str):
            yield content.reject(lines.fault_code, row, lines.taken, step=step)
            continue
        values = dict(zip(columns, row.cells, strict=False))
        values.update((f"column {n}", cell) for n, cell in enumerate(row.cells[len(columns) :], len(columns) + 1))
        repairs = tuple(sorted({*text.repairs, *lines.repairs}))
        yield field_record(
            content, values, Origin(step, canonical_json(values), "text/csv", "column:", text.source_charset, repairs)
        )
    yield from content.broken(lines.taken, step=f"row:{number + 1}")


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[str]
    delimiter: str


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
        self._size = self._n_quotes = 0
        self._last = b""

    @property
    def is_unfinished(self) -> bool:
        """Whether the last line has no end, or a quotation mark in the row is open."""
        return not self._last.endswith(b"\n") or self._n_quotes % 2 == 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
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


def _rows(lines: _Lines, delimiter: str) -> Iterator[_Row | str]:
    """The rows as they come; of one that cannot be read what is wrong with it."""
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin_row()
        try:
            cells = next(reader)
        except StopIteration:
            if lines.taken.strip():
                yield "the file ends inside the row"
            return
        except (_RowFaultError, csv.Error) as error:
            yield str(error)
            continue
        if any(map(str.strip, cells)):
            yield _Row(cells, delimiter)


def _delimiter(content: Content, text: TextStream) -> str:
    """What parts the columns: by the names in the header, else what stands in it most often."""
    header = text.stream.peek().partition(b"\n")[0].decode(text.charset, "replace")
    known = delimiter_of(header, content.names)
    return known or max("\t,;|" if content.name.lower().endswith(".tsv") else "," + DELIMITERS, key=header.count)


def _distinct(names: list[str]) -> list[str]:
    """The names of columns, each once: a second ``date`` is ``date 2``."""
    seen: dict[str, int] = {}
    distinct = []
    for place, name in enumerate(names, 1):
        plain = name.strip() or f"column {place}"
        seen[plain] = seen.get(plain, 0) + 1
        distinct.append(plain if seen[plain] == 1 else f"{plain} {seen[plain]}")
    return distinct
