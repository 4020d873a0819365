"""Version chains: which article is the current one of its URL or place.

A version is a changed text: an article that says again what the one before it says is of the same version, and the
first of them stays current. A chain is an order over articles by (``modified_at``, else ``retrieved_at``, else the
start of the run; then the content hash), never by arrival, so that any order of loading ends in the same rows. Most
articles begin a chain of their own; only chains that had a member already are ordered anew, set by set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection

from flows.load.copies import reorder_copies
from flows.load.keys import place_chain_key
from flows.load.newness import PlacedItem, left_behind
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
    SELECT member.chain_key, beside.article_id, beside.supersedes_article_id
    FROM member
    CROSS JOIN LATERAL (
        SELECT before.article_id, before.supersedes_article_id
        FROM news.articles AS before
        WHERE before.article_id = member.supersedes_article_id
        UNION ALL
        SELECT after.article_id, after.supersedes_article_id
        FROM news.articles AS after
        WHERE after.supersedes_article_id = member.article_id
    ) AS beside
), belonging AS (
    SELECT chain_key, article_id FROM member WHERE article_id <> ALL(%(leaving)s)
    UNION
    SELECT chain_key, article_id FROM unnest(%(joining_chains)s::uuid[], %(joining)s::bigint[])
        AS given (chain_key, article_id)
    WHERE chain_key = ANY(%(chains)s)
), placed AS (
    SELECT
        belonging.chain_key,
        belonging.article_id,
        row_number() OVER in_time AS place,
        lag(belonging.article_id) OVER in_time AS supersedes_article_id,
        article.content_key IS DISTINCT FROM lag(article.content_key) OVER in_time AS is_change
    FROM belonging
    JOIN news.articles AS article USING (article_id)
    JOIN news.documents AS document USING (document_id)
    JOIN ops.runs AS run ON run.run_id = article.run_id
    WINDOW in_time AS (
        PARTITION BY belonging.chain_key
        ORDER BY coalesce(article.modified_at, document.retrieved_at, run.started_at), document.sha256, article.ordinal
    )
), ordered AS (
    SELECT
        chain_key,
        article_id,
        supersedes_article_id,
        count(*) FILTER (WHERE is_change) OVER (PARTITION BY chain_key ORDER BY place)::int AS version,
        is_change AND NOT coalesce(bool_or(is_change) OVER later, false) AS is_current
    FROM placed
    WINDOW later AS (PARTITION BY chain_key ORDER BY place ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
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
          (ordered.chain_key, ordered.version, ordered.supersedes_article_id, ordered.is_current)
), emptied AS (
    DELETE FROM news.article_chains AS chain
    WHERE chain.chain_key = ANY(%(chains)s)
      AND NOT EXISTS (SELECT FROM ordered WHERE ordered.chain_key = chain.chain_key)
), moved AS (
    UPDATE news.article_chains AS chain
    SET current_article_id = ordered.article_id
    FROM ordered
    WHERE ordered.is_current
      AND chain.chain_key = ordered.chain_key
      AND chain.current_article_id <> ordered.article_id
)
SELECT chain_key, version, article_id FROM ordered
"""

_EARLIER = """
UPDATE news.documents AS document
SET retrieved_at = seen.retrieved_at
FROM (
    SELECT document_id, min(retrieved_at) AS retrieved_at
    FROM unnest(%s::bigint[], %s::timestamptz[]) AS given (document_id, retrieved_at)
    GROUP BY document_id
) AS seen
WHERE document.document_id = seen.document_id
  AND (document.retrieved_at IS NULL OR seen.retrieved_at < document.retrieved_at)
RETURNING document.document_id
"""

_TAKE_OVER = """
UPDATE news.articles AS article
SET run_id = %s
FROM news.document_hashes AS known
WHERE known.sha256 = ANY(%s) AND article.document_id = known.document_id AND article.modified_at IS NULL
RETURNING article.document_id
"""

_OF_DOCUMENTS = """
SELECT article_id, chain_key, content_key, body <> '' FROM news.articles WHERE document_id = ANY(%s)
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


def chain_articles(connection: Connection[Any], new: Sequence[NewDocument]) -> frozenset[int]:
    """Put the articles of new documents into their chains and move what is current.

    Returns:
        The new articles that say again what their chain says before or behind them: no versions of their own.
    """
    links = [
        ChainLink(each.chain_key(article), each.article_ids[article.ordinal])
        for each in new
        for article in each.annotation.articles
    ]
    members = _join_chains(connection, links, leaving=())
    ids = frozenset(link.article_id for link in links)
    said: dict[tuple[UUID, int], list[int]] = {}
    for chain_key, version, article_id in members:
        said.setdefault((chain_key, version), []).append(article_id)
    return frozenset(each for group in said.values() for each in _repeats(group, ids))


def _repeats(group: Sequence[int], new: frozenset[int]) -> list[int]:
    """The new articles among those of one version, the first apart where all of them are new."""
    own = sorted(new.intersection(group))
    return own if len(own) < len(group) else own[1:]


def rechain_duplicates(connection: Connection[Any], duplicates: Sequence[PlacedItem]) -> None:
    """Keep chains of articles without a URL at the least of their document's places, whichever was seen first.

    The documents are locked already.
    """
    if not duplicates:
        return
    rows = connection.execute(_MOVED, {"document_ids": list({each.document_id for each in duplicates})}).fetchall()
    moved = [
        (article_id, old, link)
        for article_id, old, ordinal, place in rows
        if (link := ChainLink(place_chain_key(place, ordinal), article_id)).chain_key != old
    ]
    if moved:
        leaving = [ChainLink(old, article_id) for article_id, old, _ in moved]
        _join_chains(connection, [link for *_, link in moved], leaving=leaving)


def keep_earliest_crawl(connection: Connection[Any], seen: Sequence[PlacedItem]) -> None:
    """Keep with known documents the earliest of their crawls, whichever was loaded first, and order by it anew.

    The documents are locked already.
    """
    times = [(each.document_id, at) for each in seen if (at := each.item.record.retrieved_at) is not None]
    if not times:
        return
    ids, moments = zip(*times, strict=True)
    _order_anew(connection, [row[0] for row in connection.execute(_EARLIER, (list(ids), list(moments)))])


def take_over(connection: Connection[Any], seen: Sequence[PlacedItem], run_id: int, runs: Sequence[int]) -> None:
    """Take articles without a time of their own from other runs, and order by the start of this one.

    What a run that was killed had loaded stands then where it would stand had there been this run alone; and of two
    runs at once the one that began first has it, whoever came first to it. The documents are locked already.

    Args:
        connection: as the loader, in the batch's transaction.
        seen: known contents that this run reads, too.
        run_id: this run.
        runs: those from which it takes (:func:`.superseded_runs`).
    """
    hashes = left_behind(connection, seen, runs)
    if hashes:
        _order_anew(connection, [row[0] for row in connection.execute(_TAKE_OVER, (run_id, hashes))])


def _order_anew(connection: Connection[Any], documents: Sequence[int]) -> None:
    """Put the articles of documents that have moved in time into their chains and among their copies again."""
    if not documents:
        return
    rows = connection.execute(_OF_DOCUMENTS, (list(documents),)).fetchall()
    links = [ChainLink(chain_key, article_id) for article_id, chain_key, _, _ in rows]
    _join_chains(connection, links, leaving=links)
    reorder_copies(connection, [(key, article_id) for article_id, _, key, has_body in rows if has_body])


def _join_chains(
    connection: Connection[Any], links: Sequence[ChainLink], leaving: Sequence[ChainLink]
) -> list[tuple[UUID, int, int]]:
    """Order anew the chains that had members; returns chain, version and id of all articles in them."""
    keys = [link.chain_key for link in links]
    ids = [link.article_id for link in links]
    currents = dict(connection.execute(_JOIN_CHAINS, (keys, ids)).fetchall())
    shared = {link.chain_key for link in links if currents[link.chain_key] != link.article_id}
    touched = sorted(shared | {link.chain_key for link in leaving} | ({*keys} if leaving else set()))
    if not touched:
        return []
    values = {
        "chains": touched,
        "leaving": [link.article_id for link in leaving],
        "joining_chains": keys,
        "joining": ids,
    }
    return connection.execute(_ORDER_CHAINS, values).fetchall()
