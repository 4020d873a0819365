"""The options of an ingest, read and checked before anything else happens."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from flows.extract import ExtractLimits, InputError, InputFile, find_inputs, load_field_names
from flows.reference.catalogue import load_catalogue
from flows.settings import Settings, load_settings

MAX_WORKERS = 64


def check_options(
    inputs: list[str], published: str | None, source: str | None, workers: int, *, may_be_empty: bool = False
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
    if not 1 <= workers <= MAX_WORKERS:
        raise InputError(f"--workers {workers} is not between 1 and {MAX_WORKERS}")
    return find_inputs(inputs, may_be_empty=may_be_empty)


def extract_limits(settings: Settings) -> ExtractLimits:
    """The bounds of extraction as the settings give them."""
    return ExtractLimits(**{limit.name: getattr(settings, limit.name) for limit in fields(ExtractLimits)})
