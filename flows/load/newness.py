"""Which records of a batch are new, decided once for the batch by content hash and place.

The rows of ``news.document_hashes`` are taken in hash order, so that two loads at once wait for each other rather
than deadlock; who comes second finds the content known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection

from flows.load.keys import place_key
from flows.load.values import LoadItem, StaleHintError
from flows.values import RawRecord

_KNOWN = "SELECT sha256 FROM news.document_hashes WHERE sha256 = ANY(%s)"

_CLAIM = """
INSERT INTO news.document_hashes (sha256, document_id)
SELECT fresh.sha256, nextval('news.document_id_seq')
FROM (
    SELECT given.sha256
    FROM unnest(%s::bytea[]) AS given (sha256)
    WHERE NOT EXISTS (SELECT FROM news.document_hashes AS known WHERE known.sha256 = given.sha256)
    ORDER BY given.sha256
) AS fresh
ON CONFLICT (sha256) DO NOTHING
RETURNING sha256, document_id
"""

_IDS = "SELECT sha256, document_id FROM news.document_hashes WHERE sha256 = ANY(%s)"

_KNOWN_PLACES = """
SELECT known.sha256, location.uri, location.locator
FROM news.document_hashes AS known
JOIN news.document_locations AS location USING (document_id)
JOIN unnest(%s::bytea[], %s::uuid[]) AS given (sha256, place_key)
    ON given.sha256 = known.sha256 AND given.place_key = location.place_key
"""

_LOCATE = """
INSERT INTO news.document_locations (document_id, place_key, uri, locator, run_id)
SELECT given.document_id, given.place_key, given.uri, given.locator, %(run_id)s
FROM unnest(%(document_ids)s::bigint[], %(places)s::uuid[], %(uris)s::text[], %(locators)s::text[])
    AS given (document_id, place_key, uri, locator)
ORDER BY given.document_id, given.place_key
ON CONFLICT (document_id, place_key) DO NOTHING
RETURNING document_id, place_key
"""

_CRAWLED_EARLIER = """
SELECT known.sha256
FROM unnest(%s::bytea[], %s::timestamptz[]) AS given (sha256, retrieved_at)
JOIN news.document_hashes AS known USING (sha256)
JOIN news.documents AS document USING (document_id)
WHERE document.retrieved_at IS NULL OR given.retrieved_at < document.retrieved_at
"""

_LEFT_BEHIND = """
SELECT DISTINCT known.sha256
FROM news.document_hashes AS known
JOIN news.documents AS document USING (document_id)
JOIN news.articles AS article USING (document_id)
WHERE known.sha256 = ANY(%s)
  AND article.run_id = ANY(%s)
  AND coalesce(article.modified_at, document.retrieved_at) IS NULL
"""

_LOCK = "SELECT FROM news.document_hashes WHERE sha256 = ANY(%s) ORDER BY sha256 FOR UPDATE"


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """A record with the id of its document and the key of its place."""

    item: LoadItem
    document_id: int
    place: UUID


@dataclass(frozen=True, slots=True)
class Newness:
    """The records of a batch by how they end: new content, known content at a new place, nothing new."""

    new: tuple[PlacedItem, ...]
    duplicate: tuple[PlacedItem, ...]
    unchanged: tuple[PlacedItem, ...]


def known_hashes(connection: Connection[Any], hashes: Iterable[bytes]) -> frozenset[bytes]:
    """Those of the content hashes that the warehouse holds: a hint that spares transforming known content."""
    return frozenset(row[0] for row in connection.execute(_KNOWN, (list(hashes),)))


def known_places(connection: Connection[Any], records: Sequence[RawRecord]) -> frozenset[tuple[bytes, str, str]]:
    """Content hash, uri and locator of those records that were seen at their very place."""
    keys = [place_key(record.uri, record.locator) for record in records]
    rows = connection.execute(_KNOWN_PLACES, ([record.sha256 for record in records], keys))
    return frozenset((sha256, uri, locator) for sha256, uri, locator in rows)


def decide_newness(connection: Connection[Any], items: Sequence[LoadItem], run_id: int) -> Newness:
    """Claim new content, note new places, and say how each record ends.

    Of several records with one content, the one that comes first by uri and locator is the new one.

    Raises:
        StaleHintError: content without an annotation is not in the warehouse.
    """
    ordered = sorted(items, key=lambda item: (item.record.uri, item.record.locator))
    hashes = list({item.record.sha256 for item in ordered})
    claimed = dict(connection.execute(_CLAIM, (hashes,)).fetchall())
    ids = dict(connection.execute(_IDS, (hashes,)).fetchall())
    placed = [
        PlacedItem(item, ids[item.record.sha256], place_key(item.record.uri, item.record.locator)) for item in ordered
    ]
    located = _locate(connection, placed, run_id)
    new: list[PlacedItem] = []
    duplicate: list[PlacedItem] = []
    unchanged: list[PlacedItem] = []
    for each in placed:
        if claimed.pop(each.item.record.sha256, None) is not None:
            if each.item.annotation is None:
                raise StaleHintError(f"{each.item.record.uri}: known content is gone from the warehouse")
            new.append(each)
        elif (each.document_id, each.place) in located:
            duplicate.append(each)
        else:
            unchanged.append(each)
    return Newness(tuple(new), tuple(duplicate), tuple(unchanged))


def left_behind(connection: Connection[Any], seen: Sequence[PlacedItem], runs: Sequence[int]) -> list[bytes]:
    """The contents without a time of their own that one of these runs loaded."""
    hashes = [each.item.record.sha256 for each in seen]
    return [row[0] for row in connection.execute(_LEFT_BEHIND, (hashes, runs))] if runs else []


def lock_known(connection: Connection[Any], newness: Newness, runs: Sequence[int]) -> None:
    """Hold the documents that this load may change though they are known, in hash order, until its end.

    ``runs`` are those whose articles it takes over.
    """
    items = [each.item for each in newness.unchanged]
    times = [(item.record.sha256, at) for item in items if (at := item.record.retrieved_at) is not None]
    earlier = (
        connection.execute(_CRAWLED_EARLIER, [list(column) for column in zip(*times, strict=True)]) if times else ()
    )
    hashes = {each.item.record.sha256 for each in newness.duplicate}
    hashes |= {item.record.sha256 for item in items if item.annotation is not None} | {row[0] for row in earlier}
    hashes |= {*left_behind(connection, newness.unchanged, runs)}
    if hashes:
        connection.execute(_LOCK, (list(hashes),))


def _locate(connection: Connection[Any], placed: Sequence[PlacedItem], run_id: int) -> frozenset[tuple[int, UUID]]:
    rows = connection.execute(
        _LOCATE,
        {
            "run_id": run_id,
            "document_ids": [each.document_id for each in placed],
            "places": [each.place for each in placed],
            "uris": [each.item.record.uri for each in placed],
            "locators": [each.item.record.locator for each in placed],
        },
    )
    return frozenset((document_id, place) for document_id, place in rows)
