"""Contents that state no time, loaded by runs that did not end well or ran at once: ordered as if by one run alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from flows.load import LoadBatch, LoadItem, Run, finish_run, load_batch, start_run
from flows.load.runs import EndState
from tests.news import item

Connection = psycopg.Connection[Any]

URL = "https://example.com/news/1"
PAGES = [item(f"خبر\nنص {number}", f"{number}.html", url=URL) for number in range(4)]
COPIES = [item("خبر\nنص" + " " * number, f"{number}.txt") for number in range(4)]
_numbers = itertools.count(1)


@pytest.fixture
def connection(database_url: str, loader_url: str) -> Iterator[Connection]:
    """The loader's connection to an empty warehouse."""
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute("TRUNCATE news.documents, news.document_hashes, ops.runs, ops.rejects CASCADE")
    with psycopg.connect(loader_url, autocommit=True) as opened:
        yield opened


def begin(connection: Connection) -> Run:
    return start_run(connection, flow_run_id=None, ruleset_version="test", parameters={})


def load(connection: Connection, run: Run, *items: LoadItem) -> None:
    load_batch(connection, run, next(_numbers), LoadBatch(items))


def order(connection: Connection) -> list[tuple[Any, ...]]:
    """Versions, which of them are current, and copies, by content."""
    return connection.execute(
        """
        SELECT encode(document.sha256, 'hex'), article.version, article.is_current, encode(first.sha256, 'hex')
        FROM news.articles AS article
        JOIN news.documents AS document USING (document_id)
        LEFT JOIN news.articles AS copied ON copied.article_id = article.duplicate_of_article_id
        LEFT JOIN news.documents AS first ON first.document_id = copied.document_id
        ORDER BY 1
        """
    ).fetchall()


def undisturbed(connection: Connection, items: list[LoadItem]) -> list[tuple[Any, ...]]:
    """The order a single run gives, then forgotten."""
    with connection.transaction(force_rollback=True):
        load(connection, begin(connection), *items)
        return order(connection)


@pytest.mark.parametrize("items", [PAGES, COPIES], ids=["versions", "copies"])
@pytest.mark.parametrize("end", ["failed", "cancelled"])
@pytest.mark.parametrize("index", range(4))
def test_what_an_unfinished_run_left_counts_for_the_next(
    connection: Connection, items: list[LoadItem], end: EndState, index: int
) -> None:
    expected = undisturbed(connection, items)
    unfinished = begin(connection)
    load(connection, unfinished, items[index])
    finish_run(connection, unfinished.run_id, end)
    load(connection, begin(connection), *items)
    assert order(connection) == expected


@pytest.mark.parametrize("items", [PAGES, COPIES], ids=["versions", "copies"])
@pytest.mark.parametrize("split", range(1, 4))
def test_of_two_runs_at_once_the_earlier_has_what_both_read(
    connection: Connection, items: list[LoadItem], split: int
) -> None:
    expected = undisturbed(connection, items)
    earlier, later = begin(connection), begin(connection)
    load(connection, later, *items[:split])
    load(connection, earlier, *items)
    load(connection, later, *items[split:])
    assert order(connection) == expected


def test_a_page_that_changed_after_a_crash_is_the_newer_version(connection: Connection) -> None:
    by_hash = sorted(PAGES, key=lambda page: page.record.sha256, reverse=True)
    for older, newer in itertools.pairwise(by_hash):
        unfinished = begin(connection)
        load(connection, unfinished, older)
        finish_run(connection, unfinished.run_id, "failed")
        load(connection, begin(connection), newer)
    current = connection.execute(
        "SELECT sha256 FROM news.articles JOIN news.documents USING (document_id) WHERE is_current"
    ).fetchall()
    assert current == [(by_hash[-1].record.sha256,)]


def test_what_a_completed_run_loaded_stays_its_own(connection: Connection) -> None:
    first = begin(connection)
    load(connection, first, *PAGES)
    finish_run(connection, first.run_id, "completed")
    load(connection, begin(connection), *PAGES)
    assert connection.execute("SELECT DISTINCT run_id FROM news.articles").fetchall() == [(first.run_id,)]
