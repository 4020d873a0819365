"""``musnad db``: the embedded warehouse."""

from __future__ import annotations

import json
import os
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from flows.warehouse import Cluster, Warehouse

app = typer.Typer(
    name="db",
    help="The warehouse: an embedded Postgres, or the server MUSNAD_DATABASE_URL names.",
    no_args_is_help=True,
)


class LoginRole(StrEnum):
    """Who connects."""

    reader = "reader"
    loader = "loader"
    owner = "owner"


class UrlRole(StrEnum):
    """Whose URL may be printed."""

    reader = "reader"
    loader = "loader"


@app.command()
def start() -> None:
    """Start the embedded server, making it first where there is none; it stays up, also after logout."""
    cluster = _embedded(_warehouse())
    postmaster = cluster.start()
    typer.echo(f"The warehouse is up on 127.0.0.1:{postmaster.port}.")


@app.command()
def stop() -> None:
    """Stop the embedded server; the data stays."""
    was_up = _embedded(_warehouse()).stop()
    typer.echo("The warehouse is stopped." if was_up else "The warehouse was down already.")


@app.command()
def status(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False
) -> None:
    """Say whether the warehouse is up, and where it is; marks runs whose process is gone as crashed."""
    warehouse = _warehouse()
    facts = _facts(warehouse)
    facts["runs_marked_crashed"] = _mark_crashed(warehouse) if facts["running"] else None
    if as_json:
        typer.echo(json.dumps(facts))
        return
    for name, value in facts.items():
        shown = ("yes" if value else "no") if isinstance(value, bool) else value
        typer.echo(f"{name.replace('_', ' ')}: {'-' if shown is None else shown}")


@app.command()
def upgrade() -> None:
    """Bring the schema to the newest migration; starts the embedded server if it is down."""
    from flows.settings import load_settings  # noqa: PLC0415
    from flows.warehouse import open_warehouse  # noqa: PLC0415

    typer.echo(open_warehouse(load_settings()).upgrade().to_text())


@app.command()
def url(*, role: Annotated[UrlRole, typer.Option(help="Who connects.")] = UrlRole.reader) -> None:
    """Print the one libpq URL of a running warehouse, password included, and nothing else."""
    typer.echo(_warehouse().url(role.value))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def psql(
    context: typer.Context,
    *,
    command: Annotated[
        list[str] | None, typer.Option("--command", "-c", metavar="SQL", help="Run this and exit.")
    ] = None,
    role: Annotated[LoginRole, typer.Option(help="Who connects.")] = LoginRole.reader,
) -> None:
    """Open the bundled psql on the warehouse as the reader; what is not known here is passed on to psql."""
    from flows.warehouse.programs import installed_programs  # noqa: PLC0415
    from flows.warehouse.urls import part_password  # noqa: PLC0415

    address, password = part_password(_warehouse().url(role.value))
    program = installed_programs() / "psql"
    statements = [part for text in command or () for part in ("-c", text)]
    environment = {"PGCLIENTENCODING": "UTF8", **os.environ, "PGAPPNAME": "musnad db psql"}
    if password is not None:
        environment["PGPASSWORD"] = password  # never an argument: those are shown to every account
    os.execve(program, ["psql", *statements, *context.args, "-d", address], environment)  # noqa: S606 (no shell wanted)


def _warehouse() -> Warehouse:
    from flows.settings import load_settings  # noqa: PLC0415 (keeps 'musnad --help' fast)
    from flows.warehouse import find_warehouse  # noqa: PLC0415

    return find_warehouse(load_settings())


def _embedded(warehouse: Warehouse) -> Cluster:
    from flows.warehouse import WarehouseError  # noqa: PLC0415

    if warehouse.cluster is None:
        raise WarehouseError(
            "MUSNAD_DATABASE_URL names a server that Musnad does not run: start and stop it by its own means"
        )
    return warehouse.cluster


def _facts(warehouse: Warehouse) -> dict[str, Any]:
    """What ``status`` tells; never a password."""
    from flows.warehouse.urls import part_password  # noqa: PLC0415

    if warehouse.cluster is None:
        return {"running": _answers(warehouse.server), "embedded": False, "url": part_password(warehouse.server)[0]}
    cluster, postmaster, place = warehouse.cluster, warehouse.cluster.running(), warehouse.cluster.place
    return {
        "running": postmaster is not None and postmaster.is_ready,
        "embedded": True,
        "host": "127.0.0.1",
        "port": postmaster.port if postmaster else place.port if place else None,
        "database": "musnad",
        "pid": postmaster.pid if postmaster else None,
        "home": str(cluster.home),
        "data": str(place.data) if place else None,
        "log": str(place.log) if place else None,
    }


def _mark_crashed(warehouse: Warehouse) -> int | None:
    """How many runs were found dead; None on a server without our schema, or where the login may not write."""
    import psycopg  # noqa: PLC0415

    from flows.load.runs import mark_crashed  # noqa: PLC0415

    try:
        with psycopg.connect(warehouse.url("loader"), autocommit=True, connect_timeout=10) as connection:
            return len(mark_crashed(connection))
    except psycopg.OperationalError:  # the loader may not log in before the first upgrade
        return None
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName, psycopg.errors.InsufficientPrivilege):
        return None


def _answers(server: str) -> bool:
    import psycopg  # noqa: PLC0415

    try:
        psycopg.connect(server, connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True
