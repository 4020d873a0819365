"""Functions that fold Arabic spellings and make full text of them.

Locks: none.
Way back: drops the functions.
"""

from __future__ import annotations

from migrations.frozen import run_frozen, run_statements

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_frozen("0002_arabic_search.sql")


def downgrade() -> None:
    run_statements("DROP FUNCTION news.search_query(text), news.search_vector(text, text), news.fold_arabic(text)")
