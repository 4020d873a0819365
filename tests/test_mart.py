"""The flat views for dashboards."""

from __future__ import annotations

import pytest
from psycopg import sql

from tests.one_article import ask_one, one_article

REDIRECT = (
    "INSERT INTO news.entity_redirects (from_entity_id, to_entity_id, decided_by, decided_at, reason, revoked_at)"
    " SELECT f, t, 'editor', '2024-01-01', 'same', CASE WHEN revoked THEN now() END"
    " FROM unnest(%s::integer[], %s::integer[], %s::boolean[]) AS given (f, t, revoked)"
)


@pytest.mark.parametrize(
    ("redirects", "shown"),
    [
        # nothing was merged
        ([], 1),
        # one merge
        ([(1, 2, False)], 2),
        # a way of three merges
        ([(1, 2, False), (2, 3, False), (3, 4, False)], 4),
        # a merge that was taken back
        ([(1, 2, True)], 1),
        # taken back and decided anew
        ([(1, 2, True), (1, 3, False)], 3),
        # a circle leaves the entity as it is
        ([(1, 2, False), (2, 1, False)], 1),
    ],
)
def test_dashboards_follow_merges(database_url: str, redirects: list[tuple[int, int, bool]], shown: int) -> None:
    with one_article(database_url) as connection:
        connection.execute(REDIRECT, [list(column) for column in zip(*redirects, strict=True)] or [[], [], []])
        assert connection.execute("SELECT entity_id, entity_key FROM mart.mentions").fetchall() == [
            (shown, f"person:{shown}")
        ]


def test_dashboards_show_current_versions_alone(database_url: str) -> None:
    with one_article(database_url) as connection:
        connection.execute("UPDATE news.articles SET is_current = false")
        for view in ("articles", "mentions", "dates", "sources", "quotes"):
            count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("mart", view))
            assert connection.execute(count).fetchall() == [(0,)]
        assert ask_one(connection, "SELECT count(*) FROM mart.article_versions") == 1


def test_an_article_is_shown_with_its_outlet_and_counts(database_url: str) -> None:
    with one_article(database_url) as connection:
        connection.execute(
            "UPDATE news.articles SET publisher_source_id = 1, published_local = '2024-03-28 10:30',"
            " published_grain = 'minute', published_date = '2024-03-28'"
        )
        assert connection.execute(
            "SELECT title, publisher_key, publisher_name_ar, published_date_key, n_mentions, n_dates, is_duplicate"
            " FROM mart.articles"
        ).fetchall() == [("عنوان", "wafa", "وفا", 20240328, 1, 0, False)]


def test_the_freshness_of_the_warehouse_is_a_view(database_url: str) -> None:
    with one_article(database_url) as connection:
        connection.execute(
            "UPDATE ops.runs SET started_at = now() - interval '3 hours', finished_at = now() - interval '2 hours',"
            " state = 'completed', n_read = 5, n_loaded = 5"
        )
        assert connection.execute(
            "SELECT state, n_read, n_loaded, duration_seconds::integer, hours_since_finished::integer,"
            " is_latest_completed FROM mart.etl_run"
        ).fetchall() == [("completed", 5, 5, 3600, 2, True)]
