"""Ranges of days as few marks, none too many and none missing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketang.selection.ledger.marks import marks_between, marks_of_day

DAYS = st.integers(date(2000, 1, 1).toordinal(), date(2099, 12, 31).toordinal()).map(date.fromordinal)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(DAYS, DAYS, DAYS)
def test_a_day_is_found_exactly_when_it_lies_between(first: date, last: date, day: date) -> None:
    marks = marks_between(first, last)
    assert bool(set(marks) & set(marks_of_day(day))) is (first <= day <= last)
    assert len(marks) <= 180


@pytest.mark.parametrize(
    ("first", "last", "marks"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), ("monthis202603",)),
        (date(2024, 2, 28), date(2024, 3, 1), ("dayis20240228", "dayis20240229", "dayis20240301")),
        (date(2025, 12, 31), date(2027, 1, 1), ("dayis20251231", "yearis2026", "dayis20270101")),
        (date(2026, 3, 2), date(2026, 3, 1), ("dayisnone",)),
    ],
)
def test_whole_months_and_years_are_one(first: date, last: date, marks: tuple[str, ...]) -> None:
    assert marks_between(first, last) == marks


def test_open_ends() -> None:
    assert marks_between(None, None) == tuple(f"yearis{year}" for year in range(2000, 2100))
    assert marks_between(date(2026, 12, 1), None)[:1] == ("monthis202612",)
