"""One batch from records to rows: transform what is new, load it in one transaction. No Prefect in here.

A worker process, a thread or a Dask worker runs :func:`process_batch`; it finds the rules and the warehouse by itself,
so that only records travel.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import psycopg

from flows.load import BatchCounts, LoadBatch, LoadItem, Run, StaleHintError, known_hashes, load_batch
from flows.transform import annotate_text, load_rules
from flows.transform.rules import Rules
from flows.values import RawRecord, Reject

TRANSIENT_ERRORS = (psycopg.OperationalError, psycopg.InterfaceError, StaleHintError)
"""What a second try may mend: a lost connection, a deadlock or serialization failure, a hint that went stale."""

_RECORD_FAULTS = (ValueError, LookupError, ArithmeticError, TypeError, RecursionError)
"""Errors one record's text can cause in the rules: its neighbours still load, it becomes a reject."""


@dataclass(frozen=True, slots=True)
class BatchJob:
    """One batch to process: its number in the run, its records, and what the run says of all of them."""

    number: int
    records: tuple[RawRecord | Reject, ...]
    run: Run
    published: str | None = None
    source_key: str | None = None


def process_batch(job: BatchJob, url: str) -> BatchCounts:
    """Transform and load one batch; safe to call again for the same batch.

    Args:
        job: the batch.
        url: libpq URL of the warehouse, as the loader.

    Raises:
        psycopg.Error: the database failed; nothing of the batch is written.
    """
    records = [record for record in job.records if isinstance(record, RawRecord)]
    rejects = [record for record in job.records if isinstance(record, Reject)]
    with psycopg.connect(url, autocommit=True, application_name="musnad batch") as connection:
        known = known_hashes(connection, (record.sha256 for record in records))
        batch = transform_batch(job, records, rejects, known, load_rules())
        return load_batch(connection, job.run, job.number, batch)


def transform_batch(
    job: BatchJob,
    records: Iterable[RawRecord],
    rejects: Iterable[Reject],
    known: frozenset[bytes],
    rules: Rules,
) -> LoadBatch:
    """Annotate the records whose content is not known yet; what cannot be an article becomes a reject."""
    items: list[LoadItem] = []
    refused = list(rejects)
    annotated: dict[bytes, LoadItem | Reject] = {}
    for read in records:
        record = replace(read, source_key=read.source_key or job.source_key)
        if record.sha256 in known:
            items.append(LoadItem(record, None))
            continue
        first = annotated.get(record.sha256)
        outcome = _again(record, first) if first else transform_record(record, rules, job.published)
        annotated[record.sha256] = outcome
        if isinstance(outcome, Reject):
            refused.append(outcome)
        else:
            items.append(outcome)
    return LoadBatch(tuple(items), tuple(refused))


def transform_record(record: RawRecord, rules: Rules, published: str | None) -> LoadItem | Reject:
    """One record annotated; its own publication date beats the run's."""
    if not record.text.strip():
        return _refuse(record, "no_article", "the record has no text")
    try:
        annotation = annotate_text(
            record.text, rules, url=record.url, published=published, statements=record.statements
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


def _refuse(record: RawRecord, code: str, message: str) -> Reject:
    where = f"{record.uri} {record.locator}".rstrip()
    return Reject(record.uri, record.locator, "transform", code, f"{where}: {message}", record.text.encode()[:65_536])
