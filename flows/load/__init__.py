"""The load stage: transformed batches into Postgres, exactly once, accounted for to the record."""

from flows.load.batch import load_batch
from flows.load.newness import known_hashes
from flows.load.redating import better_dated
from flows.load.reference import sync_reference
from flows.load.runs import Run, add_counts, finish_run, mark_crashed, run_row, start_run
from flows.load.values import BatchCounts, LoadBatch, LoadItem, StaleHintError

__all__ = [
    "BatchCounts",
    "LoadBatch",
    "LoadItem",
    "Run",
    "StaleHintError",
    "add_counts",
    "better_dated",
    "finish_run",
    "known_hashes",
    "load_batch",
    "mark_crashed",
    "run_row",
    "start_run",
    "sync_reference",
]
