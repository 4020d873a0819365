"""Points in time as fields state them: whatever the format, the wall time said, and no day that is not said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.transform.moments import read_moment
from flows.transform.rules import load_rules

STATED = [
    # ISO 8601 and what stands near it
    ("2024-03-12", "2024-03-12T00:00:00", None),
    ("20240312", "2024-03-12T00:00:00", None),
    ("2024-03-12T10:00:00Z", "2024-03-12T10:00:00", "2024-03-12T10:00:00+00:00"),
    ("2024-03-12T10:00:15.123+0300", "2024-03-12T10:00:15", "2024-03-12T07:00:15+00:00"),
    ("2024-03-12 10:00:00 +0300", "2024-03-12T10:00:00", "2024-03-12T07:00:00+00:00"),
    ("2024-03-12 10:00 GMT", "2024-03-12T10:00:00", "2024-03-12T10:00:00+00:00"),
    ("2024-03-12T10:00:00+03:00[Asia/Riyadh]", "2024-03-12T10:00:00", "2024-03-12T07:00:00+00:00"),
    ("٢٠٢٤-٠٣-١٢T١٠:٠٠:٠٠", "2024-03-12T10:00:00", None),
    ("2024-3-12 9:05", "2024-03-12T09:05:00", None),
    ("20240312101500", "2024-03-12T10:15:00", None),
    # seconds and milliseconds since 1970
    ("1710237600", "2024-03-12T10:00:00", "2024-03-12T10:00:00+00:00"),
    ("1710237600123", "2024-03-12T10:00:00", "2024-03-12T10:00:00+00:00"),
    ("1310121600000", "2011-07-08T10:40:00", "2011-07-08T10:40:00+00:00"),
    # feeds
    ("Tue, 12 Mar 2024 10:00:00 +0300", "2024-03-12T10:00:00", "2024-03-12T07:00:00+00:00"),
    ("Tue, 12 Mar 2024 10:00:00 GMT", "2024-03-12T10:00:00", "2024-03-12T10:00:00+00:00"),
    # English and French words
    ("March 12, 2024", "2024-03-12T00:00:00", None),
    ("Mar 12, 2024 10:05 PM", "2024-03-12T22:05:00", None),
    ("12 mars 2024", "2024-03-12T00:00:00", None),
    ("Tue Mar 12 2024 10:00:00 GMT+0300 (Arabian Standard Time)", "2024-03-12T10:00:00", "2024-03-12T07:00:00+00:00"),
    # Arabic words, digits and calendars
    ("12 آذار 2024", "2024-03-12T00:00:00", None),
    ("12 آذار/مارس 2024 10:30 ص", "2024-03-12T10:30:00", None),
    ("١٢/٣/٢٠٢٤", "2024-03-12T00:00:00", None),
    ("2 رمضان 1445", "2024-03-12T00:00:00", None),
    ("1445-09-02", "2024-03-12T00:00:00", None),
    ("الثلاثاء 12 مارس 2024 - 14:30 بتوقيت غرينتش", "2024-03-12T14:30:00", "2024-03-12T14:30:00+00:00"),
    # only one order is possible
    ("13/3/2024", "2024-03-13T00:00:00", None),
    ("09/30/2021 - 23:50", "2021-09-30T23:50:00", None),
    ("12.03.2024", "2024-03-12T00:00:00", None),
]  # fmt: skip

UNSETTLED = [
    # no day
    ("2024-03", "names no day"), ("2024", "names no day"), ("March 2024", "names no day"),
    ("آذار 2024", "names no day"), ("أمس", "names no day"), ("10:00", "names no day"),
    # nothing
    ("", "no readable date"), ("now", "no readable date"), ("2024-13-45", "no readable date"),
    # what databases write where nobody gave a date
    ("1970-01-01T00:00:00Z", "a default value, no date"), ("0001-01-01T00:00:00", "a default value, no date"),
    ("1900-01-01", "a default value, no date"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "local", "at"), STATED)
def test_a_field_is_read_as_it_says(value: str, local: str, at: str | None) -> None:
    found = read_moment(value, load_rules())
    assert found.stated is not None
    assert found.either is None
    assert found.stated.local.isoformat() == local
    assert (found.stated.at.isoformat() if found.stated.at else None) == at


@pytest.mark.parametrize(("value", "reason"), UNSETTLED)
def test_a_field_without_a_day_says_why(value: str, reason: str) -> None:
    found = read_moment(value, load_rules())
    assert (found.stated, found.reason) == (None, reason)


@pytest.mark.parametrize("value", ["3/4/2024", "03/04/2024", "3-4-2024", "03/04/24"])
def test_western_digits_may_stand_either_way_round(value: str) -> None:
    found = read_moment(value, load_rules())
    assert found.stated is not None
    assert found.either is not None
    assert (found.stated.local.date(), found.either.local.date()) == (date(2024, 4, 3), date(2024, 3, 4))


def test_a_month_is_an_interval() -> None:
    found = read_moment("2024-02", load_rules())
    assert found.interval is not None
    assert (found.interval.start.date(), found.interval.end.date()) == (date(2024, 2, 1), date(2024, 3, 1))


PIECES = ["2024", "03", "12", "-", "/", ".", ":", "T", "Z", "+", "00", " ", "مارس", "١٢", "GMT", "Mar", "PM", "(",
          ")", "[", "]", "1710237600", ",", "ص", "هـ", "999999999999", "\u200f", "é"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=60))
def test_any_field_is_read_or_left_without_an_error(value: str) -> None:
    found = read_moment(value, load_rules())
    assert found.stated is not None or found.reason
    assert found.either is None or found.stated is not None
