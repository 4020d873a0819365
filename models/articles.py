"""Articles, the narrow table of their current versions, publication evidence, and stories."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Computed, DateTime, Index
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, allocated, interval, one_of, reference, span
from models.words import DAY_GRAINS, EVIDENCE_BASES, GRAINS, PUBLISHED_BASES, WEEKDAYS


class Article(Base):
    """One version of one article found in a document; a page can hold several."""

    __tablename__ = "articles"
    __table_args__ = (
        Index(None, "document_id", "ordinal", unique=True),
        Index(None, "url", postgresql_using="hash", postgresql_where=sql("url IS NOT NULL")),
        Index(None, "published_date", postgresql_where=sql("is_current")),
        Index(None, "publisher_source_id", "published_date", postgresql_where=sql("is_current")),
        Index(None, "story_id", postgresql_where=sql("story_id IS NOT NULL")),
        Index(None, "duplicate_of_article_id", postgresql_where=sql("duplicate_of_article_id IS NOT NULL")),
        Index(None, "supersedes_article_id", postgresql_where=sql("supersedes_article_id IS NOT NULL")),
        Index(None, "search", postgresql_using="gin"),
        CheckConstraint("ordinal >= 0", name="ordinal"),
        span("title_start", "title_end", name="title_span"),
        CheckConstraint("title_start IS NULL OR title IS NOT NULL", name="title"),
        CheckConstraint("octet_length(language_code) BETWEEN 2 AND 35", name="language_code_length"),
        one_of("published_grain", GRAINS),
        one_of("published_basis", PUBLISHED_BASES),
        one_of("published_weekday", WEEKDAYS),
        CheckConstraint("(published_local IS NULL) = (published_grain IS NULL)", name="published_local"),
        CheckConstraint(
            "published_date = published_local::date"
            f" AND published_grain IN ({', '.join(repr(grain) for grain in DAY_GRAINS)})"
            " OR published_date IS NULL",
            name="published_date",
        ),
        CheckConstraint("published_earliest_date <= published_latest_date", name="published_bounds"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("n_words >= 0", name="n_words"),
        CheckConstraint("supersedes_article_id <> article_id", name="supersedes"),
        CheckConstraint("duplicate_of_article_id <> article_id", name="duplicate"),
        {"schema": "news", "comment": "One version of one article found in a document; a page can hold several."},
    )
    article_id: Mapped[int] = mapped_column(
        BigInteger,
        primary_key=True,
        autoincrement=False,
        server_default=allocated("article_id_seq"),
        comment="Key of the article version; begins the keys of all its facts.",
    )
    document_id: Mapped[int] = mapped_column(
        BigInteger, reference("news.documents.document_id"), comment="Document whose text its spans index."
    )
    chain_key: Mapped[UUID] = mapped_column(
        comment="Hash of canonical URL (else place) and ordinal: the same in all versions of one article."
    )
    content_key: Mapped[UUID] = mapped_column(comment="Hash of title and body: equal texts have equal keys.")
    supersedes_article_id: Mapped[int | None] = mapped_column(
        BigInteger, reference("news.articles.article_id"), comment="The version before this one."
    )
    duplicate_of_article_id: Mapped[int | None] = mapped_column(
        BigInteger, reference("news.articles.article_id"), comment="Article of another document with the same text."
    )
    story_id: Mapped[int | None] = mapped_column(
        BigInteger, reference("news.stories.story_id"), comment="Story it reports."
    )
    run_id: Mapped[int] = mapped_column(BigInteger, reference("ops.runs.run_id"), comment="Run that loaded it.")
    published_local: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=False), comment="Publication as the page says it, wall time cut to published_grain."
    )
    published_at: Mapped[datetime | None] = mapped_column(
        comment="Publication as an instant, only where a zone is stated."
    )
    modified_at: Mapped[datetime | None] = mapped_column(comment="When the publisher says it last changed.")
    publisher_source_id: Mapped[int | None] = mapped_column(
        reference("news.sources.source_id"), comment="Outlet that published it."
    )
    ruleset_id: Mapped[int] = mapped_column(
        reference("ops.rulesets.ruleset_id"), comment="Rules and reference data that read it."
    )
    title_start: Mapped[int | None] = mapped_column(comment="First code point of the title in the document's text.")
    title_end: Mapped[int | None] = mapped_column(comment="Code point after the title; null where metadata gave it.")
    version: Mapped[int] = mapped_column(server_default=sql("1"), comment="Place among the versions, from 1.")
    n_words: Mapped[int] = mapped_column(comment="Words of title, subtitle and body, parted by white space.")
    published_date: Mapped[date | None] = mapped_column(
        comment="Day of publication in the page's own zone; null unless page or metadata settles it."
    )
    published_earliest_date: Mapped[date | None] = mapped_column(comment="First day it can have been published.")
    published_latest_date: Mapped[date | None] = mapped_column(comment="Last day it can have been published.")
    ordinal: Mapped[int] = mapped_column(comment="Place on the page in reading order, from 0.")
    is_embedded: Mapped[bool] = mapped_column(comment="True for another article quoted whole inside the page.")
    is_current: Mapped[bool] = mapped_column(comment="True for the newest version.")
    language_code: Mapped[str | None] = mapped_column(comment="Language of the text, such as ar.")
    published_grain: Mapped[str | None] = mapped_column(comment="How fine published_local is: day, minute, month ...")
    published_basis: Mapped[str] = mapped_column(
        server_default=sql("'unknown'::text"), comment=f"Where it comes from: {', '.join(PUBLISHED_BASES)}."
    )
    published_weekday: Mapped[str | None] = mapped_column(comment="Weekday of publication, Monday to Sunday.")
    url: Mapped[str | None] = mapped_column(comment="Canonical URL; null for embedded articles.")
    title: Mapped[str | None] = mapped_column(comment="Headline; null where the page has none.")
    subtitle: Mapped[str | None] = mapped_column(comment="Line under the headline.")
    body: Mapped[str] = mapped_column(comment="Paragraphs of the article, joined by line breaks.")
    search: Mapped[Any] = mapped_column(
        TSVECTOR,
        Computed("news.search_vector(title, body)", persisted=True),
        nullable=True,
        comment="Arabic full text, title weighted A; ask it with news.search_query('...').",
    )


class ArticleChain(Base):
    """The narrow table of current versions, apart so that articles can be distributed by their own key."""

    __tablename__ = "article_chains"
    __table_args__ = ({"schema": "news", "comment": "Which version of an article (URL or place) is current."},)
    chain_key: Mapped[UUID] = mapped_column(
        primary_key=True, comment="Hash of canonical URL (else place) and ordinal, as in articles."
    )
    current_article_id: Mapped[int] = mapped_column(
        BigInteger, reference("news.articles.article_id", deferred=True), comment="The current version."
    )


class ArticleContent(Base):
    """The narrow table of first articles by text, apart so that articles can be distributed by their own key."""

    __tablename__ = "article_contents"
    __table_args__ = ({"schema": "news", "comment": "Which article was the first with this title and body."},)
    content_key: Mapped[UUID] = mapped_column(primary_key=True, comment="Hash of title and body, as in articles.")
    first_article_id: Mapped[int] = mapped_column(
        BigInteger,
        reference("news.articles.article_id", deferred=True),
        comment="The first article with this text; duplicate_of_article_id of the others points at it.",
    )


class PublicationCandidate(Base):
    """One candidate for when an article was published."""

    __tablename__ = "publication_evidence"
    __table_args__ = (
        CheckConstraint("ordinal >= 0", name="ordinal"),
        one_of("basis", EVIDENCE_BASES),
        span(),
        interval(),
        CheckConstraint("char_start IS NOT NULL OR field IS NOT NULL", name="span_or_field"),
        {"schema": "news", "comment": "One candidate for when an article was published, chosen or not, and why."},
    )
    article_id: Mapped[int] = mapped_column(
        BigInteger,
        reference("news.articles.article_id"),
        primary_key=True,
        autoincrement=False,
        comment="Article it speaks of.",
    )
    ordinal: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="Place among the candidates, from 0."
    )
    is_chosen: Mapped[bool] = mapped_column(comment="True for what the article's publication was taken from.")
    char_start: Mapped[int | None] = mapped_column(comment="First code point in the document's text.")
    char_end: Mapped[int | None] = mapped_column(comment="Code point after its last.")
    value_start: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=False), comment="Begin of the interval it gives, the article's wall time."
    )
    value_end: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=False), comment="End of that interval, exclusive."
    )
    basis: Mapped[str] = mapped_column(comment=f"Where it comes from: {', '.join(EVIDENCE_BASES)}.")
    field: Mapped[str | None] = mapped_column(comment="Field it comes from, where the text has no span for it.")
    surface: Mapped[str] = mapped_column(comment="What the page or field says, word for word.")
    reason: Mapped[str] = mapped_column(server_default=sql("''::text"), comment="Why it was chosen or not.")


class Story(Base):
    """One cluster of reports of the same copy or event."""

    __tablename__ = "stories"
    __table_args__ = (
        CheckConstraint("n_articles >= 1 AND n_outlets >= 0 AND n_independent >= 0", name="counts"),
        CheckConstraint("n_independent <= n_articles AND n_outlets <= n_articles", name="shares"),
        Index(None, "first_article_id"),
        {"schema": "news", "comment": "One cluster of reports of the same copy or event."},
    )
    story_id: Mapped[int] = mapped_column(
        BigInteger,
        primary_key=True,
        autoincrement=False,
        server_default=allocated("story_id_seq"),
        comment="Key of the story.",
    )
    first_article_id: Mapped[int] = mapped_column(
        BigInteger, reference("news.articles.article_id", deferred=True, circular=True), comment="Its first report."
    )
    n_articles: Mapped[int] = mapped_column(comment="Reports in it.")
    n_outlets: Mapped[int] = mapped_column(comment="Outlets that carried it.")
    n_independent: Mapped[int] = mapped_column(comment="Reports that are not copies of another.")
