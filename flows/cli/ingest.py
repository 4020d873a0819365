"""``musnad ingest``: one run of the ingest flow."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.report import RunReport
    from flows.settings import Settings

app = typer.Typer()

REJECTED = 3


@app.command()
def ingest(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs or fsspec URLs.")],
    *,
    published: Annotated[
        str | None, typer.Option(metavar="ISO", help="Publication of records that state none themselves.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="KEY", help="Source that published the records.")] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="N", help="Processes that transform and load; the cores by default.")
    ] = None,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Scheduler of a Dask cluster, whose workers do it instead.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 when anything was rejected.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be loaded, and load nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Load files of Arabic news into the warehouse and account for every record."""
    from flows.options import check_options  # noqa: PLC0415 - keeps --help fast
    from flows.settings import load_settings  # noqa: PLC0415

    settings = load_settings()
    check_options(inputs, published, source, workers)
    prepare_prefect(settings)
    report = _preview(inputs, published, source, workers) if dry_run else _run(inputs, published, source, workers, dask)
    if as_json:
        typer.echo(json.dumps(report.to_dict(), ensure_ascii=False))
    else:
        _show(report, settings, is_preview=dry_run)
    if strict and report.run["n_rejected"]:
        raise typer.Exit(REJECTED)


def prepare_prefect(settings: Settings) -> None:
    """Defaults of Prefect for a run of ours, where the environment says nothing else.

    Its files go below our home, nothing is reported to anyone, and on a terminal the progress bar speaks for it.
    """
    if "PREFECT_HOME" not in os.environ:
        (settings.home / "prefect").mkdir(parents=True, exist_ok=True)
        os.environ["PREFECT_HOME"] = str(settings.home / "prefect")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    if sys.stderr.isatty():
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")


def _run(
    inputs: list[str], published: str | None, source: str | None, workers: int | None, dask: str | None
) -> RunReport:
    from flows.cli.progress import shown_progress  # noqa: PLC0415 - Prefect is loaded only for a run
    from flows.extract.uris import conceal  # noqa: PLC0415
    from flows.ingest import ingest as ingest_flow  # noqa: PLC0415
    from flows.schedule import prefect_api  # noqa: PLC0415

    with prefect_api(meanwhile=ready_warehouse), shown_progress():
        names = [conceal(name) for name in inputs]
        return ingest_flow(names, published=published, source=source, workers=workers, dask=dask)


def ready_warehouse() -> None:
    """Start the embedded warehouse and bring its schema up to date; another server's schema is its owner's matter."""
    from flows.settings import load_settings  # noqa: PLC0415 - as above
    from flows.warehouse import open_warehouse  # noqa: PLC0415

    warehouse = open_warehouse(load_settings())
    if warehouse.cluster is not None:
        warehouse.upgrade()
    else:
        warehouse.require_schema()


def _preview(inputs: list[str], published: str | None, source: str | None, workers: int | None) -> RunReport:
    from flows.preview import preview_ingest  # noqa: PLC0415 - as above

    ready_warehouse()
    return preview_ingest(inputs, published=published, source=source, workers=workers)


def _show(report: RunReport, settings: Settings, *, is_preview: bool) -> None:
    from flows.cli.summary import show_summary  # noqa: PLC0415 - as above

    show_summary(report, settings, is_preview=is_preview)
