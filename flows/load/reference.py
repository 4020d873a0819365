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
    entity_key text, name text, folded_name text, language_code text, basis text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_source (
    source_key text, name text, name_ar text, kind text, domain text, country_code text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_redirect (
    from_key text, to_key text, decided_by text, decided_at timestamptz, reason text, revoked_by text,
    revoked_at timestamptz
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
    (("entity_key", "text"), ("name", "text"), ("folded_name", "text"), ("language_code", "text"), ("basis", "text")),
)
_STAGED_SOURCE = CopyTarget(
    "pg_temp",
    "staged_source",
    (
        ("source_key", "text"), ("name", "text"), ("name_ar", "text"), ("kind", "text"), ("domain", "text"),
        ("country_code", "text"),
    ),
)  # fmt: skip
_STAGED_REDIRECT = CopyTarget(
    "pg_temp",
    "staged_redirect",
    (
        ("from_key", "text"), ("to_key", "text"), ("decided_by", "text"), ("decided_at", "timestamptz"),
        ("reason", "text"), ("revoked_by", "text"), ("revoked_at", "timestamptz"),
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
    UPDATE news.entities AS entity
    SET is_listed = false, name = coalesce(seen.name, entity.name), name_ar = coalesce(seen.name, entity.name_ar)
    FROM news.entities AS gone
    LEFT JOIN LATERAL (
        SELECT min(name COLLATE "C") AS name FROM news.entity_names
        WHERE entity_id = gone.entity_id AND basis = 'observed'
    ) AS seen ON true
    WHERE gone.entity_id = entity.entity_id AND gone.is_listed
      AND NOT EXISTS (SELECT FROM staged_entity AS staged WHERE staged.entity_key = gone.entity_key)
    """,
    """
    DELETE FROM news.entity_names AS gone
    WHERE gone.basis IN ('reference', 'decided')
      AND NOT EXISTS (
          SELECT FROM staged_name AS staged
          JOIN news.entities AS entity USING (entity_key)
          WHERE entity.entity_id = gone.entity_id AND staged.name = gone.name
      )
    """,
    """
    INSERT INTO news.entity_names AS known (entity_id, name, folded_name, language_code, basis)
    SELECT entity.entity_id, staged.name, staged.folded_name, staged.language_code, staged.basis
    FROM staged_name AS staged
    JOIN news.entities AS entity USING (entity_key)
    WHERE NOT EXISTS (
        SELECT FROM news.entity_names AS same
        WHERE same.entity_id = entity.entity_id AND same.name_key = md5(staged.name)::uuid
          AND same.basis = staged.basis AND same.folded_name = staged.folded_name
    )
    ORDER BY entity.entity_id, staged.name
    ON CONFLICT (entity_id, name_key) DO UPDATE SET folded_name = excluded.folded_name, basis = excluded.basis
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

_MERGES = """
CREATE TEMPORARY TABLE decided_redirect ON COMMIT DROP AS
SELECT gone.entity_id AS from_entity_id, kept.entity_id AS to_entity_id, staged.decided_by, staged.decided_at,
    staged.reason, staged.revoked_by, staged.revoked_at
FROM staged_redirect AS staged
JOIN news.entities AS gone ON gone.entity_key = staged.from_key
JOIN news.entities AS kept ON kept.entity_key = staged.to_key;

DELETE FROM news.entity_redirects AS redirect
WHERE NOT EXISTS (
    SELECT FROM decided_redirect AS decided
    WHERE (decided.from_entity_id, decided.to_entity_id, decided.decided_at)
        = (redirect.from_entity_id, redirect.to_entity_id, redirect.decided_at)
);

UPDATE news.entity_redirects AS redirect
SET revoked_by = decided.revoked_by, revoked_at = decided.revoked_at
FROM decided_redirect AS decided
WHERE (decided.from_entity_id, decided.to_entity_id, decided.decided_at)
    = (redirect.from_entity_id, redirect.to_entity_id, redirect.decided_at)
  AND (redirect.revoked_by, redirect.revoked_at) IS DISTINCT FROM (decided.revoked_by, decided.revoked_at);

INSERT INTO news.entity_redirects
    (from_entity_id, to_entity_id, decided_by, decided_at, reason, revoked_by, revoked_at)
SELECT from_entity_id, to_entity_id, decided_by, decided_at, reason, revoked_by, revoked_at
FROM decided_redirect AS decided
WHERE NOT EXISTS (
    SELECT FROM news.entity_redirects AS known
    WHERE (known.from_entity_id, known.to_entity_id, known.decided_at)
        = (decided.from_entity_id, decided.to_entity_id, decided.decided_at)
)
ORDER BY decided_at;
"""
"""An entity that no text of this warehouse ever named has no id yet: its redirect follows when it has."""

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('musnad.reference', 0))"


def sync_reference(connection: Connection[Any], catalogue: Catalogue) -> None:
    """Add and update listed entities, their names, merges and the sources; rows that are right are not written.

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
            ((n.entity_key, n.name, n.folded_name, n.language_code, n.basis) for n in catalogue.names),
        )
        copy_rows(
            connection,
            _STAGED_SOURCE,
            ((s.key, s.name, s.name_ar, s.kind, s.domain, s.country_code) for s in catalogue.sources),
        )
        copy_rows(
            connection,
            _STAGED_REDIRECT,
            (
                (r.from_key, r.to_key, r.decided_by, r.decided_at, r.reason, r.revoked_by, r.revoked_at)
                for r in catalogue.redirects
            ),
        )
        for statement in _MERGE:
            connection.execute(statement)
        connection.execute(_MERGES)
