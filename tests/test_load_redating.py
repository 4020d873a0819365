"""Publication dates that become known later: the same rows as if they had been known from the beginning."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, get_args

import psycopg
import pytest
from psycopg import sql

from flows.batches import BatchJob, process_batch
from flows.load import BatchCounts, start_run
from flows.values import RUN_FIELD, RawRecord, Statement, StatementTopic
from tests.conftest import Urls

Connection = psycopg.Connection[Any]

STORY = "قال المتحدث باسم الوزارة أمس إن الاجتماع سيعقد الأسبوع المقبل وإن الاتفاق وقع قبل ثلاثة أيام في العاصمة. " * 2
PAGE = f"اجتماع وزاري في العاصمة\n{STORY}\nوأضاف أن اللقاء يستأنف غدا."
WITH_ANOTHER = PAGE + f"\nخبر آخر من الأرشيف كما نشر\nالقاهرة (رويترز) - {STORY}"

ROWS = {
    "articles": """
        SELECT article.ordinal, title, published_local, published_at, published_date, published_grain,
            published_basis, published_earliest_date, published_latest_date, published_weekday
        FROM news.articles AS article ORDER BY article.ordinal
    """,
    "evidence": """
        SELECT article.ordinal, evidence.ordinal, basis, char_start, char_end, field, surface, value_start, value_end,
            is_chosen, reason
        FROM news.publication_evidence AS evidence JOIN news.articles AS article USING (article_id) ORDER BY 1, 2
    """,
    "dates": """
        SELECT article.ordinal, char_start, char_end, surface, value_start, value_end, anchor_kind, anchor_local,
            confidence, is_approximate
        FROM news.dates JOIN news.articles AS article USING (article_id) ORDER BY 1, 2
    """,
}
TABLES = ("documents", "document_locations", "articles", "publication_evidence", "dates", "segments", "mentions")


@pytest.fixture(scope="module")
def warehouse(database_url: str, loader_url: str) -> Urls:
    return Urls(database_url, loader_url, loader_url)


@pytest.fixture
def connection(warehouse: Urls) -> Iterator[Connection]:
    """The loader's connection to an empty warehouse."""
    wipe(warehouse)
    with psycopg.connect(warehouse.loader, autocommit=True) as opened:
        yield opened


def wipe(warehouse: Urls) -> None:
    with psycopg.connect(warehouse.owner, autocommit=True) as owner:
        owner.execute("TRUNCATE news.documents, news.document_hashes, ops.runs, ops.rejects CASCADE")


def page(
    text: str = PAGE, name: str = "a.txt", *, manifest: str | None = None, stated: Sequence[Statement] = ()
) -> RawRecord:
    given = (Statement("published", "manifest:published", manifest, "given"),) if manifest else ()
    digest = hashlib.sha256(text.encode()).digest()
    return RawRecord(f"file:///news/{name}", "", digest, text, "text/plain", "utf-8", statements=(*given, *stated))


def load(connection: Connection, warehouse: Urls, *records: RawRecord, published: str | None = None) -> BatchCounts:
    run = start_run(connection, flow_run_id=None, ruleset_version="test", parameters={})
    return process_batch(BatchJob(1, records, run, published), warehouse.loader)


def rows(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {name: connection.execute(statement).fetchall() for name, statement in ROWS.items()}


def writings(connection: Connection) -> list[tuple[Any, ...]]:
    """Which transaction wrote each row, and where: any write in ``news`` changes it."""
    return [
        row
        for name in TABLES
        for row in connection.execute(
            sql.SQL("SELECT ctid::text, xmin::text FROM {} ORDER BY 1").format(sql.Identifier("news", name))
        ).fetchall()
    ]


def test_a_date_known_later_gives_the_rows_of_a_load_that_knew_it(connection: Connection, warehouse: Urls) -> None:
    load(connection, warehouse, page(), published="2024-03-12")
    expected = rows(connection)
    wipe(warehouse)
    load(connection, warehouse, page())
    undated = rows(connection)
    assert [row[4] for row in undated["dates"]] == [None] * len(undated["dates"])
    assert load(connection, warehouse, page(), published="2024-03-12") == BatchCounts(n_unchanged=1)
    assert rows(connection) == expected
    assert all(row[4] is not None for row in expected["dates"])
    assert expected["articles"][0][6] == "given"


def test_a_date_stated_at_a_new_place_dates_the_duplicate(connection: Connection, warehouse: Urls) -> None:
    load(connection, warehouse, page())
    dated = page(name="b.txt", manifest="2024-03-12T10:00+03:00")
    assert load(connection, warehouse, dated) == BatchCounts(n_duplicate=1)
    assert rows(connection)["articles"][0][2].isoformat() == "2024-03-12T10:00:00"


@pytest.mark.parametrize("published", [None, "2024-03-12"])
def test_the_same_input_again_writes_nothing(connection: Connection, warehouse: Urls, published: str | None) -> None:
    records = (page(manifest="2024-03-10"), page(PAGE + " ", "b.txt"), page(PAGE + "  ", "c.txt"))
    load(connection, warehouse, *records)
    load(connection, warehouse, *records, published=published)
    before = writings(connection)
    load(connection, warehouse, *records, published=published)
    load(connection, warehouse, *records)
    assert writings(connection) == before


STATED = (
    page(name="none.txt"),
    page(name="early.txt", manifest="2024-03-10"),
    page(name="late.txt", manifest="2024-03-12"),
    page(name="unread.txt", manifest="soon"),
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_of_several_given_dates_the_earliest_holds_in_any_order(
    connection: Connection, warehouse: Urls, order: tuple[int, ...]
) -> None:
    for index in order:
        load(connection, warehouse, STATED[index])
    found = rows(connection)
    assert [row[5:] for row in found["evidence"] if row[9]] == [
        ("manifest:published", "2024-03-10", *found["evidence"][0][7:9], True, "stated from outside the page")
    ]
    assert found["articles"][0][2].isoformat() == "2024-03-10T00:00:00"


def test_one_batch_ends_as_many_do(connection: Connection, warehouse: Urls) -> None:
    load(connection, warehouse, *STATED)
    together = rows(connection)
    wipe(warehouse)
    for record in STATED[::-1]:
        load(connection, warehouse, record)
    assert rows(connection) == together


def test_a_records_own_date_is_not_overruled_by_that_of_a_run(connection: Connection, warehouse: Urls) -> None:
    own = page(stated=[Statement("published", "column:date", "2024-02-01")])
    load(connection, warehouse, own)
    before = writings(connection)
    load(connection, warehouse, own, published="2024-03-12")
    assert writings(connection) == before
    wipe(warehouse)
    load(connection, warehouse, own, published="2024-03-12")
    assert [(row[2], row[5]) for row in rows(connection)["evidence"]] == [("metadata", "column:date")]


def test_a_date_given_for_a_page_never_dates_an_article_inside_it(connection: Connection, warehouse: Urls) -> None:
    load(connection, warehouse, page(WITH_ANOTHER))
    load(connection, warehouse, page(WITH_ANOTHER), published="2024-03-12")
    found = rows(connection)
    assert [row[6] for row in found["articles"]] == ["given"] + ["unknown"] * (len(found["articles"]) - 1)
    assert {row[0] for row in found["dates"] if row[4] is None} <= {1}


def test_the_field_of_a_runs_date_is_named_in_the_evidence(connection: Connection, warehouse: Urls) -> None:
    load(connection, warehouse, page(), published="2024-03-12")
    assert [row[5] for row in rows(connection)["evidence"]] == [RUN_FIELD]


def test_what_a_record_states_of_itself_is_kept_with_the_document(connection: Connection, warehouse: Urls) -> None:
    stated = [Statement("author", "meta:author", "محرر"), Statement("author", "meta:author", "a\0b")]
    load(connection, warehouse, page(stated=stated))
    fields = connection.execute("SELECT fields FROM news.documents").fetchone()
    assert fields == ({"meta:author": ["محرر", "a\ufffdb"]},)


NASTY = [
    "\0", "\ud800", "س" * 100_000, "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "2024-02-30", "٣" * 50,
    "1" * 400, "31/12/9999", "-1/-1/-1", "12/12/0000", "\u202e2024-03-12", "1e308", "2024-03-12T10:00:00+99:99",
]  # fmt: skip


def test_bad_metadata_alone_rejects_no_record(connection: Connection, warehouse: Urls) -> None:
    topics: tuple[StatementTopic, ...] = get_args(StatementTopic)
    records = [
        page(PAGE + " " * n, f"{n}.txt", stated=[Statement(topic, f"column:{topic}", value) for topic in topics])
        for n, value in enumerate(NASTY)
    ]
    assert load(connection, warehouse, *records) == BatchCounts(n_loaded=len(NASTY))


def test_two_loads_at_once_end_with_the_earliest_date(connection: Connection, warehouse: Urls) -> None:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - used here only

    def load_each(order: Sequence[RawRecord]) -> None:
        with psycopg.connect(warehouse.loader, autocommit=True) as own:
            for record in order:
                load(own, warehouse, record)

    texts = [PAGE + " " * n for n in range(4)]
    days = ("2024-03-12", "2024-03-10", "2024-03-11")
    records = [page(text, f"{n}-{day}.txt", manifest=day) for n, text in enumerate(texts) for day in days]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(load_each, (records, records[::-1])))
    dated = connection.execute("SELECT DISTINCT published_date::text FROM news.articles").fetchall()
    assert dated == [("2024-03-10",)]
