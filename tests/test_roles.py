"""What the reader may read, what the loader may write, and nothing else."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors, sql

from tests.one_article import ask_one, one_article


@pytest.mark.parametrize("view", ["mart.articles", "mart.mentions", "mart.etl_run", "mart.rejects", "news.articles"])
def test_the_reader_reads_mart_and_news(reader_url: str, view: str) -> None:
    with psycopg.connect(reader_url) as connection:
        count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(*view.split(".")))
        assert connection.execute(count).fetchall() == [(0,)]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM news.articles",
        "INSERT INTO news.stories (first_article_id, n_articles, n_outlets, n_independent) VALUES (1, 1, 1, 1)",
        "SELECT nextval('news.article_id_seq')",
        "SELECT * FROM ops.runs",
        "SELECT * FROM ops.rejects",
        "CREATE TEMPORARY TABLE mine (n integer)",
        "CREATE TABLE mart.mine (n integer)",
        "CREATE TABLE public.mine (n integer)",
        "CREATE SCHEMA mine",
        "TRUNCATE news.articles",
    ],
)
def test_the_reader_is_refused_all_else(reader_url: str, statement: str) -> None:
    with psycopg.connect(reader_url) as connection:
        connection.execute("SET default_transaction_read_only = off")  # anyone may; rights are what protects
        connection.commit()
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute(statement.encode())


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("TimeZone", "UTC"),
        ("default_text_search_config", "pg_catalog.arabic"),
        ("default_transaction_read_only", "on"),
        ("statement_timeout", "1min"),
    ],
)
def test_the_reader_finds_the_settings_of_its_role(reader_url: str, setting: str, value: str) -> None:
    with psycopg.connect(reader_url) as connection:
        assert ask_one(connection, f"SHOW {setting}") == value


def test_the_loader_writes_news_and_ops(loader_url: str) -> None:
    with one_article(loader_url) as connection:
        connection.execute("CREATE TEMPORARY TABLE staging (n integer) ON COMMIT DROP")
        connection.execute("SELECT nextval('news.article_id_seq')")
        assert connection.execute("UPDATE news.articles SET version = 2").rowcount == 1
        assert connection.execute("DELETE FROM news.mentions").rowcount >= 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ops.alembic_version SET version_num = '0'",
        "CREATE TABLE news.mine (n integer)",
        "DROP TABLE news.articles",
        "ALTER TABLE news.articles DISABLE TRIGGER ALL",
    ],
)
def test_the_loader_cannot_change_the_schema(loader_url: str, statement: str) -> None:
    with psycopg.connect(loader_url) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(statement.encode())
