"""A dry run: what an ingest would do, read and transformed for real, with nothing written."""

from __future__ import annotations

from collections import Counter
from typing import Any

import psycopg

from flows.batches import BatchJob, transform_batch
from flows.extract import extract_batches, load_field_names
from flows.load import BatchCounts, LoadBatch, Run, known_hashes
from flows.load.newness import known_places
from flows.load.revisits import with_found_revisits
from flows.options import check_options, extract_limits
from flows.reference.home import home_tables
from flows.report import RunReport
from flows.settings import load_settings
from flows.transform import load_rules
from flows.warehouse import open_warehouse


def preview_ingest(inputs: list[str], *, published: str | None, source: str | None, workers: int | None) -> RunReport:
    """Count how each record of the INPUTs would end. Reads the warehouse, writes nothing.

    Raises:
        InputError: an INPUT matches nothing, or an option cannot be read.
    """
    files = check_options(inputs, published, source, workers)
    settings = load_settings()
    tables = home_tables()
    rules = load_rules(tables)
    url = open_warehouse(settings).url("loader")
    total = BatchCounts()
    with psycopg.connect(url, autocommit=True, application_name="musnad dry run") as connection:
        seen: set[bytes] = set()
        batches = extract_batches(files, extract_limits(settings), load_field_names(settings.fields))
        for number, batch in enumerate(batches, 1):
            job = BatchJob(number, batch, Run(0, 0), published, source, tables)
            records, rejects = with_found_revisits(connection, batch)
            known = known_hashes(connection, (record.sha256 for record in records))
            outcome = transform_batch(job, records, rejects, known, rules)
            total = BatchCounts.sum((total, _count(connection, outcome, known, seen)))
    row: dict[str, Any] = {
        "run_id": None, "state": "dry run", "ruleset_version": rules.version, "n_read": total.n_read,
        "n_loaded": total.n_loaded, "n_unchanged": total.n_unchanged, "n_duplicate": total.n_duplicate,
        "n_rejected": total.n_rejected,
    }  # fmt: skip
    return RunReport(row, dict(total.rejects))


def _count(
    connection: psycopg.Connection[Any], outcome: LoadBatch, known: frozenset[bytes], seen: set[bytes]
) -> BatchCounts:
    """How the records of a batch would end; ``seen`` holds the new content of earlier batches."""
    places = known_places(connection, [item.record for item in outcome.items])
    n_loaded = n_unchanged = n_duplicate = 0
    for item in outcome.items:
        record = item.record
        if (record.sha256, record.uri, record.locator) in places:
            n_unchanged += 1
        elif record.sha256 in known or record.sha256 in seen:
            n_duplicate += 1
        else:
            n_loaded += 1
            seen.add(record.sha256)
    return BatchCounts(n_loaded, n_unchanged, n_duplicate, Counter(r.reason_code for r in outcome.rejects))
