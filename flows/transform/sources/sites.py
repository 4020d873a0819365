"""The sites of the listed sources."""

from __future__ import annotations

from collections.abc import Mapping

from flows.reference.tables import ReferenceTables


def build_site_keys(tables: ReferenceTables) -> Mapping[str, str]:
    """The keys of the listed sources by the host of their site, without ``www.``.

    Raises:
        ReferenceDataError: the table is missing or lacks a column.
    """
    rows = tables.read("sources", ("source_key", "domain"))
    return {row["domain"].lower().removeprefix("www."): row["source_key"] for row in rows if row["domain"]}
