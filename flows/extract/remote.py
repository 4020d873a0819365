"""Files behind URLs, through fsspec: found, told apart, and read without a secret in any error."""

from __future__ import annotations

import errno
import io
import logging
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from flows.extract.files import FileStamp, InputError, InputFile
from flows.extract.uris import public_url, without_secrets

MAX_SPOOL_BYTES = 64 << 30
"""Most bytes of a web file that are kept on disk to seek in."""

_WEB = ("http", "https")
_GLOB = frozenset("*?[")
_STALLED_SECONDS = 60
_CONNECT_SECONDS = 30
_BLOCK = 1 << 20
_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gs", "gcs": "gs", "hf": "hf"}

_LIBRARY_ERRORS = (
    ("aiohttp", "ClientError"), ("botocore.exceptions", "BotoCoreError"), ("botocore.exceptions", "ClientError"),
    ("gcsfs.retry", "HttpError"), ("google.auth.exceptions", "GoogleAuthError"), ("httpx", "HTTPError"),
)  # fmt: skip
"""Errors of the stores' libraries that are no OSError; a library that was not imported raised none of them."""


def list_remote(url: str) -> Iterator[InputFile]:
    """The files a URL names: one file, all below a folder, or those a pattern matches; hidden ones only by name.

    A web address without a pattern is one file, whatever it looks like: a page has links, not a folder's entries.

    Raises:
        InputError: it cannot be asked; the sentence shows no secret.
    """
    for full, info in _entries(url):
        yield InputFile(public_url(full), full, is_remote=True, stamp=_stamp(info))


def list_folder(url: str) -> Iterator[InputFile]:
    """The files in the folder of a file; none on the web, where a folder has no list."""
    if url.partition("://")[0] not in _WEB:
        yield from list_remote(url.rpartition("/")[0] + "/*")


def open_remote(file: InputFile) -> BinaryIO:
    """Open a remote file for reading bytes; the stream can seek, and its errors are OSErrors without secrets.

    A web server need not serve ranges, so its file is read on and on, and kept in a temporary file for seeking.

    Raises:
        OSError: it cannot be opened.
    """
    is_web = file.path.partition("://")[0] in _WEB
    with plain_errors(file.path):
        store, path = open_store(file.path)
        opened = cast("BinaryIO", store.open(path, "rb", block_size=0) if is_web else store.open(path, "rb"))
    stream = _RemoteStream(opened, file.path)
    return io.BufferedReader(_SpooledStream(stream) if is_web else stream, _BLOCK)


def _entries(url: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Full URL and description of each file, in the order of their names."""
    shown = public_url(url)
    try:
        with plain_errors(url):
            store, path = open_store(url)
            store.invalidate_cache()
            found = _find(store, path)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(f"INPUT {shown} cannot be opened: {error}") from error
    return [(_full_url(store, url, name), found[name]) for name in sorted(found)]


def _find(store: Any, path: str) -> dict[str, Mapping[str, Any]]:  # noqa: ANN401 - fsspec has no types
    """The files at a path of a store: itself, all below it, or what matches it; a name goes before a pattern.

    Raises:
        FileNotFoundError: there is nothing of that name, and it is no pattern.
    """
    try:
        root, matches = path, {path: store.info(path)}
    except FileNotFoundError:
        signs = _GLOB & set(path)
        if not signs:
            raise
        root, matches = path[: min(map(path.find, signs))].rpartition("/")[0], store.glob(path, detail=True)
    found: dict[str, Mapping[str, Any]] = {}
    for name, info in matches.items():
        found.update(store.find(name, detail=True) if info["type"] == "directory" else {name: info})
    is_named = list(found) == [path]
    return {name: info for name, info in found.items() if is_named or not _is_hidden(name.removeprefix(root))}


def _is_hidden(below: str) -> bool:
    return any(part.startswith(".") for part in below.split("/"))


def _full_url(store: Any, url: str, name: str) -> str:  # noqa: ANN401 - fsspec has no types
    """The URL that opens one file of a store; stores that are one host name their files without it."""
    first, chain, rest = url.partition("::")
    if "host" in store.storage_options:
        split = urlsplit(first)
        return f"{split.scheme}://{split.netloc}/{name.lstrip('/')}{chain}{rest}"
    return str(store.unstrip_protocol(name)) + chain + rest


def open_store(url: str) -> tuple[Any, str]:
    """The fsspec store of a URL, and the path in it.

    Raises:
        InputError: no such kind of store, or its package is not installed.
    """
    import fsspec  # noqa: PLC0415 - only remote files need it, and it takes a while to import

    logging.getLogger("gcsfs").setLevel(logging.CRITICAL)  # it logs what it raises, with a traceback
    scheme = url.partition("://")[0].lower()
    try:
        return cast("tuple[Any, str]", fsspec.core.url_to_fs(url, **_options(scheme)))
    except ImportError as error:
        extra = f"install it with the extra musnad[{_EXTRAS[scheme]}]" if scheme in _EXTRAS else "install it"
        raise InputError(f"{public_url(url)} needs a package that is missing: {error}; {extra}") from error


def _options(scheme: str) -> dict[str, Any]:
    if scheme not in _WEB:
        return {}
    from aiohttp import ClientTimeout  # noqa: PLC0415 - as above

    # no bound for the whole file, which may be large, but for a server that says nothing
    timeout = ClientTimeout(total=None, connect=_CONNECT_SECONDS, sock_read=_STALLED_SECONDS)
    return {"client_kwargs": {"timeout": timeout}}


def _stamp(info: Mapping[str, Any]) -> FileStamp:
    """What a store says of a file, by the names the various stores have for it."""
    etags = (info.get(name) for name in ("ETag", "etag", "md5Hash", "Content-MD5", "blob_id", "sha256"))
    times = (info.get(name) for name in ("LastModified", "mtime", "updated", "Last-Modified", "modified", "created"))
    etag = next((each for each in etags if each), None)
    return FileStamp(
        info.get("size"), next((_time(each) for each in times if each), None), None if etag is None else str(etag)
    )


def _time(value: object) -> datetime | None:
    """A store's time, with a zone; None for what is none."""
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        if isinstance(value, str):
            value = parsedate_to_datetime(value) if "," in value else datetime.fromisoformat(value)
    except (ValueError, OverflowError, OSError):
        return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


@contextmanager
def plain_errors(url: str) -> Iterator[None]:
    """Whatever a store's library raises is an OSError that shows no secret; a file that is not there is told apart."""
    known = tuple(getattr(sys.modules[module], name) for module, name in _LIBRARY_ERRORS if module in sys.modules)
    try:
        yield
    except InputError:
        raise
    except FileNotFoundError:
        raise FileNotFoundError(errno.ENOENT, "there is no such file") from None  # its cause shows the URL
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, NotImplementedError, *known) as error:
        message = without_secrets(str(error) or type(error).__name__, url)
        raise OSError(errno.EIO, message) from None  # as above


class _RemoteStream(io.RawIOBase):
    """A file of a store with plain errors."""

    def __init__(self, opened: BinaryIO, url: str) -> None:
        super().__init__()
        self._opened = opened
        self._url = url

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._opened.seekable()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed: any buffer
        with plain_errors(self._url):
            data = self._opened.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with plain_errors(self._url):
            return self._opened.seek(offset, whence)

    def tell(self) -> int:
        return self._opened.tell()

    def close(self) -> None:
        if not self.closed:
            with plain_errors(self._url):
                self._opened.close()
        super().close()


class _SpooledStream(io.RawIOBase):
    """A stream that can only be read on, made to seek: what was read is kept in a temporary file."""

    def __init__(self, source: io.RawIOBase) -> None:
        super().__init__()
        self._source = source
        self._kept = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this stream
        self._n_kept = 0
        self._position = 0
        self._is_complete = False

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed: any buffer
        self._keep_until(self._position + len(buffer))
        self._kept.seek(self._position)
        data = self._kept.read(len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_END:
            self._keep_until(MAX_SPOOL_BYTES)
            offset += self._n_kept
        elif whence == io.SEEK_CUR:
            offset += self._position
        if offset < 0:
            raise OSError(errno.EINVAL, "a place before the file's begin")
        self._position = offset
        return offset

    def tell(self) -> int:
        return self._position

    def close(self) -> None:
        if not self.closed:
            self._kept.close()
            self._source.close()
        super().close()

    def _keep_until(self, position: int) -> None:
        while self._n_kept < position and not self._is_complete:
            data = self._source.read(min(_BLOCK, position - self._n_kept))
            self._is_complete = not data
            self._kept.seek(self._n_kept)
            self._n_kept += self._kept.write(data or b"")
            if self._n_kept >= MAX_SPOOL_BYTES:
                raise OSError(errno.EFBIG, f"more than {MAX_SPOOL_BYTES:,} bytes")
