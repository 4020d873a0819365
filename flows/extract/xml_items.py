"""The items of a feed in a stream of UTF-8, cut apart before anything is parsed.

Each is then parsed by itself inside the start tag of its root: no document type ever reaches the parser, so there are
no entities to expand or to fetch; a faulty item is one reject, and those after it are read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

_CHUNK = 1 << 16
_START = re.compile(
    rb"\s*(?>(?:<\?(?>.*?\?>)|<!--(?>.*?-->)|<!DOCTYPE(?>[^<>\[]*)(?:\[(?>.*?\]\s*>)|>))\s*)*+"
    rb"""(<([\w.-]+:)?([\w.-]+)(?>[^<>"']+|"[^"]*"|'[^']*')*+>)""",
    re.DOTALL | re.IGNORECASE,
)
_ENDS = {b"<![CDATA[": b"]]>", b"<!--": b"-->"}


@dataclass(frozen=True, slots=True)
class Root:
    """The root of a document: its start tag as it stands, and its name without a prefix."""

    tag: bytes
    name: str
    end: int
    start: int

    def wrap(self, data: bytes) -> bytes:
        """Bytes inside this root, where the prefixes they use are declared."""
        name = self.tag[1:].split(None, 1)[0].rstrip(b"/>")
        return self.tag.rstrip(b"/>").rstrip() + b">" + data + b"</" + name + b">"


@dataclass(frozen=True, slots=True)
class Item:
    """One item as it stands.

    Attributes:
        number: from 1.
        data: its bytes, or the first of them where it is too long or cut off.
    """

    number: int
    data: bytes
    is_too_long: bool = False
    is_cut_off: bool = False


def root_of(head: bytes) -> Root | None:
    """The root element that the first bytes of a document begin, None where they hold none."""
    found = _START.match(head)
    return None if found is None else Root(found[1], found[3].decode("ascii", "replace"), found.end(), found.start(1))


def items_of(stream: io.BufferedReader, name: str, limit: int, *, inside: str = "") -> Iterator[Item]:
    """The elements of a name in a stream, with any prefix; memory stays within the limit of one.

    What stands in comments and CDATA is none.

    Args:
        stream: the bytes.
        name: what the items are called.
        limit: how many bytes one may have.
        inside: the root that has begun and must end; a stream without its end is cut off.
    """
    return _Cutter(stream, name, limit, inside).items()


class _Cutter:
    """Walks from mark to mark: start and end tags of items, and what hides tags."""

    def __init__(self, stream: io.BufferedReader, name: str, limit: int, inside: str) -> None:
        self._stream = stream
        self._limit = limit
        tag = rb"<(/?)(?:[\w.-]+:)?" + name.encode() + rb"(?:\s[^<>]*)?>"
        root_end = rb"</(?:[\w.-]+:)?" + inside.encode() + rb"\s*>"
        self._mark = re.compile(rb"<!\[CDATA\[|<!--|" + tag + (rb"|" + root_end if inside else b""))
        self._has_ended = not inside
        self._hidden_until = b""
        self._depth = 0
        self._number = 0
        self._parts: list[bytes] = []
        self._size = 0

    def items(self) -> Iterator[Item]:
        rest = b""
        while chunk := self._stream.read(_CHUNK):
            chunk = rest + chunk
            end = _end_of_whole_tags(chunk, self._limit)
            chunk, rest = chunk[:end], chunk[end:]
            yield from self._scan(chunk)
        yield from self._scan(rest)
        if self._depth or not self._has_ended:
            yield Item(self._number + 1, b"".join(self._parts)[: self._limit], is_cut_off=True)

    def _scan(self, chunk: bytes) -> Iterator[Item]:
        start = position = 0
        while (found := self._next(chunk, position)) is not None:
            mark, position = found[0], found.end()
            if mark in _ENDS:
                self._hidden_until = _ENDS[mark]
            elif found[1] is None:
                self._has_ended = True
            elif not found[1]:
                start = start if self._depth else found.start()
                self._depth += 1
            if (found[1] or mark.endswith(b"/>")) and self._depth:
                self._depth -= 1
                if self._depth == 0:
                    self._keep(chunk[start:position])
                    yield self._item()
        if self._depth:
            self._keep(chunk[start:])

    def _next(self, chunk: bytes, position: int) -> re.Match[bytes] | None:
        """The next mark, past what hides tags."""
        if self._hidden_until:
            end = chunk.find(self._hidden_until, position)
            if end < 0:
                return None
            position, self._hidden_until = end + len(self._hidden_until), b""
        return self._mark.search(chunk, position)

    def _keep(self, data: bytes) -> None:
        """Add to the item, as far as it is within the limit."""
        if self._size <= self._limit:
            self._parts.append(data)
        self._size += len(data)

    def _item(self) -> Item:
        self._number += 1
        item = Item(self._number, b"".join(self._parts), is_too_long=self._size > self._limit)
        self._parts, self._size = [], 0
        return item


def _end_of_whole_tags(chunk: bytes, limit: int) -> int:
    """Up to where a chunk can be searched: a tag it cuts, or the end of what hides tags, waits for the next."""
    tag = chunk.rfind(b"<")
    if tag > chunk.rfind(b">") and len(chunk) - tag <= limit:
        return tag
    return max(len(chunk) - 2, 0) if chunk.endswith((b"]", b"-")) else len(chunk)
