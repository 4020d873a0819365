"""Bring the reference tables of the warehouse in line with the reference data a run works by, set by set."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from flows.load.copying import CopyTarget, copy_rows
from flows.reference.catalogue import Catalogue

_STAGING = """
CREATE TEMPORARY TABLE staged_entity (
    entity_key text, kind text, name text, name_ar text, wikidata_id text, geonames_id integer, country_code text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_name (
    entity_key text, name text, folded_name text, language_code text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_source (
    source_key text, name text, name_ar text, kind text, domain text, country_code text
) ON COMMIT DROP;
"""

_STAGED_ENTITY = CopyTarget(
    "pg_temp",
    "staged_entity",
    (
        ("entity_key", "text"), ("kind", "text"), ("name", "text"), ("name_ar", "text"), ("wikidata_id", "text"),
        ("geonames_id", "int4"), ("country_code", "text"),
    ),
)  # fmt: skip
_STAGED_NAME = CopyTarget(
    "pg_temp",
    "staged_name",
    (("entity_key", "text"), ("name", "text"), ("folded_name", "text"), ("language_code", "text")),
)
_STAGED_SOURCE = CopyTarget(
    "pg_temp",
    "staged_source",
    (
        ("source_key", "text"), ("name", "text"), ("name_ar", "text"), ("kind", "text"), ("domain", "text"),
        ("country_code", "text"),
    ),
)  # fmt: skip

_MERGE = (
    """
    INSERT INTO news.entities
        (entity_key, kind, name, name_ar, wikidata_id, geonames_id, country_code, is_listed)
    SELECT entity_key, kind, name, name_ar, wikidata_id, geonames_id, country_code, true
    FROM staged_entity
    WHERE NOT EXISTS (SELECT FROM news.entities AS known WHERE known.entity_key = staged_entity.entity_key)
    ORDER BY entity_key
    ON CONFLICT (entity_key) DO NOTHING
    """,
    """
    UPDATE news.entities AS entity
    SET name = staged.name, name_ar = staged.name_ar, wikidata_id = staged.wikidata_id,
        geonames_id = staged.geonames_id, country_code = staged.country_code, is_listed = true
    FROM staged_entity AS staged
    WHERE entity.entity_key = staged.entity_key
      AND (entity.name, entity.name_ar, entity.wikidata_id, entity.geonames_id, entity.country_code, entity.is_listed)
          IS DISTINCT FROM
          (staged.name, staged.name_ar, staged.wikidata_id, staged.geonames_id, staged.country_code, true)
    """,
    """
    INSERT INTO news.entity_names (entity_id, name, folded_name, language_code, basis)
    SELECT entity.entity_id, staged.name, staged.folded_name, staged.language_code, 'reference'
    FROM staged_name AS staged
    JOIN news.entities AS entity USING (entity_key)
    WHERE NOT EXISTS (
        SELECT FROM news.entity_names AS known
        WHERE known.entity_id = entity.entity_id AND known.name = staged.name AND known.basis = 'reference'
    )
    ORDER BY entity.entity_id, staged.name
    ON CONFLICT DO NOTHING
    """,
    """
    DELETE FROM news.entity_names AS gone
    WHERE gone.basis = 'reference'
      AND NOT EXISTS (
          SELECT FROM staged_name AS staged
          JOIN news.entities AS entity USING (entity_key)
          WHERE entity.entity_id = gone.entity_id AND staged.name = gone.name
      )
    """,
    """
    INSERT INTO news.sources (source_key, name, name_ar, kind, domain, country_code)
    SELECT source_key, name, name_ar, kind, domain, country_code
    FROM staged_source
    WHERE NOT EXISTS (SELECT FROM news.sources AS known WHERE known.source_key = staged_source.source_key)
    ORDER BY source_key
    ON CONFLICT (source_key) DO NOTHING
    """,
    """
    UPDATE news.sources AS source
    SET name = staged.name, name_ar = staged.name_ar, kind = staged.kind, domain = staged.domain,
        country_code = staged.country_code
    FROM staged_source AS staged
    WHERE source.source_key = staged.source_key
      AND (source.name, source.name_ar, source.kind, source.domain, source.country_code)
          IS DISTINCT FROM
          (staged.name, staged.name_ar, staged.kind, staged.domain, staged.country_code)
    """,
)

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('musnad.reference', 0))"


def sync_reference(connection: Connection[Any], catalogue: Catalogue) -> None:
    """Add and update listed entities, their names and the sources; rows that are right already are not written.

    An entity that is no longer listed stays, since facts point at it; its reference names go.
    """
    with connection.transaction():
        connection.execute(_LOCK)
        connection.execute(_STAGING)
        copy_rows(
            connection,
            _STAGED_ENTITY,
            (
                (e.key, e.kind, e.name, e.name_ar, e.wikidata_id, e.geonames_id, e.country_code)
                for e in catalogue.entities
            ),
        )
        copy_rows(
            connection,
            _STAGED_NAME,
            ((n.entity_key, n.name, n.folded_name, n.language_code) for n in catalogue.names),
        )
        copy_rows(
            connection,
            _STAGED_SOURCE,
            ((s.key, s.name, s.name_ar, s.kind, s.domain, s.country_code) for s in catalogue.sources),
        )
        for statement in _MERGE:
            connection.execute(statement)
