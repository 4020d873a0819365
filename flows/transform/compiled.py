"""Compiled rules kept on disk as Python keeps byte code: beside the code, found by a hash of all they depend on.

Reading them takes a sixth of the time of compiling (measured). What cannot be read or written costs that time and
nothing else: a read-only installation works without.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from datetime import date
from importlib.util import cache_from_source
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

_DIGEST_BYTES = hashlib.sha256().digest_size
_KEPT = 4
"""States of the rules that stay on disk, as several homes may share the code; older ones go."""
_OTHERS_MAY_WRITE = 0o022


def recall(version: str) -> object | None:
    """What was kept under a version; None where nothing was, or it is damaged or may be somebody else's."""
    try:
        with _path(version).open("rb") as file:
            content = file.read() if _is_ours(os.fstat(file.fileno())) else b""
    except OSError:
        return None
    digest, kept = content[:_DIGEST_BYTES], memoryview(content)[_DIGEST_BYTES:]
    if hashlib.sha256(kept).digest() != digest:
        return None
    try:
        found: object = _Reader(BytesIO(kept)).load()
    except (pickle.UnpicklingError, AttributeError, ImportError):
        return None
    return found


def keep(version: str, rules: object) -> None:
    """Keep rules under a version: whole or not at all, readable by nobody else, dropping the oldest of too many."""
    content = BytesIO()
    _Writer(content, protocol=pickle.HIGHEST_PROTOCOL).dump(rules)
    kept, path = content.getvalue(), _path(version)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix="rules-", delete=False) as draft:  # only its owner may read it
            name = Path(draft.name)
            try:
                draft.write(hashlib.sha256(kept).digest() + kept)
                draft.flush()
                name.replace(path)
            finally:
                name.unlink(missing_ok=True)
        for old in sorted(path.parent.glob("rules-*"), key=lambda file: file.stat().st_mtime)[:-_KEPT]:
            old.unlink()


def _path(version: str) -> Path:
    return Path(cache_from_source(__file__)).parent / f"rules-{version}.{sys.implementation.cache_tag}"


def _is_ours(status: os.stat_result) -> bool:
    """Whether only we, or the owner of the code, can have written a file: reading it may run what it says."""
    owners = {os.geteuid(), Path(__file__).stat().st_uid}
    return status.st_uid in owners and not status.st_mode & _OTHERS_MAY_WRITE


class _Writer(pickle.Pickler):
    """Writes a frozen value as its class and fields, which reads several times faster than the default."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - what pickle takes
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, field.name) for field in fields(value))
        return NotImplemented


class _Reader(pickle.Unpickler):
    """Makes days and values of this project, and nothing else."""

    def find_class(self, module: str, name: str) -> type:
        found = super().find_class(module, name)
        if isinstance(found, type) and (found is date or module.startswith("flows.")):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of compiled rules")


@contextmanager
def without_collector() -> Iterator[None]:
    """Without the collector, which would walk all that was made so far again and again and find nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
