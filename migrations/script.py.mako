"""${message[0].upper() + message[1:]}.

Locks: which tables, how strongly, for how long.
Way back: what downgrade restores, and what is lost.
"""

from __future__ import annotations

from migrations.frozen import run_frozen, run_statements

revision = "${up_revision}"
down_revision = "${down_revision}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_frozen("${up_revision}_${message.lower().replace(' ', '_')}.sql")


def downgrade() -> None:
    run_statements("")
