"""An HTTP response as a crawler kept it: status, headers, and the body as it was meant."""

from __future__ import annotations

import http.client
import io
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message

import brotli  # type: ignore[import-untyped] # it has no stubs
from backports import zstd

from flows.extract.streams import DECODERS

_MAX_STATUS_BYTES = 8_192
_MAX_CHUNK_LINE = 1_024
_MOST_CODINGS = 3
_OK = range(200, 300)
_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Response:
    """One response.

    Attributes:
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
    status = _status(stream.readline(_MAX_STATUS_BYTES))
    headers = parse_headers(stream)
    body = _decoded(data[stream.tell() :], headers, max_bytes)
    media_type = headers.get_content_type() if headers.get("Content-Type") else ""
    return Response(status, media_type, headers.get_content_charset(), headers, body)


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
    found = _STATUS_LINE.match(line)
    if found is None:
        raise ResponseError("it does not begin with a status line of HTTP")
    return int(found[1])


def _decoded(body: bytes, headers: Message, max_bytes: int) -> bytes:
    """A body without transfer and content encodings; crawlers that undid them leave the headers."""
    if "chunked" in str(headers.get("Transfer-Encoding", "")).lower():
        body = _dechunked(body)
    stated = str(headers.get("Content-Encoding", "")).lower().split(",")
    codings = [coding for each in stated if (coding := each.strip().removeprefix("x-")) not in {"", "identity"}]
    if len(codings) > _MOST_CODINGS:
        raise ResponseError(f"its body is packed {len(codings)} times")
    for coding in reversed(codings):
        body = _unpacked(body, coding, max_bytes)
    return body


def _unpacked(body: bytes, coding: str, max_bytes: int) -> bytes:
    unpack = _UNPACK.get(coding, _refuse)
    try:
        return unpack(body, max_bytes)
    except ResponseError:
        if body.lstrip()[:1] == b"<":
            return body
        raise


def _refuse(_body: bytes, _max_bytes: int) -> bytes:
    raise ResponseError("its body is packed in a way that is not read")


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
    return _inflate(body, max_bytes, 31) if body[:2] == b"\x1f\x8b" else body


def _deflate(body: bytes, max_bytes: int) -> bytes:
    """By the standard with the header of zlib, of some servers without."""
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
    return _whole(unpacked, max_bytes, is_cut_off=not unpacker.eof)


def _unbrotli(body: bytes, max_bytes: int) -> bytes:
    unpacker = brotli.Decompressor()
    try:
        unpacked = unpacker.process(body, output_buffer_limit=max_bytes + 1)
    except brotli.error as error:
        raise ResponseError(f"its body cannot be unpacked: {error}") from error
    return _whole(unpacked, max_bytes, is_cut_off=not unpacker.is_finished())


def _unzstd(body: bytes, max_bytes: int) -> bytes:
    if not body.startswith(b"\x28\xb5\x2f\xfd"):
        return body
    unpacker = DECODERS["zstd"]()
    try:
        unpacked = unpacker.decompress(body, max_bytes + 1)
    except zstd.ZstdError as error:
        raise ResponseError(f"its body cannot be unpacked: {error}") from error
    return _whole(unpacked, max_bytes, is_cut_off=not unpacker.eof)


def _whole(unpacked: bytes, max_bytes: int, *, is_cut_off: bool) -> bytes:
    if len(unpacked) > max_bytes:
        raise ResponseError(f"its body unpacks to more than {max_bytes:,} bytes")
    if is_cut_off:
        raise ResponseError("its packed body is cut off")
    return unpacked


_UNPACK: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip, "deflate": _deflate, "br": _unbrotli, "zstd": _unzstd,
}  # fmt: skip
