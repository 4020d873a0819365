"""``musnad reference``: names of one's own beside the shipped ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.reference.imports import ImportReport

app = typer.Typer(
    name="reference", help="Reference data: names of people, places, organisations.", no_args_is_help=True
)

_SHOWN = 20


@app.callback()
def _group() -> None:
    """Reference data: names of people, places, organisations."""


@app.command("import")
def import_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help="CSV, Wikidata extract, JRC-Names or GeoNames dump.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Add the names of a file: a CSV of one's own, a Wikidata JSON extract, JRC-Names, or a GeoNames dump.

    The format is told by the content; .gz, .bz2 and .xz are read as they are. annotate and the next ingest use the
    names. docs/reference.md shows each format.
    """
    from flows.reference.home import home_folder  # noqa: PLC0415 - keeps --help fast
    from flows.reference.imports import import_reference  # noqa: PLC0415
    from flows.settings import load_settings  # noqa: PLC0415
    from flows.transform.names.keys import coined, name_words  # noqa: PLC0415

    report = import_reference(
        Path(file),
        home_folder(),
        max_bytes=load_settings().max_file_bytes,
        coined_key=lambda kind, name: coined(kind, name_words(name), name).key,
    )
    if as_json:
        typer.echo(json.dumps(report.to_dict(), ensure_ascii=False))
    else:
        _show(report)


def _show(report: ImportReport) -> None:
    from rich.console import Console  # noqa: PLC0415 - keeps --help fast
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console()
    said = report.to_dict()
    columns = ("added", "changed", "unchanged", "names_added", "names_unchanged", "refused")
    counts = Table(*columns, title=Text(f"{report.file} ({report.format})"), title_justify="left")
    counts.add_row(*(f"{said[column]:,}" for column in columns))
    console.print(counts)
    if report.reasons:
        reasons = Table("refused", "reason", title="Refused, by reason", title_justify="left")
        for reason, number in report.reasons.most_common(_SHOWN):
            reasons.add_row(f"{number:,}", Text(reason))
        console.print(reasons)
        first = Table("line", "what", "reason", title=f"The first {_SHOWN} (--json has more)", title_justify="left")
        for refusal in report.refused[:_SHOWN]:
            first.add_row(str(refusal.line), Text(refusal.what), Text(refusal.reason))
        console.print(first)
    end = (
        f"Written to {report.layer}; annotate and the next ingest use it."
        if report.layer
        else "Nothing new: nothing was written."
    )
    console.print(Text(end), soft_wrap=True)
