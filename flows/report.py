"""What a run did, for people and machines: the row of the ledger, a markdown table, JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

COUNTS = ("n_read", "n_loaded", "n_unchanged", "n_duplicate", "n_rejected")


@dataclass(frozen=True, slots=True)
class RunReport:
    """The row of ``ops.runs`` by column name, and how many rejects each reason had."""

    run: Mapping[str, Any]
    rejects: Mapping[str, int]

    @property
    def changed_nothing(self) -> bool:
        """Whether all that was read was in the warehouse already."""
        return bool(self.run["n_read"]) and self.run["n_read"] == self.run["n_unchanged"]

    def to_dict(self) -> dict[str, Any]:
        """The columns of ``ops.runs`` and ``rejects``, plain values ready for :func:`json.dumps`."""
        return {name: _plain(value) for name, value in self.run.items()} | {"rejects": dict(self.rejects)}


def run_markdown(report: RunReport) -> str:
    """A markdown table of the run, as the Prefect artifact shows it."""
    lines = [f"Run {report.run['run_id']}: {report.run['state']}", "", "| records | number |", "|---|---:|"]
    lines += [f"| {name.removeprefix('n_')} | {report.run[name]:,} |" for name in COUNTS]
    if report.rejects:
        lines += ["", "| reject reason | number |", "|---|---:|"]
        lines += [f"| {code} | {number:,} |" for code, number in sorted(report.rejects.items())]
    return "\n".join(lines)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a column of any type
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
