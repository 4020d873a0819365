"""The options of an ingest, read and checked before anything else happens."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from flows.extract import ExtractLimits, InputError, InputFile, find_inputs, load_field_names
from flows.reference.catalogue import load_catalogue
from flows.settings import Settings, load_settings

MAX_WORKERS = 64
_QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""Microseconds of processor time a container has in each period, and the period; of Linux' control groups."""


def check_options(
    inputs: list[str], published: str | None, source: str | None, workers: int | None, *, may_be_empty: bool = False
) -> list[InputFile]:
    """The files INPUTs name; refuses options that cannot be used.

    Raises:
        InputError: names the option or INPUT and the mend.
    """
    if published is not None:
        try:
            datetime.fromisoformat(published)
        except ValueError as error:
            raise InputError(f"--published {published} is no ISO 8601 date; write it as 2024-03-25") from error
    if source is not None and source not in {each.key for each in load_catalogue().sources}:
        raise InputError(f"--source {source} is in no reference table; add it to sources.csv or leave it out")
    load_field_names(load_settings().fields)
    if workers is not None and not 1 <= workers <= MAX_WORKERS:
        raise InputError(f"--workers {workers} is not between 1 and {MAX_WORKERS}")
    return find_inputs(inputs, may_be_empty=may_be_empty)


def default_workers(quota: Path = _QUOTA) -> int:
    """Processors this process may use, as its affinity and its container allow, up to :data:`MAX_WORKERS`.

    Args:
        quota: the file that holds the container's share; without one there is no such limit.
    """
    n_processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):  # no such file; "max" for no limit
        share, period = map(int, quota.read_text(encoding="ascii").split())
        n_processors = min(n_processors, share // period)
    return min(max(1, n_processors), MAX_WORKERS)


def extract_limits(settings: Settings) -> ExtractLimits:
    """The bounds of extraction as the settings give them."""
    return ExtractLimits(**{limit.name: getattr(settings, limit.name) for limit in fields(ExtractLimits)})
