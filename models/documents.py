"""What was read: contents, the places they were seen at, and the segments of their text."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, allocated, one_of, reference, span
from models.words import SEGMENT_KINDS


class Document(Base):
    """One distinct content ever read."""

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("octet_length(sha256) = 32", name="sha256_length"),
        Index(
            "documents_payload_digest_idx",
            sql("(fields ->> 'warc:WARC-Payload-Digest')"),
            postgresql_using="hash",
            postgresql_where=sql("fields ? 'warc:WARC-Payload-Digest'"),
        ),
        {"schema": "news", "comment": "One distinct content ever read; all spans index its text."},
    )
    document_id: Mapped[int] = mapped_column(
        BigInteger,
        primary_key=True,
        autoincrement=False,
        server_default=allocated("document_id_seq"),
        comment="Key of the document; begins the keys of its places and segments.",
    )
    sha256: Mapped[bytes] = mapped_column(
        LargeBinary, comment="32 bytes over the decompressed file or the record; document_hashes keeps it unique."
    )
    media_type: Mapped[str] = mapped_column(comment="What it was, such as text/plain or text/html.")
    charset: Mapped[str] = mapped_column(comment="Character encoding it was read with.")
    repairs: Mapped[list[str]] = mapped_column(
        ARRAY(TEXT), server_default=sql("'{}'::text[]"), comment="What was mended to read it: bom, nul, charset ..."
    )
    text: Mapped[str] = mapped_column(comment="The text, never normalised: spans are code-point offsets into it.")
    retrieved_at: Mapped[datetime | None] = mapped_column(comment="When it was crawled, if known.")
    first_seen_at: Mapped[datetime] = mapped_column(server_default=sql("now()"), comment="When Musnad first read it.")
    fields: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB, comment="Fields of the record that no column uses, kept for later."
    )


class DocumentHash(Base):
    """The narrow table that keeps contents unique, apart so that documents can be distributed by their own key."""

    __tablename__ = "document_hashes"
    __table_args__ = (
        CheckConstraint("octet_length(sha256) = 32", name="sha256_length"),
        {"schema": "news", "comment": "Which document has this content: keeps contents unique across documents."},
    )
    sha256: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True, comment="32 bytes over the content.")
    document_id: Mapped[int] = mapped_column(
        BigInteger,
        reference("news.documents.document_id", deferred=True),
        comment="The one document that holds this content.",
    )


class DocumentLocation(Base):
    """One place where a content was seen."""

    __tablename__ = "document_locations"
    __table_args__ = ({"schema": "news", "comment": "One place where a document's content was seen."},)
    document_id: Mapped[int] = mapped_column(
        BigInteger,
        reference("news.documents.document_id", deferred=True),
        primary_key=True,
        autoincrement=False,
        comment="Document that was seen.",
    )
    place_key: Mapped[UUID] = mapped_column(
        primary_key=True,
        comment="First 16 bytes of SHA-256 over uri, byte 0x1F, locator: stands for the place in indexes.",
    )
    uri: Mapped[str] = mapped_column(comment="File or URL, without user, password and signature.")
    locator: Mapped[str] = mapped_column(
        server_default=sql("''::text"),
        comment="Steps inside the file (line:3, member:a.txt/index:2); '' for all of it.",
    )
    run_id: Mapped[int] = mapped_column(BigInteger, reference("ops.runs.run_id"), comment="Run that first saw it here.")
    seen_at: Mapped[datetime] = mapped_column(server_default=sql("now()"), comment="When it was first seen here.")


class DocumentSegment(Base):
    """One stretch of a page and what it is."""

    __tablename__ = "segments"
    __table_args__ = (
        one_of("kind", SEGMENT_KINDS),
        span(),
        {"schema": "news", "comment": "One stretch of a page and what it is: headline, body, caption, navigation ..."},
    )
    document_id: Mapped[int] = mapped_column(
        BigInteger,
        reference("news.documents.document_id"),
        primary_key=True,
        autoincrement=False,
        comment="Document it lies in.",
    )
    char_start: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="First code point, from 0, in the document's text."
    )
    char_end: Mapped[int] = mapped_column(comment="Code point after its last.")
    article_id: Mapped[int | None] = mapped_column(
        BigInteger, reference("news.articles.article_id"), comment="Article it belongs to; null for page chrome."
    )
    kind: Mapped[str] = mapped_column(comment=f"One of {', '.join(SEGMENT_KINDS)}.")
