"""``musnad reference import``: names from a file become a folder of tables beside the shipped ones.

A reader for each format yields items; each item is matched with the entities that are listed, its names are screened,
and what is new is written. The same file again finds nothing new, and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from flows.reference.home import IMPORTS, alone, reference_tables
from flows.reference.imports.geonames import is_geonames, read_geonames
from flows.reference.imports.items import Found, Line, ReferenceImportError, Refusal
from flows.reference.imports.jrc_names import is_jrc_names, read_jrc_names
from flows.reference.imports.layer import write_layer
from flows.reference.imports.lines import opened, read_lines
from flows.reference.imports.matching import CoinedKey
from flows.reference.imports.own_csv import read_own_csv
from flows.reference.imports.report import ImportReport
from flows.reference.imports.taking import Intake
from flows.reference.imports.wikidata import is_wikidata, read_wikidata
from flows.reference.tables import ReferenceTables

__all__ = ["ImportReport", "ReferenceImportError", "import_reference"]

Reader = Callable[[Iterator[Line | Refusal], ReferenceTables, Path], Found]

_FORMATS: tuple[tuple[str, Callable[[str], bool], Reader], ...] = (
    ("wikidata", is_wikidata, lambda lines, tables, _: read_wikidata(lines, tables)),
    ("jrc-names", is_jrc_names, lambda lines, _, __: read_jrc_names(lines)),
    ("geonames", is_geonames, lambda lines, _, __: read_geonames(lines)),
    ("csv", lambda _: True, lambda lines, _, path: read_own_csv(lines, path)),
)
"""Formats by name, how the first line tells them, and who reads them; the last takes what no other does."""


def import_reference(path: Path, folder: Path, *, max_bytes: int, coined_key: CoinedKey) -> ImportReport:
    """Add what a file names to the reference data.

    Args:
        path: the file; its format is told by its content.
        folder: ``MUSNAD_HOME/reference``.
        max_bytes: so many bytes are read at most, decompressed.
        coined_key: the key a text would coin for a kind and an Arabic name.

    Raises:
        ReferenceImportError: the file cannot be read; nothing of it is kept.
        ReferenceDataError: the reference data there are cannot be read.
        HomeError: the folder cannot be written.
    """
    with alone(folder), opened(path) as stream:
        tables = ReferenceTables(reference_tables(folder).folders)
        name, found = _read(read_lines(stream, path, max_bytes), tables, path)
        report = ImportReport(path.name, name)
        intake = Intake.of(tables, coined_key, report)
        for each in found:
            intake.take(each)
        if intake.has_news:
            report.layer = str(write_layer(folder / IMPORTS, path, intake.new_entities, intake.new_names))
    return report


def _read(lines: Iterator[Line | Refusal], tables: ReferenceTables, path: Path) -> tuple[str, Found]:
    """The name of the format, and its items."""
    first = next(lines, None)
    if first is None:
        raise ReferenceImportError(f"{path} is empty")
    if isinstance(first, Refusal):
        raise ReferenceImportError(f"{path} is no text in UTF-8 ({first.reason}); save it as CSV in UTF-8")
    name, _, reader = next(each for each in _FORMATS if each[1](first.text))
    return name, reader(chain([first], lines), tables, path)
