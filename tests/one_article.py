"""One small article for tests of the schema, and a short way to ask for one value."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE_ARTICLE = """
    INSERT INTO ops.rulesets (ruleset_id, ruleset_version) VALUES (1, 'r');
    INSERT INTO ops.runs (run_id, ruleset_version) VALUES (1, 'r');
    INSERT INTO news.sources (source_id, source_key, name, name_ar, kind)
        VALUES (1, 'wafa', 'WAFA', 'وفا', 'agency');
    INSERT INTO news.entities (entity_id, entity_key, kind, name)
        SELECT n, 'person:' || n, 'person', 'Person ' || n FROM generate_series(1, 4) AS n;
    INSERT INTO news.documents (document_id, sha256, media_type, charset, text)
        VALUES (1, sha256('x'), 'text/plain', 'utf-8', 'أعلنت وفا أمس');
    INSERT INTO news.articles (article_id, document_id, ordinal, chain_key, content_key, title, body, is_embedded,
            is_current, n_words, ruleset_id, run_id)
        VALUES (1, 1, 0, md5('a')::uuid, md5('b')::uuid, 'عنوان', 'أعلنت وفا أمس', false, true, 3, 1, 1);
    INSERT INTO news.mentions (article_id, char_start, char_end, surface, kind, entity_id, method, confidence)
        VALUES (1, 6, 9, 'وفا', 'person', 1, 'test', 1);
"""


@contextmanager
def one_article(url: str) -> Iterator[psycopg.Connection]:
    """A transaction with one small article in it, rolled back in the end."""
    with psycopg.connect(url) as connection:
        connection.execute(ONE_ARTICLE)
        yield connection
        connection.rollback()


def ask_one(connection: psycopg.Connection, question: str, *given_values: object) -> object:
    """The first column of the first row."""
    row = connection.execute(question.encode(), given_values or None).fetchone()
    assert row is not None
    return row[0]
