"""Runs migrations on the connection ``flows.warehouse.schema`` hands in: a lock, time limits, a transaction each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context
from sqlalchemy import text

from models import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.sql.schema import SchemaItem


def belongs_to_us(_item: SchemaItem, name: str | None, kind: str, *_: object) -> bool:
    """Whether a comparison of models and database should look at this item: not at Alembic's own table."""
    return not (kind == "table" and name == "alembic_version")


def is_our_schema(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a comparison should look into this schema; ``mart`` holds views alone, which Alembic cannot compare."""
    return kind != "schema" or name in {"news", "ops"}


def migrate(connection: Connection) -> None:
    """Runs what Alembic was asked for, one process at a time, the others waiting for it."""
    limits = context.config.attributes
    connection.execute(text("SELECT set_config('statement_timeout', :limit, false)"), {"limit": limits["statement"]})
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": limits["key"]})
    connection.execute(text("SELECT set_config('lock_timeout', :limit, false)"), {"limit": limits["lock"]})
    if connection.execute(text("SELECT to_regnamespace('ops') IS NULL")).scalar_one():
        connection.execute(text("CREATE SCHEMA ops"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        version_table_schema="ops",
        include_schemas=True,
        include_name=is_our_schema,
        include_object=belongs_to_us,
        compare_type=True,
        compare_server_default=False,  # it would evaluate nextval; tests/test_migrations.py compares defaults as text
        transaction_per_migration=True,
    )
    try:
        with context.begin_transaction():
            context.run_migrations()
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": limits["key"]})
        connection.commit()


if context.is_offline_mode():
    raise SystemExit("migrations run on a server; what they do is to be read in migrations/sql")
migrate(context.config.attributes["connection"])
