"""The whole flow over the seeds, twice, on a real Postgres and a real Prefect server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from flows.settings import load_settings
from tests.warehouse_rows import differences, news_rows

SEEDS = Path(__file__).resolve().parents[1] / "seeds" / "documents"
COUNTS = ("n_read", "n_loaded", "n_unchanged", "n_duplicate", "n_rejected")
SPANS = {
    "publication_evidence": ("char_start", "char_end", "surface"),
    "article_sources": ("char_start", "char_end", "surface"),
    "mentions": ("char_start", "char_end", "surface"),
    "dates": ("char_start", "char_end", "surface"),
    "quotes": ("char_start", "char_end", "surface"),
}
TITLE_SPANS = {
    "articles": ("title_start", "title_end", "title"),
    "mentions": ("title_start", "title_end", "title"),
    "quotes": ("speaker_start", "speaker_end", "speaker_surface"),
    "quote_speakers": ("speaker_start", "speaker_end", "speaker_surface"),
}


@pytest.fixture(scope="module")
def flow(flow_environment: pytest.MonkeyPatch) -> Any:
    """The ingest flow, loading the module's own database."""
    assert flow_environment
    from flows.ingest import ingest  # noqa: PLC0415 - Prefect reads its settings when it is imported

    return ingest


@pytest.fixture(scope="module")
def loaded(flow: Any) -> Any:
    """The report of a first run over the seeds."""
    return flow([str(SEEDS)])


@pytest.fixture
def owner(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def written(connection: psycopg.Connection[Any]) -> dict[str, tuple[int, int, int]]:
    """Rows inserted, updated and deleted so far in each table of news."""
    connection.execute("SELECT pg_stat_force_next_flush()")
    rows = connection.execute(
        "SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables WHERE schemaname = 'news'"
    )
    return {name: (inserted, updated, deleted) for name, inserted, updated, deleted in rows}


def test_the_seeds_are_five_documents_and_six_articles(loaded: Any, owner: psycopg.Connection[Any]) -> None:
    assert [loaded.run[name] for name in COUNTS] == [5, 5, 0, 0, 0]
    assert loaded.run["state"] == "completed"
    assert owner.execute("SELECT count(*) FROM news.documents").fetchone() == (5,)
    assert owner.execute("SELECT count(*), count(*) FILTER (WHERE is_embedded) FROM news.articles").fetchone() == (6, 1)


def test_the_run_knows_its_prefect_flow_run(loaded: Any) -> None:
    assert loaded.run["flow_run_id"] is not None
    assert len(loaded.run["ruleset_version"]) == 32


def test_a_second_run_writes_no_row_of_news(flow: Any, loaded: Any, owner: psycopg.Connection[Any]) -> None:
    assert loaded.run["n_loaded"] == 5
    before = written(owner)
    again = flow([str(SEEDS)])
    assert [again.run[name] for name in COUNTS] == [5, 0, 5, 0, 0]
    assert again.changed_nothing
    assert written(owner) == before


@pytest.mark.parametrize(("table", "columns"), [*SPANS.items(), *TITLE_SPANS.items()])
def test_sql_proves_that_every_span_holds_its_surface(
    loaded: Any, owner: psycopg.Connection[Any], table: str, columns: tuple[str, str, str]
) -> None:
    assert loaded.run["n_loaded"] == 5
    start, end, surface = (sql.Identifier("fact", name) for name in columns)
    statement = sql.SQL(
        """
        SELECT count(*), count(*) FILTER (
            WHERE substring(document.text FROM {start} + 1 FOR {end} - {start}) IS DISTINCT FROM {surface})
        FROM news.{table} AS fact
        JOIN news.articles AS article ON article.article_id = fact.article_id
        JOIN news.documents AS document ON document.document_id = article.document_id
        WHERE {start} IS NOT NULL
        """
    ).format(start=start, end=end, surface=surface, table=sql.Identifier(table))
    row = owner.execute(statement).fetchone()
    assert row is not None
    n_spans, n_wrong = row
    assert n_spans > 0
    assert n_wrong == 0


def test_every_segment_lies_in_its_document(loaded: Any, owner: psycopg.Connection[Any]) -> None:
    assert loaded.run["n_loaded"] == 5
    row = owner.execute(
        """
        SELECT count(*) FILTER (WHERE segment.char_end > char_length(document.text)), count(*) > 90
        FROM news.segments AS segment JOIN news.documents AS document USING (document_id)
        """
    ).fetchone()
    assert row == (0, True)


def test_copies_changes_and_faults_are_each_counted_once(flow: Any, loaded: Any, tmp_path: Path) -> None:
    assert loaded.run["n_loaded"] == 5
    first = min(SEEDS.iterdir())
    shutil.copy(first, tmp_path / "copy.txt")
    (tmp_path / "new.txt").write_text("عنوان جديد تماما\n\nقال الوزير إن الاجتماع تأجل.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "bad.txt").write_bytes("نص".encode() + b"\xff\xfe\xfa")
    (tmp_path / "archive.zip").write_bytes(b"PK\x03\x04rest")
    (tmp_path / ".hidden").write_text("لا يُقرأ", encoding="utf-8")
    report = flow([str(tmp_path), str(tmp_path / "new.txt")])
    assert [report.run[name] for name in COUNTS] == [5, 1, 0, 1, 3]
    assert report.rejects == {"empty": 1, "bad_charset": 1, "damaged": 1}


def test_any_number_of_workers_and_any_size_of_batches_load_the_same_rows(
    flow: Any, new_warehouse: Callable[[], Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.iterdir())]
    for number in range(12):
        text = texts[number % len(texts)]
        (tmp_path / f"{number:02}.txt").write_text(f"{text}\n\nفقرة رقم {number // 2}.\n", encoding="utf-8")
    found = []
    for workers, size in ((1, 2_000), (1, 5), (2, 2), (3, 1)):
        urls = new_warehouse()
        monkeypatch.setenv("MUSNAD_DATABASE_URL", urls.loader)
        monkeypatch.setenv("MUSNAD_BATCH_RECORDS", str(size))
        load_settings.cache_clear()
        report = flow([str(tmp_path)], workers=workers)
        assert report.run["n_loaded"] == 12
        with psycopg.connect(urls.owner) as connection:
            found.append(news_rows(connection))
    assert [differences(rows, found[0]) for rows in found[1:]] == [[], [], []]
