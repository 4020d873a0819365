"""Ids of entities and sources for one batch: what a text coined is added, then all keys are resolved at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from flows.annotation import Annotation
from flows.text.folded import fold
from flows.values import Entity

_COIN = """
INSERT INTO news.entities (entity_key, kind, name, name_ar, country_code)
SELECT given.entity_key, given.kind, given.name, given.name_ar, given.country_code
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
    AS given (entity_key, kind, name, name_ar, country_code)
WHERE NOT EXISTS (SELECT FROM news.entities AS known WHERE known.entity_key = given.entity_key)
ORDER BY given.entity_key
ON CONFLICT (entity_key) DO NOTHING
"""

_RENAME = """
UPDATE news.entities AS entity
SET name = given.name, name_ar = given.name
FROM (
    SELECT entity_key, min(name COLLATE "C") AS name
    FROM unnest(%s::text[], %s::text[]) AS coined (entity_key, name)
    GROUP BY entity_key
) AS given
WHERE entity.entity_key = given.entity_key AND NOT entity.is_listed AND given.name < entity.name COLLATE "C"
"""

_OBSERVE = """
INSERT INTO news.entity_names (entity_id, name, folded_name, language_code, basis)
SELECT entity.entity_id, given.name, given.folded_name, 'ar', 'observed'
FROM unnest(%s::text[], %s::text[], %s::text[]) AS given (entity_key, name, folded_name)
JOIN news.entities AS entity USING (entity_key)
WHERE NOT entity.is_listed
  AND NOT EXISTS (
      SELECT FROM news.entity_names AS known WHERE known.entity_id = entity.entity_id AND known.name = given.name)
ORDER BY entity.entity_id, given.name
ON CONFLICT DO NOTHING
"""

_ENTITY_IDS = "SELECT entity_key, entity_id FROM news.entities WHERE entity_key = ANY(%s)"
_SOURCE_IDS = "SELECT source_key, source_id FROM news.sources WHERE source_key = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Identities:
    """Ids by key, for all keys a batch uses."""

    entities: Mapping[str, int]
    sources: Mapping[str, int]

    def entity(self, entity: Entity | None) -> int | None:
        """The id of an entity; None for none."""
        return None if entity is None else self.entities[entity.key]

    def source(self, key: str | None) -> int | None:
        """The id of a source; None for none and for a key nobody listed."""
        return None if key is None else self.sources.get(key)


def resolve_identities(
    connection: Connection[Any], annotations: Iterable[Annotation], source_keys: Iterable[str]
) -> Identities:
    """Add the entities the texts coined, with their spellings, and return the ids of all that the batch names.

    A coined entity is called by the first of its spellings in code point order, whoever comes first.
    """
    annotations = list(annotations)
    named = [mention.entity for each in annotations for mention in each.mentions if mention.entity]
    named += [s.entity for each in annotations for quote in each.quotes for s in quote.speakers if s.entity]
    spellings = sorted({(e.key, e.name): e for e in named}.values(), key=lambda entity: (entity.key, entity.name))
    first = {entity.key: entity for entity in reversed(spellings)}
    if spellings:
        rows = [(e.key, e.kind, e.name, e.name_ar, e.country_code) for e in first.values()]
        connection.execute(_COIN, [list(column) for column in zip(*rows, strict=True)])
        names = ([e.key for e in spellings], [e.name for e in spellings])
        connection.execute(_RENAME, names)
        connection.execute(_OBSERVE, (*names, [fold(name) for name in names[1]]))
    keys = {source.source_key for each in annotations for source in each.sources if source.source_key}
    return Identities(
        dict(connection.execute(_ENTITY_IDS, (list(first),)).fetchall()),
        dict(connection.execute(_SOURCE_IDS, (sorted(keys.union(source_keys)),)).fetchall()),
    )
