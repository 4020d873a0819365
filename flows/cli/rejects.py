"""``musnad rejects``: the quarantine, to look into and to try again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from flows.load.quarantine import OpenReject

app = typer.Typer(name="rejects", help="Records that could not be loaded, and why.", no_args_is_help=True)

_SHOWN = ("reject_id", "stage", "reason_code", "attempts", "message")
STILL_REJECTED = 3
_IDS_A_RUN = 10_000
"""Prefect keeps the parameters of a run, and takes only so many bytes of them."""


class NoSuchRejectError(LookupError):
    """The quarantine holds no reject of that number."""


@app.command(name="list")
def list_rejects(
    *,
    reason: Annotated[str | None, typer.Option(metavar="CODE", help="Those of one reason.")] = None,
    run: Annotated[int | None, typer.Option(metavar="ID", help="Those a run met last.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Those that were resolved since, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the records that could not be loaded, the newest first."""
    from flows.load.quarantine import list_rejects as stored  # noqa: PLC0415 - keeps --help fast

    with _connection() as connection:
        rows = stored(connection, include_resolved=all_, reason_code=reason, run_id=run)
    if as_json:
        for row in rows:
            typer.echo(json.dumps(_plain(row), ensure_ascii=False))
        return
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=f"{len(rows):,} rejects", title_justify="left")
    for name in _SHOWN:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(str(row[name]).replace("[", "\\[") for name in _SHOWN))
    Console().print(table)


@app.command()
def show(
    reject_id: Annotated[int, typer.Argument(metavar="ID")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, the bytes as text.")] = False,
) -> None:
    """Show one reject with the bytes that were kept of it."""
    from flows.load.quarantine import find_reject  # noqa: PLC0415 - keeps --help fast

    with _connection() as connection:
        row = find_reject(connection, reject_id)
    if row is None:
        raise _no_such(reject_id)
    raw = row.pop("raw") or b""
    text = raw.decode("utf-8", "backslashreplace")
    if as_json:
        typer.echo(json.dumps(_plain(row) | {"n_raw_bytes": len(raw), "raw": text}, ensure_ascii=False))
        return
    for name, value in _plain(row).items():
        typer.echo(f"{name}: {'-' if value is None else value}")
    typer.echo(f"raw, {len(raw):,} bytes kept:")
    typer.echo(text)


@app.command()
def replay(
    reject_ids: Annotated[
        list[int] | None, typer.Argument(metavar="[ID...]", help="Which; all open ones if none.")
    ] = None,
    *,
    workers: Annotated[int, typer.Option(metavar="N", help="Processes that transform and load.")] = 1,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 when anything is still rejected.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a run on standard output.")] = False,
) -> None:
    """Read rejected records again, from their source or what was kept of it, and load those that can be loaded now."""
    from flows.cli.ingest import prepare_prefect, ready_warehouse  # noqa: PLC0415 - keeps --help fast
    from flows.settings import load_settings  # noqa: PLC0415

    prepare_prefect(load_settings())
    ready_warehouse()
    rejects = _open(reject_ids)
    n_resolved = 0
    for options, ids in _by_options(rejects).items():
        for start in range(0, len(ids), _IDS_A_RUN):
            n_resolved += _replay(ids[start : start + _IDS_A_RUN], options, workers, as_json=as_json)
    if not as_json:
        n_left = len(rejects) - n_resolved
        typer.echo(f"Of {len(rejects):,} rejects {n_resolved:,} are resolved, {n_left:,} are still rejected.")
    if strict and n_resolved < len(rejects):
        raise typer.Exit(STILL_REJECTED)


def _replay(ids: list[int], options: tuple[str | None, str | None], workers: int, *, as_json: bool) -> int:
    """One run over rejects that were met with the same options; how many it resolved."""
    from flows.cli.progress import shown_progress  # noqa: PLC0415 - Prefect is loaded only for a run
    from flows.ingest import replay as replay_flow  # noqa: PLC0415

    published, source = options
    with shown_progress():
        report, n_resolved = replay_flow(ids, published=published, source=source, workers=workers)
    if as_json:
        typer.echo(
            json.dumps(report.to_dict() | {"n_replayed": len(ids), "n_resolved": n_resolved}, ensure_ascii=False)
        )
    return n_resolved


def _open(reject_ids: list[int] | None) -> list[OpenReject]:
    """The rejects to replay.

    Raises:
        NoSuchRejectError: a number is none of the quarantine.
    """
    from flows.load.quarantine import find_reject, open_rejects  # noqa: PLC0415 - keeps --help fast

    with _connection() as connection:
        for reject_id in reject_ids or ():
            if find_reject(connection, reject_id) is None:
                raise _no_such(reject_id)
        return open_rejects(connection, reject_ids or None)


def _by_options(rejects: list[OpenReject]) -> dict[tuple[str | None, str | None], list[int]]:
    """The numbers of rejects by the publication and source that were given to the run that met them."""
    found: dict[tuple[str | None, str | None], list[int]] = {}
    for reject in rejects:
        found.setdefault((reject.published, reject.source), []).append(reject.reject_id)
    return found


def _no_such(reject_id: int) -> NoSuchRejectError:
    return NoSuchRejectError(f"there is no reject {reject_id}; musnad rejects list shows those there are")


def _connection() -> Any:  # noqa: ANN401 - psycopg is imported in here only
    import psycopg  # noqa: PLC0415 - keeps --help fast

    from flows.settings import load_settings  # noqa: PLC0415
    from flows.warehouse import open_warehouse  # noqa: PLC0415

    url = open_warehouse(load_settings()).url("loader")
    return psycopg.connect(url, autocommit=True, application_name="musnad rejects")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
