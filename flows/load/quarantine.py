"""The quarantine: rejects kept with their reason, one row a place, stage and reason; resolved when the place loads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
WHERE (resolved_run_id IS NULL OR %(include_resolved)s)
  AND (%(reason_code)s::text IS NULL OR reason_code = %(reason_code)s)
  AND (%(run_id)s::bigint IS NULL OR run_id = %(run_id)s)
ORDER BY last_seen_at DESC, reject_id DESC
"""
)
_FIND = _COLUMNS + ", raw FROM ops.rejects WHERE reject_id = %s"

_OPEN = """
SELECT reject.reject_id, reject.uri, reject.locator, reject.reason_code, reject.raw,
    run.parameters ->> 'published', run.parameters ->> 'source'
FROM ops.rejects AS reject
JOIN ops.runs AS run USING (run_id)
WHERE reject.resolved_run_id IS NULL AND (%(ids)s::bigint[] IS NULL OR reject.reject_id = ANY(%(ids)s))
ORDER BY reject.reject_id
"""

_RESOLVE_READ = """
UPDATE ops.rejects AS reject
SET resolved_run_id = %(run_id)s
WHERE reject.reject_id = ANY(%(read_ids)s)
  AND reject.resolved_run_id IS NULL
  AND NOT EXISTS (
      SELECT
      FROM ops.rejects AS again
      WHERE again.run_id = %(run_id)s
        AND again.resolved_run_id IS NULL
        AND again.uri = reject.uri
        AND again.locator IN (reject.locator, '')
  )
"""
_COUNT_ATTEMPT = """
UPDATE ops.rejects
SET attempts = attempts + 1, last_seen_at = clock_timestamp(), run_id = %(run_id)s
WHERE reject_id = ANY(%(ids)s) AND resolved_run_id IS NULL AND run_id <> %(run_id)s
"""
_RESOLVED = "SELECT count(*) FROM ops.rejects WHERE reject_id = ANY(%(ids)s) AND resolved_run_id = %(run_id)s"

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


@dataclass(frozen=True, slots=True)
class OpenReject:
    """One reject that is not resolved, with the options of the run that met it last."""

    reject_id: int
    uri: str
    locator: str
    reason_code: str
    raw: bytes
    published: str | None = None
    source: str | None = None


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


def list_rejects(
    connection: Connection[Any],
    *,
    include_resolved: bool = False,
    reason_code: str | None = None,
    run_id: int | None = None,
) -> list[dict[str, Any]]:
    """The rejects by column name, without their bytes, the newest first; of one reason or one run where it is given."""
    with connection.cursor(row_factory=dict_row) as cursor:
        values = {"include_resolved": include_resolved, "reason_code": reason_code, "run_id": run_id}
        return cursor.execute(_LIST, values).fetchall()


def open_rejects(connection: Connection[Any], ids: Sequence[int] | None = None) -> list[OpenReject]:
    """The rejects that are not resolved; of these numbers, or all."""
    rows = connection.execute(_OPEN, {"ids": ids})
    return [
        OpenReject(reject_id, uri, locator, reason_code, raw or b"", published, source)
        for reject_id, uri, locator, reason_code, raw, published, source in rows
    ]


def settle_replay(connection: Connection[Any], run_id: int, ids: Sequence[int], read_ids: Iterable[int]) -> int:
    """Resolve the rejects whose place was read and not rejected again, count one more attempt for the others.

    Args:
        connection: as the loader.
        run_id: the run that replayed them.
        ids: the rejects that were to be replayed.
        read_ids: those of them whose place could be read.

    Returns:
        How many are resolved now.
    """
    values = {"run_id": run_id, "ids": ids, "read_ids": list(read_ids)}
    with connection.transaction():
        connection.execute(_RESOLVE_READ, values)
        connection.execute(_COUNT_ATTEMPT, values)
        row = connection.execute(_RESOLVED, values).fetchone()
    return 0 if row is None else int(row[0])


def find_reject(connection: Connection[Any], reject_id: int) -> dict[str, Any] | None:
    """One reject by column name, with the bytes kept of it; None where there is none of that number."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(_FIND, (reject_id,)).fetchone()
