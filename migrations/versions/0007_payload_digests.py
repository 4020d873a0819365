"""An index by which a WARC revisit finds the document it is of, whichever file and run that came from.

Locks: a SHARE lock on news.documents while the index is built: loads wait, questions do not.
Way back: drops the index; revisits of other files are then found by reading all documents.
"""

from __future__ import annotations

from migrations.frozen import run_frozen, run_statements

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_frozen("0007_payload_digests.sql")


def downgrade() -> None:
    run_statements("DROP INDEX news.documents_payload_digest_idx")
