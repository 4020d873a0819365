"""An HTTP response as a crawler kept it: status, headers, and the body as it was meant."""

from __future__ import annotations

import http.client
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message

_MAX_STATUS_BYTES = 8_192
_MAX_CHUNK_LINE = 1_024
_OK = range(200, 300)


@dataclass(frozen=True, slots=True)
class Response:
    """One response.

    Attributes:
        status: 0 where none can be read.
        media_type: lower case, without parameters; '' where none is stated.
        body: without chunks and compression.
    """

    status: int
    media_type: str
    charset: str | None
    headers: Message
    body: bytes

    @property
    def is_ok(self) -> bool:
        """Whether the status says that this is what was asked for."""
        return self.status in _OK


class ResponseError(ValueError):
    """A response that cannot be read."""


def parse_response(data: bytes, max_bytes: int) -> Response:
    """A response from the bytes a crawler kept.

    Args:
        data: status line, headers and body.
        max_bytes: how many bytes its body may unpack to.

    Raises:
        ResponseError: it is none, or unpacks to too much.
    """
    stream = io.BytesIO(data)
    status_line = stream.readline(_MAX_STATUS_BYTES)
    headers = parse_headers(stream)
    body = _decoded(data[stream.tell() :], headers, max_bytes)
    media_type = headers.get_content_type() if headers.get("Content-Type") else ""
    return Response(_status(status_line), media_type, headers.get_content_charset(), headers, body)


def parse_headers(stream: io.BytesIO) -> Message:
    """The header lines up to a blank one; bounded in number and length.

    Raises:
        ResponseError: they are no headers.
    """
    try:
        return http.client.parse_headers(stream)
    except http.client.HTTPException as error:
        raise ResponseError(f"its headers cannot be read: {type(error).__name__}") from error


def _status(line: bytes) -> int:
    parts = line.split(None, 2)
    return int(parts[1]) if len(parts) > 1 and parts[0].startswith(b"HTTP/") and parts[1].isdigit() else 0


def _decoded(body: bytes, headers: Message, max_bytes: int) -> bytes:
    """A body without transfer and content encodings; crawlers that undid them leave the headers, so both are tried."""
    if "chunked" in str(headers.get("Transfer-Encoding", "")).lower():
        body = _dechunked(body)
    coding = str(headers.get("Content-Encoding", "")).strip().lower()
    if coding in {"", "identity"}:
        return body
    unpack = _UNPACK.get(coding)
    if unpack is None:
        if body.lstrip()[:1] == b"<":
            return body
        raise ResponseError(f"its body is packed by {coding!r}")
    return unpack(body, max_bytes)


def _dechunked(body: bytes) -> bytes:
    """A body put together from its chunks; one that has none is what it is."""
    parts: list[bytes] = []
    position = 0
    while (end := body.find(b"\n", position, position + _MAX_CHUNK_LINE)) >= 0:
        try:
            size = int(body[position:end].split(b";")[0].strip() or b"-", 16)
        except ValueError:
            return b"".join(parts) or body
        if size <= 0:
            break
        parts.append(body[end + 1 : end + 1 + size])
        position = end + 1 + size
        position += 2 if body[position : position + 2] == b"\r\n" else 1
    return b"".join(parts) or body


def _gunzip(body: bytes, max_bytes: int) -> bytes:
    return _inflate(body, max_bytes, 47) if body[:2] == b"\x1f\x8b" else body


def _deflate(body: bytes, max_bytes: int) -> bytes:
    try:
        return _inflate(body, max_bytes, 15)
    except ResponseError:
        return _inflate(body, max_bytes, -15)


def _inflate(body: bytes, max_bytes: int, window: int) -> bytes:
    unpacker = zlib.decompressobj(window)
    try:
        unpacked = unpacker.decompress(body, max_bytes + 1)
    except zlib.error as error:
        raise ResponseError(f"its body cannot be unpacked: {error}") from error
    if not unpacker.eof and not unpacker.unconsumed_tail:
        raise ResponseError("its packed body is cut off")
    if len(unpacked) > max_bytes:
        raise ResponseError(f"its body unpacks to more than {max_bytes:,} bytes")
    return unpacked


_UNPACK: dict[str, Callable[[bytes, int], bytes]] = {"gzip": _gunzip, "x-gzip": _gunzip, "deflate": _deflate}
