"""Copies: which articles say what another says, word for word, and which of them was the first.

The order is that of version chains: by (``modified_at``, else ``retrieved_at``, else the start of the run; then the
content hash), never by arrival. Only texts that had an article already are ordered anew, set by set.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection

from flows.load.rows import NewDocument

Copy = tuple[UUID, int]
"""Key of a text and an article that says it."""

_JOIN_CONTENTS = """
INSERT INTO news.article_contents (content_key, first_article_id)
SELECT given.content_key, min(given.article_id)
FROM unnest(%s::uuid[], %s::bigint[]) AS given (content_key, article_id)
GROUP BY given.content_key
ORDER BY given.content_key
ON CONFLICT (content_key) DO UPDATE SET first_article_id = news.article_contents.first_article_id
RETURNING content_key, first_article_id
"""

_ORDER_CONTENTS = """
WITH member AS (
    SELECT content.content_key, content.first_article_id AS article_id
    FROM news.article_contents AS content
    WHERE content.content_key = ANY(%(contents)s)
    UNION
    SELECT content.content_key, copy.article_id
    FROM news.article_contents AS content
    JOIN news.articles AS copy ON copy.duplicate_of_article_id = content.first_article_id
    WHERE content.content_key = ANY(%(contents)s)
    UNION
    SELECT content_key, article_id FROM unnest(%(joining_contents)s::uuid[], %(joining)s::bigint[])
        AS given (content_key, article_id)
    WHERE content_key = ANY(%(contents)s)
), ordered AS (
    SELECT
        member.content_key,
        member.article_id,
        first_value(member.article_id) OVER (
            PARTITION BY member.content_key
            ORDER BY coalesce(article.modified_at, document.retrieved_at, run.started_at), document.sha256,
                article.ordinal
        ) AS first_article_id
    FROM member
    JOIN news.articles AS article USING (article_id)
    JOIN news.documents AS document USING (document_id)
    JOIN ops.runs AS run ON run.run_id = article.run_id
), pointed AS (
    UPDATE news.articles AS article
    SET duplicate_of_article_id = nullif(ordered.first_article_id, article.article_id)
    FROM ordered
    WHERE article.article_id = ordered.article_id
      AND article.duplicate_of_article_id IS DISTINCT FROM nullif(ordered.first_article_id, article.article_id)
)
UPDATE news.article_contents AS content
SET first_article_id = ordered.first_article_id
FROM ordered
WHERE content.content_key = ordered.content_key
  AND ordered.article_id = ordered.first_article_id
  AND content.first_article_id <> ordered.first_article_id
"""


def mark_copies(connection: Connection[Any], new: Sequence[NewDocument]) -> None:
    """Point articles whose title and body another article has at the first of them."""
    articles = ((each, a) for each in new for a in each.annotation.articles if a.body)
    own = [(each.content_keys[a.ordinal], each.article_ids[a.ordinal]) for each, a in articles]
    firsts = _join(connection, own)
    _order(connection, own, {key for key, article_id in own if firsts[key] != article_id})


def reorder_copies(connection: Connection[Any], own: Sequence[Copy]) -> None:
    """Order the articles of texts anew, where one of them has moved in time."""
    _order(connection, own, set(_join(connection, own)))


def _join(connection: Connection[Any], own: Sequence[Copy]) -> dict[UUID, int]:
    """Enter articles under their texts; returns the first article of each text, as it was before."""
    keys, ids = [key for key, _ in own], [article_id for _, article_id in own]
    return dict(connection.execute(_JOIN_CONTENTS, (keys, ids)).fetchall())


def _order(connection: Connection[Any], own: Sequence[Copy], shared: set[UUID]) -> None:
    """Order anew the articles of texts that several have."""
    if shared:
        values = {
            "contents": sorted(shared),
            "joining_contents": [key for key, _ in own],
            "joining": [article_id for _, article_id in own],
        }
        connection.execute(_ORDER_CONTENTS, values)
