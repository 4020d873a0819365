"""What the load stage takes and gives back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from flows.annotation import Annotation
from flows.values import RawRecord, Reject


@dataclass(frozen=True, slots=True)
class ArchivePlace:
    """Where the raw archive keeps the bytes of a document: an object, and a range of what it unpacks to."""

    object_sha256: bytes
    byte_start: int
    n_bytes: int


@dataclass(frozen=True, slots=True)
class LoadItem:
    """One record to load; ``annotation`` is None for content the warehouse was seen to hold, with no worse a date."""

    record: RawRecord
    annotation: Annotation | None
    archived: ArchivePlace | None = None


@dataclass(frozen=True, slots=True)
class LoadBatch:
    """The outcome of one batch of records before the database: what to load and what was rejected."""

    items: tuple[LoadItem, ...] = ()
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """How the records of a batch ended; each record counts once."""

    n_loaded: int = 0
    n_unchanged: int = 0
    n_duplicate: int = 0
    rejects: Counter[str] = field(default_factory=Counter)

    @property
    def n_rejected(self) -> int:
        """Records that became rejects, whatever the reason."""
        return self.rejects.total()

    @property
    def n_read(self) -> int:
        """All records of the batch."""
        return self.n_loaded + self.n_unchanged + self.n_duplicate + self.n_rejected

    @classmethod
    def sum(cls, parts: Iterable[BatchCounts]) -> BatchCounts:
        """The counts of several batches together."""
        total = cls()
        for part in parts:
            total = cls(
                total.n_loaded + part.n_loaded,
                total.n_unchanged + part.n_unchanged,
                total.n_duplicate + part.n_duplicate,
                total.rejects + part.rejects,
            )
        return total


class StaleHintError(RuntimeError):
    """Content that was known when the batch was transformed is gone now: transform the batch again."""
