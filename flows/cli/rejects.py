"""``musnad rejects``: the quarantine, to look into."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

app = typer.Typer(name="rejects", help="Records that could not be loaded, and why.", no_args_is_help=True)


class NoSuchRejectError(LookupError):
    """The quarantine holds no reject of that number."""


@app.command(name="list")
def list_rejects(
    *,
    all_: Annotated[bool, typer.Option("--all", help="Those that were resolved since, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the records that could not be loaded, the newest first."""
    from flows.load.quarantine import list_rejects as stored  # noqa: PLC0415 - keeps --help fast

    with _connection() as connection:
        rows = stored(connection, include_resolved=all_)
    if as_json:
        for row in rows:
            typer.echo(json.dumps(_plain(row), ensure_ascii=False))
        return
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=f"{len(rows):,} rejects", title_justify="left")
    for name in ("reject_id", "stage", "reason_code", "attempts", "message"):
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(str(row[name]) for name in ("reject_id", "stage", "reason_code", "attempts", "message")))
    Console().print(table)


@app.command()
def show(reject_id: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Show one reject with the bytes that were kept of it."""
    from flows.load.quarantine import find_reject  # noqa: PLC0415 - keeps --help fast

    with _connection() as connection:
        row = find_reject(connection, reject_id)
    if row is None:
        raise NoSuchRejectError(f"there is no reject {reject_id}; musnad rejects list shows those there are")
    raw = row.pop("raw") or b""
    for name, value in _plain(row).items():
        typer.echo(f"{name}: {'-' if value is None else value}")
    typer.echo(f"raw, {len(raw):,} bytes kept:")
    typer.echo(raw.decode("utf-8", "backslashreplace"))


def _connection() -> Any:  # noqa: ANN401 - psycopg is imported in here only
    import psycopg  # noqa: PLC0415 - keeps --help fast

    from flows.settings import load_settings  # noqa: PLC0415
    from flows.warehouse import open_warehouse  # noqa: PLC0415

    url = open_warehouse(load_settings()).url("loader")
    return psycopg.connect(url, autocommit=True, application_name="musnad rejects")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
