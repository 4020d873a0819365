"""WARC, as crawls are kept: a record for each response and revisit that is a page of HTML.

The blocks of the format are simple and the libraries for it read header lines without bound, so they are read here:
bounded, and found again after damage by the mark each record begins with.
"""

from __future__ import annotations

import io
import re
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message
from typing import Self

from flows.extract.content import Content, RefusedError
from flows.extract.documents import is_web_url, page_record, text_record
from flows.extract.http_responses import Response, ResponseError, parse_headers, parse_response
from flows.text.characters import repair_text
from flows.values import RawRecord, Reject

_COUNTED = frozenset({"response", "revisit", "resource", "conversion"})
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_MAX_HEADER_BYTES = 64 * 1024
_SKIP_BYTES = 1 << 20
_VERSION = re.compile(rb"WARC/\d\.\d+\r?\n")
_DIGEST = "WARC-Payload-Digest"
_KEPT_HEADERS = ("Last-Modified", "Content-Language", "Server")


@dataclass(frozen=True, slots=True)
class _Block:
    """One WARC record: where it begins in the unpacked file, its headers, its content."""

    offset: int
    headers: Message
    data: bytes
    length: int

    @property
    def kind(self) -> str:
        return str(self.headers.get("WARC-Type", "")).strip().lower()

    @property
    def digest(self) -> str:
        """What the crawler tells the page by; '' where it says nothing."""
        return _clean(self.headers.get(_DIGEST, ""))

    @property
    def step(self) -> str:
        return f"record:{self.offset}"


class _BrokenError(ValueError):
    """A WARC file goes on with something that is no record."""

    def __init__(self, message: str, offset: int, data: bytes) -> None:
        super().__init__(message)
        self.offset, self.data = offset, data


def read_warc(content: Content) -> Iterator[RawRecord | Reject]:
    """A record for each response and revisit; requests, metadata and the like are none."""
    with _Payloads() as payloads:
        try:
            for block in _blocks(content):
                if block.kind in _COUNTED:
                    yield _record(content, block, payloads)
        except _BrokenError as error:
            step = f"record:{error.offset}"
            broken = content.reject("damaged", str(error), error.data, step=step)
            yield next(content.broken(error.data, step=step), broken)
            return
        yield from content.broken()


def _blocks(content: Content) -> Iterator[_Block]:
    """The records of a file in turn; content beyond the limit of a record is passed over."""
    stream, offset, limit = content.stream, 0, content.limits.max_record_bytes
    while True:
        line = stream.readline(_MAX_HEADER_BYTES)
        while line in {b"\r\n", b"\n"}:
            offset += len(line)
            line = stream.readline(_MAX_HEADER_BYTES)
        if not line:
            return
        if not _VERSION.fullmatch(line):
            raise _BrokenError("here no record begins", offset, line)
        head = _header_lines(stream)
        try:
            headers = parse_headers(io.BytesIO(head))
            length = int(headers.get("Content-Length", ""))
        except (ResponseError, ValueError) as error:
            raise _BrokenError(f"the header of a record cannot be read: {error}", offset, line + head) from error
        data = stream.read(min(length, limit + 1)) if length >= 0 else b""
        passed = len(data) + _pass_over(stream, length - len(data))
        if passed != length:
            raise _BrokenError("a record is cut off", offset, line + head + data)
        yield _Block(offset, headers, data, length)
        offset += len(line) + len(head) + length


def _header_lines(stream: io.BufferedReader) -> bytes:
    """The header of a record up to its blank line, as far as a header may go."""
    head = b""
    while len(head) < _MAX_HEADER_BYTES and (line := stream.readline(_MAX_HEADER_BYTES)):
        head += line
        if line in {b"\r\n", b"\n"}:
            break
    return head


def _pass_over(stream: io.BufferedReader, size: int) -> int:
    passed = 0
    while passed < size and (piece := stream.read(min(size - passed, _SKIP_BYTES))):
        passed += len(piece)
    return passed


def _record(content: Content, block: _Block, payloads: _Payloads) -> RawRecord | Reject:
    limit = content.limits.max_record_bytes
    if block.length > limit:
        message = f"a record of {block.length:,} bytes; raise MUSNAD_MAX_RECORD_BYTES"
        return content.reject("too_large", message, block.data, step=block.step)
    if block.kind in {"resource", "conversion"}:
        return _plain(content, block)
    try:
        response = _response(block, payloads, limit)
    except RefusedError as error:
        reject = content.reject(error.code, str(error), block.data, step=block.step)
        return replace(reject, payload_digest=block.digest) if error.code == "unresolved_revisit" else reject
    return _page(content, block, response)


def _response(block: _Block, payloads: _Payloads, limit: int) -> Response:
    """The page a response holds, or the one a revisit is of.

    Raises:
        RefusedError: there is none.
    """
    if block.kind == "revisit":
        found = payloads.find(block.digest)
        if found is None:
            raise RefusedError("unresolved_revisit", "a revisit of no page that was loaded; load the one it is of too")
        return found
    try:
        response = parse_response(block.data, limit)
    except ResponseError as error:
        raise RefusedError("bad_response", f"no HTTP response that can be read: {error}") from error
    if not response.is_ok:
        raise RefusedError("http_status", f"the server answered {response.status}")
    if not _is_html(response):
        raise RefusedError("not_html", f"{response.media_type or 'of no stated type'}; of crawls only HTML is read")
    payloads.keep(block.digest, response)
    return response


def _is_html(response: Response) -> bool:
    if response.media_type in _HTML:
        return True
    return not response.media_type and response.body.lstrip()[:1] == b"<"


def _plain(content: Content, block: _Block) -> RawRecord | Reject:
    """A page or text without HTTP around it."""
    media_type = block.headers.get_content_type() if block.headers.get("Content-Type") else ""
    place = _place(content, block, block.headers.get_content_charset())
    if media_type in _HTML:
        return page_record(place, block.data)
    if media_type == "text/plain":
        return text_record(place, block.data)
    return place.reject("not_html", f"{media_type or 'of no stated type'}; only HTML and text are read", block.data)


def _page(content: Content, block: _Block, response: Response) -> RawRecord | Reject:
    if not response.body.strip():
        return content.reject("no_article", "the response has no body", block.data, step=block.step)
    headers = [(f"http:{name}", _clean(value)) for name in _KEPT_HEADERS if (value := response.headers.get(name))]
    return page_record(_place(content, block, response.charset, headers), response.body)


def _place(
    content: Content, block: _Block, charset: str | None, fields: list[tuple[str, str]] | None = None
) -> Content:
    """The place of one record, with what the crawl says of it."""
    url = _clean(block.headers.get("WARC-Target-URI", "")).strip("<>")
    kept = [] if is_web_url(url) or not url else [("warc:WARC-Target-URI", url)]
    kept += [(f"warc:{_DIGEST}", block.digest)] if block.digest else []  # by which revisits are found
    given = replace(
        content.given, url=url if is_web_url(url) else None,
        retrieved_at=_moment(block.headers) or content.given.retrieved_at,
        fields=(*content.given.fields, *kept, *(fields or [])),
    )  # fmt: skip
    return replace(content, locator=content.at(block.step), given=given, charset=charset)


def _clean(value: object) -> str:
    """The value of a header, whose bytes may be anything."""
    return repair_text(str(value).strip())[0]


def _moment(headers: Message) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(headers.get("WARC-Date", "")).strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


class _Payloads:
    """The bodies of the responses of one file by their digest, on disk: a revisit names one it does not repeat."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this object
        self._places: dict[str, tuple[int, int, Response]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def keep(self, digest: str, response: Response) -> None:
        """Keep a response, where it has a digest to be found by."""
        if digest and digest not in self._places:
            packed = zlib.compress(response.body, 1)
            place = self._file.seek(0, io.SEEK_END)
            self._file.write(packed)
            self._places[digest] = (place, len(packed), replace(response, body=b""))

    def find(self, digest: str) -> Response | None:
        """The response of a digest, None where this file has none."""
        if digest not in self._places:
            return None
        place, size, response = self._places[digest]
        self._file.seek(place)
        return replace(response, body=zlib.decompress(self._file.read(size)))
