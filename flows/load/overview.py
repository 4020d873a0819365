"""The articles of the warehouse at a glance, for the summary after a run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row

_LATEST = """
SELECT
    article.title,
    left(article.body, 80) AS opening,
    article.is_embedded,
    article.published_local,
    article.published_grain,
    article.published_weekday,
    article.published_earliest_date,
    article.published_latest_date,
    (SELECT count(*) FROM news.article_sources AS s WHERE s.article_id = article.article_id) AS n_sources,
    (SELECT count(*) FROM news.mentions AS m WHERE m.article_id = article.article_id) AS n_mentions,
    (SELECT count(*) FROM news.dates AS d WHERE d.article_id = article.article_id) AS n_dates,
    (SELECT count(*) FROM news.quotes AS q WHERE q.article_id = article.article_id) AS n_quotes
FROM (
    SELECT * FROM news.articles WHERE is_current ORDER BY article_id DESC LIMIT %s
) AS article
ORDER BY article.article_id
"""


@dataclass(frozen=True, slots=True)
class ArticleGlance:
    """One article with its publication and how much was found in it."""

    title: str | None
    opening: str
    is_embedded: bool
    published_local: datetime | None
    published_grain: str | None
    published_weekday: str | None
    published_earliest_date: date | None
    published_latest_date: date | None
    n_sources: int
    n_mentions: int
    n_dates: int
    n_quotes: int


def latest_articles(connection: Connection[Any], limit: int) -> list[ArticleGlance]:
    """The current articles loaded last, in the order they were loaded."""
    with connection.cursor(row_factory=class_row(ArticleGlance)) as cursor:
        return cursor.execute(_LATEST, (limit,)).fetchall()
