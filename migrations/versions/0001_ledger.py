"""The three schemas and the ledger of runs, rejects and rulesets.

Locks: none that matter, all tables are new.
Way back: drops them with their rows; schema ops stays, since Alembic keeps its place there.
"""

from __future__ import annotations

from migrations.frozen import run_frozen, run_statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_frozen("0001_ledger.sql")


def downgrade() -> None:
    run_statements(
        "DROP TABLE ops.rejects, ops.run_batches, ops.runs, ops.rulesets; DROP SCHEMA mart; DROP SCHEMA news"
    )
