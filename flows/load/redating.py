"""Publication dates that become known later: content read before, of which a better date is stated now.

A page loaded without a date may be stated one by the next run (``--published``), by a manifest, or at another place.
Of all that is stated the most trusted one holds (:attr:`.PublicationEvidence.trust`; of several given dates the
earliest), so any order of loading ends in the same rows, those of a load that knew it from the beginning. Only what
hangs on the publication changes: its columns, its evidence, and the values of the article's time expressions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from flows.load.copying import copy_rows
from flows.load.keys import content_key
from flows.load.newness import PlacedItem
from flows.load.rows import EVIDENCE, NewDocument, evidence_rows, publication_values
from flows.values import DateMention, PublicationEvidence

Trust = tuple[int, str, str]
_NO_TRUST: Trust = (99, "", "")
"""Of an article without a date; anything stated is better."""

_STORED = """
SELECT known.sha256, article.article_id, article.content_key,
    evidence.basis, evidence.field, evidence.surface, evidence.value_start
FROM news.document_hashes AS known
JOIN news.articles AS article USING (document_id)
LEFT JOIN news.publication_evidence AS evidence
    ON evidence.article_id = article.article_id AND evidence.is_chosen
WHERE known.sha256 = ANY(%s) AND article.ordinal = 0 AND NOT article.is_embedded
"""

_DATE_ARTICLES = """
UPDATE news.articles AS article
SET published_local = given.published_local,
    published_at = given.published_at,
    published_date = given.published_date,
    published_grain = given.published_grain,
    published_basis = given.published_basis,
    published_earliest_date = given.published_earliest_date,
    published_latest_date = given.published_latest_date,
    published_weekday = given.published_weekday
FROM unnest(
    %s::bigint[], %s::timestamp[], %s::timestamptz[], %s::date[], %s::text[], %s::text[], %s::date[], %s::date[],
    %s::text[]
) AS given (
    article_id, published_local, published_at, published_date, published_grain, published_basis,
    published_earliest_date, published_latest_date, published_weekday
)
WHERE article.article_id = given.article_id
"""

_FORGET_EVIDENCE = "DELETE FROM news.publication_evidence WHERE article_id = ANY(%s)"

_RESOLVE_DATES = """
UPDATE news.dates AS expression
SET value_start = given.value_start,
    value_end = given.value_end,
    anchor_kind = given.anchor_kind,
    anchor_local = given.anchor_local,
    is_approximate = given.is_approximate,
    confidence = given.confidence
FROM unnest(
    %s::bigint[], %s::integer[], %s::integer[], %s::timestamp[], %s::timestamp[], %s::text[], %s::timestamp[],
    %s::boolean[], %s::real[]
) AS given (
    article_id, char_start, char_end, value_start, value_end, anchor_kind, anchor_local, is_approximate, confidence
)
WHERE (expression.article_id, expression.char_start, expression.char_end)
      = (given.article_id, given.char_start, given.char_end)
  AND (expression.value_start, expression.value_end, expression.anchor_kind, expression.anchor_local,
       expression.is_approximate, expression.confidence)
      IS DISTINCT FROM
      (given.value_start, given.value_end, given.anchor_kind, given.anchor_local, given.is_approximate,
       given.confidence)
"""


@dataclass(frozen=True, slots=True)
class _Stored:
    """The page's own article as the warehouse holds it, and how far its date is trusted."""

    article_id: int
    content_key: UUID
    trust: Trust


def better_dated(
    connection: Connection[Any], offers: Mapping[bytes, Iterable[PublicationEvidence]]
) -> frozenset[bytes]:
    """The hashes of known contents for which a better date is stated than the warehouse has.

    Args:
        connection: as the loader.
        offers: what is stated of when each content was published, by content hash.
    """
    stored = _stored(connection, list(offers))
    return frozenset(
        sha256
        for sha256, rows in offers.items()
        if sha256 in stored and any(row.trust < stored[sha256].trust for row in rows)
    )


def redate(connection: Connection[Any], placed: Sequence[PlacedItem]) -> None:
    """Give known articles the better date their new annotations carry. Their documents are locked already.

    Articles whose text the present rules cut otherwise than before are left for a reprocess.
    """
    best = _best(placed)
    stored = _stored(connection, list(best))
    again = [
        _own_article(each, stored[sha256].article_id)
        for sha256, (trust, each) in sorted(best.items())
        if sha256 in stored and trust < stored[sha256].trust and _is_same(each, stored[sha256])
    ]
    if not again:
        return
    ids = [each.article_ids[0] for each in again]
    published = [publication_values(each.annotation.articles[0].publication) for each in again]
    connection.execute(_DATE_ARTICLES, [ids, *map(list, zip(*published, strict=True))])
    connection.execute(_FORGET_EVIDENCE, (ids,))
    copy_rows(connection, EVIDENCE, (row for each in again for row in evidence_rows(each)))
    values = [_date_values(each.article_ids[0], date) for each in again for date in each.annotation.dates]
    if values:
        connection.execute(_RESOLVE_DATES, [list(column) for column in zip(*values, strict=True)])


def _stored(connection: Connection[Any], hashes: list[bytes]) -> dict[bytes, _Stored]:
    if not hashes:
        return {}
    rows = connection.execute(_STORED, (hashes,)).fetchall()
    return {sha256: _Stored(article_id, key, _trust(*chosen)) for sha256, article_id, key, *chosen in rows}


def _trust(basis: str | None, field: str | None, surface: str, value_start: datetime | None) -> Trust:
    if basis is None:
        return _NO_TRUST
    return PublicationEvidence(basis, surface, field=field, value_start=value_start).trust  # type: ignore[arg-type] # CHECK


def _best(placed: Sequence[PlacedItem]) -> dict[bytes, tuple[Trust, PlacedItem]]:
    """For each content the annotation with the most trusted date, by content hash."""
    best: dict[bytes, tuple[Trust, PlacedItem]] = {}
    for each in placed:
        articles = each.item.annotation.articles if each.item.annotation else ()
        chosen = next((row for article in articles[:1] for row in article.publication.evidence if row.is_chosen), None)
        sha256 = each.item.record.sha256
        if chosen is not None and (sha256 not in best or chosen.trust < best[sha256][0]):
            best[sha256] = chosen.trust, each
    return best


def _is_same(placed: PlacedItem, stored: _Stored) -> bool:
    annotation = placed.item.annotation
    return annotation is not None and content_key(annotation.articles[0]) == stored.content_key


def _own_article(placed: PlacedItem, article_id: int) -> NewDocument:
    """A document with nothing but the page's own article and its dates."""
    whole = NewDocument.of(placed, (article_id,))
    annotation = whole.annotation
    own = tuple(date for date in annotation.dates if date.article == 0)
    return replace(whole, annotation=replace(annotation, articles=annotation.articles[:1], dates=own))


def _date_values(article_id: int, each: DateMention) -> tuple[object, ...]:
    return (
        article_id, each.start, each.end, each.value_start, each.value_end, each.anchor_kind, each.anchor_local,
        each.is_approximate, each.confidence,
    )  # fmt: skip
