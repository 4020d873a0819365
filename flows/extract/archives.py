"""ZIP and TAR: each file inside is read as if it lay by itself. Nothing is ever written to disk under its name."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import IO, Self

from flows.extract.content import Content, Reader
from flows.extract.streams import ContentStream, within_ratio
from flows.values import RawRecord, Reject

_OFFICE_MEMBERS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_ZIP_ERRORS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, RuntimeError, EOFError, OverflowError, zlib.error,
)  # fmt: skip
_TAR_ERRORS = (tarfile.TarError, OSError, ValueError, EOFError, ArithmeticError, LookupError)
"""What tarfile lets through of headers that lie is more than its own errors."""
_MAX_HEADER_BYTES = 1024 * 1024
_MOST_READS_PAST_END = 10
_EXTENSIONS = (tarfile.XHDTYPE, tarfile.XGLTYPE, b"X", tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)


class _Members:
    """The members of one archive as they come: named apart, counted, and the unfit ones told."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._seen: Counter[str] = Counter()
        self._n = 0

    def step(self, name: str) -> str:
        """The step of a locator that leads to a member; a second one of the same name is ``NAME#2``."""
        self._seen[name] += 1
        number = self._seen[name]
        return f"member:{name}" if number == 1 else f"member:{name}#{number}"

    def is_over(self) -> bool:
        """Count one more member, and say whether it is one too many."""
        self._n += 1
        return self._n > self._content.limits.max_members

    def too_many(self) -> Reject:
        """The reject for all that is not read any more."""
        limit = f"{self._content.limits.max_members:,}"
        return self._content.reject("too_many_members", f"more than {limit} files; raise MUSNAD_MAX_MEMBERS")

    def refusal(self, name: str, step: str, *, is_file: bool) -> Reject | None:
        """Why a member is not read: it is a link or device, has holes without end, or its name leads elsewhere."""
        if not is_file:
            return self._content.reject("unreadable", "a link, a device or a file with holes", step=step)
        if not name or name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or name[1:2] == ":":
            return self._content.reject("unsafe_path", "its name leads out of the archive; rename it", step=step)
        return None


def read_zip(content: Content, read: Reader) -> Iterator[RawRecord | Reject]:
    """The records of every file in a ZIP archive; what cannot be unpacked is one reject."""
    if (refusal := _too_deep(content)) is not None:
        yield refusal
        return
    head = content.head()
    with content.seekable() as file:
        try:
            archive = zipfile.ZipFile(file)
        except _ZIP_ERRORS as error:
            broken = content.reject("damaged", f"an archive that cannot be read: {error}", head)
            yield next(content.broken(head), broken)
            return
        with archive:
            if _OFFICE_MEMBERS.isdisjoint(archive.namelist()):
                yield from _zip_members(content, archive, read)
            else:
                yield content.reject("unknown_format", "a document of an office program; save it as text, HTML or CSV")


def _zip_members(content: Content, archive: zipfile.ZipFile, read: Reader) -> Iterator[RawRecord | Reject]:
    members = _Members(content)
    for member in archive.infolist():
        name = _zip_name(member)
        if name.endswith("/") or _is_hidden(name):
            continue
        if members.is_over():
            yield members.too_many()
            return
        step = members.step(name)
        kind = stat.S_IFMT(member.external_attr >> 16)
        if (refusal := members.refusal(name, step, is_file=kind in {0, stat.S_IFREG})) is not None:
            yield refusal
        elif member.flag_bits & _ENCRYPTED:
            yield content.reject("encrypted", "the file is encrypted; unpack it with its password", step=step)
        else:
            yield from _zip_member(content, archive, member, step, read)


def _zip_member(
    content: Content, archive: zipfile.ZipFile, member: zipfile.ZipInfo, step: str, read: Reader
) -> Iterator[RawRecord | Reject]:
    try:
        opened = archive.open(member)
    except _ZIP_ERRORS as error:
        yield content.reject("damaged", f"cannot be unpacked: {error}", step=step)
        return
    with opened:
        more = within_ratio(opened.read, member.compress_size, content.limits.max_ratio)
        yield from read(content.member(ContentStream(more, content.budget), member.filename, step))


def _zip_name(member: zipfile.ZipInfo) -> str:
    """A member's name; many programs write UTF-8 without the flag that says so."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode()
    except UnicodeError:
        return member.filename


def read_tar(content: Content, read: Reader) -> Iterator[RawRecord | Reject]:
    """The records of every file in a TAR archive, as it streams by; a break ends it with one reject."""
    if (refusal := _too_deep(content)) is not None:
        yield refusal
        return
    members = _Members(content)
    try:
        with tarfile.open(fileobj=_Ending(content.stream), mode="r|", tarinfo=_Entry, encoding="utf-8") as archive:
            while (member := archive.next()) is not None:
                archive.members.clear()  # type: ignore[attr-defined] # it keeps all it has passed; not in typeshed
                if member.isdir() or _is_hidden(member.name):
                    continue
                if members.is_over():
                    yield members.too_many()
                    return
                step = members.step(member.name)
                if (
                    refusal := members.refusal(member.name, step, is_file=member.isfile() and not member.issparse())
                ) is not None:
                    yield refusal
                    continue
                stream = ContentStream(_reading(archive.extractfile(member)))
                yield from read(content.member(stream, member.name, step))
                if stream.fault is not None:  # its reader has said so
                    return
    except _TAR_ERRORS as error:
        broken = content.reject("damaged", f"the archive breaks off: {error}")
        yield next(content.broken(), broken)
        return
    yield from content.broken()


class _Ending(io.RawIOBase):
    """The bytes of an archive; to pass over terabytes that a header claims, tarfile would read on past their end."""

    def __init__(self, stream: io.BufferedReader) -> None:
        super().__init__()
        self._stream = stream
        self._n_past_end = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._n_past_end += not data
        if self._n_past_end > _MOST_READS_PAST_END:
            raise EOFError("a file in it is longer than all of it")
        return data


class _Entry(tarfile.TarInfo):
    """A header that may not be larger than a header should, and whose faults are not taken for the archive's end."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            entry = super().frombuf(buf, encoding, errors)
        except (tarfile.EOFHeaderError, tarfile.EmptyHeaderError):  # type: ignore[attr-defined] # no typeshed names
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(f"a header that cannot be read: {error}") from error
        if entry.type in _EXTENSIONS and entry.size > _MAX_HEADER_BYTES:
            raise tarfile.ReadError(f"a header of {entry.size:,} bytes")
        return entry


def _reading(opened: IO[bytes] | None) -> Callable[[int], bytes]:
    return opened.read if opened is not None else lambda _: b""


def _too_deep(content: Content) -> Reject | None:
    if content.depth < content.limits.max_depth:
        return None
    return content.reject("too_deep", f"packed more than {content.limits.max_depth} times; raise MUSNAD_MAX_DEPTH")


def _is_hidden(name: str) -> bool:
    """Hidden files, and what macOS puts beside each file, are no records.

    >>> _is_hidden("a/.b"), _is_hidden("__MACOSX/._a.txt"), _is_hidden("../a")
    (True, True, False)
    """
    steps = name.replace("\\", "/").split("/")
    return steps[0] == "__MACOSX" or any(step.startswith(".") and step not in {".", ".."} for step in steps)
