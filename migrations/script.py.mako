"""${message}.

Why: .
Locks: which tables, how strongly, for how long.
Way back: what downgrade restores and what is lost.
"""

from __future__ import annotations

from migrations.frozen import run_frozen, run_statements

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    run_frozen("${up_revision}_.sql")


def downgrade() -> None:
    run_statements("")
