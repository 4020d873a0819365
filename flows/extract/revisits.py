"""Revisits of a crawl whose response is in no file read so far: kept back until all files are read.

A revisit says by a digest which page it is of. Where the same file has that page it is read at once; else the load asks
the warehouse, which must have all other records of the run first, so that the order of files does not matter.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from typing import Self, cast

from flows.values import RawRecord, Reject

_MEMORY_BYTES = 1 << 20


class LateRevisits:
    """The revisits kept back, on disk where they are many."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_MEMORY_BYTES)  # noqa: SIM115 - closed with this object
        self._n_kept = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def keeping(self, records: Iterable[RawRecord | Reject]) -> Iterator[RawRecord | Reject]:
        """The records as they come, without the revisits that are kept back."""
        for record in records:
            if isinstance(record, Reject) and record.payload_digest:
                self.keep_all((record,))
            else:
                yield record

    def keep_all(self, revisits: Iterable[Reject]) -> None:
        """Keep revisits back."""
        for revisit in revisits:
            pickle.dump(revisit, self._file)
            self._n_kept += 1

    def __iter__(self) -> Iterator[Reject]:
        """What was kept back, in its order, once nothing more is kept."""
        self._file.seek(0)
        for _ in range(self._n_kept):
            yield cast("Reject", pickle.load(self._file))  # noqa: S301 - written by this very process
