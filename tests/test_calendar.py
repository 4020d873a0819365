"""The calendar: every day, right in three calendars, named as each region names it."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from hijridate import Gregorian

ROOT = Path(__file__).parents[1]

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def connection(database_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def test_the_calendar_has_every_day_from_1900_to_2100(connection: psycopg.Connection) -> None:
    rows = connection.execute(
        "SELECT calendar_date, date_key, iso_year, iso_week, weekday, weekday_name, day_of_year, week_start_date"
        " FROM news.calendar ORDER BY calendar_date"
    ).fetchall()
    assert (rows[0][0], rows[-1][0]) == (date(1900, 1, 1), date(2100, 12, 31))
    for number, row in enumerate(rows):
        day = date(1900, 1, 1) + timedelta(days=number)
        assert row == (
            day, day.year * 10_000 + day.month * 100 + day.day, *day.isocalendar(), f"{day:%A}",
            day.timetuple().tm_yday, day - timedelta(days=day.weekday()),
        )  # fmt: skip


def test_hijri_days_are_those_of_the_library(connection: psycopg.Connection) -> None:
    rows = connection.execute(
        "SELECT calendar_date, hijri_year, hijri_month, hijri_day FROM news.calendar WHERE hijri_year IS NOT NULL"
        " ORDER BY calendar_date"
    ).fetchall()
    first, last = date(1924, 8, 1), date(2077, 11, 16)
    assert (rows[0][0], rows[-1][0], len(rows)) == (first, last, (last - first).days + 1)
    for day, *parts in rows[::7]:
        assert Gregorian.fromdate(day).to_hijri().datetuple() == tuple(parts)


def test_days_carry_the_names_of_every_region(connection: psycopg.Connection) -> None:
    names = connection.execute(
        "SELECT weekday_name_ar, month_name, month_name_ar, month_name_ar_levant, month_name_ar_maghreb,"
        " month_name_ar_morocco, hijri_month_name_ar FROM news.calendar WHERE calendar_date = '2024-07-08'"
    ).fetchone()
    assert names == ("الاثنين", "July", "يوليو", "تموز", "جويلية", "يوليوز", "محرم")


def test_calendar_names_are_listed_as_month_names_of_the_reference_data(connection: psycopg.Connection) -> None:
    with (ROOT / "seeds" / "reference" / "months.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    known = {(name, row["calendar"], int(row["month"])) for row in rows for name in row["names"].split("|")}
    found = connection.execute(
        "SELECT DISTINCT unnest(ARRAY[month_name_ar, month_name_ar_levant, month_name_ar_maghreb,"
        " month_name_ar_morocco]), 'gregorian', month::integer FROM news.calendar"
        " UNION SELECT DISTINCT hijri_month_name_ar, 'hijri', hijri_month::integer FROM news.calendar"
        " WHERE hijri_month IS NOT NULL"
    ).fetchall()
    assert set(found) <= known
