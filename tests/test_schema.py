"""What tables and columns promise: words, comments, keys, and the rows that are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import psycopg
import pytest
from psycopg import errors

from flows import values
from models import words
from tests.one_article import one_article

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def connection(database_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize(
    ("listed", "literal"),
    [
        (words.SEGMENT_KINDS, values.SegmentKind),
        (words.ENTITY_KINDS, values.EntityKind),
        (words.DATE_KINDS, values.DateKind),
        (words.GRAINS, values.Grain),
        (words.PUBLISHED_BASES, values.PublishedBasis),
        (words.EVIDENCE_BASES, values.EvidenceBasis),
        (words.SOURCE_ROLES, values.SourceRole),
        (words.WEEKDAYS, values.Weekday),
        (words.CALENDARS, values.Calendar),
        (words.ANCHOR_KINDS, values.AnchorKind),
        (words.STAGES, values.Stage),
    ],
)
def test_tables_hold_the_words_the_values_use(listed: tuple[str, ...], literal: object) -> None:
    assert listed == get_args(literal)


def test_every_table_view_column_and_function_has_a_comment(connection: psycopg.Connection) -> None:
    silent = connection.execute(
        """
        SELECT oid::regclass::text || coalesce('.' || attname, '')
        FROM pg_class LEFT JOIN pg_attribute ON attrelid = oid AND attnum > 0 AND NOT attisdropped
        WHERE relkind IN ('r', 'v') AND relnamespace::regnamespace::text IN ('news', 'ops', 'mart')
            AND relname <> 'alembic_version'
            AND (obj_description(oid, 'pg_class') IS NULL OR col_description(oid, attnum) IS NULL)
        UNION ALL
        SELECT oid::regprocedure::text FROM pg_proc
        WHERE pronamespace::regnamespace::text IN ('news', 'ops', 'mart') AND obj_description(oid, 'pg_proc') IS NULL
        """
    ).fetchall()
    assert silent == []


def test_names_say_what_they_mean(connection: psycopg.Connection) -> None:
    """Suffixes and prefixes of columns are promises about their types."""
    rules = {
        "%\\_at": {"timestamp with time zone"},
        "%\\_date": {"date"},
        "is\\_%": {"boolean"},
        "n\\_%": {"integer", "bigint"},
    }
    for pattern, types in rules.items():
        found = connection.execute(
            "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema IN ('news', 'ops', 'mart') AND column_name LIKE %s",
            (pattern,),
        ).fetchall()
        assert [row for row in found if row[3] not in types] == []


def test_dashboards_meet_plain_types_alone(connection: psycopg.Connection) -> None:
    found = connection.execute(
        "SELECT DISTINCT data_type FROM information_schema.columns WHERE table_schema = 'mart'"
    ).fetchall()
    assert {row[0] for row in found} <= {
        "bigint", "boolean", "date", "integer", "numeric", "real", "smallint", "text", "timestamp with time zone",
        "timestamp without time zone",
    }  # fmt: skip


def test_leaf_keys_begin_with_the_key_they_are_distributed_by(connection: psycopg.Connection) -> None:
    first_columns = connection.execute(
        "SELECT relname, attname FROM pg_index JOIN pg_class ON pg_class.oid = indrelid"
        " JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]"
        " WHERE indisprimary AND relnamespace = 'news'::regnamespace"
    ).fetchall()
    keys: dict[str, str] = dict(first_columns)
    for leaf in (
        "articles",
        "mentions",
        "dates",
        "quotes",
        "quote_speakers",
        "article_sources",
        "publication_evidence",
    ):
        assert keys[leaf] == "article_id"
    for leaf in ("documents", "document_locations", "segments"):
        assert keys[leaf] == "document_id"


def test_no_b_tree_holds_words_without_a_bound(connection: psycopg.Connection) -> None:
    unbounded = connection.execute(
        """
        SELECT indexrelid::regclass::text, attname
        FROM pg_index
        JOIN pg_class ON pg_class.oid = indexrelid AND relam = (SELECT oid FROM pg_am WHERE amname = 'btree')
        JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
        WHERE relnamespace::regnamespace::text IN ('news', 'ops', 'mart') AND atttypid = 'text'::regtype
            AND relname !~ '^alembic'
            AND NOT EXISTS (
                SELECT FROM pg_constraint
                WHERE conrelid = indrelid AND contype = 'c' AND conkey = ARRAY[attnum]
                    AND pg_get_constraintdef(pg_constraint.oid) ~ 'octet_length|= ANY'
            )
        """
    ).fetchall()
    assert unbounded == []


def test_leaf_foreign_keys_are_declared_and_checked_only_on_old_servers(
    connection: psycopg.Connection, empty_database_url_15: str
) -> None:
    from flows.warehouse.schema import upgrade_schema  # noqa: PLC0415 - as in conftest

    question = (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) LIKE '%NOT ENFORCED' FROM pg_constraint"
        " WHERE contype = 'f' AND connamespace = 'news'::regnamespace ORDER BY 1, 2"
    )
    upgrade_schema(empty_database_url_15)
    with psycopg.connect(empty_database_url_15) as old:
        on_15 = old.execute(question.encode()).fetchall()
    on_18 = connection.execute(question.encode()).fetchall()
    assert [row[:2] for row in on_18] == [row[:2] for row in on_15]
    assert {row[0] for row in on_15 if row[2]} == set()
    assert {row[0] for row in on_18 if row[2]} == {
        "news.segments", "news.publication_evidence", "news.article_sources", "news.mentions", "news.dates",
        "news.quotes", "news.quote_speakers",
    }  # fmt: skip


MENTION = "INSERT INTO news.mentions (article_id, char_start, char_end, surface, kind, entity_id, method, confidence"
DATE = "INSERT INTO news.dates (article_id, char_start, char_end, surface, method, confidence, kind"
EVIDENCE = "INSERT INTO news.publication_evidence (article_id, ordinal, is_chosen, surface, basis"
SOURCE = "INSERT INTO news.article_sources (article_id, ordinal, role, name, method, confidence"

REFUSED = [
    # a run whose account does not add up
    ("UPDATE ops.runs SET n_read = 2, n_loaded = 1", "runs_account_check"),
    # negative counts that add up
    ("UPDATE ops.runs SET n_loaded = 1, n_rejected = -1", "runs_counts_check"),
    # a state nobody knows
    ("UPDATE ops.runs SET state = 'done', finished_at = now()", "runs_state_check"),
    # a run that ended without an end
    ("UPDATE ops.runs SET state = 'completed'", "runs_finished_check"),
    # a hash cut short
    ("UPDATE news.documents SET sha256 = 'x'", "documents_sha256_length_check"),
    # half a span of a title
    ("UPDATE news.articles SET title_start = 1", "articles_title_span_check"),
    # a title span backwards
    ("UPDATE news.articles SET title_start = 5, title_end = 5", "articles_title_span_check"),
    # a time without its grain
    ("UPDATE news.articles SET published_local = '2024-03-28'", "articles_published_local_check"),
    # a month that pretends to be a day
    (("UPDATE news.articles SET published_local = '2024-03-01', published_grain = 'month',"
     " published_date = '2024-03-01'"), "articles_published_date_check"),
    # a day other than the time's
    (("UPDATE news.articles SET published_local = '2024-03-01', published_grain = 'day',"
     " published_date = '2024-03-02'"), "articles_published_date_check"),
    # bounds the wrong way round
    ("UPDATE news.articles SET published_earliest_date = '2024-03-02', published_latest_date = '2024-03-01'",
     "articles_published_bounds_check"),
    # a basis nobody knows
    ("UPDATE news.articles SET published_basis = 'guess'", "articles_published_basis_check"),
    # an article that is its own copy
    ("UPDATE news.articles SET duplicate_of_article_id = 1", "articles_duplicate_check"),
    # an empty span
    (MENTION + ") VALUES (1, 3, 3, '', 'person', 1, 'm', 1)", "mentions_span_check"),
    # a span before the text
    (MENTION + ") VALUES (1, -1, 3, 'x', 'person', 1, 'm', 1)", "mentions_span_check"),
    # a kind nobody knows
    (MENTION + ") VALUES (1, 1, 3, 'x', 'animal', 1, 'm', 1)", "mentions_kind_check"),
    # no entity and no reason
    (MENTION + ") VALUES (1, 1, 3, 'x', 'person', NULL, 'm', 1)", "mentions_entity_or_reason_check"),
    # more than sure
    (MENTION + ") VALUES (1, 1, 3, 'x', 'person', 1, 'm', 1.5)", "mentions_confidence_check"),
    # a title without its place
    (MENTION + ", title) VALUES (1, 1, 3, 'x', 'person', 1, 'm', 1, 't')", "mentions_title_check"),
    # the same span twice
    (MENTION + ") VALUES (1, 6, 9, 'x', 'person', 1, 'm', 1)", "mentions_pkey"),
    # half an interval
    (DATE + ", value_start) VALUES (1, 1, 3, 'x', 'm', 1, 'absolute', '2024-03-01')", "dates_value_check"),
    # an empty interval
    (DATE + ", value_start, value_end) VALUES (1, 1, 3, 'x', 'm', 1, 'absolute', '2024-03-01', '2024-03-01')",
     "dates_value_check"),
    # a grain nobody knows
    (DATE + ", grain) VALUES (1, 1, 3, 'x', 'm', 1, 'absolute', 'fortnight')", "dates_grain_check"),
    # evidence from nowhere
    (EVIDENCE + ") VALUES (1, 0, true, 'x', 'visible')", "publication_evidence_span_or_field_check"),
    # a source from nowhere
    (SOURCE + ") VALUES (1, 0, 'cited', 'x', 'm', 1)", "article_sources_span_or_field_check"),
    # a role nobody knows
    (SOURCE + ", field) VALUES (1, 0, 'friend', 'x', 'm', 1, 'url')", "article_sources_role_check"),
    # an entity that is its own other one
    (("INSERT INTO news.entity_redirects (from_entity_id, to_entity_id, decided_by, decided_at, reason)"
     " VALUES (1, 1, 'a', now(), 'r')"), "entity_redirects_distinct_check"),
    # a Wikidata item that is none
    ("UPDATE news.entities SET wikidata_id = '40469'", "entities_wikidata_id_check"),
    # more than 64 KiB of a rejected record
    (("INSERT INTO ops.rejects (run_id, place_key, uri, stage, reason_code, message, raw)"
     " VALUES (1, gen_random_uuid(), 'u', 'load', 'c', 'm', convert_to(repeat('x', 65537), 'UTF8'))"),
     "rejects_raw_length_check"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "constraint"), REFUSED)
def test_a_row_that_breaks_a_promise_is_refused(database_url: str, statement: str, constraint: str) -> None:
    with one_article(database_url) as connection, pytest.raises(errors.IntegrityError) as refused:
        connection.execute(statement.encode())
    assert refused.value.diag.constraint_name == constraint
