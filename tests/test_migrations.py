"""Migrations lead to what the models say, up, down and up again, on both ends of the servers we promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from flows.warehouse import WarehouseError, roles, schema
from flows.warehouse.schema import (
    alembic_config,
    current_revision,
    downgrade_schema,
    head_revision,
    schema_differences,
    upgrade_schema,
)
from models import METADATA

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
VIEWS = sorted((ROOT / "models" / "views").glob("*.sql"))

CATALOGUE = {
    "columns": """
        SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
            attgenerated, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum)
        FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r'
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attnum > 0 AND NOT attisdropped AND relnamespace::regnamespace::text IN ('news', 'ops')
            AND relname <> 'alembic_version'
        ORDER BY attrelid::regclass::text, attnum""",
    "tables": """
        SELECT oid::regclass::text, obj_description(oid, 'pg_class')
        FROM pg_class
        WHERE relkind IN ('r', 'S') AND relnamespace::regnamespace::text IN ('news', 'ops')
            AND relname <> 'alembic_version'
        ORDER BY 1""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, replace(pg_get_constraintdef(oid), ' NOT ENFORCED', '')
        FROM pg_constraint
        WHERE contype <> 'n' AND connamespace::regnamespace::text IN ('news', 'ops')
            AND conrelid IS DISTINCT FROM to_regclass('ops.alembic_version')
        ORDER BY 1, 2""",
    "indexes": """
        SELECT indexdef FROM pg_indexes
        WHERE schemaname IN ('news', 'ops') AND tablename <> 'alembic_version' ORDER BY 1""",
}
VIEW_CATALOGUE = """
    SELECT pg_class.oid::regclass::text, attname, format_type(atttypid, atttypmod), pg_get_viewdef(pg_class.oid),
        obj_description(pg_class.oid, 'pg_class'), col_description(pg_class.oid, attnum)
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relkind = 'v' AND relnamespace::regnamespace::text IN ('news', 'ops', 'mart') AND attnum > 0
    ORDER BY pg_class.oid::regclass::text, attnum"""


def ask(url: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(question.encode()).fetchall()


def catalogue(url: str) -> dict[str, list[tuple[object, ...]]]:
    return {name: ask(url, question) for name, question in CATALOGUE.items()}


@pytest.fixture(params=["18", "15"])
def any_empty_url(request: pytest.FixtureRequest) -> str:
    name = "empty_database_url" if request.param == "18" else "empty_database_url_15"
    return str(request.getfixturevalue(name))


def test_the_migrated_tables_are_those_of_the_models(database_url: str, empty_database_url: str) -> None:
    search = (ROOT / "migrations" / "sql" / "0002_arabic_search.sql").read_text(encoding="utf-8")
    with psycopg.connect(empty_database_url) as connection:
        connection.execute("CREATE SCHEMA news; CREATE SCHEMA ops;" + search)
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(empty_database_url), poolclass=NullPool
    )
    METADATA.create_all(engine)
    migrated, modelled = catalogue(database_url), catalogue(empty_database_url)
    for name in CATALOGUE:
        assert migrated[name] == modelled[name], name


def test_the_migrated_views_are_those_of_models_views(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        migrated = connection.execute(VIEW_CATALOGUE.encode()).fetchall()
        connection.execute("DROP SCHEMA mart CASCADE; CREATE SCHEMA mart; DROP VIEW news.merged_entities")
        for view in sorted(VIEWS, key=lambda path: not path.name.startswith("news.")):
            connection.execute(view.read_text(encoding="utf-8").encode())
        modelled = connection.execute(VIEW_CATALOGUE.encode()).fetchall()
        connection.rollback()
    assert migrated == modelled
    assert {row[0] for row in migrated} == {view.stem for view in VIEWS}


def test_up_down_and_up_again_ends_in_the_same_schema(any_empty_url: str) -> None:
    assert upgrade_schema(any_empty_url).before is None
    first = catalogue(any_empty_url), ask(any_empty_url, VIEW_CATALOGUE)
    assert downgrade_schema(any_empty_url).after is None
    remains = ask(
        any_empty_url,
        "SELECT oid::regclass::text FROM pg_class WHERE relnamespace::regnamespace::text IN ('news', 'ops', 'mart')"
        " AND relname !~ '^alembic'",
    )
    assert remains == []
    assert upgrade_schema(any_empty_url).after == head_revision()
    assert (catalogue(any_empty_url), ask(any_empty_url, VIEW_CATALOGUE)) == first


def test_each_migration_can_be_taken_back_by_itself(empty_database_url: str) -> None:
    upgrade_schema(empty_database_url)
    states = []
    while current_revision(empty_database_url) is not None:
        states.append(current_revision(empty_database_url))
        downgrade_schema(empty_database_url, "-1")
    assert states == sorted((path.name[:4] for path in versions()), reverse=True)


def test_alembic_finds_no_difference(any_empty_url: str) -> None:
    upgrade_schema(any_empty_url)
    assert schema_differences(any_empty_url) == ""


def test_an_upgrade_of_the_newest_schema_changes_nothing(database_url: str) -> None:
    report = upgrade_schema(database_url)
    assert not report.is_changed
    assert report.statements == ()


def test_two_upgrades_at_once_both_succeed(empty_database_url: str) -> None:
    program = "import sys; from flows.warehouse.schema import upgrade_schema; print(upgrade_schema(sys.argv[1]).after)"
    command = [sys.executable, "-c", program, empty_database_url]
    upgrades = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(3)]
    assert [upgrade.communicate(timeout=60)[0].strip() for upgrade in upgrades] == [head_revision()] * 3


def test_migrations_are_one_line_of_numbered_slugs() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    assert scripts.get_heads() == [head_revision()]
    line = list(scripts.walk_revisions())[::-1]
    assert [script.revision for script in line] == [f"{number:04}" for number in range(1, len(line) + 1)]
    assert [Path(script.path).name[:5] for script in line] == [f"{script.revision}_" for script in line]


def test_a_migration_that_waits_too_long_for_a_lock_gives_up(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade_schema(empty_database_url)
    monkeypatch.setattr(schema, "LOCK_TIMEOUT", "300ms")
    with psycopg.connect(empty_database_url) as reader:
        reader.execute("SELECT count(*) FROM news.calendar")
        with pytest.raises(WarehouseError, match="is in use"):
            downgrade_schema(empty_database_url, "0003")
    assert current_revision(empty_database_url) == "0004"  # 0005 was taken back before, in a transaction of its own


def test_a_database_of_another_encoding_is_refused(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE in_bytes ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0"
        )
        try:
            with pytest.raises(WarehouseError, match="SQL_ASCII"):
                upgrade_schema(server.rpartition("/")[0] + "/in_bytes")
        finally:
            connection.execute("DROP DATABASE in_bytes WITH (FORCE)")


def test_a_server_that_is_too_old_is_refused(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "OLDEST_SERVER", 990_000)
    with pytest.raises(WarehouseError, match="the server is Postgres 18"):
        upgrade_schema(empty_database_url)


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(WarehouseError, match=r"cannot connect to postgresql://u@127\.0\.0\.1:1/d") as caught:
        upgrade_schema("postgresql://u:secret@127.0.0.1:1/d")
    assert "secret" not in str(caught.value)


def test_a_newer_schema_than_ours_is_refused(empty_database_url: str) -> None:
    upgrade_schema(empty_database_url)
    with psycopg.connect(empty_database_url) as connection:
        connection.execute("UPDATE ops.alembic_version SET version_num = '9999'")
    with pytest.raises(WarehouseError, match="at migration 9999"):
        upgrade_schema(empty_database_url)


@pytest.fixture
def make_login(server: str, empty_database_url: str) -> Callable[[str], str]:
    """Makes a login without any right of its own and gives its URL; ``rights`` are what it may do in the database."""

    def make(rights: str) -> str:
        with psycopg.connect(empty_database_url, autocommit=True) as connection:
            name = f"owner_{connection.info.dbname}"
            connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'made-up'".encode())
            connection.execute(rights.format(database=connection.info.dbname, login=name).encode())
            at = f"127.0.0.1:{connection.info.port}/{connection.info.dbname}"
        return f"postgresql://{name}:made-up@{at}"

    assert server
    return make


def test_a_login_without_rights_is_told_who_must_upgrade(make_login: Callable[[str], str]) -> None:
    with pytest.raises(WarehouseError, match="let the owner of the database run"):
        upgrade_schema(make_login("GRANT CONNECT ON DATABASE {database} TO {login}"))


def test_what_a_login_may_not_run_is_handed_to_an_administrator(
    make_login: Callable[[str], str], empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "LOADER", "absent_loader")
    monkeypatch.setattr(roles, "READER", "absent_reader")
    monkeypatch.setattr(roles, "SETTINGS", (("absent_reader", "statement_timeout", "60s"),))
    login = make_login("ALTER DATABASE {database} OWNER TO {login}")
    report = upgrade_schema(login)
    assert report.after == head_revision()
    assert report.statements[0] == 'CREATE ROLE "absent_loader" NOLOGIN'
    assert "administrator" in report.to_text()
    with psycopg.connect(empty_database_url, autocommit=True) as administrator:
        for statement in report.statements:
            administrator.execute(statement.encode())
    try:
        assert upgrade_schema(login).statements == ()
    finally:
        with psycopg.connect(empty_database_url, autocommit=True) as administrator:
            administrator.execute("DROP OWNED BY absent_loader, absent_reader; DROP ROLE absent_loader, absent_reader")


def versions() -> list[Path]:
    return sorted((ROOT / "migrations" / "versions").glob("[0-9]*.py"))
