"""The memory of an inbox: how each file was when a completed run read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from flows.load.keys import place_key

_KNOWN = """
SELECT uri, n_bytes, modified_at, etag, sha256, given_key FROM ops.inbox_files WHERE place_key = ANY(%s)
"""
_REMEMBER = """
INSERT INTO ops.inbox_files (place_key, uri, n_bytes, modified_at, etag, sha256, given_key, run_id)
SELECT given.*, %(run_id)s
FROM unnest(
    %(places)s::uuid[], %(uris)s::text[], %(sizes)s::bigint[], %(times)s::timestamptz[], %(etags)s::text[],
    %(hashes)s::bytea[], %(given_keys)s::uuid[]
) AS given (place_key, uri, n_bytes, modified_at, etag, sha256, given_key)
ORDER BY given.place_key
ON CONFLICT (place_key) DO UPDATE
SET n_bytes = excluded.n_bytes,
    modified_at = excluded.modified_at,
    etag = excluded.etag,
    sha256 = excluded.sha256,
    given_key = excluded.given_key,
    run_id = excluded.run_id,
    seen_at = clock_timestamp()
"""
_SKIPPED = "UPDATE ops.runs SET n_skipped_files = %s WHERE run_id = %s"


@dataclass(frozen=True, slots=True)
class SeenFile:
    """How a file of an inbox was.

    Attributes:
        uri: its public name.
        n_bytes, modified_at, etag: what its store says of it, as far as it does.
        sha256: over its bytes as they lie there; None for files that are not local.
        given_key: stands for what a manifest said of it; None where none did.
    """

    uri: str
    n_bytes: int | None = None
    modified_at: datetime | None = None
    etag: str | None = None
    sha256: bytes | None = None
    given_key: UUID | None = None


def known_files(connection: Connection[Any], uris: Iterable[str]) -> dict[str, SeenFile]:
    """Those of the files that a completed run has read, by uri, as they were then."""
    rows = connection.execute(_KNOWN, ([place_key(uri, "") for uri in uris],))
    return {row[0]: SeenFile(*row) for row in rows}


def remember_files(connection: Connection[Any], run_id: int, files: Iterable[SeenFile]) -> None:
    """Note how files were when the run read them; what was noted of them before goes."""
    seen: Sequence[SeenFile] = list({file.uri: file for file in files}.values())
    if not seen:
        return
    connection.execute(
        _REMEMBER,
        {
            "run_id": run_id,
            "places": [place_key(file.uri, "") for file in seen],
            "uris": [file.uri for file in seen],
            "sizes": [file.n_bytes for file in seen],
            "times": [file.modified_at for file in seen],
            "etags": [file.etag for file in seen],
            "hashes": [file.sha256 for file in seen],
            "given_keys": [file.given_key for file in seen],
        },
    )


def count_skipped(connection: Connection[Any], run_id: int, n_skipped: int) -> None:
    """Note how many known files the run left unread."""
    connection.execute(_SKIPPED, (n_skipped, run_id))
