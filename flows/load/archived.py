"""Which documents the raw archive keeps, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from psycopg import Connection

from flows.load.copying import CopyTarget, copy_rows
from flows.load.newness import PlacedItem
from flows.load.values import ArchivePlace

_TARGET = CopyTarget(
    "ops",
    "archived_documents",
    (("document_id", "int8"), ("object_sha256", "bytea"), ("byte_start", "int8"), ("n_bytes", "int8")),
)
_PLACES = """
SELECT document.document_id, document.sha256, archived.object_sha256, archived.byte_start, archived.n_bytes
FROM news.documents AS document
JOIN ops.archived_documents AS archived USING (document_id)
WHERE %(document_id)s::bigint IS NULL OR document_id = %(document_id)s
ORDER BY archived.object_sha256, archived.byte_start
"""


def note_archived(connection: Connection[Any], new: Iterable[PlacedItem]) -> None:
    """Note where the bytes of new documents lie, in the transaction that writes them."""
    copy_rows(
        connection,
        _TARGET,
        (
            (each.document_id, each.item.archived.object_sha256, each.item.archived.byte_start,
             each.item.archived.n_bytes)
            for each in new
            if each.item.archived is not None
        ),
    )  # fmt: skip


def archived_places(
    connection: Connection[Any], document_id: int | None = None
) -> Iterator[tuple[int, bytes, ArchivePlace]]:
    """Id, ``sha256`` and place of one document, or of all, those of one object together."""
    with connection.transaction(), connection.cursor("archived places") as cursor:
        cursor.execute(_PLACES, {"document_id": document_id})
        for found_id, sha256, object_sha256, byte_start, n_bytes in cursor:
            yield found_id, sha256, ArchivePlace(object_sha256, byte_start, n_bytes)
