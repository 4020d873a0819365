"""One batch, one transaction: everything a batch of records changes in the warehouse, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import Connection

from flows.load.archived import note_archived
from flows.load.copies import mark_copies
from flows.load.copying import copy_rows
from flows.load.identities import resolve_identities
from flows.load.newness import Newness, decide_newness, lock_known
from flows.load.quarantine import MAX_RAW_BYTES, keep_rejects, resolve_rejects
from flows.load.redating import redate
from flows.load.rows import ARTICLES, CHILDREN, DOCUMENTS, LoadContext, NewDocument, article_rows, document_row
from flows.load.runs import Run, add_counts, committed_counts, superseded_runs
from flows.load.values import BatchCounts, LoadBatch, LoadItem
from flows.load.versions import chain_articles, keep_earliest_crawl, rechain_duplicates, take_over
from flows.values import Reject

_REFUSALS = (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.ProgramLimitExceeded)
"""What one record's values can cause: a CHECK or key that says no, a value over a limit of the server."""

_ARTICLE_IDS = "SELECT nextval('news.article_id_seq') FROM generate_series(1, %s)"


def load_batch(connection: Connection[Any], run: Run, number: int, batch: LoadBatch) -> BatchCounts:
    """Load a batch in one transaction and count it in its run, once, however often it is tried.

    A record the warehouse refuses becomes a reject; its neighbours load.

    Args:
        connection: as the loader, in autocommit mode.
        run: the run it belongs to.
        number: the batch's number in the run: a batch that was committed before only gives its counts again.
        batch: what to load.

    Raises:
        StaleHintError: content the batch took for known is gone; transform the batch again.
        psycopg.Error: the database failed; nothing of the batch is written.
    """
    with connection.transaction():
        earlier = committed_counts(connection, run.run_id, number)
        if earlier is not None:
            return earlier
        counts, refused = _load_items(connection, run, batch.items)
        rejects = (*batch.rejects, *refused)
        keep_rejects(connection, run.run_id, rejects)
        counts = BatchCounts.sum((counts, BatchCounts(rejects=Counter(reject.reason_code for reject in rejects))))
        add_counts(connection, run.run_id, number, counts)
    return counts


def _load_items(
    connection: Connection[Any], run: Run, items: Sequence[LoadItem]
) -> tuple[BatchCounts, tuple[Reject, ...]]:
    """Load records inside a savepoint; where one is refused, halve until it is found."""
    if not items:
        return BatchCounts(), ()
    try:
        with connection.transaction():
            return _load_all(connection, run, items), ()
    except _REFUSALS as error:
        if len(items) == 1:
            return BatchCounts(), (_refused(items[0], error),)
    middle = len(items) // 2
    first, refused_first = _load_items(connection, run, items[:middle])
    second, refused_second = _load_items(connection, run, items[middle:])
    return BatchCounts.sum((first, second)), refused_first + refused_second


def _refused(item: LoadItem, error: psycopg.Error) -> Reject:
    record = item.record
    message = f"{record.uri} {record.locator}".rstrip() + f": the warehouse refused it: {str(error).splitlines()[0]}"
    raw = (record.content or record.text.encode())[:MAX_RAW_BYTES]
    return Reject(record.uri, record.locator, "load", "not_storable", message, raw)


def _load_all(connection: Connection[Any], run: Run, items: Sequence[LoadItem]) -> BatchCounts:
    newness = decide_newness(connection, items, run.run_id)
    n_same = 0
    if newness.new:
        n_same = _write(connection, run, _with_article_ids(connection, newness))
        note_archived(connection, newness.new)
    seen = (*newness.duplicate, *newness.unchanged)
    superseded = superseded_runs(connection, run.run_id) if seen else []
    lock_known(connection, newness, superseded)
    rechain_duplicates(connection, newness.duplicate)
    keep_earliest_crawl(connection, seen)
    take_over(connection, seen, run.run_id, superseded)
    redate(connection, seen)
    resolve_rejects(connection, run.run_id, (*newness.new, *seen))
    return BatchCounts(len(newness.new) - n_same, len(newness.unchanged) + n_same, len(newness.duplicate))


def _with_article_ids(connection: Connection[Any], newness: Newness) -> list[NewDocument]:
    sizes = [len(each.item.annotation.articles) if each.item.annotation else 0 for each in newness.new]
    ids = iter([row[0] for row in connection.execute(_ARTICLE_IDS, (sum(sizes),))])
    return [
        NewDocument.of(each, tuple(next(ids) for _ in range(size)))
        for each, size in zip(newness.new, sizes, strict=True)
    ]


def _write(connection: Connection[Any], run: Run, new: Sequence[NewDocument]) -> int:
    """COPY new documents, their articles and all that hangs on them; then order chains and copies.

    Returns:
        How many of them are new bytes under a known URL whose title and body are unchanged.
    """
    source_keys = [each.record.source_key for each in new if each.record.source_key]
    identities = resolve_identities(connection, [each.annotation for each in new], source_keys)
    context = LoadContext(run.run_id, run.ruleset_id, identities)
    copy_rows(connection, DOCUMENTS, (document_row(each) for each in new))
    copy_rows(connection, ARTICLES, (row for each in new for row in article_rows(each, context)))
    for target, rows in CHILDREN:
        copy_rows(connection, target, (row for each in new for row in rows(each, context)))
    repeats = chain_articles(connection, new)
    mark_copies(connection, new)
    pages = ((each, each.annotation.articles[:1]) for each in new)
    return sum(each.article_ids[0] in repeats for each, own in pages if own and own[0].url)
