"""The quarantine: rejects kept with their reason, one row a place, stage and reason; resolved when the place loads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from flows.load.keys import place_key
from flows.load.newness import PlacedItem
from flows.values import Reject

_COLUMNS = """
SELECT reject_id, uri, locator, stage, reason_code, message, attempts, first_seen_at, last_seen_at, run_id,
    resolved_run_id
"""
_LIST = (
    _COLUMNS
    + """
FROM ops.rejects
WHERE resolved_run_id IS NULL OR %s
ORDER BY last_seen_at DESC, reject_id DESC
"""
)
_FIND = _COLUMNS + ", raw FROM ops.rejects WHERE reject_id = %s"

MAX_RAW_BYTES = 65_536
MAX_MESSAGE = 2_000

_UPSERT = """
INSERT INTO ops.rejects (place_key, uri, locator, stage, reason_code, message, raw, run_id)
SELECT DISTINCT ON (given.place_key, given.stage, given.reason_code)
    given.place_key, given.uri, given.locator, given.stage, given.reason_code, given.message, given.raw, %(run_id)s
FROM unnest(
    %(places)s::uuid[], %(uris)s::text[], %(locators)s::text[], %(stages)s::text[], %(codes)s::text[],
    %(messages)s::text[], %(raws)s::bytea[]
) AS given (place_key, uri, locator, stage, reason_code, message, raw)
ORDER BY given.place_key, given.stage, given.reason_code
ON CONFLICT (place_key, stage, reason_code) DO UPDATE
SET message = excluded.message,
    raw = excluded.raw,
    run_id = excluded.run_id,
    attempts = ops.rejects.attempts + 1,
    last_seen_at = clock_timestamp(),
    resolved_run_id = NULL
"""

_RESOLVE = """
UPDATE ops.rejects
SET resolved_run_id = %s
WHERE place_key = ANY(%s) AND resolved_run_id IS NULL
"""


def keep_rejects(connection: Connection[Any], run_id: int, rejects: Sequence[Reject]) -> None:
    """Write rejects, or count one more attempt where the same place failed the same way before."""
    if not rejects:
        return
    connection.execute(
        _UPSERT,
        {
            "run_id": run_id,
            "places": [place_key(reject.uri, reject.locator) for reject in rejects],
            "uris": [reject.uri for reject in rejects],
            "locators": [reject.locator for reject in rejects],
            "stages": [reject.stage for reject in rejects],
            "codes": [reject.reason_code for reject in rejects],
            "messages": [reject.message[:MAX_MESSAGE].replace("\0", "\ufffd") for reject in rejects],
            "raws": [reject.raw[:MAX_RAW_BYTES] for reject in rejects],
        },
    )


def resolve_rejects(connection: Connection[Any], run_id: int, placed: Sequence[PlacedItem]) -> None:
    """Note on rejects of places that load now which run did it."""
    connection.execute(_RESOLVE, (run_id, [each.place for each in placed]))


def list_rejects(connection: Connection[Any], *, include_resolved: bool) -> list[dict[str, Any]]:
    """The rejects by column name, without their bytes, the newest first."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(_LIST, (include_resolved,)).fetchall()


def find_reject(connection: Connection[Any], reject_id: int) -> dict[str, Any] | None:
    """One reject by column name, with the bytes kept of it; None where there is none of that number."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(_FIND, (reject_id,)).fetchone()
