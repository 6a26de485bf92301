"""Working days of an office: Monday to Friday, without the holidays of the year and with the days that make up for them (调休)."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta

SATURDAY = 5


def is_working_day(day: date, *, holidays: Set[date] = frozenset(), made_up: Set[date] = frozenset()) -> bool:
    """Whether the office works on a day. A day on both lists is one on which it works."""
    return day in made_up or (day.weekday() < SATURDAY and day not in holidays)


def after_working_days(
    day: date, working_days: int, *, holidays: Set[date] = frozenset(), made_up: Set[date] = frozenset()
) -> date:
    """The day on which so many working days have gone by since a day, which itself does not count. ValueError for less than one."""
    if working_days < 1:
        raise ValueError(working_days)
    left = working_days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, holidays=holidays, made_up=made_up)
    return day
