"""Ranges of days as few marks, none too many and none missing; values in pairs; suppliers by how their names begin."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketang.selection.ledger.marks import (
    BEGINNINGS,
    mark_of_beginning,
    marks_asked,
    marks_between,
    marks_carried,
    marks_of_day,
    marks_of_supplier,
)

DAYS = st.integers(date(2000, 1, 1).toordinal(), date(2099, 12, 31).toordinal()).map(date.fromordinal)
VALUES = st.fixed_dictionaries(
    {
        "door": st.sampled_from(["", "web", "mail"]),
        "medium": st.sampled_from(["", "paper", "electronic"]),
        "state": st.sampled_from(["", "entered", "set-aside"]),
        "call": st.sampled_from([None, 1, 12]),
        "late": st.sampled_from(["", "late", "in-time"]),
    }
)
NAMES = st.text(alphabet="示例第77职业 Ab·（）", max_size=14)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(DAYS, DAYS, DAYS)
def test_a_day_is_found_exactly_when_it_lies_between(first: date, last: date, day: date) -> None:
    marks = marks_between(first, last)
    assert len(set(marks) & set(marks_of_day(day))) == (1 if first <= day <= last else 0)
    assert len(marks) <= 45


def test_ranges_at_both_ends_of_a_hundred_years_and_beyond() -> None:
    first, last = date(2000, 1, 1), date(2099, 12, 31)
    whole = set(marks_between(None, None))
    assert whole == set(marks_between(first, last)) == set(marks_between(date(1999, 1, 1), date(2100, 1, 1)))
    assert all(len(whole & set(marks_of_day(day))) == 1 for day in (first, date(2050, 6, 1), last))
    assert [len(set(marks_between(last, None)) & set(marks_of_day(last - timedelta(days=n)))) for n in (0, 1)] == [1, 0]
    assert marks_between(date(2100, 1, 1), None) == marks_between(None, date(1999, 12, 31)) == ("daysisnone",)


@pytest.mark.parametrize(
    ("first", "last", "marks"),
    [
        (date(2000, 1, 5), date(2000, 1, 8), ("days1is1",)),
        (date(2000, 1, 4), date(2000, 1, 9), ("days0is3", "days0is8", "days1is1")),
        (date(2000, 1, 1), date(2000, 3, 4), ("days3is0",)),
        (date(2026, 3, 2), date(2026, 3, 1), ("daysisnone",)),
    ],
)
def test_blocks_are_the_largest_that_fit(first: date, last: date, marks: tuple[str, ...]) -> None:
    assert marks_between(first, last) == marks


@given(VALUES, VALUES)
def test_what_is_asked_is_carried_by_rows_of_these_values_alone(
    row: dict[str, str | int | None], asked: dict[str, str | int | None]
) -> None:
    marks = marks_asked(**asked)  # type: ignore[arg-type]  # as the strategy draws them
    same = all(row[name] == value for name, value in asked.items() if value)
    assert set(marks).issubset(marks_carried(**row)) is same  # type: ignore[arg-type]
    assert len(marks) == (sum(1 for value in asked.values() if value) + 1) // 2


@given(NAMES, NAMES)
def test_a_supplier_is_found_by_how_the_name_begins(name: str, begun: str) -> None:
    plain, start = (word.casefold().translate(dict.fromkeys(map(ord, " ·（）()"))) for word in (name, begun))
    mark, goes_on = mark_of_beginning(begun)
    carried = marks_of_supplier(name)
    found = any(one.startswith(mark) if goes_on else one == mark for one in carried)
    assert found is (bool(start) and plain.startswith(start))
    assert len(carried) == min(len(plain), BEGINNINGS) + 1
