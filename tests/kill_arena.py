"""Where loads are killed: a server of its own, and what a load that nobody kills leaves there.

It writes to the disk what it commits (fsync on): a killed backend makes the server recover from its log.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from flows.archive import ArchiveError, open_archive
from flows.load import sync_reference
from flows.load.archived import archived_places
from flows.reference.catalogue import load_catalogue
from flows.settings import Settings
from flows.warehouse import Cluster, Warehouse, WarehouseError
from tests.warehouse_rows import Rows, differences, news_rows

Connection = psycopg.Connection[Any]

PATIENCE_SECONDS = 300
"""A load takes a second; on a machine that does other work meanwhile, much more."""

_WIPE = """
TRUNCATE news.documents, news.document_hashes, news.document_locations, news.articles, news.article_chains,
    news.article_contents, news.segments, news.publication_evidence, news.article_sources, news.mentions, news.dates,
    news.quotes, news.quote_speakers, ops.archived_documents, ops.rejects, ops.run_batches, ops.runs CASCADE;
DELETE FROM news.entity_names AS name USING news.entities AS entity
    WHERE entity.entity_id = name.entity_id AND NOT entity.is_listed;
DELETE FROM news.entities WHERE NOT is_listed;
"""
_COUNTS = "SELECT n_read, n_loaded, n_unchanged, n_duplicate, n_rejected FROM ops.runs ORDER BY run_id"
_REJECTS = """
SELECT uri, locator, stage, reason_code, resolved_run_id IS NULL, attempts FROM ops.rejects ORDER BY 1, 2, 3, 4
"""
_WRONG_SUMS = """
SELECT run.run_id
FROM ops.runs AS run LEFT JOIN ops.run_batches AS batch USING (run_id)
GROUP BY run.run_id
HAVING run.n_loaded <> coalesce(sum(batch.n_loaded), 0) OR run.n_duplicate <> coalesce(sum(batch.n_duplicate), 0)
    OR run.n_unchanged <> coalesce(sum(batch.n_unchanged), 0)
"""


@dataclass(slots=True)
class Arena:
    """A server, a home, and what a load that nobody kills leaves there.

    Attributes:
        expected: the rows of ``news``.
        rejects: the rejects, with how often each was met.
        counts: read, loaded, unchanged, duplicate and rejected.
    """

    cluster: Cluster
    expected: Rows = field(default_factory=dict)
    rejects: list[tuple[Any, ...]] = field(default_factory=list)
    counts: tuple[int, ...] = ()

    @property
    def home(self) -> Path:
        """The home the server and the raw archive lie in."""
        return self.cluster.home

    def owner(self) -> Connection:
        """The owner's session, once the server lets it in."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return psycopg.connect(self.cluster.url("owner"), autocommit=True)
            except (psycopg.OperationalError, WarehouseError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def wipe(self) -> None:
        """Empty the warehouse and the raw archive; the reference data stay."""
        with self.owner() as owner:
            owner.execute(_WIPE)
        shutil.rmtree(self.home / "archive", ignore_errors=True)

    def note(self) -> None:
        """What is there now is what must be there after every kill."""
        with self.owner() as owner:
            self.expected = news_rows(owner)
            self.rejects = owner.execute(_REJECTS).fetchall()
            self.counts = owner.execute(_COUNTS).fetchone() or ()

    def states(self) -> list[str]:
        """How the runs ended, in their order."""
        with self.owner() as owner:
            return [state for (state,) in owner.execute("SELECT state FROM ops.runs ORDER BY run_id")]

    def faults(self) -> list[str]:
        """What is wrong in the warehouse after a kill and a run to the end."""
        with self.owner() as owner:
            return self.faults_seen_by(owner)

    def faults_seen_by(self, owner: Connection) -> list[str]:
        """The same, as one session sees it."""
        return [
            *differences(news_rows(owner), self.expected),
            *self._wrong_rejects(owner),
            *self._wrong_counts(owner),
            *_unreadable(owner, self.home),
        ]

    def _wrong_rejects(self, owner: Connection) -> Iterator[str]:
        found = owner.execute(_REJECTS).fetchall()
        if [row[:-1] for row in found] != [row[:-1] for row in self.rejects]:
            yield f"rejects: {found}"
        if any(attempts not in {1, 2} for *_, attempts in found):
            yield f"attempts of rejects: {found}"

    def _wrong_counts(self, owner: Connection) -> Iterator[str]:
        """The last run has read all; what it did not load any more, those before had."""
        runs = owner.execute(_COUNTS).fetchall()
        if (runs[-1][0], runs[-1][4]) != (self.counts[0], self.counts[4]):
            yield f"read and rejected by the last run: {runs}"
        if [sum(run[index] for run in runs) for index in (1, 3)] != [self.counts[1], self.counts[3]]:
            yield f"loaded and duplicate: {runs} in place of {self.counts}"
        if owner.execute(_WRONG_SUMS).fetchall():
            yield "a run counts what its batches do not"


def _unreadable(owner: Connection, home: Path) -> Iterator[str]:
    """Documents whose bytes the raw archive does not give back."""
    archive = open_archive(Settings(home=home))
    if archive is None:
        raise LookupError("the harness keeps raw bytes")
    n_kept = 0
    for document_id, sha256, place in archived_places(owner):
        n_kept += 1
        try:
            archive.read(place, sha256)
        except ArchiveError as error:
            yield f"document {document_id}: {error}"
    row = owner.execute("SELECT count(*) FROM news.documents").fetchone()
    if row != (n_kept,):
        yield f"{n_kept} documents in the raw archive, {row} in the warehouse"


@contextmanager
def arena() -> Iterator[Arena]:
    """An empty arena, migrated, with the reference data."""
    home = Path(tempfile.mkdtemp(prefix="musnad-kills-")).resolve()
    home.chmod(0o711)
    cluster = Cluster(home)
    try:
        cluster.start()
        Warehouse(cluster=cluster).upgrade()
        with psycopg.connect(cluster.url("loader"), autocommit=True) as loader:
            sync_reference(loader, load_catalogue())
        yield Arena(cluster)
    finally:
        cluster.remove()
        shutil.rmtree(home)
