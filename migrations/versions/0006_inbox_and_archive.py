"""Files an inbox has seen, the places of documents in the raw archive, and the view that leads back to the bytes.

Locks: a short one on news.documents and ops.runs, for the foreign keys of the new tables.
Way back: drops both with their rows; the archive's files stay, and an inbox reads all its files once more.
"""

from __future__ import annotations

from migrations.frozen import run_frozen, run_statements

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_frozen("0006_inbox_and_archive.sql")


def downgrade() -> None:
    run_statements("DROP VIEW mart.lineage; DROP TABLE ops.archived_documents, ops.inbox_files")
