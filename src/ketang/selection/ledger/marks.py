"""Words that passages carry for what the ledger is filtered by: a search within filters reads nothing else, however many rows there are.

What costs in an index of words is to walk along words that nearly every row carries, and to walk along many at once. So two
equalities are also one mark, a range of days is few marks, and the beginning of a supplier's name is one.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations

from ketang.platform.search.words import spaced

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
"""Nothing in a ledger is older or younger."""
LATE_MARK = "lateislate"
BEGINNINGS = 8
"""Signs of a supplier's name up to which each beginning is a mark of its own. Longer ones belong to few names, which an index goes through as they are."""

_SPAN = 4
"""Blocks of one size that make one of the next: days, fours of days, sixteens … A larger one means fewer marks a row and more a range."""
_SIZES = 8
"""Sizes of blocks, the smallest first: the largest is 4⁷ days, so that a hundred years are three."""


def marks_carried(
    *, door: str = "", medium: str = "", state: str = "", call: int | None = None, late: str = ""
) -> tuple[str, ...]:
    """What a row carries for what is equal or not: each value, and each two of them together. Empty words and None leave no mark."""
    marks = _equal(door, medium, state, call, late)
    return (*marks, *map(_together, combinations(marks, 2)))


def marks_asked(
    *, door: str = "", medium: str = "", state: str = "", call: int | None = None, late: str = ""
) -> tuple[str, ...]:
    """The fewest marks that a row carries (`marks_carried`) exactly when all these values are its own."""
    marks = _equal(door, medium, state, call, late)
    return tuple(_together(marks[at : at + 2]) for at in range(0, len(marks), 2))


def _equal(door: str, medium: str, state: str, call: int | None, late: str) -> tuple[str, ...]:
    values = {"door": door, "medium": medium, "state": state, "call": "" if call is None else str(call), "late": late}
    return tuple(f"{name}is{value.replace('-', '')}" for name, value in values.items() if value)


def _together(marks: tuple[str, ...]) -> str:
    return "and".join(marks)


def marks_of_day(day: date) -> tuple[str, ...]:
    """Of the day itself and of each block that it lies in."""
    at = _place(day)
    return tuple(_block(size, at // _SPAN**size) for size in range(_SIZES))


def marks_between(first: date | None, last: date | None) -> tuple[str, ...]:
    """Marks of which exactly one is carried by whatever came from `first` to `last`, both included, and none by anything else; None for open.

    The range is cut into the largest blocks that fit: at most six of a size, 45 for a range of the oddest ends.
    """
    low, high = _place(first or FIRST), _place(last or LAST) + 1
    if (first is not None and first > LAST) or (last is not None and last < FIRST):
        low = high
    found = []
    for size in range(_SIZES):
        while low < high and (low % _SPAN or size == _SIZES - 1):
            found.append(_block(size, low))
            low += 1
        while low < high and high % _SPAN:
            high -= 1
            found.append(_block(size, high))
        low, high = low // _SPAN, high // _SPAN
    return tuple(found) or ("daysisnone",)


def _place(day: date) -> int:
    """Days since the first one."""
    return (min(max(day, FIRST), LAST) - FIRST).days


def _block(size: int, at: int) -> str:
    return f"days{size}is{at}"


def marks_of_supplier(name: str) -> tuple[str, ...]:
    """The name, and each of its first beginnings: whoever looks for how it begins finds it, and not those who only mention it."""
    plain = _plain(name)
    return (
        *(f"supplierbegins{plain[:end]}" for end in range(1, min(len(plain), BEGINNINGS) + 1)),
        f"supplieris{plain}",
    )


def mark_of_beginning(name: str) -> tuple[str, bool]:
    """The mark to look for, and whether it may go on (`marks_of_supplier`). A name of signs alone is nobody's."""
    plain = _plain(name)
    if not plain:
        return "supplierisnobody", False
    return (f"supplierbegins{plain}", False) if len(plain) <= BEGINNINGS else (f"supplieris{plain}", True)


def _plain(name: str) -> str:
    return spaced(name).replace(" ", "")
