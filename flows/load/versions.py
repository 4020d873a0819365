"""Version chains and copies: which article is the current one of its URL or place, and which repeats another.

Both are orders over articles by (``modified_at``, else ``retrieved_at``, else the start of the run; then the content
hash), never by arrival, so that any order of loading ends in the same rows. Most articles begin a chain of their own;
only chains and contents that had a member already are ordered anew, set by set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection

from flows.load.keys import content_key, place_chain_key
from flows.load.newness import PlacedItem
from flows.load.rows import NewDocument


@dataclass(frozen=True, slots=True)
class ChainLink:
    """An article and the chain it belongs to."""

    chain_key: UUID
    article_id: int


_JOIN_CHAINS = """
INSERT INTO news.article_chains (chain_key, current_article_id)
SELECT given.chain_key, min(given.article_id)
FROM unnest(%s::uuid[], %s::bigint[]) AS given (chain_key, article_id)
GROUP BY given.chain_key
ORDER BY given.chain_key
ON CONFLICT (chain_key) DO UPDATE SET current_article_id = news.article_chains.current_article_id
RETURNING chain_key, current_article_id
"""

_ORDER_CHAINS = """
WITH RECURSIVE member AS (
    SELECT chain.chain_key, article.article_id, article.supersedes_article_id
    FROM news.article_chains AS chain
    JOIN news.articles AS article ON article.article_id = chain.current_article_id
    WHERE chain.chain_key = ANY(%(chains)s)
    UNION
    SELECT member.chain_key, article.article_id, article.supersedes_article_id
    FROM member
    JOIN news.articles AS article ON article.article_id = member.supersedes_article_id
), belonging AS (
    SELECT chain_key, article_id FROM member WHERE article_id <> ALL(%(leaving)s)
    UNION
    SELECT chain_key, article_id FROM unnest(%(joining_chains)s::uuid[], %(joining)s::bigint[])
        AS given (chain_key, article_id)
    WHERE chain_key = ANY(%(chains)s)
), ordered AS (
    SELECT
        belonging.chain_key,
        belonging.article_id,
        row_number() OVER in_time AS version,
        lag(belonging.article_id) OVER in_time AS supersedes_article_id,
        lead(belonging.article_id) OVER in_time IS NULL AS is_current
    FROM belonging
    JOIN news.articles AS article USING (article_id)
    JOIN news.documents AS document USING (document_id)
    JOIN ops.runs AS run ON run.run_id = article.run_id
    WINDOW in_time AS (
        PARTITION BY belonging.chain_key
        ORDER BY coalesce(article.modified_at, document.retrieved_at, run.started_at), document.sha256, article.ordinal
    )
), renumbered AS (
    UPDATE news.articles AS article
    SET chain_key = ordered.chain_key,
        version = ordered.version,
        supersedes_article_id = ordered.supersedes_article_id,
        is_current = ordered.is_current
    FROM ordered
    WHERE article.article_id = ordered.article_id
      AND (article.chain_key, article.version, article.supersedes_article_id, article.is_current)
          IS DISTINCT FROM
          (ordered.chain_key, ordered.version::int, ordered.supersedes_article_id, ordered.is_current)
), emptied AS (
    DELETE FROM news.article_chains AS chain
    WHERE chain.chain_key = ANY(%(chains)s)
      AND NOT EXISTS (SELECT FROM ordered WHERE ordered.chain_key = chain.chain_key)
)
UPDATE news.article_chains AS chain
SET current_article_id = ordered.article_id
FROM ordered
WHERE ordered.is_current
  AND chain.chain_key = ordered.chain_key
  AND chain.current_article_id <> ordered.article_id
"""

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

_MOVED = """
WITH seen AS (
    SELECT location.document_id, location.place_key, location.run_id
    FROM news.document_locations AS location
    WHERE location.document_id = ANY(%(document_ids)s)
), least_place AS (
    SELECT DISTINCT ON (document_id) document_id, place_key
    FROM seen
    ORDER BY document_id, place_key
)
SELECT article.article_id, article.chain_key, article.ordinal, least_place.place_key
FROM least_place
JOIN news.articles AS article USING (document_id)
WHERE article.url IS NULL
"""

_LOCK_DOCUMENTS = """
SELECT FROM news.document_hashes WHERE sha256 = ANY(%s) ORDER BY sha256 FOR UPDATE
"""


def chain_articles(connection: Connection[Any], new: Sequence[NewDocument]) -> None:
    """Put the articles of new documents into their chains and move what is current."""
    links = [
        ChainLink(each.chain_key(article), each.article_ids[article.ordinal])
        for each in new
        for article in each.annotation.articles
    ]
    _join_chains(connection, links, leaving=())


def rechain_duplicates(connection: Connection[Any], duplicates: Sequence[PlacedItem]) -> None:
    """Keep chains of articles without a URL at the least of their document's places, whichever was seen first."""
    if not duplicates:
        return
    connection.execute(_LOCK_DOCUMENTS, (list({each.item.record.sha256 for each in duplicates}),))
    rows = connection.execute(_MOVED, {"document_ids": list({each.document_id for each in duplicates})}).fetchall()
    moved = [
        (article_id, old, link)
        for article_id, old, ordinal, place in rows
        if (link := ChainLink(place_chain_key(place, ordinal), article_id)).chain_key != old
    ]
    if moved:
        leaving = [ChainLink(old, article_id) for article_id, old, _ in moved]
        _join_chains(connection, [link for *_, link in moved], leaving=leaving)


def mark_copies(connection: Connection[Any], new: Sequence[NewDocument]) -> None:
    """Point articles whose title and body another article has at the first of them."""
    keys: list[UUID] = []
    ids: list[int] = []
    for each in new:
        for article in each.annotation.articles:
            if article.body:
                keys.append(content_key(article))
                ids.append(each.article_ids[article.ordinal])
    firsts = dict(connection.execute(_JOIN_CONTENTS, (keys, ids)).fetchall())
    shared = sorted({key for key, article_id in zip(keys, ids, strict=True) if firsts[key] != article_id})
    if shared:
        connection.execute(_ORDER_CONTENTS, {"contents": shared, "joining_contents": keys, "joining": ids})


def _join_chains(connection: Connection[Any], links: Sequence[ChainLink], leaving: Sequence[ChainLink]) -> None:
    keys = [link.chain_key for link in links]
    ids = [link.article_id for link in links]
    currents = dict(connection.execute(_JOIN_CHAINS, (keys, ids)).fetchall())
    shared = {link.chain_key for link in links if currents[link.chain_key] != link.article_id}
    touched = sorted(shared | {link.chain_key for link in leaving} | ({*keys} if leaving else set()))
    if touched:
        connection.execute(
            _ORDER_CHAINS,
            {
                "chains": touched,
                "leaving": [link.article_id for link in leaving],
                "joining_chains": keys,
                "joining": ids,
            },
        )
