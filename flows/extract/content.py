"""One content to read: a file, a member of an archive, what a compressed stream unpacks to."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import BinaryIO, cast

from flows.extract.fields import FieldNames
from flows.extract.files import GivenFacts
from flows.extract.limits import ExtractLimits
from flows.extract.streams import HEAD_BYTES, Budget, ContentStream, Fault, buffered
from flows.text.characters import repair_text
from flows.values import RawRecord, ReasonCode, Reject

_SPOOL_MEMORY_BYTES = 16 * 1024 * 1024


class RefusedError(ValueError):
    """One record cannot be loaded: its reason code, and what is wrong with it."""

    def __init__(self, code: ReasonCode, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes to read, where they are, and what bounds the reading.

    Attributes:
        uri, locator: the place, as in :class:`flows.values.RawRecord`.
        name: the file name, whose suffix decides where the bytes do not.
        stream: the bytes, with a head to peek at.
        given: what is known of it from outside.
        charset: the charset a server declared for it.
        depth: in how many archives and compressed streams it lies.
        file: the file itself where it can be sought in, None for what is unpacked.
    """

    uri: str
    locator: str
    name: str
    stream: io.BufferedReader
    limits: ExtractLimits
    budget: Budget
    names: FieldNames
    given: GivenFacts = field(default_factory=GivenFacts)
    charset: str | None = None
    depth: int = 0
    file: BinaryIO | None = None

    @property
    def fault(self) -> Fault | None:
        """Why the bytes ended before their time, once they have ended."""
        return cast("ContentStream", self.stream.raw).fault

    def head(self) -> bytes:
        """The first bytes, at most :data:`HEAD_BYTES`, without reading on. Only before anything is read."""
        return self.stream.peek(HEAD_BYTES)

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """The bytes as a file to seek in, spooled to disk where they are not one. A fault is then known."""
        if self.file is not None:
            self.file.seek(0)
            yield self.file
            return
        with tempfile.SpooledTemporaryFile(max_size=_SPOOL_MEMORY_BYTES) as spooled:
            shutil.copyfileobj(self.stream, spooled, HEAD_BYTES)
            spooled.seek(0)
            yield cast("BinaryIO", spooled)

    def unpacked(self, stream: ContentStream, name: str) -> Content:
        """What this content unpacks to, at the same place."""
        return replace(self, stream=buffered(stream), name=name, depth=self.depth + 1, file=None)

    def member(self, stream: ContentStream, path: str, step: str) -> Content:
        """A file inside this archive."""
        given = self.given.of_parts()
        return replace(
            self,
            stream=buffered(stream),
            name=path,
            locator=self.at(step),
            depth=self.depth + 1,
            file=None,
            given=given,
        )

    def at(self, step: str) -> str:
        """The locator of a record inside this content: ``line:3``, ``member:a.txt/line:3``."""
        return repair_text("/".join(part for part in (self.locator, step) if part))[0]

    def reject(self, code: ReasonCode, message: str, raw: bytes = b"", *, step: str = "") -> Reject:
        """A record of this content, or all of it, that cannot be loaded. ``message`` names the mend."""
        locator = self.at(step)
        where = f"{self.uri} {locator}".rstrip()
        return Reject(
            self.uri,
            locator,
            "extract",
            code,
            repair_text(f"{where}: {message}")[0],
            raw[: self.limits.max_reject_bytes],
        )

    def broken(self, raw: bytes = b"", *, step: str = "") -> Iterator[Reject]:
        """The one reject that says where a stream broke off, if it did."""
        if self.fault is not None:
            yield self.reject(self.fault.code, self.fault.message, raw, step=step)


Reader = Callable[[Content], Iterator[RawRecord | Reject]]
"""Reads one format. Every record is one outcome; it never raises for what the bytes hold."""
