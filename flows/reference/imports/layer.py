"""Writing what an import added: a new folder of tables, there whole or not at all."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from flows.reference.decisions import Row
from flows.reference.imports.matching import ENTITY_COLUMNS, NAME_COLUMNS, slug_of


def write_layer(imports: Path, source: Path, entities: Iterable[Row], names: Iterable[Row]) -> Path:
    """Write the tables into ``NNNN-NAME`` after the layers there are. The caller holds the lock of the folder."""
    imports.mkdir(exist_ok=True)
    for draft in imports.glob(".new-*"):  # of an import that was killed
        shutil.rmtree(draft)
    last = max((int(path.name[:4]) for path in imports.iterdir() if path.name[:4].isdigit()), default=0)
    layer = imports / f"{last + 1:04}-{slug_of(source.name.partition('.')[0]) or 'import'}"
    draft = Path(tempfile.mkdtemp(prefix=".new-", dir=imports))
    try:
        _write(draft / "entities.csv", ENTITY_COLUMNS, entities, source)
        _write(draft / "entity_names.csv", NAME_COLUMNS, names, source)
        draft.chmod(0o755)
        draft.rename(layer)
    except BaseException:
        shutil.rmtree(draft)
        raise
    return layer


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Row], source: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# Imported from {source.name.encode('ascii', 'replace').decode()}.\n")
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: tuple(row.values())))
        file.flush()
        os.fsync(file.fileno())
