"""The rows of a manifest as they stand in CSV or YAML; what they mean is :mod:`flows.extract.manifest`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

import yaml

from flows.extract.files import InputFile
from flows.text.charsets import UndecodableError, decode

MAX_MANIFEST_BYTES = 32 << 20
FILE_COLUMNS = ("file", "path", "filename")
"""What the column that names the file may be called."""
SURPLUS = ""
"""Column of the cells that have none."""

_DELIMITERS = ",;\t"
_MAX_NESTING = 20

Row = dict[str, str]
Opener = Callable[[InputFile], BinaryIO]


class ManifestError(ValueError):
    """A manifest or a row of it that cannot be used: one sentence with the mend."""


def read_rows(manifest: InputFile, open_file: Opener) -> Iterator[tuple[str, Row]]:
    """Locator and columns of each row, names in lower case and values without space around them.

    Raises:
        ManifestError: the manifest cannot be read at all.
    """
    try:
        with open_file(manifest) as stream:
            content = stream.read(MAX_MANIFEST_BYTES + 1)
        if len(content) > MAX_MANIFEST_BYTES:
            raise ManifestError(f"the manifest is larger than {MAX_MANIFEST_BYTES:,} bytes; split it by folders")
        text = decode(content)[0]
    except OSError as error:
        raise ManifestError(f"the manifest cannot be read: {error.strerror or error}") from error
    except UndecodableError as error:
        raise ManifestError(f"its characters cannot be read: {error}; save it as UTF-8") from error
    rows = _csv_rows(text) if manifest.uri.lower().endswith(".csv") else _yaml_rows(text)
    for number, row in rows:
        yield number, {name.strip().lower(): value.strip() for name, value in row.items() if value.strip()}


def _csv_rows(text: str) -> Iterator[tuple[str, Row]]:
    header = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.DictReader(io.StringIO(text.lstrip()), delimiter=delimiter, restval="", strict=True)
    try:
        if not set(FILE_COLUMNS) & {name.strip().lower() for name in reader.fieldnames or ()}:
            raise ManifestError("the manifest has no column file; name the files in one")
        for number, cells in enumerate(reader, 1):
            surplus = cells.pop(None, None)  # where DictReader puts them
            yield f"row:{number}", cells | ({SURPLUS: "".join(surplus)} if surplus else {})
    except csv.Error as error:
        raise ManifestError(f"the manifest is no CSV after line {reader.line_num}: {error}") from error


def _yaml_rows(text: str) -> Iterator[tuple[str, Row]]:
    """A list of mappings, a mapping of file to mapping, or one mapping; all words as written, no dates, no numbers."""
    # words only, no objects: the base loader cannot be made to build anything else
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        _check_nesting(yaml.parse(text, Loader=loader))
        content: Any = yaml.load(text, Loader=loader)  # noqa: S506 - as above
    except (yaml.YAMLError, RecursionError) as error:
        raise ManifestError(f"the manifest is no YAML: {' '.join(str(error).split())}") from error
    if isinstance(content, dict) and content and all(isinstance(value, dict) for value in content.values()):
        content = [{"file": name, **value} for name, value in content.items()]
    if isinstance(content, dict):
        yield "", _words(content)
        return
    if not isinstance(content, list) or not all(isinstance(each, dict) for each in content):
        raise ManifestError("the manifest is no list of mappings; write each file as - file: NAME")
    for number, each in enumerate(content, 1):
        yield f"index:{number}", _words(each)


def _check_nesting(events: Iterable[yaml.Event]) -> None:
    """The loader goes down one call a level, in C, where a call too many ends the process.

    Raises:
        ManifestError: it is nested as no manifest is.
    """
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_NESTING:
            raise ManifestError("the manifest is nested too deep; write a list of mappings")


def _words(mapping: dict[Any, Any]) -> Row:
    return {name: value for name, value in mapping.items() if isinstance(name, str) and isinstance(value, str)}
