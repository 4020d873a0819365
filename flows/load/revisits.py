"""Revisits of a crawl: which document, of whatever file and run, holds the page one is of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from flows.values import RawRecord, Reject

_FIND = """
SELECT DISTINCT ON (digest) digest, document.sha256
FROM unnest(%s::text[]) AS digest
JOIN news.documents AS document
    ON document.fields ? 'warc:WARC-Payload-Digest' AND document.fields ->> 'warc:WARC-Payload-Digest' = digest
ORDER BY digest, document.sha256
"""


def with_found_revisits(
    connection: Connection[Any], batch: Sequence[RawRecord | Reject]
) -> tuple[list[RawRecord], list[Reject]]:
    """The records and the rejects of a batch; a revisit of a page the warehouse holds is a record of its content."""
    records = [each for each in batch if isinstance(each, RawRecord)]
    rejects = [each for each in batch if isinstance(each, Reject)]
    digests = list({reject.payload_digest for reject in rejects if reject.payload_digest})
    if not digests:
        return records, rejects
    known: dict[str, bytes] = dict(connection.execute(_FIND, (digests,)).fetchall())
    records += [
        RawRecord(each.uri, each.locator, known[each.payload_digest], text="", media_type="text/html", charset="utf-8")
        for each in rejects
        if each.payload_digest in known
    ]
    return records, [each for each in rejects if each.payload_digest not in known]
