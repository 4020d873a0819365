"""The ledger of runs: begun, counted batch by batch in the batch's own transaction, ended; the dead marked crashed."""

from __future__ import annotations

import os
import socket
from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from flows.load.values import BatchCounts

EndState = Literal["completed", "failed", "cancelled"]

_START = """
INSERT INTO ops.runs (flow_run_id, started_at, load_date, state, ruleset_version, host, pid, parameters)
VALUES (
    %(flow_run_id)s, clock_timestamp(), (clock_timestamp() AT TIME ZONE %(zone)s)::date, 'running',
    %(ruleset_version)s, %(host)s, %(pid)s, %(parameters)s
)
RETURNING run_id
"""

_ADD = """
UPDATE ops.runs
SET n_read = n_read + %(n_read)s,
    n_loaded = n_loaded + %(n_loaded)s,
    n_unchanged = n_unchanged + %(n_unchanged)s,
    n_duplicate = n_duplicate + %(n_duplicate)s,
    n_rejected = n_rejected + %(n_rejected)s
WHERE run_id = %(run_id)s
"""

_BATCH = """
INSERT INTO ops.run_batches (run_id, batch_number, n_loaded, n_unchanged, n_duplicate, rejects)
VALUES (%(run_id)s, %(number)s, %(n_loaded)s, %(n_unchanged)s, %(n_duplicate)s, %(rejects)s)
"""

_COMMITTED = """
SELECT n_loaded, n_unchanged, n_duplicate, rejects FROM ops.run_batches WHERE run_id = %s AND batch_number = %s
"""

_FINISH = "UPDATE ops.runs SET finished_at = clock_timestamp(), state = %s WHERE run_id = %s AND state = 'running'"

_SUPERSEDED = """
SELECT other.run_id
FROM ops.runs AS other
JOIN ops.runs AS own ON own.run_id = %s AND own.run_id <> other.run_id
WHERE other.n_read > 0
  AND (other.state IN ('failed', 'cancelled', 'crashed') OR other.started_at > own.started_at)
"""

_RULESET = """
WITH added AS (
    INSERT INTO ops.rulesets (ruleset_version) VALUES (%(version)s)
    ON CONFLICT (ruleset_version) DO NOTHING
    RETURNING ruleset_id
)
SELECT ruleset_id FROM added
UNION ALL
SELECT ruleset_id FROM ops.rulesets WHERE ruleset_version = %(version)s
LIMIT 1
"""

_LOCK_CLASS = 0x6D75736E
"""First key of the advisory locks that show a run is alive ("musn"); the second is the run's id."""

_LOCK = "SELECT pg_advisory_lock(%s, %s)"

_IS_NOT_GONE = """
UPDATE ops.runs SET state = 'running', finished_at = NULL WHERE run_id = %s AND state = 'crashed'
"""

_MARK_CRASHED = """
UPDATE ops.runs
SET state = 'crashed', finished_at = clock_timestamp()
WHERE state = 'running'
  AND NOT EXISTS (
      SELECT
      FROM pg_catalog.pg_locks AS alive
      JOIN pg_catalog.pg_database AS here ON here.oid = alive.database AND here.datname = current_database()
      WHERE alive.locktype = 'advisory'
        AND alive.classid = %s
        AND alive.objid = (runs.run_id & 2147483647)::bigint::oid
  )
RETURNING run_id
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the load needs it."""

    run_id: int
    ruleset_id: int


def start_run(
    connection: Connection[Any],
    *,
    flow_run_id: str | None,
    ruleset_version: str,
    parameters: dict[str, object],
    zone: str = "UTC",
) -> Run:
    """Record that a run begins, on the day it is in ``zone``, and hold the session lock that shows it is alive.

    The lock lives as long as ``connection``: keep it open until :func:`finish_run`.
    """
    values = {
        "flow_run_id": flow_run_id,
        "ruleset_version": ruleset_version,
        "zone": zone,
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "parameters": Jsonb(parameters),
    }
    with connection.transaction():
        ruleset = connection.execute(_RULESET, {"version": ruleset_version}).fetchone()
        started = connection.execute(_START, values).fetchone()
        if ruleset is None or started is None:
            raise RuntimeError("the ledger of runs did not answer; run it again")
        connection.execute(_LOCK, (_LOCK_CLASS, started[0] & 0x7FFFFFFF))
    return Run(started[0], ruleset[0])


def hold_run(connection: Connection[Any], run_id: int) -> None:
    """Take the lock of a run that lives on in a new session; it is running, whoever took it for gone meanwhile."""
    with connection.transaction():
        connection.execute(_LOCK, (_LOCK_CLASS, run_id & 0x7FFFFFFF))
        connection.execute(_IS_NOT_GONE, (run_id,))


def mark_crashed(connection: Connection[Any]) -> list[int]:
    """Mark runs whose process is gone, seen by the lock it no longer holds; returns their ids."""
    with connection.transaction():
        return [row[0] for row in connection.execute(_MARK_CRASHED, (_LOCK_CLASS,))]


def superseded_runs(connection: Connection[Any], run_id: int) -> list[int]:
    """Runs that count for nothing where this one reads the same: those that did not end well, or began after it."""
    return [row[0] for row in connection.execute(_SUPERSEDED, (run_id,))]


def committed_counts(connection: Connection[Any], run_id: int, number: int) -> BatchCounts | None:
    """The counts of a batch that was committed already, None for one that was not."""
    row = connection.execute(_COMMITTED, (run_id, number)).fetchone()
    return None if row is None else BatchCounts(row[0], row[1], row[2], Counter(row[3]))


def add_counts(connection: Connection[Any], run_id: int, number: int, counts: BatchCounts) -> None:
    """Add a batch to its run, inside the batch's transaction, so that the ledger is right at all times."""
    values = {
        "run_id": run_id,
        "number": number,
        "n_read": counts.n_read,
        "n_loaded": counts.n_loaded,
        "n_unchanged": counts.n_unchanged,
        "n_duplicate": counts.n_duplicate,
        "n_rejected": counts.n_rejected,
        "rejects": Jsonb(counts.rejects),
    }
    connection.execute(_BATCH, values)
    connection.execute(_ADD, values)


def finish_run(connection: Connection[Any], run_id: int, state: EndState) -> None:
    """Record how a run ended."""
    with connection.transaction():
        connection.execute(_FINISH, (state, run_id))


def run_row(connection: Connection[Any], run_id: int) -> dict[str, Any]:
    """The columns of ``ops.runs`` of one run, by name."""
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute("SELECT * FROM ops.runs WHERE run_id = %s", (run_id,)).fetchone()
    if row is None:
        raise LookupError(f"there is no run {run_id}")
    return row
