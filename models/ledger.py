"""Schema ``ops``: how the facts got there. Runs, rejects, rulesets, what an inbox has seen, what is archived."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, LargeBinary, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, bounded, one_of, reference
from models.words import RUN_STATES, STAGES

RAW_BYTES = 65_536
"""Most bytes of a rejected record that are kept."""


class Ruleset(Base):
    """One state of rules and reference data."""

    __tablename__ = "rulesets"
    __table_args__ = (
        UniqueConstraint("ruleset_version"),
        bounded("ruleset_version", 200),
        {
            "schema": "ops",
            "comment": "One state of rules and reference data; every article names the one that read it.",
        },
    )
    ruleset_id: Mapped[int] = mapped_column(Identity(), primary_key=True, comment="Key of the ruleset.")
    ruleset_version: Mapped[str] = mapped_column(comment="Hash over the rules and all reference data.")
    first_seen_at: Mapped[datetime] = mapped_column(server_default=sql("now()"), comment="When a run first used it.")


class Run(Base):
    """One flow run and its account: every record read ends in exactly one of four counts."""

    __tablename__ = "runs"
    __table_args__ = (
        one_of("state", RUN_STATES),
        CheckConstraint("n_read = n_loaded + n_unchanged + n_duplicate + n_rejected", name="account"),
        CheckConstraint("least(n_loaded, n_unchanged, n_duplicate, n_rejected, n_skipped_files) >= 0", name="counts"),
        CheckConstraint("(state = 'running') = (finished_at IS NULL)", name="finished"),
        CheckConstraint("finished_at >= started_at", name="duration"),
        Index(None, "state", postgresql_where=sql("state = 'running'")),
        {
            "schema": "ops",
            "comment": "One flow run; n_read = n_loaded + n_unchanged + n_duplicate + n_rejected always.",
        },
    )
    run_id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True, comment="Key of the run.")
    flow_run_id: Mapped[UUID | None] = mapped_column(comment="Prefect's id of the flow run.")
    started_at: Mapped[datetime] = mapped_column(server_default=sql("now()"), comment="When the run began.")
    finished_at: Mapped[datetime | None] = mapped_column(comment="When it ended; null while it runs.")
    load_date: Mapped[date] = mapped_column(
        server_default=sql("((now() AT TIME ZONE 'UTC'::text))::date"),
        comment="Day the run began, in the zone MUSNAD_TIMEZONE names.",
    )
    state: Mapped[str] = mapped_column(
        server_default=sql("'running'::text"), comment="running, completed, failed, cancelled or crashed."
    )
    ruleset_version: Mapped[str | None] = mapped_column(
        reference("ops.rulesets.ruleset_version"), comment="Rules and reference data the run used."
    )
    n_read: Mapped[int] = mapped_column(BigInteger, server_default=sql("0"), comment="Records read.")
    n_loaded: Mapped[int] = mapped_column(BigInteger, server_default=sql("0"), comment="Records with new content.")
    n_unchanged: Mapped[int] = mapped_column(
        BigInteger, server_default=sql("0"), comment="Records known at the same place or URL, with the same text."
    )
    n_duplicate: Mapped[int] = mapped_column(
        BigInteger, server_default=sql("0"), comment="Records whose content is known from another place."
    )
    n_rejected: Mapped[int] = mapped_column(
        BigInteger, server_default=sql("0"), comment="Records that could not be loaded; ops.rejects says why."
    )
    n_skipped_files: Mapped[int] = mapped_column(
        BigInteger, server_default=sql("0"), comment="Files of the inbox left unread because they are known."
    )
    parameters: Mapped[dict[str, Any]] = mapped_column(
        JSONB, server_default=sql("'{}'::jsonb"), comment="What the run was asked to do, without secrets."
    )
    message: Mapped[str | None] = mapped_column(comment="Why it did not complete, in one sentence.")
    host: Mapped[str | None] = mapped_column(comment="Machine it ran on.")
    pid: Mapped[int | None] = mapped_column(comment="Process id on that machine.")


class RunBatch(Base):
    """One batch of a run that was committed: written in the batch's transaction, so that a retry counts once."""

    __tablename__ = "run_batches"
    __table_args__ = (
        CheckConstraint("batch_number >= 0", name="batch_number"),
        CheckConstraint("least(n_loaded, n_unchanged, n_duplicate) >= 0", name="counts"),
        {"schema": "ops", "comment": "One batch of a run that was committed; a batch tried again is counted once."},
    )
    run_id: Mapped[int] = mapped_column(
        BigInteger, reference("ops.runs.run_id"), primary_key=True, autoincrement=False, comment="Run it belongs to."
    )
    batch_number: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="Number of the batch in its run."
    )
    n_loaded: Mapped[int] = mapped_column(comment="Records with new content.")
    n_unchanged: Mapped[int] = mapped_column(comment="Records with nothing new.")
    n_duplicate: Mapped[int] = mapped_column(comment="Records whose content is known from another place.")
    rejects: Mapped[dict[str, int]] = mapped_column(
        JSONB, server_default=sql("'{}'::jsonb"), comment="Rejected records by reason_code."
    )
    committed_at: Mapped[datetime] = mapped_column(server_default=sql("now()"), comment="When it was committed.")


class RejectedRecord(Base):
    """One input record that could not be loaded, once per place, stage and reason."""

    __tablename__ = "rejects"
    __table_args__ = (
        Index(None, "place_key", "stage", "reason_code", unique=True),
        Index(None, "last_seen_at", postgresql_where=sql("resolved_run_id IS NULL")),
        one_of("stage", STAGES),
        bounded("reason_code", 64),
        CheckConstraint(f"octet_length(raw) <= {RAW_BYTES}", name="raw_length"),
        CheckConstraint("attempts >= 1", name="attempts"),
        CheckConstraint("first_seen_at <= last_seen_at", name="seen"),
        {
            "schema": "ops",
            "comment": "One input record that could not be loaded: a row per uri, locator, stage, reason.",
        },
    )
    reject_id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True, comment="Key of the reject.")
    run_id: Mapped[int] = mapped_column(BigInteger, reference("ops.runs.run_id"), comment="Run that met it last.")
    place_key: Mapped[UUID] = mapped_column(
        comment="First 16 bytes of SHA-256 over uri, byte 0x1F, locator: stands for the place in indexes."
    )
    uri: Mapped[str] = mapped_column(comment="File or URL it came from, without user, password and signature.")
    locator: Mapped[str] = mapped_column(
        server_default=sql("''::text"),
        comment="Steps inside the file (line:3, member:a.txt/index:2); '' for all of it.",
    )
    stage: Mapped[str] = mapped_column(comment="extract, transform or load.")
    reason_code: Mapped[str] = mapped_column(comment="Why, as a word to count by.")
    message: Mapped[str] = mapped_column(comment="Why, as a sentence with the mend.")
    raw: Mapped[bytes | None] = mapped_column(LargeBinary, comment="Its first 64 KiB, as they were read.")
    attempts: Mapped[int] = mapped_column(server_default=sql("1"), comment="How many runs met it.")
    first_seen_at: Mapped[datetime] = mapped_column(server_default=sql("now()"), comment="When it was first met.")
    last_seen_at: Mapped[datetime] = mapped_column(server_default=sql("now()"), comment="When it was last met.")
    resolved_run_id: Mapped[int | None] = mapped_column(
        BigInteger, reference("ops.runs.run_id"), comment="Run that loaded the place at last; null while it is open."
    )


class InboxFile(Base):
    """One file of an inbox as a completed run last read it."""

    __tablename__ = "inbox_files"
    __table_args__ = (
        CheckConstraint("n_bytes >= 0", name="n_bytes"),
        CheckConstraint("octet_length(sha256) = 32", name="sha256_length"),
        {
            "schema": "ops",
            "comment": "One file of an inbox as a completed run last read it; while it stays so, it is not read again.",
        },
    )
    place_key: Mapped[UUID] = mapped_column(
        primary_key=True, comment="First 16 bytes of SHA-256 over uri, byte 0x1F: stands for the file in indexes."
    )
    uri: Mapped[str] = mapped_column(comment="File or URL, without user, password and signature.")
    n_bytes: Mapped[int | None] = mapped_column(BigInteger, comment="Its size, if its store says so.")
    modified_at: Mapped[datetime | None] = mapped_column(comment="When it was last changed, if its store says so.")
    etag: Mapped[str | None] = mapped_column(comment="What its store tells its state by, for files that are not local.")
    sha256: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="32 bytes over the file as it lies there, for local files."
    )
    given_key: Mapped[UUID | None] = mapped_column(
        comment="First 16 bytes of SHA-256 over what a manifest said of it; null where none did."
    )
    run_id: Mapped[int] = mapped_column(BigInteger, reference("ops.runs.run_id"), comment="Run that read it last.")
    seen_at: Mapped[datetime] = mapped_column(server_default=sql("now()"), comment="When that was noted.")


class ArchivedDocument(Base):
    """Where the raw archive keeps the bytes of one document."""

    __tablename__ = "archived_documents"
    __table_args__ = (
        CheckConstraint("octet_length(object_sha256) = 32", name="object_sha256_length"),
        CheckConstraint("byte_start >= 0 AND n_bytes > 0", name="range"),
        {"schema": "ops", "comment": "Where the raw archive keeps the bytes of one document."},
    )
    document_id: Mapped[int] = mapped_column(
        BigInteger,
        reference("news.documents.document_id"),
        primary_key=True,
        autoincrement=False,
        comment="Document whose bytes they are.",
    )
    object_sha256: Mapped[bytes] = mapped_column(
        LargeBinary, comment="32 bytes over the unpacked object that holds them: names its file."
    )
    byte_start: Mapped[int] = mapped_column(BigInteger, comment="First byte, from 0, in the unpacked object.")
    n_bytes: Mapped[int] = mapped_column(BigInteger, comment="How many bytes they are.")
