"""Which files of an inbox are to be read: new ones and changed ones, and none that is still being written.

A file is known by size, time of change, etag and what a manifest says of it; where only the time differs, a local
file's hash decides. A file still being written shows by a passing name (``.part``, ``.tmp``, hidden), or by having
changed just now: it is looked at again a little later, and left to the next run while it still changes. What a run
notes is how a file was *before* it was read, so whatever changes meanwhile is read again by the next one. Files that
could not be opened, and all files of a run that failed, are not noted.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BufferedReader
from typing import Any, cast

from psycopg import Connection

from flows.extract.files import InputFile
from flows.extract.inputs import open_input, stamp_of
from flows.load.inbox import SeenFile, count_skipped, known_files, remember_files
from flows.load.keys import text_key
from flows.values import RawRecord, Reject

_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp", "~")
"""How names end that programs give to files while they write them."""

Batch = tuple[RawRecord | Reject, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a run takes from the inbox.

    Attributes:
        files: the files to read.
        seen: how they were, and how files were that only look changed.
        n_skipped: files left unread because they are known.
        unopened: uris of files that could not be opened; filled while the run reads.
    """

    files: Sequence[InputFile]
    seen: Sequence[SeenFile] = ()
    n_skipped: int = 0
    unopened: set[str] = field(default_factory=set)

    def noting(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """The batches as they come, while files that cannot be opened are noted."""
        for batch in batches:
            rejects = (each for each in batch if isinstance(each, Reject) and not each.locator)
            self.unopened.update(each.uri for each in rejects if each.reason_code == "unreadable")
            yield batch

    def remember(self, connection: Connection[Any], run_id: int) -> None:
        """Note the files of a run that has read all of them."""
        remember_files(connection, run_id, (each for each in self.seen if each.uri not in self.unopened))


def take_from_inbox(
    connection: Connection[Any], run_id: int, files: Sequence[InputFile], settle_seconds: float
) -> Delivery:
    """Choose the files to read, and count those that are known in the run."""
    settled = settled_files(files, settle_seconds)
    known = known_files(connection, (seen.uri for _, seen in settled))
    delivery = choose_files(settled, known)
    count_skipped(connection, run_id, delivery.n_skipped)
    return delivery


def settled_files(files: Iterable[InputFile], settle_seconds: float) -> list[tuple[InputFile, SeenFile]]:
    """The files nobody is writing any more, with how they are; waits once where some have changed just now."""
    looked = [(file, _look(file)) for file in files if not file.uri.lower().endswith(_UNFINISHED)]
    recent = datetime.now(UTC) - timedelta(seconds=settle_seconds)
    fresh = {seen.uri for file, seen in looked if not file.is_remote and seen.modified_at and seen.modified_at > recent}
    if fresh:
        time.sleep(settle_seconds)
    return [(file, seen) for file, seen in looked if seen.uri not in fresh or _look(file) == seen]


def choose_files(settled: Iterable[tuple[InputFile, SeenFile]], known: Mapping[str, SeenFile]) -> Delivery:
    """Tell the files that are new or changed from those that are known."""
    files: list[InputFile] = []
    noted: list[SeenFile] = []
    n_skipped = 0
    for file, seen in settled:
        before = known.get(seen.uri)
        if before is not None and _is_same(before, seen):
            n_skipped += 1
            continue
        now = replace(seen, sha256=_hash(file))
        noted.append(now)
        if before is not None and now.sha256 and (now.sha256, now.given_key) == (before.sha256, before.given_key):
            n_skipped += 1
        else:
            files.append(file)
    return Delivery(files, noted, n_skipped)


def _look(file: InputFile) -> SeenFile:
    """How a file is now; nothing but its name where it cannot be asked, which its reading will say."""
    key = text_key(repr(file.given)) if file.given else None
    try:
        stamp = stamp_of(file)
    except OSError:
        return SeenFile(file.uri, given_key=key)
    return SeenFile(file.uri, stamp.size, stamp.modified_at, stamp.etag, given_key=key)


def _is_same(before: SeenFile, now: SeenFile) -> bool:
    """Whether a file is as it was; one of which its store says too little to tell never is."""
    return (now.modified_at or now.etag) is not None and now == replace(before, sha256=None)


def _hash(file: InputFile) -> bytes | None:
    if file.is_remote or file.fault:
        return None
    try:
        with open_input(file) as stream:
            return hashlib.file_digest(cast("BufferedReader", stream), "sha256").digest()
    except OSError:
        return None
