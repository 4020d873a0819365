"""Runs migrations on the connection that ``flows.warehouse.schema`` hands in: lock, time limits, one transaction each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context
from sqlalchemy import text

from models import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.sql.schema import SchemaItem

LOCK_KEY = 0x4D55534E4144
"""Advisory lock of all migrations: the letters MUSNAD as bytes."""

LOCK_TIMEOUT = "10s"
"""A migration that cannot have a table's lock in this time gives up, so that queries do not queue behind it."""

STATEMENT_TIMEOUT = "15min"


def belongs_to_us(_item: SchemaItem, name: str | None, kind: str, *_: object) -> bool:
    """Whether a comparison of models and database should look at this item: not at Alembic's own table."""
    return not (kind == "table" and name == "alembic_version")


def is_our_schema(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a comparison should look into this schema; ``mart`` holds views alone, which Alembic cannot compare."""
    return kind != "schema" or name in {"news", "ops"}


def migrate(connection: Connection) -> None:
    """Runs what Alembic was asked for, one process at a time, the others waiting for it."""
    connection.execute(text(f"SET statement_timeout = '{STATEMENT_TIMEOUT}'"))
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK_KEY})
    connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
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
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": LOCK_KEY})
        connection.commit()


if context.is_offline_mode():
    raise SystemExit("migrations run on a server; what they do is to be read in migrations/sql")
migrate(context.config.attributes["connection"])
