"""What the readers of import files hand on: one item for each thing a file names, and what they had to refuse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from flows.values import EntityKind


class ReferenceImportError(ValueError):
    """A file that cannot be imported: names it, the place and the mend. Nothing of it was kept."""

    exit_code: ClassVar[int] = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, without its end; ``number`` counts from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was not taken, and why."""

    line: int
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing with its spellings, as a file has it.

    Attributes:
        line: where it stands.
        key: the entity key the file gives; blank leaves it to the import.
        name, name_ar: what to show, in Latin letters and in Arabic; either may be blank.
        spellings: more names; name and name_ar count without being listed here.
        use: how much the spellings prove (``seeds/reference/README.md``); blank leaves it to their form.
        origin: where the file has it from, such as ``jrc-names:1510``: the same origin is the same thing.
        is_own: the file is the user's own and knows better than the tables; a dump only adds to them.
    """

    line: int
    kind: EntityKind
    origin: str
    key: str = ""
    name: str = ""
    name_ar: str = ""
    spellings: tuple[str, ...] = ()
    use: str = ""
    wikidata_id: str = ""
    geonames_id: str = ""
    country_code: str = ""
    is_own: bool = False


Found = Iterator[Item | Refusal]
