"""Which entity an item is: one the tables list, or a new one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from flows.reference.decisions import Row
from flows.reference.imports.items import Item
from flows.reference.spelling import spelling_key
from flows.reference.tables import ReferenceTables
from flows.values import EntityKind

ENTITY_COLUMNS = ("entity_key", "kind", "name", "name_ar", "wikidata_id", "geonames_id", "country_code", "origin")
NAME_COLUMNS = ("entity_key", "name", "language_code", "use", "origin")

_SURE = frozenset({"full", "short", "acronym"})
_IDS = ("wikidata_id", "geonames_id")
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_MAX_SLUG = 120

CoinedKey = Callable[[EntityKind, str], str]
"""Key of a (kind, Arabic name) as a text coins it, so that both meet."""


@dataclass
class Known:
    """The entities listed so far, by all that tells which is which. Grows as items are taken.

    Attributes:
        entities: rows by key.
        spellings: use of each folded spelling, by key.
        owners: keys that a folded spelling surely names.
        ids: key by column and external id, or by ``origin`` and what a dump calls it.
    """

    entities: dict[str, Row] = field(default_factory=dict)
    spellings: dict[str, dict[str, str]] = field(default_factory=dict)
    owners: dict[str, set[str]] = field(default_factory=dict)
    ids: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: ReferenceTables) -> Known:
        """What the tables list; decisions are left out, since they apply to whatever is imported as well."""
        known = cls()
        for row in tables.read("entities", ENTITY_COLUMNS):
            known.add_entity(row)
        for row in tables.read("entity_names", NAME_COLUMNS):
            known.add_name(row["entity_key"], row["name"], row["use"])
        return known

    def add_entity(self, row: Row) -> None:
        """List an entity, or what a row adds to it."""
        key = row["entity_key"]
        self.entities[key] = {**self.entities.get(key, {}), **{column: cell for column, cell in row.items() if cell}}
        for column in _IDS:
            if row.get(column):
                self.ids[column, row[column]] = key
        for origin in row["origin"].split("|"):
            if ":" in origin:
                self.ids["origin", origin] = key

    def add_name(self, key: str, name: str, use: str) -> None:
        """List a spelling of an entity."""
        spelling = spelling_key(name)
        self.spellings.setdefault(key, {})[spelling] = use
        if use in _SURE:
            self.owners.setdefault(spelling, set()).add(key)

    def other_owner(self, key: str, name: str, use: str) -> str:
        """An entity that a spelling surely names already, blank if it is free or for no sure use."""
        others = self.owners.get(spelling_key(name), set()) - {key} if use in _SURE else set()
        return min(others, default="")

    def find(self, item: Item) -> str:
        """The key of the listed entity an item is: by its key, an id, its origin, else a name; blank for none."""
        if item.key:
            return item.key
        for column in (*_IDS, "origin"):
            value = str(getattr(item, column))
            if value and (column != "origin" or not item.is_own) and (column, value) in self.ids:
                return self.ids[column, value]
        return self._by_name(item)

    def _by_name(self, item: Item) -> str:
        """The one entity of the kind that bears a name of the item and is not of another country or id."""
        for name in filter(None, (item.name_ar, item.name, *item.spellings)):
            if item.kind == "person" and " " not in spelling_key(name):
                continue
            owners = self.owners.get(spelling_key(name), set())
            same = {key for key in owners if self._may_be(key, item)}
            if len(same) == 1:
                return same.pop()
        return ""

    def _may_be(self, key: str, item: Item) -> bool:
        row = self.entities.get(key, {})
        if row.get("kind") != item.kind:
            return False
        return all(
            not row.get(column) or not getattr(item, column) or row[column] == getattr(item, column)
            for column in (*_IDS, "country_code")
        )

    def new_key(self, item: Item, coined_key: CoinedKey) -> str:
        """A key for an item nobody lists: kind and slug of its Latin name, else as a text would coin it."""
        slug = slug_of(item.name)
        if not slug:
            arabic = item.name_ar or next(iter(item.spellings), "")
            return coined_key(item.kind, arabic) if spelling_key(arabic) else ""
        key = f"{item.kind}:{slug}"
        if key not in self.entities:
            return key
        ends = (item.wikidata_id, item.geonames_id, item.country_code, item.origin.rpartition(":")[2])
        tried = (f"{key}-{slug_of(end)}" for end in ends if slug_of(end))
        return next((each for each in tried if each not in self.entities), "")


def slug_of(name: str) -> str:
    """The ASCII slug of a Latin name; blank where it has no Latin letters.

    >>> slug_of("Recep Tayyip Erdoğan"), slug_of("أحمد")
    ('recep-tayyip-erdogan', '')
    """
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    ascii_only = plain.encode("ascii", "ignore").decode().lower().replace("'", "")
    return _NO_SLUG.sub("-", ascii_only).strip("-")[:_MAX_SLUG].strip("-")
