"""One batch, one transaction: everything a batch of records changes in the warehouse, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from flows.load.copying import copy_rows
from flows.load.identities import resolve_identities
from flows.load.newness import Newness, decide_newness
from flows.load.quarantine import keep_rejects, resolve_rejects
from flows.load.rows import ARTICLES, CHILDREN, DOCUMENTS, LoadContext, NewDocument, article_rows, document_row
from flows.load.runs import Run, add_counts, committed_counts
from flows.load.values import BatchCounts, LoadBatch
from flows.load.versions import chain_articles, mark_copies, rechain_duplicates

_ARTICLE_IDS = "SELECT nextval('news.article_id_seq') FROM generate_series(1, %s)"


def load_batch(connection: Connection[Any], run: Run, number: int, batch: LoadBatch) -> BatchCounts:
    """Load a batch in one transaction and count it in its run, once, however often it is tried.

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
        newness = decide_newness(connection, batch.items, run.run_id)
        if newness.new:
            _write(connection, run, _with_article_ids(connection, newness))
        rechain_duplicates(connection, newness.duplicate)
        if batch.items:
            resolve_rejects(connection, run.run_id, (*newness.new, *newness.duplicate, *newness.unchanged))
        keep_rejects(connection, run.run_id, batch.rejects)
        counts = BatchCounts(
            len(newness.new),
            len(newness.unchanged),
            len(newness.duplicate),
            Counter(reject.reason_code for reject in batch.rejects),
        )
        add_counts(connection, run.run_id, number, counts)
    return counts


def _with_article_ids(connection: Connection[Any], newness: Newness) -> list[NewDocument]:
    sizes = [len(each.item.annotation.articles) if each.item.annotation else 0 for each in newness.new]
    ids = iter([row[0] for row in connection.execute(_ARTICLE_IDS, (sum(sizes),))])
    return [
        NewDocument.of(each, tuple(next(ids) for _ in range(size)))
        for each, size in zip(newness.new, sizes, strict=True)
    ]


def _write(connection: Connection[Any], run: Run, new: Sequence[NewDocument]) -> None:
    """COPY new documents, their articles and all that hangs on them; then order chains and copies."""
    source_keys = [each.record.source_key for each in new if each.record.source_key]
    identities = resolve_identities(connection, [each.annotation for each in new], source_keys)
    context = LoadContext(run.run_id, run.ruleset_id, identities)
    copy_rows(connection, DOCUMENTS, (document_row(each) for each in new))
    copy_rows(connection, ARTICLES, (row for each in new for row in article_rows(each, context)))
    for target, rows in CHILDREN:
        copy_rows(connection, target, (row for each in new for row in rows(each, context)))
    chain_articles(connection, new)
    mark_copies(connection, new)
