"""Versions on a real Postgres: what a changed text is, and what only new bytes are, in any order of loading."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from flows.load import BatchCounts, LoadBatch, LoadItem, load_batch, start_run
from tests.news import annotation, record

Connection = psycopg.Connection[Any]

URL = "https://example.com/news/1"
_numbers = itertools.count(1)


@pytest.fixture
def empty(database_url: str) -> Callable[[], None]:
    """Empties the module's warehouse, as its owner may."""

    def wipe() -> None:
        with psycopg.connect(database_url, autocommit=True) as owner:
            owner.execute("TRUNCATE news.documents, news.document_hashes, ops.runs, ops.rejects CASCADE")

    return wipe


@pytest.fixture
def connection(loader_url: str, empty: Callable[[], None]) -> Iterator[Connection]:
    empty()
    with psycopg.connect(loader_url, autocommit=True) as opened:
        yield opened


def crawled(text: str, hour: int, *, url: str | None = URL, chrome: str = "") -> LoadItem:
    """A page with a text, as a crawl of some hour kept it; ``chrome`` changes its bytes and not its article."""
    read = record(text + chrome, f"{hour}.html", url=url)
    whole = annotation(text, url=url)
    at = datetime(2024, 3, 12, hour, tzinfo=UTC)
    return LoadItem(replace(read, retrieved_at=at), replace(whole, text=text + chrome))


def load(connection: Connection, *items: LoadItem) -> BatchCounts:
    run = start_run(connection, flow_run_id=None, ruleset_version="test", parameters={})
    return load_batch(connection, run, next(_numbers), LoadBatch(items))


def versions(connection: Connection) -> list[tuple[int, int, bool]]:
    """Hour of the crawl, version, and whether it is current, by hour."""
    return connection.execute(
        """
        SELECT extract(hour FROM document.retrieved_at)::int, article.version, article.is_current
        FROM news.articles AS article JOIN news.documents AS document USING (document_id) ORDER BY 1
        """
    ).fetchall()


def test_new_bytes_under_a_known_url_with_the_same_text_are_unchanged(connection: Connection) -> None:
    assert load(connection, crawled("خبر\nنص", 1)) == BatchCounts(n_loaded=1)
    assert load(connection, crawled("خبر\nنص", 2, chrome="\nاليوم 397")) == BatchCounts(n_unchanged=1)
    assert load(connection, crawled("خبر\nنص", 2, chrome="\nاليوم 397")) == BatchCounts(n_unchanged=1)
    assert versions(connection) == [(1, 1, True), (2, 1, False)]


def test_in_one_batch_the_text_counts_as_loaded_once(connection: Connection) -> None:
    pages = [crawled("خبر\nنص", hour, chrome="\n" * hour) for hour in range(1, 4)]
    assert load(connection, *pages) == BatchCounts(n_loaded=1, n_unchanged=2)


def test_without_a_url_new_bytes_are_loaded(connection: Connection) -> None:
    load(connection, crawled("خبر\nنص", 1, url=None))
    assert load(connection, crawled("خبر\nنص", 2, url=None, chrome="\n\n")) == BatchCounts(n_loaded=1)


def test_a_changed_text_is_a_version_and_a_text_that_comes_back_another(connection: Connection) -> None:
    load(connection, crawled("خبر\nأول", 1))
    assert load(connection, crawled("خبر\nثان", 2)) == BatchCounts(n_loaded=1)
    assert load(connection, crawled("خبر\nأول", 3, chrome="\n")) == BatchCounts(n_loaded=1)
    assert versions(connection) == [(1, 1, False), (2, 2, False), (3, 3, True)]


PAGES = (
    crawled("خبر\nأول", 1),
    crawled("خبر\nأول", 2, chrome="\n"),
    crawled("خبر\nثان", 3),
    crawled("خبر\nثان", 4, chrome="\n"),
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_any_order_of_loading_ends_in_the_same_versions(connection: Connection, order: tuple[int, ...]) -> None:
    counts = [load(connection, PAGES[index]) for index in order]
    assert versions(connection) == [(1, 1, False), (2, 1, False), (3, 2, True), (4, 2, False)]
    chains = "SELECT count(*) FROM news.article_chains JOIN news.articles ON article_id = current_article_id"
    assert connection.execute(f"{chains} WHERE is_current").fetchone() == (1,)
    total = BatchCounts.sum(counts)
    assert (total.n_loaded, total.n_unchanged) == (2, 2)


SEEN_AGAIN = (
    crawled("خبر\nأول", 1),
    replace(
        crawled("خبر\nأول", 5),
        record=replace(crawled("خبر\nأول", 1).record, uri="file:///news/again", retrieved_at=None),
    ),
    crawled("خبر\nثان", 3),
    replace(
        crawled("خبر\nأول", 1),
        record=replace(
            crawled("خبر\nأول", 5).record, sha256=crawled("خبر\nأول", 1).record.sha256, uri="file:///news/late"
        ),
    ),
)
"""One content crawled at 1 and at 5 and once at a time nobody noted, and another in between."""


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_a_content_keeps_the_earliest_of_its_crawls_in_any_order(
    connection: Connection, order: tuple[int, ...]
) -> None:
    for index in order:
        load(connection, SEEN_AGAIN[index])
    assert versions(connection) == [(1, 1, False), (3, 2, True)]
