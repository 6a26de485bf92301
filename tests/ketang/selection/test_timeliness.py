"""The deadline and the days of grace, at their boundaries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ketang.selection.intake.timeliness import grace_ends, is_late

CHINA = ZoneInfo("Asia/Shanghai")
CLOSES = datetime(2023, 8, 31, 23, 59, 59, tzinfo=CHINA)
IN_TIME = CLOSES - timedelta(hours=3)
MOMENT = timedelta(microseconds=1)


def late(at: datetime, *, days: int = 0, other: datetime | None = None) -> bool:
    return is_late(at, closes_at=CLOSES, grace_days=days, zone=CHINA, other_copy_at=other)


def test_the_deadline_itself_counts() -> None:
    assert [late(CLOSES), late(CLOSES + MOMENT), late(CLOSES.astimezone(UTC))] == [False, True, False]


def test_the_second_copy_has_until_the_end_of_the_last_day() -> None:
    end = datetime(2023, 9, 4, tzinfo=CHINA)
    assert grace_ends(CLOSES, 3, CHINA) == end
    assert [late(at, days=3, other=IN_TIME) for at in (CLOSES + MOMENT, end - MOMENT, end, end.astimezone(UTC))] == [
        False, False, True, True,
    ]  # fmt: skip


def test_without_days_the_second_copy_has_the_deadline_of_the_first() -> None:
    assert [late(at, other=IN_TIME) for at in (CLOSES, CLOSES + MOMENT)] == [False, True]


@pytest.mark.parametrize("other", [None, CLOSES + MOMENT, CLOSES + timedelta(days=1)])
def test_grace_needs_another_copy_that_was_in_time(other: datetime | None) -> None:
    assert late(CLOSES + timedelta(hours=1), days=3, other=other) is True


def test_the_other_copy_may_come_at_the_last_moment_or_after_this_one() -> None:
    assert late(CLOSES + timedelta(days=1), days=3, other=CLOSES) is False


@pytest.mark.parametrize(
    "zone, closes, days, end",
    [
        # Clocks go forward on 26 March 2023: the day has 23 hours.
        ("Europe/Berlin", datetime(2023, 3, 25, 18), 1, datetime(2023, 3, 26, 22, tzinfo=UTC)),
        # Clocks go back on 29 October 2023: the day has 25 hours.
        ("Europe/Berlin", datetime(2023, 10, 28, 18), 1, datetime(2023, 10, 29, 23, tzinfo=UTC)),
        # In Beirut midnight of 31 March 2024 is left out: the day begins at 01:00, which is 22:00 UTC.
        ("Asia/Beirut", datetime(2024, 3, 29, 18), 1, datetime(2024, 3, 30, 22, tzinfo=UTC)),
        # In Havana midnight of 5 November 2023 comes once, 00:00 to 01:00 twice: the day begins with the first.
        ("America/Havana", datetime(2023, 11, 3, 18), 1, datetime(2023, 11, 5, 4, tzinfo=UTC)),
    ],
)
def test_the_last_day_is_a_day_of_the_calendar_where_clocks_change(
    zone: str, closes: datetime, days: int, end: datetime
) -> None:
    place = ZoneInfo(zone)
    closes_at = closes.replace(tzinfo=place)
    assert grace_ends(closes_at, days, place).astimezone(UTC) == end
    answers = [
        is_late(at, closes_at=closes_at, grace_days=days, zone=place, other_copy_at=closes_at)
        for at in (end - MOMENT, end, (end - MOMENT).astimezone(place), end.astimezone(place))
    ]
    assert answers == [False, True, False, True]


def test_no_negative_days() -> None:
    with pytest.raises(ValueError):
        grace_ends(CLOSES, -1, CHINA)
