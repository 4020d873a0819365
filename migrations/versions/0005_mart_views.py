"""The flat views for dashboards in schema mart, and the view that follows merges of entities.

Locks: none.
Way back: drops the views; grants on them go too and come back with the next upgrade.
"""

from __future__ import annotations

from migrations.frozen import run_frozen, run_statements

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_frozen("0005_mart_views.sql")


def downgrade() -> None:
    run_statements(
        "DROP VIEW mart.articles, mart.article_versions, mart.mentions, mart.dates, mart.sources, mart.quotes,"
        " mart.stories, mart.etl_run, mart.rejects, news.merged_entities"
    )
