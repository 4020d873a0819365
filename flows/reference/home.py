"""The reference data of one warehouse: the shipped tables, what was imported since, and what people decided.

``MUSNAD_HOME/reference`` holds ``imports/0001-NAME``, ``0002-NAME`` ..., one folder of tables an import, and
``decisions.jsonl``, one decision a line. Both only grow. Nothing here is read by rules compiled from the shipped
tables alone.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from flows.reference.decisions import ACTIONS, Decision
from flows.reference.tables import DEFAULT_FOLDER, ReferenceDataError, ReferenceTables

IMPORTS = "imports"
DECISIONS = "decisions.jsonl"


class HomeError(OSError):
    """The reference folder cannot be written."""

    exit_code: ClassVar[int] = 1


def home_tables() -> ReferenceTables:
    """The reference data that ``MUSNAD_HOME`` names, read anew at every call.

    Raises:
        ReferenceDataError: the file of decisions is damaged.
        SettingsError: a setting cannot be used.
    """
    return reference_tables(home_folder())


def home_folder() -> Path:
    """``MUSNAD_HOME/reference``, which need not exist."""
    from flows.settings import load_settings  # noqa: PLC0415 - rules of the shipped tables need no settings

    return load_settings().home / "reference"


def reference_tables(folder: Path) -> ReferenceTables:
    """The shipped tables with the imports and decisions that lie in a folder, if there are any.

    Raises:
        ReferenceDataError: the file of decisions is damaged.
    """
    imports = folder / IMPORTS
    layers = sorted(path for path in imports.iterdir() if path.name[0].isdigit()) if imports.is_dir() else []
    return ReferenceTables((DEFAULT_FOLDER, *layers), tuple(read_decisions(folder)))


def read_decisions(folder: Path) -> list[Decision]:
    """All decisions ever taken, revoked ones too.

    Raises:
        ReferenceDataError: a line is no decision.
    """
    path = folder / DECISIONS
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [_decision(path, number, line) for number, line in enumerate(lines, 1)]


def _decision(path: Path, number: int, line: str) -> Decision:
    try:
        decision = Decision(**json.loads(line))
        datetime.fromisoformat(decision.at)
    except (ValueError, TypeError, RecursionError) as error:
        raise ReferenceDataError(f"{path}: line {number} is no decision; restore the file from a backup") from error
    if decision.number != number or decision.action not in ACTIONS:
        raise ReferenceDataError(f"{path}: line {number} is not decision {number}; restore the file from a backup")
    return decision


def write_decision(folder: Path, decision: Decision) -> None:
    """Add a decision at the end of the file, whole or not at all. The caller holds :func:`alone`."""
    path = folder / DECISIONS
    before = path.read_bytes() if path.exists() else b""
    line = json.dumps({name: value for name, value in asdict(decision).items() if value}, ensure_ascii=False)
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(before + line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Lets one process at a time add to the folder, which is made if need be; a killed one's lock is freed.

    Raises:
        HomeError: the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("a")
    except OSError as error:
        raise HomeError(f"{folder} cannot be written: {error.strerror}; set MUSNAD_HOME to another") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
