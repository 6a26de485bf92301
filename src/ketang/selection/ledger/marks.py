"""Words that passages carry for what the ledger is filtered by: a search within filters reads nothing else, however many rows there are."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from ketang.platform.search.words import spaced

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
"""Nothing in a ledger is older or younger."""
LATE_MARK = "lateislate"
_SUPPLIER = "supplieris"


def marks_of(
    *, door: str = "", medium: str = "", state: str = "", call: int | None = None, late: str = ""
) -> tuple[str, ...]:
    """What is equal or not; `late` is a `Lateness`. Empty words and None leave no mark."""
    marks = {"door": door, "medium": medium, "state": state, "call": "" if call is None else str(call), "late": late}
    return tuple(f"{name}is{value.replace('-', '')}" for name, value in marks.items() if value)


def marks_of_day(day: date) -> tuple[str, str, str]:
    """Of its year, its month and itself, so that a range of any length is few marks."""
    return f"yearis{day:%Y}", f"monthis{day:%Y%m}", f"dayis{day:%Y%m%d}"


def marks_between(first: date | None, last: date | None) -> tuple[str, ...]:
    """Marks of which one is carried by whatever came from `first` to `last`, both included; None for open.

    Whole years and months are one mark each: at most 180, for the longest range of the oddest ends.
    """
    day = max(first or FIRST, FIRST)
    end = min(last or LAST, LAST)
    found = []
    while day <= end:
        year, month, one = marks_of_day(day)
        of_month = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        if (day.month, day.day) == (1, 1) and date(day.year, 12, 31) <= end:
            mark, day = year, date(day.year, 12, 31)
        elif day.day == 1 and of_month <= end:
            mark, day = month, of_month
        else:
            mark = one
        found.append(mark)
        day += timedelta(days=1)
    return tuple(found) or ("dayisnone",)


def run_of_supplier(name: str) -> tuple[str, ...]:
    """A mark and a supplier's name behind it: whoever looks for its beginning finds it, and not those who only mention it."""
    return (_SUPPLIER, *spaced(name).split())
