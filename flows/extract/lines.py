"""Lines of a stream, each bounded: what is longer than a record may be is skipped in blocks and said to be so."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass

from flows.extract.content import Content
from flows.extract.streams import HEAD_BYTES, ContentStream, buffered
from flows.text.charsets import UndecodableError, charset_of

_WIDE = ("utf-16", "utf-32")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its end.

    Attributes:
        number: from 1.
        data: its bytes, or the first of them where it is too long.
        is_too_long: whether it is over the limit of a record.
    """

    number: int
    data: bytes
    is_too_long: bool = False


def lines_of(stream: io.BufferedReader, limit: int, *, skip_empty: bool = False) -> Iterator[Line]:
    """All lines of a stream, empty ones too unless they are skipped; memory stays within the limit."""
    number = 0
    while data := stream.readline(limit + 1):
        number += 1
        if skip_empty and data == b"\n":
            continue
        if len(data) <= limit or data.endswith(b"\n"):
            yield Line(number, data)
            continue
        while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
            pass
        yield Line(number, data, is_too_long=True)


@dataclass(frozen=True, slots=True)
class TextStream:
    """A stream of text in a charset whose lines end in the byte of a line feed.

    Attributes:
        charset: what its lines are in where they are no UTF-8.
        repairs: what had to be mended in all of it.
    """

    stream: io.BufferedReader
    charset: str
    source_charset: str
    repairs: tuple[str, ...] = ()


def text_stream(content: Content, *, markup: bool = False) -> TextStream:
    """The text of a content without its byte order mark; UTF-16 and UTF-32 are read as UTF-8."""
    try:
        charset, bom = charset_of(content.head()[: HEAD_BYTES - HEAD_BYTES % 4], content.charset, markup=markup)
    except UndecodableError:
        charset, bom = "utf-8", b""
    content.stream.read(len(bom))
    repairs = ("bom",) if bom else ()
    if not charset.startswith(_WIDE):
        return TextStream(content.stream, charset, charset, repairs if charset == "utf-8" else (*repairs, "charset"))
    decoder = codecs.getincrementaldecoder(charset)("replace")

    def more(size: int) -> bytes:
        while data := content.stream.read(max(size // 4, 1)):
            if text := decoder.decode(data):
                return text.encode("utf-8", "replace")
        return decoder.decode(b"", final=True).encode("utf-8", "replace")

    return TextStream(buffered(ContentStream(more)), "utf-8", charset, (*repairs, "charset"))
