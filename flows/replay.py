"""Records of the quarantine read again: from their source, or from what was kept of them where that is gone.

Only the rejected places of a file are read again, by the same readers. A file that was rejected whole is read whole,
and so is a folder that was closed, or whose manifest was bad. Where the source is gone, the kept bytes stand in for it
if they are all there was: a record of its own, put back at its place.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from flows.extract import ExtractLimits, extract_batches
from flows.extract.fields import FieldNames
from flows.extract.files import InputError, InputFile
from flows.extract.inputs import find_inputs
from flows.extract.uris import path_of
from flows.load.quarantine import MAX_RAW_BYTES, OpenReject
from flows.values import RawRecord, Reject

Batch = tuple[RawRecord | Reject, ...]
_LOCAL = "file://"


class Replay:
    """The records at the places of rejects.

    Attributes:
        files: the files that are read.
        read_ids: the rejects whose place could be read this time; filled while the batches are taken.
    """

    def __init__(self, rejects: Iterable[OpenReject], limits: ExtractLimits, names: FieldNames) -> None:
        self._rejects = list(rejects)
        self._limits = limits
        self._names = names
        self._ids: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self._lengths: defaultdict[str, set[int]] = defaultdict(set)
        for each in self._rejects:
            self._ids[each.uri, each.locator].append(each.reject_id)
            self._lengths[each.uri].add(len(each.locator))
        folders = {each.reject_id: folder for each in self._rejects if (folder := _folder(each))}
        self.read_ids = set(folders)
        self._folders = tuple(sorted({folder + "/" for folder in folders.values()}))
        found = _existing([*self._lengths, *sorted(set(folders.values()))])
        self.files = list({(file.uri, file.fault): file for file in found}.values())

    def batches(self) -> Iterator[Batch]:
        """The records at the places of the rejects, and what is rejected there again."""
        for batch in extract_batches(self.files, self._limits, self._names):
            wanted = tuple(each for each in batch if self._is_wanted(each))
            if wanted:
                yield wanted
        there = {file.uri for file in self.files}
        for reject in self._rejects:
            if reject.uri not in there:
                yield from self._kept(reject)

    def _is_wanted(self, record: RawRecord | Reject) -> bool:
        ids = list(self._rejects_at(record.uri, record.locator))
        if isinstance(record, RawRecord):
            self.read_ids.update(ids)
        elif record.uri in self._lengths and not record.locator:
            return True  # the file as a whole cannot be read
        return bool(ids) or record.uri.startswith(self._folders)

    def _rejects_at(self, uri: str, locator: str) -> Iterator[int]:
        """The rejects of this place, and of those it lies in: ``member:a`` for ``member:a/line:1``, '' for all."""
        for length in self._lengths.get(uri, ()):
            if length in {0, len(locator)} or locator[length : length + 1] == "/":
                yield from self._ids.get((uri, locator[:length]), ())

    def _kept(self, reject: OpenReject) -> Iterator[Batch]:
        """The record that the kept bytes are, if they are all of it and it is one."""
        if not 0 < len(reject.raw) < min(self._limits.max_reject_bytes, MAX_RAW_BYTES):
            return
        with tempfile.TemporaryDirectory(prefix="musnad-replay-") as folder:
            path = Path(folder, "kept")
            path.write_bytes(reject.raw)
            file = InputFile(reject.uri, str(path))
            found = [each for batch in extract_batches([file], self._limits, self._names) for each in batch]
        if len(found) == 1:
            found = [replace(found[0], locator=reject.locator)]
        if len(found) == 1 or not reject.locator:
            if any(isinstance(each, RawRecord) for each in found):
                self.read_ids.add(reject.reject_id)
            yield tuple(found)


def _folder(reject: OpenReject) -> str | None:
    """The folder to read for a reject that is no file's: one that was closed, one whose manifest was bad."""
    if reject.reason_code == "bad_manifest":
        return reject.uri.rpartition("/")[0]
    is_folder = reject.uri.startswith(_LOCAL) and Path(path_of(reject.uri)).is_dir()
    return reject.uri if is_folder else None


def _existing(uris: Sequence[str]) -> Iterator[InputFile]:
    """The files these uris name, as far as they are there."""
    yield from find_inputs([uri for uri in uris if uri.startswith(_LOCAL)], may_be_empty=True)
    for uri in uris:
        if not uri.startswith(_LOCAL):
            with suppress(InputError):  # a store that cannot be reached now: the reject stays
                yield from find_inputs([uri], may_be_empty=True)
