"""What the warehouse keeps of the reference data: entities, their spellings, merges people decided, and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal, get_args

from flows.reference.decisions import ORIGIN, Decision
from flows.reference.tables import ReferenceDataError, ReferenceTables, Row
from flows.text.folded import fold
from flows.values import Entity, EntityKind

_ENTITY_COLUMNS = ("entity_key", "kind", "name", "name_ar", "wikidata_id", "geonames_id", "country_code")
_NAME_COLUMNS = ("entity_key", "name", "language_code", "use")
_SOURCE_COLUMNS = ("source_key", "name", "name_ar", "kind", "domain", "country_code", "entity_key")


@dataclass(frozen=True, slots=True)
class EntityName:
    """One spelling of a listed entity, its folded form, and whether a table or a person says so."""

    entity_key: str
    name: str
    folded_name: str
    language_code: str | None
    basis: Literal["reference", "decided"]


@dataclass(frozen=True, slots=True)
class Redirect:
    """One merge a person decided; ``revoked_by`` and ``revoked_at`` are None while it holds."""

    from_key: str
    to_key: str
    decided_by: str
    decided_at: datetime
    reason: str
    revoked_by: str | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Source:
    """One outlet, agency or institution."""

    key: str
    name: str
    name_ar: str | None
    kind: str
    domain: str | None
    country_code: str | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All entities, spellings and sources of the reference data, in key order, and all merges in theirs."""

    entities: tuple[Entity, ...]
    names: tuple[EntityName, ...]
    sources: tuple[Source, ...]
    redirects: tuple[Redirect, ...] = ()


@lru_cache(maxsize=4)
def load_catalogue(tables: ReferenceTables | None = None) -> Catalogue:
    """Read the catalogue; cached in the process.

    Raises:
        ReferenceDataError: a table is missing, a kind is unknown or a name belongs to no entity.
    """
    tables = tables or ReferenceTables()
    entities = {row["entity_key"]: _entity(row) for row in tables.read("entities", _ENTITY_COLUMNS)}
    names: dict[tuple[str, str], EntityName] = {}
    for row in tables.read("entity_names", _NAME_COLUMNS):
        if row["entity_key"] not in entities:
            raise ReferenceDataError(f"entity_names: {row['name']} names {row['entity_key']}, which no table lists")
        names[row["entity_key"], row["name"]] = EntityName(
            row["entity_key"],
            row["name"],
            fold(row["name"]),
            row["language_code"] or None,
            "decided" if row["origin"].startswith(ORIGIN) else "reference",
        )
    sources = {row["source_key"]: _source(row) for row in tables.read("sources", _SOURCE_COLUMNS)}
    return Catalogue(
        tuple(entities[key] for key in sorted(entities)),
        tuple(names[key] for key in sorted(names)),
        tuple(sources[key] for key in sorted(sources)),
        tuple(_redirects(tables.decisions)),
    )


def _redirects(decisions: Iterable[Decision]) -> Iterator[Redirect]:
    decisions = list(decisions)
    revoked = {each.revokes: each for each in decisions if each.action == "revoke"}
    for each in decisions:
        if each.action == "merge":
            end = revoked.get(each.number)
            yield Redirect(
                each.entity_key,
                each.into_key,
                each.by,
                datetime.fromisoformat(each.at),
                each.why,
                end.by if end else None,
                datetime.fromisoformat(end.at) if end else None,
            )


def _entity(row: Row) -> Entity:
    kind: EntityKind | None = next((kind for kind in get_args(EntityKind) if kind == row["kind"]), None)
    if kind is None:
        raise ReferenceDataError(f"entities: {row['entity_key']} has the unknown kind {row['kind']!r}")
    return Entity(
        row["entity_key"],
        kind,
        row["name"],
        row["name_ar"] or None,
        row["wikidata_id"] or None,
        int(row["geonames_id"]) if row["geonames_id"] else None,
        row["country_code"] or None,
    )


def _source(row: Row) -> Source:
    return Source(
        row["source_key"],
        row["name"],
        row["name_ar"] or None,
        row["kind"],
        row["domain"] or None,
        row["country_code"] or None,
    )
