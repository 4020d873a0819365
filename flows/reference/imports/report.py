"""What an import did, counted, and what it refused, with lines and reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from flows.reference.imports.items import Refusal

MAX_SHOWN = 1_000
"""So many refusals are listed; all are counted by reason."""
MAX_WHAT = 120
"""So many characters of what was refused are shown."""


@dataclass
class ImportReport:
    """The outcome of one import: entities by what became of them, spellings likewise.

    Attributes:
        file, format: what was read.
        layer: the folder of tables that was written; blank where nothing was new.
        added, changed, unchanged: keys of entities.
        refused: the first things that were not taken.
        reasons: how many were refused for each reason.
    """

    file: str
    format: str
    layer: str = ""
    n_names_added: int = 0
    n_names_unchanged: int = 0
    added: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    refused: list[Refusal] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def refuse(self, refusal: Refusal) -> None:
        """Count something that was not taken."""
        self.reasons[refusal.reason] += 1
        if len(self.refused) < MAX_SHOWN:
            self.refused.append(replace(refusal, what=refusal.what[:MAX_WHAT]))

    @property
    def n_refused(self) -> int:
        """How many names and things were not taken."""
        return self.reasons.total()

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return {
            "file": self.file,
            "format": self.format,
            "layer": self.layer or None,
            "added": len(self.added),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "refused": self.n_refused,
            "names_added": self.n_names_added,
            "names_unchanged": self.n_names_unchanged,
            "reasons": dict(self.reasons.most_common()),
            "refusals": [{"line": each.line, "what": each.what, "reason": each.reason} for each in self.refused],
        }
