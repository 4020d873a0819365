"""``musnad serve``: the scheduled deployment."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer()

EVERY_QUARTER_HOUR = "*/15 * * * *"


@app.command()
def serve(
    *,
    inbox: Annotated[
        str | None,
        typer.Option(help="Folder or fsspec URL whose files are loaded; inbox below MUSNAD_HOME by default."),
    ] = None,
    cron: Annotated[str | None, typer.Option(help=f"When, as five cron fields in UTC ({EVERY_QUARTER_HOUR}).")] = None,
    interval: Annotated[
        int | None, typer.Option(metavar="SECONDS", min=1, help="Every so many seconds, in place of --cron.")
    ] = None,
) -> None:
    """Serve the scheduled deployment until stopped: load the inbox on time, one run after the other."""
    if cron is not None and interval is not None:
        raise typer.BadParameter("give --cron or --interval, not both")
    from flows.cli.ingest import prepare_prefect, ready_warehouse  # noqa: PLC0415 - keeps --help fast
    from flows.settings import load_settings  # noqa: PLC0415

    settings = load_settings()
    prepare_prefect(settings)
    ready_warehouse()
    from flows.schedule import serve_inbox  # noqa: PLC0415 - Prefect reads its settings when it is imported

    if cron is None and interval is None:
        cron = EVERY_QUARTER_HOUR
    serve_inbox(inbox or str(settings.home / "inbox"), cron=cron, interval=interval)
