"""Working days, against a count day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketang.platform.working_days import after_working_days, is_working_day

DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))


@given(DAYS, st.integers(1, 20), st.sets(DAYS, max_size=12), st.sets(DAYS, max_size=6))
def test_so_many_working_days_lie_after_the_first_up_to_the_last(
    day: date, wanted: int, holidays: set[date], made_up: set[date]
) -> None:
    last = after_working_days(day, wanted, holidays=holidays, made_up=made_up)
    between = [day + timedelta(days=number) for number in range(1, (last - day).days + 1)]
    works = [is_working_day(one, holidays=holidays, made_up=made_up) for one in between]
    assert (sum(works), works[-1]) == (wanted, True)


def test_a_holiday_and_the_saturday_that_makes_up_for_it() -> None:
    thursday = date(2026, 4, 30)
    holidays, made_up = {date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 5)}, {date(2026, 5, 9)}
    assert after_working_days(thursday, 1, holidays=holidays, made_up=made_up) == date(2026, 5, 6)
    assert after_working_days(thursday, 4, holidays=holidays, made_up=made_up) == date(2026, 5, 9)
    with pytest.raises(ValueError, match="0"):
        after_working_days(thursday, 0)
