"""A run as the ledger records it: begun, kept alive, ended, however it ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psycopg

from flows.load import Run, finish_run, mark_crashed, start_run, sync_reference
from flows.load.ledger import Ledger
from flows.load.runs import EndState
from flows.reference.catalogue import load_catalogue
from flows.reference.tables import ReferenceTables
from flows.settings import load_settings
from flows.transform import load_rules
from flows.warehouse import open_warehouse

_SECONDS_TO_FAIL = 5.0
"""How long a run that has failed waits for its server to note so."""


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What is said of all records of a run, and how it works."""

    published: str | None
    source: str | None
    workers: int
    tables: ReferenceTables


def open_ledger() -> Ledger:
    """The session of a run that is about to begin."""
    return Ledger(open_warehouse(load_settings()).url("loader"))


@contextmanager
def recorded_run(
    ledger: Ledger, flow_run_id: str | None, parameters: Mapping[str, object], options: LoadOptions
) -> Iterator[Run]:
    """A row of ``ops.runs`` from its begin to its end; runs whose process is gone are marked first.

    What ends a run and is no error (Ctrl-C, a signal, a cancellation by Prefect) leaves it cancelled.
    """
    mark_crashed(ledger.session())
    sync_reference(ledger.session(), load_catalogue(options.tables))
    run = start_run(
        ledger.session(),
        flow_run_id=flow_run_id,
        ruleset_version=load_rules(options.tables).version,
        parameters={
            **parameters,
            "published": options.published,
            "source": options.source,
            "workers": options.workers,
        },
        zone=load_settings().timezone,
    )
    ledger.run_id = run.run_id
    try:
        yield run
    except BaseException as error:
        with suppress(psycopg.Error):  # what ended the run says more; the next one marks it crashed
            finish_run(ledger.session(_SECONDS_TO_FAIL), run.run_id, _end_by(error))
        raise
    finish_run(ledger.session(), run.run_id, "completed")


def _end_by(error: BaseException) -> EndState:
    return "failed" if isinstance(error, Exception) else "cancelled"
