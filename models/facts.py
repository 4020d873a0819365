"""The leaves: facts found in an article. Mentions, dates, sources and quotes; three billion rows and more.

Fixed-width columns come first (no padding between them), words last. Every key begins with ``article_id``.
"""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKeyConstraint, Index
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import REAL
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, bounded, interval, one_of, ratio, reference, span
from models.words import ANCHOR_KINDS, CALENDARS, DATE_KINDS, ENTITY_KINDS, GRAINS, SOURCE_ROLES

ARTICLE = "Article it was found in."
START = "First code point, from 0, in the document's text."
END = "Code point after its last."
SURFACE = "The very characters of the span."
METHOD = "Rule that found it."
CONFIDENCE = "How sure the rule is, 0 to 1."


class EntityMention(Base):
    """One naming of an entity in an article."""

    __tablename__ = "mentions"
    __table_args__ = (
        Index(None, "entity_id", postgresql_where=sql("entity_id IS NOT NULL")),
        one_of("kind", ENTITY_KINDS),
        span(),
        span("title_start", "title_end", name="title_span"),
        CheckConstraint("(title IS NULL) = (title_start IS NULL)", name="title"),
        CheckConstraint("entity_id IS NOT NULL OR reason IS NOT NULL", name="entity_or_reason"),
        bounded("method", 64),
        ratio(),
        {"schema": "news", "comment": "One naming of an entity in an article."},
    )
    article_id: Mapped[int] = mapped_column(
        BigInteger, reference("news.articles.article_id"), primary_key=True, autoincrement=False, comment=ARTICLE
    )
    char_start: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment=START)
    char_end: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment=END)
    entity_id: Mapped[int | None] = mapped_column(
        reference("news.entities.entity_id"), comment="Entity it names; null while that is open."
    )
    title_start: Mapped[int | None] = mapped_column(comment="First code point of the title beside the name.")
    title_end: Mapped[int | None] = mapped_column(comment="Code point after the title.")
    confidence: Mapped[float] = mapped_column(REAL, comment=CONFIDENCE)
    kind: Mapped[str] = mapped_column(comment=f"One of {', '.join(ENTITY_KINDS)}.")
    surface: Mapped[str] = mapped_column(comment=SURFACE)
    method: Mapped[str] = mapped_column(comment=METHOD)
    title: Mapped[str | None] = mapped_column(comment="Title or role beside the name, as the text has it.")
    reason: Mapped[str | None] = mapped_column(comment="Why it is linked to no entity.")


class DateExpression(Base):
    """One time expression in an article."""

    __tablename__ = "dates"
    __table_args__ = (
        Index(None, "value_start", postgresql_where=sql("value_start IS NOT NULL")),
        one_of("kind", DATE_KINDS),
        one_of("grain", GRAINS),
        one_of("calendar", CALENDARS),
        one_of("anchor_kind", ANCHOR_KINDS),
        span(),
        interval(),
        bounded("method", 64),
        ratio(),
        {"schema": "news", "comment": "One time expression in an article, with its value where that can be known."},
    )
    article_id: Mapped[int] = mapped_column(
        BigInteger, reference("news.articles.article_id"), primary_key=True, autoincrement=False, comment=ARTICLE
    )
    char_start: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment=START)
    char_end: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment=END)
    value_start: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=False), comment="Begin of the interval, the article's wall time; null while unknown."
    )
    value_end: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=False), comment="End of the interval, exclusive."
    )
    anchor_local: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=False), comment="Wall time it was resolved against."
    )
    confidence: Mapped[float] = mapped_column(REAL, comment=CONFIDENCE)
    is_approximate: Mapped[bool] = mapped_column(
        server_default=sql("false"), comment="True where the text says about, nearly, some."
    )
    kind: Mapped[str] = mapped_column(comment=f"One of {', '.join(DATE_KINDS)}.")
    grain: Mapped[str | None] = mapped_column(comment="Unit the value is given in: day, month, daypart ...")
    calendar: Mapped[str] = mapped_column(
        server_default=sql("'gregorian'::text"), comment="Calendar the text uses: gregorian or hijri."
    )
    surface: Mapped[str] = mapped_column(comment=SURFACE)
    method: Mapped[str] = mapped_column(comment=METHOD)
    zone: Mapped[str | None] = mapped_column(comment="Zone the text states, such as +00:00 for GMT.")
    duration: Mapped[str | None] = mapped_column(comment="Length as ISO 8601, of durations and sets.")
    anchor_kind: Mapped[str | None] = mapped_column(comment=f"What it was resolved against: {', '.join(ANCHOR_KINDS)}.")


class ArticleSource(Base):
    """One role a source plays in an article."""

    __tablename__ = "article_sources"
    __table_args__ = (
        Index(None, "source_id", postgresql_where=sql("source_id IS NOT NULL")),
        CheckConstraint("ordinal >= 0", name="ordinal"),
        one_of("role", SOURCE_ROLES),
        span(),
        CheckConstraint("(surface IS NULL) = (char_start IS NULL)", name="surface"),
        CheckConstraint("char_start IS NOT NULL OR field IS NOT NULL", name="span_or_field"),
        CheckConstraint("hop >= 1", name="hop"),
        bounded("method", 64),
        ratio(),
        {
            "schema": "news",
            "comment": "One role a source plays in an article: publisher, origin, cited, photo credit ...",
        },
    )
    article_id: Mapped[int] = mapped_column(
        BigInteger, reference("news.articles.article_id"), primary_key=True, autoincrement=False, comment=ARTICLE
    )
    ordinal: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="Place among the article's sources, from 0."
    )
    hop: Mapped[int | None] = mapped_column(comment="Place in a credit chain, 1 nearest to the page.")
    source_id: Mapped[int | None] = mapped_column(
        reference("news.sources.source_id"), comment="The source; null for anonymous and unlisted ones."
    )
    char_start: Mapped[int | None] = mapped_column(comment=START)
    char_end: Mapped[int | None] = mapped_column(comment=END)
    confidence: Mapped[float] = mapped_column(REAL, comment=CONFIDENCE)
    role: Mapped[str] = mapped_column(comment=f"One of {', '.join(SOURCE_ROLES)}.")
    name: Mapped[str] = mapped_column(comment="What the source is called, for people to read.")
    surface: Mapped[str | None] = mapped_column(comment=SURFACE)
    field: Mapped[str | None] = mapped_column(comment="Field it comes from, where the text has no span for it.")
    method: Mapped[str] = mapped_column(comment=METHOD)


class Quotation(Base):
    """One direct quotation, without its marks."""

    __tablename__ = "quotes"
    __table_args__ = (
        Index(None, "speaker_entity_id", postgresql_where=sql("speaker_entity_id IS NOT NULL")),
        span(),
        span("speaker_start", "speaker_end", name="speaker_span"),
        CheckConstraint("speaker_start IS NULL OR speaker_surface IS NOT NULL", name="speaker"),
        {"schema": "news", "comment": "One direct quotation in an article, without its marks, and who says it."},
    )
    article_id: Mapped[int] = mapped_column(
        BigInteger, reference("news.articles.article_id"), primary_key=True, autoincrement=False, comment=ARTICLE
    )
    char_start: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment=START)
    char_end: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment=END)
    speaker_entity_id: Mapped[int | None] = mapped_column(
        reference("news.entities.entity_id"), comment="Entity of the main speaker, where it is known."
    )
    speaker_start: Mapped[int | None] = mapped_column(comment="First code point of the words that name the speaker.")
    speaker_end: Mapped[int | None] = mapped_column(comment="Code point after them.")
    surface: Mapped[str] = mapped_column(comment=SURFACE)
    speaker_surface: Mapped[str | None] = mapped_column(comment="Words of the text that name the speaker.")
    speaker_name: Mapped[str | None] = mapped_column(comment="What the speaker is called, for people to read.")
    verb: Mapped[str | None] = mapped_column(comment="Reporting verb, without its proclitic.")


class QuoteSpeaker(Base):
    """One speaker of a quotation; the first is the main one."""

    __tablename__ = "quote_speakers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["article_id", "char_start", "char_end"],
            ["news.quotes.article_id", "news.quotes.char_start", "news.quotes.char_end"],
        ),
        CheckConstraint("ordinal >= 0", name="ordinal"),
        span("speaker_start", "speaker_end", name="speaker_span"),
        {"schema": "news", "comment": "One speaker of a quotation; ordinal 0 is the main one."},
    )
    article_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, comment=ARTICLE)
    char_start: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="First code point of the quotation."
    )
    char_end: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="Code point after the quotation."
    )
    ordinal: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="Place among the speakers, from 0."
    )
    speaker_entity_id: Mapped[int | None] = mapped_column(
        reference("news.entities.entity_id"), comment="Entity of the speaker, where it is known."
    )
    speaker_start: Mapped[int | None] = mapped_column(comment="First code point of the words that name the speaker.")
    speaker_end: Mapped[int | None] = mapped_column(comment="Code point after them.")
    speaker_surface: Mapped[str | None] = mapped_column(comment="Words of the text that name the speaker.")
    speaker_name: Mapped[str | None] = mapped_column(comment="What the speaker is called, for people to read.")
