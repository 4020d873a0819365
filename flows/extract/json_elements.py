"""The elements of a JSON array in a stream of UTF-8, cut apart without parsing them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

_CHUNK = 1 << 16
_STRUCTURE = re.compile(rb'["\[\]{},]')
_IN_STRING = re.compile(rb'["\\]')


@dataclass(frozen=True, slots=True)
class Element:
    """One element of an array.

    Attributes:
        number: from 1.
        data: its bytes; of one that is too long or cut off the first, in the first case more than the limit.
        is_cut_off: whether the array ends in it without its end, or goes on after it.
    """

    number: int
    data: bytes
    is_cut_off: bool = False


def elements_of(stream: io.BufferedReader, limit: int, *, begun: bytes = b"") -> Iterator[Element]:
    """The elements of an array in a stream; memory stays within the limit of one.

    Cut at the commas of the array's own level, so a faulty element is handed on as it is and the next one is found.

    Args:
        stream: the bytes, of which the array is all.
        limit: how many bytes one element may have.
        begun: bytes already read, which begin with the array; more than the array may follow then.
    """
    return _Cutter(stream, limit).elements(begun)


class _Cutter:
    """Walks from one structural byte to the next; what lies between them is never looked at."""

    def __init__(self, stream: io.BufferedReader, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._depth = 0
        self._in_string = False
        self._number = 0
        self._parts: list[bytes] = []
        self._size = 0

    def elements(self, begun: bytes) -> Iterator[Element]:
        chunk = (begun or self._stream.read(_CHUNK)).lstrip().removeprefix(b"[")
        while chunk:
            start = position = 0
            while (found := (_IN_STRING if self._in_string else _STRUCTURE).search(chunk, position)) is not None:
                sign, position = found[0], found.end()
                if sign == b"\\":
                    if position == len(chunk):  # what it escapes is in the next chunk
                        chunk += self._stream.read(1)
                    position += 1
                elif self._ends_element(sign):
                    self._keep(chunk[start : found.start()])
                    yield from self._element()
                    start = position
                    if sign == b"]":
                        yield from () if begun else self._after(chunk[position:])
                        return
            self._keep(chunk[start:])
            chunk = self._stream.read(_CHUNK)
        self._number += 1
        yield Element(self._number, b"".join(self._parts)[: self._limit], is_cut_off=True)

    def _ends_element(self, sign: bytes) -> bool:
        """Take a structural byte, and say whether it ends an element of the array or the array."""
        if sign == b'"':
            self._in_string = not self._in_string
        elif sign in b"[{":
            self._depth += 1
        elif self._depth == 0:
            return sign in b",]"
        elif sign in b"]}":
            self._depth -= 1
        return False

    def _keep(self, data: bytes) -> None:
        """Add to the element, as far as it is within the limit."""
        if self._size <= self._limit:
            self._parts.append(data)
        self._size += len(data)

    def _element(self) -> Iterator[Element]:
        """The element that is complete; nothing for a blank, as after a last comma."""
        data = b"".join(self._parts).strip()
        if data:
            self._number += 1
            yield Element(self._number, data)
        self._parts, self._size, self._depth = [], 0, 0

    def _after(self, rest: bytes) -> Iterator[Element]:
        """What follows the end of the array: white space, or a fault."""
        while not (rest := rest.strip()):
            if not (rest := self._stream.read(_CHUNK)):
                return
        yield Element(self._number + 1, rest, is_cut_off=True)
