"""The load stage on a real Postgres: exactly once, in any order, accounted for to the record."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from flows.annotation import Annotation
from flows.load import (
    BatchCounts,
    LoadBatch,
    LoadItem,
    Run,
    StaleHintError,
    finish_run,
    load_batch,
    mark_crashed,
    run_row,
    start_run,
)
from flows.load.newness import known_hashes
from flows.values import Reject, SourceRoleMention
from tests.news import annotation, item, person, record

Connection = psycopg.Connection[Any]

NEWS_TABLES = (
    "documents", "document_hashes", "document_locations", "articles", "article_chains", "article_contents", "segments",
    "publication_evidence", "article_sources", "mentions", "dates", "quotes", "quote_speakers", "entities",
)  # fmt: skip
_numbers = itertools.count(1)


@pytest.fixture
def empty(database_url: str) -> Callable[[], None]:
    """Empties the module's warehouse, as its owner may."""
    names = [sql.Identifier("news", name) for name in NEWS_TABLES]
    names += [sql.Identifier("ops", name) for name in ("rejects", "run_batches", "runs")]
    statement = sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(names))

    def wipe() -> None:
        with psycopg.connect(database_url, autocommit=True) as owner:
            owner.execute(statement)

    return wipe


@pytest.fixture
def connection(loader_url: str, empty: Callable[[], None]) -> Iterator[Connection]:
    """The loader's connection to a warehouse emptied of what other tests loaded."""
    empty()
    with psycopg.connect(loader_url, autocommit=True) as opened:
        yield opened


@pytest.fixture
def run(connection: Connection) -> Run:
    return begin(connection)


def begin(connection: Connection) -> Run:
    return start_run(connection, flow_run_id=None, ruleset_version="test", parameters={})


def load(connection: Connection, run: Run, *items: LoadItem, rejects: Sequence[Reject] = ()) -> BatchCounts:
    return load_batch(connection, run, next(_numbers), LoadBatch(items, tuple(rejects)))


def counts(connection: Connection) -> dict[str, int]:
    return {name: one(connection, f"SELECT count(*) FROM news.{name}") for name in NEWS_TABLES}


def one(connection: Connection, statement: str, *values: Any) -> Any:
    row = connection.execute(statement, values).fetchone()
    assert row is not None
    return row[0]


def versions(connection: Connection) -> list[tuple[Any, ...]]:
    """Articles as they compare between loads: without identity keys."""
    return connection.execute(
        """
        SELECT encode(document.sha256, 'hex'), article.ordinal, article.version, article.is_current, article.chain_key,
            encode(before.sha256, 'hex'), encode(copied.sha256, 'hex')
        FROM news.articles AS article
        JOIN news.documents AS document USING (document_id)
        LEFT JOIN news.articles AS older ON older.article_id = article.supersedes_article_id
        LEFT JOIN news.documents AS before ON before.document_id = older.document_id
        LEFT JOIN news.articles AS first ON first.article_id = article.duplicate_of_article_id
        LEFT JOIN news.documents AS copied ON copied.document_id = first.document_id
        ORDER BY 1, 2
        """
    ).fetchall()


def test_new_content_is_loaded_and_seen_again_changes_nothing(connection: Connection, run: Run) -> None:
    assert load(connection, run, item("خبر\nنص")) == BatchCounts(n_loaded=1)
    before = counts(connection)
    assert load(connection, begin(connection), item("خبر\nنص")) == BatchCounts(n_unchanged=1)
    assert counts(connection) == before


def test_known_content_needs_no_annotation(connection: Connection, run: Run) -> None:
    load(connection, run, item("خبر\nنص"))
    known = record("خبر\nنص")
    assert known_hashes(connection, [known.sha256]) == {known.sha256}
    assert load(connection, run, LoadItem(known, None)) == BatchCounts(n_unchanged=1)


def test_content_that_vanished_since_the_hint_is_said_to_be_stale(connection: Connection, run: Run) -> None:
    with pytest.raises(StaleHintError):
        load(connection, run, LoadItem(record("غاب"), None))
    assert counts(connection)["document_hashes"] == 0


def test_the_same_content_at_a_new_place_is_a_duplicate_with_a_location(connection: Connection, run: Run) -> None:
    load(connection, run, item("خبر\nنص", "a.txt"))
    assert load(connection, run, item("خبر\nنص", "b.txt")) == BatchCounts(n_duplicate=1)
    assert counts(connection)["document_locations"] == 2
    assert counts(connection)["documents"] == 1


def test_the_same_content_twice_in_a_batch_is_loaded_once(connection: Connection, run: Run) -> None:
    result = load(connection, run, item("خبر\nنص", "b.txt"), item("خبر\nنص", "a.txt"))
    assert result == BatchCounts(n_loaded=1, n_duplicate=1)


def test_a_batch_that_was_committed_is_not_counted_again(connection: Connection, run: Run) -> None:
    batch = LoadBatch((item("خبر\nنص"),), (Reject("file:///x", "", "extract", "empty", "empty"),))
    first = load_batch(connection, run, 7, batch)
    assert load_batch(connection, run, 7, batch) == first
    assert run_row(connection, run.run_id)["n_read"] == 2


def test_the_ledger_adds_up_at_all_times(connection: Connection, run: Run) -> None:
    load(connection, run, item("خبر\nنص", "a.txt"), item("ثان\nنص", "b.txt"))
    reject = Reject("file:///c.txt", "", "extract", "empty", "the file is empty")
    load(connection, run, item("خبر\nنص", "c2.txt"), item("ثان\nنص", "b.txt"), rejects=[reject])
    finish_run(connection, run.run_id, "completed")
    row = run_row(connection, run.run_id)
    names = ("n_read", "n_loaded", "n_unchanged", "n_duplicate", "n_rejected", "state")
    assert [row[name] for name in names] == [5, 2, 1, 1, 1, "completed"]


def test_a_ledger_that_does_not_add_up_is_refused(connection: Connection, run: Run) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        connection.execute("UPDATE ops.runs SET n_read = n_read + 1 WHERE run_id = %s", (run.run_id,))


def test_changed_text_at_a_place_is_a_new_version(connection: Connection, run: Run) -> None:
    load(connection, run, item("خبر\nأول", "a.txt"))
    load(connection, begin(connection), item("خبر\nثان", "a.txt"))
    rows = connection.execute("SELECT version, is_current, body FROM news.articles ORDER BY version").fetchall()
    assert rows == [(1, False, "أول"), (2, True, "ثان")]
    current = one(connection, "SELECT current_article_id FROM news.article_chains")
    assert one(connection, "SELECT body FROM news.articles WHERE article_id = %s", current) == "ثان"


def test_an_article_that_says_the_same_points_at_the_first(connection: Connection, run: Run) -> None:
    load(connection, run, item("خبر\nنص", "a.txt"))
    load(connection, begin(connection), item("خبر\nنص ", "b.txt"))
    load(connection, begin(connection), item("خبر\nنص  ", "c.txt"))
    rows = connection.execute("SELECT article_id, duplicate_of_article_id FROM news.articles ORDER BY 1").fetchall()
    assert [copy for _, copy in rows] == [None, rows[0][0], rows[0][0]]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_any_order_of_loading_ends_in_the_same_rows(
    connection: Connection, empty: Callable[[], None], order: tuple[int, ...]
) -> None:
    items = [
        item("خبر\nنص", "b.txt", person("person:x", "أحمد علي", 0, 3)),
        item("خبر\nنص", "a.txt", person("person:x", "أحمد علي", 0, 3)),
        item("خبر\nنص ", "c.txt", person("person:x", "احمد علي", 0, 3)),
        item("آخر\nنص", "d.txt", person("person:x", "أحمد على", 0, 3)),
    ]
    load(connection, begin(connection), *items)
    expected = versions(connection)
    empty()
    run = begin(connection)
    for index in order:
        load(connection, run, items[index])
    assert versions(connection) == expected
    # a coined entity is called by the least of its spellings, whoever came first
    assert one(connection, "SELECT name FROM news.entities WHERE entity_key = 'person:x'") == "أحمد على"
    spellings = connection.execute("SELECT name, basis FROM news.entity_names WHERE basis = 'observed' ORDER BY 1")
    assert spellings.fetchall() == [(name, "observed") for name in sorted(("احمد علي", "أحمد علي", "أحمد على"))]


def test_two_loads_at_once_end_in_the_rows_of_one(
    connection: Connection, empty: Callable[[], None], loader_url: str
) -> None:
    texts = [f"خبر {number % 12}\nنص {number % 9}" for number in range(40)]
    mention = person("person:x", "أحمد علي", 0, 3)
    items = [item(text, f"{number % 25}.txt", mention, locator=f"line:{number}") for number, text in enumerate(texts)]
    batches = [items[first : first + 5] for first in range(0, len(items), 5)]

    def load_all(order: Sequence[Sequence[LoadItem]]) -> Counter[str]:
        total: Counter[str] = Counter()
        with psycopg.connect(loader_url, autocommit=True) as own:
            run = begin(own)
            for batch in order:
                counts = load(own, run, *batch)
                total.update(loaded=counts.n_loaded, known=counts.n_unchanged + counts.n_duplicate)
        return total

    load_all(batches)
    expected = versions(connection)
    empty()
    with ThreadPoolExecutor(2) as pool:
        forth, back = pool.map(load_all, (batches, batches[::-1]))
    assert versions(connection) == expected
    assert forth["loaded"] + back["loaded"] == len(expected)
    assert forth.total() == back.total() == len(items)


def test_a_reject_keeps_its_reason_and_counts_its_attempts(connection: Connection, run: Run) -> None:
    reject = Reject("file:///x.txt", "", "extract", "bad_charset", "not UTF-8", b"\xff\x00")
    assert load(connection, run, rejects=[reject]).rejects == Counter(bad_charset=1)
    load(connection, begin(connection), rejects=[reject])
    rows = connection.execute("SELECT attempts, raw, resolved_run_id FROM ops.rejects").fetchall()
    assert rows == [(2, b"\xff\x00", None)]


def test_a_record_the_warehouse_refuses_is_a_reject_and_its_neighbours_load(connection: Connection, run: Run) -> None:
    twice = person("person:x", "أحمد علي", 0, 3)
    items = [item(f"خبر {number}\nنص", f"{number}.txt") for number in range(7)]
    items[4] = item("خبر مكرر\nنص", "bad.txt", twice, twice)  # one span named twice: the key says no
    counts = load(connection, run, *items)
    assert (counts.n_loaded, counts.rejects) == (6, Counter(not_storable=1))
    assert one(connection, "SELECT stage || ' ' || uri FROM ops.rejects") == "load file:///news/bad.txt"
    assert one(connection, "SELECT count(*) FROM news.articles") == 6
    assert run_row(connection, run.run_id)["n_read"] == 7


def test_a_nul_that_slipped_through_is_a_reject(connection: Connection, run: Run) -> None:
    counts = load(connection, run, item("خبر\nنص\0", "nul.txt"), item("خبر\nنص", "good.txt"))
    assert (counts.n_loaded, counts.rejects) == (1, Counter(not_storable=1))


def test_a_place_that_loads_resolves_its_reject(connection: Connection, run: Run) -> None:
    load(connection, run, rejects=[Reject("file:///news/a.txt", "", "extract", "bad_charset", "not UTF-8")])
    later = begin(connection)
    load(connection, later, item("خبر\nنص", "a.txt"))
    assert one(connection, "SELECT resolved_run_id FROM ops.rejects") == later.run_id


def test_a_run_whose_process_is_gone_is_marked_crashed(connection: Connection, loader_url: str) -> None:
    with psycopg.connect(loader_url, autocommit=True) as gone:
        dead = begin(gone)
    alive = begin(connection)
    assert mark_crashed(connection) == [dead.run_id]
    assert run_row(connection, dead.run_id)["state"] == "crashed"
    assert run_row(connection, alive.run_id)["state"] == "running"


AWKWARD = st.text(
    alphabet=st.sampled_from("\t\n\\.,;\"'N\u200f\u200e\u202eابت ً\x01\x7f\ufffd😀")
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    min_size=1,
    max_size=80,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(AWKWARD)
def test_any_text_comes_back_from_the_database_as_it_was(connection: Connection, text: str) -> None:
    full = f"عنوان\n{text}"
    mention = person("person:y", "اسم", 0, min(len(full), 5))
    load(connection, begin(connection), item(full, "awkward.txt", mention))
    row = connection.execute(
        """
        SELECT document.text, article.body, mention.surface = substring(document.text FROM mention.char_start + 1
            FOR mention.char_end - mention.char_start)
        FROM news.documents AS document
        JOIN news.articles AS article USING (document_id)
        JOIN news.mentions AS mention USING (article_id)
        WHERE document.sha256 = %s
        """,
        (record(full).sha256,),
    ).fetchone()
    assert row == (full, text, True)


def test_the_copy_end_marker_and_an_empty_article_list_survive(connection: Connection, run: Run) -> None:
    text = "عنوان\n\\.\n\\N\t\\"
    load(connection, run, item(text, "marker.txt"), LoadItem(record("بلا", "none.txt"), Annotation("بلا")))
    bodies = connection.execute("SELECT body FROM news.articles").fetchall()
    assert bodies == [("\\.\n\\N\t\\",)]
    assert annotation(text).articles[0].body == "\\.\n\\N\t\\"


def test_who_the_page_says_published_it_published_its_own_articles(connection: Connection, run: Run) -> None:
    text = "عنوان\nنص\nجميع الحقوق محفوظة رويترز"
    start = text.index("رويترز")
    notice = SourceRoleMention(None, "publisher", "Reuters", "notice", 0.9, start, len(text), source_key="test-reuters")
    connection.execute(
        "INSERT INTO news.sources (source_key, name, kind) VALUES ('test-reuters', 'Reuters', 'agency')"
        " ON CONFLICT DO NOTHING"
    )
    page = item(text)
    assert page.annotation is not None
    own = page.annotation.articles[0]
    quoted = own._replace(ordinal=1, is_embedded=True, title=None, title_start=None, title_end=None)
    annotated = replace(page.annotation, articles=(own, quoted), sources=(notice,))
    load(connection, run, LoadItem(page.record, annotated))
    rows = connection.execute(
        """
        SELECT article.is_embedded, source.source_key, role.surface
        FROM news.articles AS article
        LEFT JOIN news.sources AS source ON source.source_id = article.publisher_source_id
        LEFT JOIN news.article_sources AS role USING (article_id)
        ORDER BY article.ordinal
        """
    ).fetchall()
    assert rows == [(False, "test-reuters", "رويترز"), (True, None, None)]
