"""One batch from records to rows: transform what is new, load it in one transaction. No Prefect in here.

A worker process, a thread or a Dask worker runs :func:`process_batch`; it finds the rules and the warehouse by itself,
so that only records travel.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import psycopg
from pydantic import SecretStr

from flows.archive import ArchiveError, archived, open_archive
from flows.extract import cost_of
from flows.load import BatchCounts, LoadBatch, LoadItem, Run, StaleHintError, better_dated, known_hashes, load_batch
from flows.load.disk import plain_disk_errors
from flows.load.revisits import with_found_revisits
from flows.reference.tables import ReferenceTables
from flows.settings import load_settings
from flows.transform import annotate_text, load_rules
from flows.transform.rules import Rules
from flows.transform.statements import stated_dates
from flows.values import PublicationEvidence, RawRecord, ReasonCode, Reject

_MENDED_BY_TIME = ("08", "40", "53200", "53300", "55P03", "57P01", "57P02", "57P03", "57P05")
"""How the SQLSTATEs of passing troubles begin: connections lost or one too many, deadlocks and serialization failures,
memory short, locks not got, a server that is shut down or starts. A full disk (53100) or a refused login is none."""

_RECORD_FAULTS = (ValueError, LookupError, ArithmeticError, TypeError, RecursionError)
"""Errors one record's text can cause in the rules: its neighbours still load, it becomes a reject."""


@dataclass(frozen=True, slots=True)
class BatchJob:
    """One batch to process: its number in the run, its records, and what the run says of all of them.

    ``tables`` names the reference data of the run, so that a decision taken meanwhile waits for the next one.
    """

    number: int
    records: tuple[RawRecord | Reject, ...]
    run: Run
    published: str | None = None
    source_key: str | None = None
    tables: ReferenceTables = field(default_factory=ReferenceTables)

    @property
    def n_bytes(self) -> int:
        """What its records cost while it is under way."""
        return sum(map(cost_of, self.records))

    @property
    def n_files(self) -> int:
        """How many files its records are of."""
        return len({record.uri for record in self.records})

    @property
    def comes_last(self) -> bool:
        """Whether it holds revisits, which find the pages of other files once those are loaded."""
        first = self.records[0]
        return isinstance(first, Reject) and bool(first.payload_digest)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: its counts, and the revisits whose pages are in no file it read, which come last."""

    counts: BatchCounts
    late: tuple[Reject, ...] = ()


def is_transient(error: BaseException) -> bool:
    """Whether a second try may mend an error of :func:`process_batch`.

    A connection that breaks, or is not made, comes without an SQLSTATE.

    >>> is_transient(psycopg.errors.DeadlockDetected()), is_transient(psycopg.errors.DiskFull())
    (True, False)
    """
    if isinstance(error, psycopg.OperationalError):
        return error.sqlstate is None or error.sqlstate.startswith(_MENDED_BY_TIME)
    return isinstance(error, (psycopg.InterfaceError, StaleHintError, ArchiveError))


def process_batch(job: BatchJob, url: str, archive: str | None = None) -> BatchCounts:
    """Transform and load one batch; safe to call again for the same batch.

    Args:
        job: the batch.
        url: libpq URL of the warehouse, as the loader.
        archive: the raw archive, as ``MUSNAD_ARCHIVE`` names it; as the settings here have it by default.

    Raises:
        psycopg.Error: the database failed; nothing of the batch is written.
        DiskFullError: the disk of the database is full; the same.
        ArchiveError: the raw archive failed; the same.
    """
    settings = load_settings()
    if archive is not None:
        settings = settings.model_copy(update={"archive": SecretStr(archive)})
    with plain_disk_errors(), psycopg.connect(url, autocommit=True, application_name="musnad batch") as connection:
        records, rejects = with_found_revisits(connection, job.records)
        rules = load_rules(job.tables)
        known = known_hashes(connection, (record.sha256 for record in records))
        redated = better_dated(connection, _stated(job, records, known, rules))
        batch = transform_batch(job, records, rejects, known, rules, redated=redated)
        return load_batch(connection, job.run, job.number, archived(batch, open_archive(settings)))


def transform_batch(
    job: BatchJob,
    records: Iterable[RawRecord],
    rejects: Iterable[Reject],
    known: frozenset[bytes],
    rules: Rules,
    *,
    redated: frozenset[bytes] = frozenset(),
) -> LoadBatch:
    """Annotate the records whose content is not known yet; what cannot be an article becomes a reject.

    Known content is annotated again only where a better date of it is stated (``redated``), and is no reject. One
    content under several statements (of manifests, of places) is annotated under each of them.
    """
    items: list[LoadItem] = []
    refused = list(rejects)
    annotated: dict[object, LoadItem | Reject] = {}
    for read in records:
        record = replace(read, source_key=read.source_key or job.source_key)
        is_known = record.sha256 in known
        if is_known and record.sha256 not in redated:
            items.append(LoadItem(record, None))
            continue
        said = record.sha256, record.statements, record.url, record.retrieved_at
        first = annotated.get(said)
        outcome = _again(record, first) if first else transform_record(record, rules, job.published)
        annotated[said] = outcome
        if isinstance(outcome, LoadItem):
            items.append(outcome)
        elif is_known:
            items.append(LoadItem(record, None))
        else:
            refused.append(outcome)
    return LoadBatch(tuple(items), tuple(refused))


def _stated(
    job: BatchJob, records: Iterable[RawRecord], known: frozenset[bytes], rules: Rules
) -> dict[bytes, list[PublicationEvidence]]:
    """What records of known content and their run state of its publication, by content hash."""
    stated: dict[bytes, list[PublicationEvidence]] = {}
    for record in records:
        if record.sha256 in known:
            rows = stated_dates(record.statements, job.published, rules)
            if rows:
                stated.setdefault(record.sha256, []).extend(rows)
    return stated


def transform_record(record: RawRecord, rules: Rules, published: str | None) -> LoadItem | Reject:
    """One record annotated; its own publication date beats the run's."""
    if not record.text.strip():
        return _refuse(record, "no_article", "the record has no text")
    try:
        annotation = annotate_text(
            record.text,
            rules,
            url=record.url,
            published=published,
            statements=record.statements,
            outline=record.outline,
            retrieved_at=record.retrieved_at,
            today=datetime.now(UTC).date(),
        )
    except _RECORD_FAULTS as error:
        return _refuse(record, "transform_failed", f"the rules failed on this text: {type(error).__name__}: {error}")
    if not any(article.title or article.body for article in annotation.articles):
        return _refuse(record, "no_article", "no article was found in the text")
    return LoadItem(record, annotation)


def _again(record: RawRecord, first: LoadItem | Reject) -> LoadItem | Reject:
    """The outcome of a record whose content came before in the batch."""
    if isinstance(first, LoadItem):
        return LoadItem(record, first.annotation)
    return _refuse(record, first.reason_code, first.message.partition(": ")[2])


def _refuse(record: RawRecord, code: ReasonCode, message: str) -> Reject:
    where = f"{record.uri} {record.locator}".rstrip()
    raw = (record.content or record.text.encode())[:65_536]
    return Reject(record.uri, record.locator, "transform", code, f"{where}: {message}", raw)
