"""The raw archive: the bytes of every document, content-addressed, so that any row can be made again from them.

An object is a file ``ab/abcdef….zst`` named by the SHA-256 of what it unpacks to. Where a batch has few documents, each
is an object by itself, whose name is the document's own ``sha256``; where it has many, they share objects of up to
:data:`OBJECT_BYTES`, and ``ops.archived_documents`` keeps their byte range. Measured on 3 kB records, 2,000 a batch, on
a busy machine: shared 0.02 ms of processor and 0.05 ms in all a record, 680 bytes on disk; one by one 0.25 ms, 3.4 ms
(each waits for the disk) and 4,096 bytes. So a million lines are some five hundred files.

Objects are on disk before the rows that point at them commit. One that was written for a batch that failed is found
again, under the same name, when the batch is tried again.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from backports import zstd

from flows.extract.files import InputError
from flows.extract.remote import open_store, plain_errors
from flows.extract.uris import is_url, path_of, public_input
from flows.load.disk import DiskFullError
from flows.load.values import ArchivePlace, LoadBatch
from flows.settings import MIB, Settings
from flows.values import RawRecord

OBJECT_BYTES = 8 * MIB
"""Documents share an object of at most this size; reading one of them back unpacks it, some ten milliseconds."""
FEW_DOCUMENTS = 32
"""A batch of so many new documents keeps each by itself: an inbox that fills slowly, a handful of files."""

_OPTIONS = {int(zstd.CompressionParameter.compression_level): 3, int(zstd.CompressionParameter.checksum_flag): 1}
_NO_ARCHIVE = "off"
_FULL = (errno.ENOSPC, errno.EDQUOT)
_DRAFTS = ".drafts"
_DRAFT_SECONDS = 86_400
"""No writer takes so long; an older draft is one of a writer that was killed."""


class ArchiveError(RuntimeError):
    """The raw archive cannot be written or read: one sentence with the mend."""


class _Store(Protocol):
    """Where objects lie."""

    def write(self, objects: dict[str, bytes]) -> None:
        """Keep objects by name, each whole or not at all; those that are there already are left alone."""

    def read(self, name: str) -> bytes:
        """The object of that name."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The raw archive at one place."""

    place: str
    store: _Store

    def keep(self, records: Iterable[RawRecord]) -> dict[bytes, ArchivePlace]:
        """Write the contents of records that have one; where each lies, by its ``sha256``.

        Raises:
            DiskFullError: there is no room left.
            ArchiveError: it cannot be written for another reason.
        """
        places: dict[bytes, ArchivePlace] = {}
        objects: dict[str, bytes] = {}
        for contents in _objects(list({record.sha256: record for record in records if record.content}.values())):
            whole = b"".join(record.content for record in contents)
            digest = hashlib.sha256(whole).digest()
            objects[object_name(digest)] = zstd.compress(whole, options=_OPTIONS)
            start = 0
            for record in contents:
                places[record.sha256] = ArchivePlace(digest, start, len(record.content))
                start += len(record.content)
        try:
            self.store.write(objects)
        except (OSError, InputError) as error:
            is_full = isinstance(error, OSError) and error.errno in _FULL
            raise (DiskFullError if is_full else ArchiveError)(
                f"the raw archive {self.place} cannot be written: {getattr(error, 'strerror', None) or error}; "
                "make room or rights there, or name another place by MUSNAD_ARCHIVE"
            ) from error
        return places

    def read(self, place: ArchivePlace, sha256: bytes) -> bytes:
        """The bytes of one document, proved by their hash.

        Raises:
            ArchiveError: they are not there, or not what they were.
        """
        name = object_name(place.object_sha256)
        try:
            packed = self.store.read(name)
            end = place.byte_start + place.n_bytes
            content = zstd.ZstdDecompressor().decompress(packed, max_length=end)[place.byte_start :]
        except (OSError, EOFError, InputError, zstd.ZstdError) as error:
            raise ArchiveError(f"{name} cannot be read from the raw archive {self.place}: {error}") from error
        if hashlib.sha256(content).digest() != sha256:
            raise ArchiveError(f"{name} in the raw archive {self.place} is damaged; restore it from a backup")
        return content


def open_archive(settings: Settings) -> Archive | None:
    """The archive the settings name: a folder of the home, another folder, a store; None where it is switched off."""
    place = archive_place(settings)
    if place == _NO_ARCHIVE:
        return None
    if is_url(place) and not place.startswith("file://"):
        return Archive(public_input(place), _RemoteStore(place.rstrip("/")))
    folder = path_of(place) if is_url(place) else os.path.expanduser(place)  # noqa: PTH111 - one line for both
    return Archive(folder, _FolderStore(Path(folder)))


def archive_place(settings: Settings) -> str:
    """Where the archive is: a folder, an fsspec URL, secrets included, or ``off``."""
    return settings.archive.get_secret_value() if settings.archive else str(settings.home / "archive")


def archived(batch: LoadBatch, archive: Archive | None) -> LoadBatch:
    """The batch with the contents of its new records in the archive, and their places noted.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    if archive is None:
        return batch
    places = archive.keep(item.record for item in batch.items if item.annotation is not None)
    items = (replace(item, archived=places.get(item.record.sha256)) for item in batch.items)
    return replace(batch, items=tuple(items))


def object_name(sha256: bytes) -> str:
    """The file of an object, below the archive.

    >>> object_name(bytes.fromhex("ab" * 32))[:8]
    'ab/ababa'
    """
    digits = sha256.hex()
    return f"{digits[:2]}/{digits}.zst"


def _objects(records: Sequence[RawRecord]) -> Iterator[Sequence[RawRecord]]:
    """The records each object holds: few by themselves, many together in their order."""
    max_bytes = OBJECT_BYTES if len(records) > FEW_DOCUMENTS else 0
    shared: list[RawRecord] = []
    size = 0
    for record in records:
        if shared and size + len(record.content) > max_bytes:
            yield shared
            shared, size = [], 0
        shared.append(record)
        size += len(record.content)
    if shared:
        yield shared


@dataclass(frozen=True, slots=True)
class _FolderStore:
    """Objects in a folder: written under a passing name, brought to the disk, then renamed."""

    folder: Path

    def write(self, objects: dict[str, bytes]) -> None:
        drafts = {name: self._draft(name) for name in objects if not (self.folder / name).exists()}
        folders = {(self.folder / name).parent for name in drafts}
        try:
            self._begin(folders)
            for name, draft in drafts.items():
                draft.write_bytes(objects[name])
            for draft in drafts.values():  # after all writes, so that one wait of the disk serves many
                _to_disk(draft)
            for name, draft in drafts.items():
                draft.replace(self.folder / name)
            for folder in folders:
                _to_disk(folder)
        finally:
            for draft in drafts.values():
                draft.unlink(missing_ok=True)

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def _draft(self, name: str) -> Path:
        return self.folder / _DRAFTS / f"{Path(name).name}.{os.getpid()}.{secrets.token_hex(4)}"

    def _begin(self, folders: Iterable[Path]) -> None:
        """Make the folders that are missing, and clear away what writers left that were killed."""
        for folder in {self.folder / _DRAFTS, *folders}:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for draft in (self.folder / _DRAFTS).iterdir():
            with suppress(FileNotFoundError):  # its writer has done, or another has cleared it away
                if time.time() - draft.stat().st_mtime > _DRAFT_SECONDS:
                    draft.unlink()


@dataclass(frozen=True, slots=True)
class _RemoteStore:
    """Objects behind an fsspec URL, whose stores show an object once it is whole."""

    url: str

    def write(self, objects: dict[str, bytes]) -> None:
        with plain_errors(self.url):
            for name, content in objects.items():
                store, path = open_store(f"{self.url}/{name}")
                if not store.exists(path):
                    store.makedirs(path.rpartition("/")[0], exist_ok=True)
                    store.pipe_file(path, content)

    def read(self, name: str) -> bytes:
        with plain_errors(self.url):
            store, path = open_store(f"{self.url}/{name}")
            return bytes(store.cat_file(path))


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
