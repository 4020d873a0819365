"""What facts point at: sources, entities, their names and the merges people decided."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Identity, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, bounded, one_of, reference
from models.words import ENTITY_KINDS, NAME_BASES


class Source(Base):
    """One outlet, agency or institution that news comes from."""

    __tablename__ = "sources"
    __table_args__ = (
        UniqueConstraint("source_key"),
        bounded("source_key", 200),
        bounded("kind", 40),
        CheckConstraint("country_code ~ '^[A-Z]{2}$'", name="country_code"),
        {"schema": "news", "comment": "One outlet, agency or institution that news comes from."},
    )
    source_id: Mapped[int] = mapped_column(Identity(), primary_key=True, comment="Key of the source.")
    source_key: Mapped[str] = mapped_column(comment="Stable slug.")
    name: Mapped[str] = mapped_column(comment="Name in Latin letters.")
    name_ar: Mapped[str | None] = mapped_column(comment="Name in Arabic.")
    kind: Mapped[str] = mapped_column(comment="What it is: agency, newspaper, broadcaster, website, institution ...")
    domain: Mapped[str | None] = mapped_column(comment="Internet domain, without www.")
    country_code: Mapped[str | None] = mapped_column(comment="Country, ISO 3166-1 alpha-2.")


class NamedEntity(Base):
    """One person, organisation, place, group or event."""

    __tablename__ = "entities"
    __table_args__ = (
        UniqueConstraint("entity_key"),
        bounded("entity_key", 1500),
        one_of("kind", ENTITY_KINDS),
        CheckConstraint("wikidata_id ~ '^Q[1-9][0-9]*$'", name="wikidata_id"),
        CheckConstraint("geonames_id > 0", name="geonames_id"),
        CheckConstraint("country_code ~ '^[A-Z]{2}$'", name="country_code"),
        {"schema": "news", "comment": "One person, organisation, place, group or event, listed or coined by a text."},
    )
    entity_id: Mapped[int] = mapped_column(Identity(), primary_key=True, comment="Key of the entity.")
    entity_key: Mapped[str] = mapped_column(
        comment="Stable slug; of an unlisted entity, made from its kind and folded full name."
    )
    kind: Mapped[str] = mapped_column(comment=f"One of {', '.join(ENTITY_KINDS)}.")
    name: Mapped[str] = mapped_column(comment="Name to show.")
    name_ar: Mapped[str | None] = mapped_column(comment="Name in Arabic.")
    wikidata_id: Mapped[str | None] = mapped_column(comment="Wikidata item, such as Q40469.")
    geonames_id: Mapped[int | None] = mapped_column(comment="GeoNames id of a place.")
    country_code: Mapped[str | None] = mapped_column(comment="Country, ISO 3166-1 alpha-2.")
    is_listed: Mapped[bool] = mapped_column(
        server_default=sql("false"), comment="True when the reference data lists it, false when a text coined it."
    )


class EntityName(Base):
    """One spelling of an entity."""

    __tablename__ = "entity_names"
    __table_args__ = (
        Index(None, "folded_name", postgresql_using="hash"),
        one_of("basis", NAME_BASES),
        CheckConstraint("octet_length(language_code) BETWEEN 2 AND 35", name="language_code_length"),
        {"schema": "news", "comment": "One spelling of an entity."},
    )
    entity_id: Mapped[int] = mapped_column(
        reference("news.entities.entity_id"), primary_key=True, autoincrement=False, comment="Entity it names."
    )
    name_key: Mapped[UUID] = mapped_column(
        Computed("md5(name)::uuid", persisted=True),
        primary_key=True,
        comment="MD5 of the name: stands for it in the key, which a long name would not fit.",
    )
    name: Mapped[str] = mapped_column(comment="The spelling.")
    folded_name: Mapped[str] = mapped_column(comment="The spelling folded: hamza, alef, ya, ta marbuta, vowel marks.")
    language_code: Mapped[str | None] = mapped_column(comment="Language of the spelling, such as ar.")
    basis: Mapped[str] = mapped_column(comment="reference (listed), observed (in a text) or decided (by a person).")


class EntityRedirect(Base):
    """One merge of two entities decided by a person; facts keep the id they were loaded with."""

    __tablename__ = "entity_redirects"
    __table_args__ = (
        Index(None, "from_entity_id", unique=True, postgresql_where=sql("revoked_at IS NULL")),
        Index(None, "to_entity_id"),
        CheckConstraint("from_entity_id <> to_entity_id", name="distinct"),
        CheckConstraint("revoked_at >= decided_at", name="revoked"),
        {"schema": "news", "comment": "One merge decided by a person; facts keep their ids, mart follows redirects."},
    )
    redirect_id: Mapped[int] = mapped_column(Identity(), primary_key=True, comment="Key of the decision.")
    from_entity_id: Mapped[int] = mapped_column(
        reference("news.entities.entity_id"), comment="Entity that is the other one."
    )
    to_entity_id: Mapped[int] = mapped_column(reference("news.entities.entity_id"), comment="Entity that stays.")
    decided_by: Mapped[str] = mapped_column(comment="Who decided it.")
    decided_at: Mapped[datetime] = mapped_column(comment="When it was decided.")
    reason: Mapped[str] = mapped_column(comment="Why.")
    revoked_by: Mapped[str | None] = mapped_column(comment="Who took it back.")
    revoked_at: Mapped[datetime | None] = mapped_column(comment="When it was taken back; null while it holds.")
