"""Whether an arrival is in time: the deadline, and the days that the second copy of a package has."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def grace_ends(closes_at: datetime, grace_days: int, zone: ZoneInfo) -> datetime:
    """The first instant at which the second copy (paper after electronic, or the other way round) is late.

    Args:
        closes_at: the deadline, aware.
        grace_days: days after the day of the deadline; 0 gives the second copy no more time than the first.
        zone: the call's; its calendar tells the days.

    Returns:
        With days: midnight at the end of the last one, in `zone`, so that this day counts until 24:00, also where clocks
        change. Where midnight is left out of a day (clocks go forward from 24:00), the first instant of that day. Without:
        the microsecond after the deadline, which itself counts.
    """
    if grace_days < 0:
        raise ValueError("grace_days must not be negative")
    if grace_days == 0:
        return closes_at + timedelta(microseconds=1)
    after = closes_at.astimezone(zone).date() + timedelta(days=grace_days + 1)
    return datetime.combine(after, time(), tzinfo=zone)


def is_late(
    received_at: datetime,
    *,
    closes_at: datetime,
    grace_days: int,
    zone: ZoneInfo,
    other_copy_at: datetime | None = None,
) -> bool:
    """Whether a copy is late; all instants are aware.

    Args:
        received_at: when this copy was here: by the server's clock, the postmark or the desk's receipt.
        closes_at: the deadline, which itself counts.
        grace_days: of the call.
        zone: the call's.
        other_copy_at: when the other copy (paper or electronic) of the same package was here. Only one that was in time
            by itself gives this one the days of grace.
    """
    if received_at <= closes_at:
        return False
    if other_copy_at is None or other_copy_at > closes_at:
        return True
    # As instants: two moments of one zone would be compared by their clocks, and an hour that comes twice be missed.
    return received_at.timestamp() >= grace_ends(closes_at, grace_days, zone).timestamp()
