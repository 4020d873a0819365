"""The calendar, 1900 to 2100, with Gregorian, ISO week and Hijri parts and Arabic names.

Locks: none, the table is new; filling 73,414 rows takes about a second.
Way back: drops it.
"""

from __future__ import annotations

import csv
from datetime import date

from migrations.frozen import FOLDER, run_frozen, run_statements, run_with

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MONTH_STARTS = FOLDER / "data" / "umm_al_qura_month_starts.csv"
"""Frozen: 1 Muharram 1343 to 1 Muharram 1501 as hijridate 2.6.0 has them; it is checked against the months' lengths."""


def upgrade() -> None:
    run_frozen("0004_calendar.sql")
    with MONTH_STARTS.open(encoding="utf-8", newline="") as file:
        months = list(csv.DictReader(file))
    run_with(
        "0004_calendar_rows.sql",
        {
            "years": [int(month["hijri_year"]) for month in months],
            "months": [int(month["hijri_month"]) for month in months],
            "starts": [date.fromisoformat(month["start_date"]) for month in months],
        },
    )


def downgrade() -> None:
    run_statements("DROP TABLE news.calendar")
