"""Runs the frozen SQL files that migrations are made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import op

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).resolve().parent


def frozen_sql(name: str) -> str:
    """The text of ``sql/NAME``."""
    return (FOLDER / "sql" / name).read_text(encoding="utf-8")


def run_frozen(name: str) -> None:
    """Runs all statements of ``sql/NAME`` as they stand: no placeholder is looked for, ``%`` is only a sign."""
    run_statements(frozen_sql(name))


def run_statements(statements: str) -> None:
    """Runs one or more statements, parted by semicolons, as they stand."""
    op.get_bind().exec_driver_sql(statements, execution_options={"no_parameters": True})


def run_with(name: str, values: Mapping[str, Any]) -> None:
    """Runs the one statement of ``sql/NAME`` with the driver's ``%(name)s`` placeholders filled."""
    op.get_bind().exec_driver_sql(frozen_sql(name), dict(values))


def server_version() -> int:
    """The server's version as a number: 150018 is 15.18."""
    return int(op.get_bind().exec_driver_sql("SHOW server_version_num").scalar_one())
