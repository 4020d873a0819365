"""``musnad archive``: the raw bytes of documents, to get back and to prove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.archive import Archive
    from flows.load.values import ArchivePlace

app = typer.Typer(name="archive", help="The raw bytes of every document.", no_args_is_help=True)


class NotArchivedError(LookupError):
    """The archive does not keep these bytes."""


@app.command()
def show(document_id: Annotated[int, typer.Argument(metavar="DOCUMENT_ID")]) -> None:
    """Write the bytes a document was read from to standard output; mart.lineage says where they came from."""
    archive = _archive()
    for _, sha256, place in _places(document_id):
        typer.get_binary_stream("stdout").write(archive.read(place, sha256))
        return
    raise NotArchivedError(f"the archive keeps no document {document_id}; mart.lineage shows which it keeps")


@app.command()
def verify() -> None:
    """Read every archived document and prove it by its hash; exit 1 where one is missing or damaged."""
    from flows.archive import ArchiveError  # noqa: PLC0415 - keeps --help fast

    archive = _archive()
    n_good = n_bad = 0
    for document_id, sha256, place in _places():
        try:
            archive.read(place, sha256)
            n_good += 1
        except ArchiveError as error:
            typer.echo(f"document {document_id}: {error}", err=True)
            n_bad += 1
    typer.echo(f"{n_good:,} documents are as they were read, {n_bad:,} are missing or damaged.")
    if n_bad:
        raise typer.Exit(1)


def _archive() -> Archive:
    from flows.archive import open_archive  # noqa: PLC0415 - keeps --help fast
    from flows.settings import load_settings  # noqa: PLC0415

    archive = open_archive(load_settings())
    if archive is None:
        raise NotArchivedError("the raw archive is switched off by MUSNAD_ARCHIVE")
    return archive


def _places(document_id: int | None = None) -> Iterator[tuple[int, bytes, ArchivePlace]]:
    import psycopg  # noqa: PLC0415 - keeps --help fast

    from flows.load.archived import archived_places  # noqa: PLC0415
    from flows.settings import load_settings  # noqa: PLC0415
    from flows.warehouse import open_warehouse  # noqa: PLC0415

    url = open_warehouse(load_settings()).url("loader")
    with psycopg.connect(url, autocommit=True, application_name="musnad archive") as connection:
        yield from archived_places(connection, document_id)
