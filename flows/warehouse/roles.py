"""The two roles of the warehouse, and the statements that make them what they should be.

A role belongs to the whole server, not to one database, so no migration owns it: after each upgrade the missing
statements are run, and those the login may not run are handed to an administrator. Nothing here is ever taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

import psycopg
from psycopg import errors, sql

if TYPE_CHECKING:
    from collections.abc import Iterator

LOADER = "musnad_loader"
READER = "musnad_reader"

_TABLES: LiteralString = """
    SELECT coalesce(bool_and(has_table_privilege({role}, class.oid, privilege)), true)
    FROM pg_class AS class, unnest(string_to_array({privileges}, ', ')) AS privilege
    WHERE class.relnamespace = ANY({schemas}::text[]::regnamespace[]) AND class.relkind IN ('r', 'p', 'v', 'm')
        AND class.relname <> 'alembic_version'
"""
_SEQUENCES: LiteralString = """
    SELECT coalesce(bool_and(has_sequence_privilege({role}, class.oid, 'USAGE')), true)
    FROM pg_class AS class
    WHERE class.relnamespace = ANY({schemas}::text[]::regnamespace[]) AND class.relkind = 'S'
"""
_SCHEMAS: LiteralString = """
    SELECT bool_and(has_schema_privilege({role}, name, 'USAGE')) FROM unnest({schemas}::text[]) AS name
"""
_DEFAULTS: LiteralString = """
    SELECT count(DISTINCT (acl.defaclnamespace, privilege.privilege_type)) =
        cardinality({schemas}::text[]) * cardinality(string_to_array({privileges}, ', '))
    FROM pg_default_acl AS acl, aclexplode(acl.defaclacl) AS privilege
    WHERE acl.defaclrole = current_user::regrole AND acl.defaclobjtype = {kind}
        AND acl.defaclnamespace = ANY({schemas}::text[]::regnamespace[])
        AND privilege.grantee = {role}::regrole
        AND privilege.privilege_type = ANY(string_to_array({privileges}, ', '))
"""
_SETTING: LiteralString = """
    SELECT EXISTS (
        SELECT FROM pg_db_role_setting AS setting, unnest(setting.setconfig) AS line
        WHERE setting.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND setting.setrole = {role}::regrole AND line LIKE {line}
    )
"""
SETTINGS = (
    (LOADER, "TimeZone", "UTC"),
    (LOADER, "default_text_search_config", "pg_catalog.arabic"),
    (READER, "TimeZone", "UTC"),
    (READER, "default_text_search_config", "pg_catalog.arabic"),
    (READER, "default_transaction_read_only", "on"),
    (READER, "statement_timeout", "60s"),
)
_WRITE = "SELECT, INSERT, UPDATE, DELETE"


@dataclass(frozen=True, slots=True)
class _Step:
    """A statement, and the question whether what it brings about holds already."""

    statement: sql.Composed
    holds: sql.Composed


def settle_roles(connection: psycopg.Connection) -> tuple[str, ...]:
    """Runs every statement whose effect is missing; returns those that this login may not run, in order.

    Args:
        connection: an autocommit connection of the login that owns the schemas, which all exist.
    """
    return tuple(step.statement.as_string(connection) for step in _steps(connection) if not _settle(connection, step))


def _settle(connection: psycopg.Connection, step: _Step) -> bool:
    """Whether the step's effect holds, after running its statement if need be."""
    if _holds(connection, step):
        return True
    try:
        connection.execute(step.statement)
    except (errors.InsufficientPrivilege, errors.UndefinedObject):
        return False  # the role is missing and cannot be made, or the object is another's
    except (errors.DuplicateObject, errors.UniqueViolation):
        return True  # another process made the role in this very moment
    return _holds(connection, step)  # a GRANT without the right to grant only warns


def _holds(connection: psycopg.Connection, step: _Step) -> bool:
    try:
        row = connection.execute(step.holds).fetchone()
    except errors.UndefinedObject:
        return False  # the role is missing
    return bool(row and row[0])


def _steps(connection: psycopg.Connection) -> Iterator[_Step]:
    database = sql.Identifier(connection.info.dbname)
    owner = sql.Identifier(_current_user(connection))
    for role in (LOADER, READER):
        yield _Step(
            sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)),
            sql.SQL("SELECT to_regrole({}) IS NOT NULL").format(role),
        )
    yield from _public_steps(database)
    for role in (LOADER, READER):
        yield _database_step(database, role, "CONNECT")
    yield _database_step(database, LOADER, "TEMPORARY")
    yield from _schema_steps(owner, LOADER, ["news", "ops"], _WRITE)
    yield from _schema_steps(owner, LOADER, ["mart"], "SELECT")
    yield from _sequence_steps(owner, ["news", "ops"])
    yield _Step(
        sql.SQL("REVOKE INSERT, UPDATE, DELETE ON ops.alembic_version FROM {}").format(sql.Identifier(LOADER)),
        sql.SQL("SELECT NOT has_table_privilege({}, 'ops.alembic_version', 'INSERT, UPDATE, DELETE')").format(LOADER),
    )
    yield from _schema_steps(owner, READER, ["news", "mart"], "SELECT")
    for role, name, value in SETTINGS:
        yield _Step(
            sql.SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}").format(
                sql.Identifier(role), database, sql.Identifier(name), value
            ),
            sql.SQL(_SETTING).format(role=role, line=f"{name}=%"),  # a value an administrator chose stays
        )


def _public_steps(database: sql.Identifier) -> Iterator[_Step]:
    """Nobody makes temporary tables or objects only because he may connect."""
    yield _Step(
        sql.SQL("REVOKE TEMPORARY, CREATE ON DATABASE {} FROM PUBLIC").format(database),
        sql.SQL("SELECT NOT has_database_privilege('public', current_database(), {})").format("TEMPORARY, CREATE"),
    )
    yield _Step(
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC").format(),
        sql.SQL(
            "SELECT to_regnamespace('public') IS NULL"
            " OR NOT has_schema_privilege('public', to_regnamespace('public'), 'CREATE')"
        ).format(),
    )


def _database_step(database: sql.Identifier, role: str, privilege: LiteralString) -> _Step:
    return _Step(
        sql.SQL("GRANT {} ON DATABASE {} TO {}").format(sql.SQL(privilege), database, sql.Identifier(role)),
        sql.SQL("SELECT has_database_privilege({}, current_database(), {})").format(role, privilege),
    )


def _schema_steps(owner: sql.Identifier, role: str, schemas: list[str], privileges: LiteralString) -> Iterator[_Step]:
    """The tables and views there are, and those a later migration will add."""
    named = sql.SQL(", ").join(map(sql.Identifier, schemas))
    grantee, rights = sql.Identifier(role), sql.SQL(privileges)
    asked = {"role": role, "schemas": schemas, "privileges": privileges}
    yield _Step(
        sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(named, grantee),
        sql.SQL(_SCHEMAS).format(**asked),
    )
    yield _Step(
        sql.SQL("GRANT {} ON ALL TABLES IN SCHEMA {} TO {}").format(rights, named, grantee),
        sql.SQL(_TABLES).format(**asked),
    )
    yield _Step(
        sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA {} GRANT {} ON TABLES TO {}").format(
            owner, named, rights, grantee
        ),
        sql.SQL(_DEFAULTS).format(**asked, kind="r"),
    )


def _sequence_steps(owner: sql.Identifier, schemas: list[str]) -> Iterator[_Step]:
    named, grantee = sql.SQL(", ").join(map(sql.Identifier, schemas)), sql.Identifier(LOADER)
    asked = {"role": LOADER, "schemas": schemas, "privileges": "USAGE"}
    yield _Step(
        sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {} TO {}").format(named, grantee),
        sql.SQL(_SEQUENCES).format(**asked),
    )
    yield _Step(
        sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA {} GRANT USAGE ON SEQUENCES TO {}").format(
            owner, named, grantee
        ),
        sql.SQL(_DEFAULTS).format(**asked, kind="S"),
    )


def _current_user(connection: psycopg.Connection) -> str:
    row = connection.execute("SELECT current_user").fetchone()
    return str(row[0]) if row else connection.info.user
