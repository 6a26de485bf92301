"""Pages of a long list. Its rows are counted as far as anybody turns pages; beyond that the page says "at least"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from django.core.paginator import Page, Paginator

M = TypeVar("M")
S = TypeVar("S", covariant=True)


class Parted(Protocol[S]):
    """A list that is counted as far as wanted and read in parts (`platform.listing.Listing`)."""

    @property
    def far(self) -> int:
        """So many rows are counted, unless somebody turns pages beyond."""
        ...

    def count(self, most: int) -> int:
        """How many rows there are, counted up to `most`."""
        ...

    def part(self, start: int, stop: int) -> Sequence[S]:
        """Rows from `start` to before `stop`."""
        ...


class Counted(Paginator[M]):
    """A paginator that was told the count.

    Attributes:
        least: so many there are, and more; None when all were counted.
    """

    least: int | None = None


def page_of(listing: Parted[M], asked: str | None, size: int) -> Page[M]:
    """The page that an address asks for, the nearest one for a number that is none; what is not shown is not read.

    Rows are counted as far as the list says; whoever turns pages to there gets further ones, a page at a time.
    """
    wanted = int(asked) if asked is not None and asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    most = max(listing.far, wanted * size)
    paginator = Counted[M]([], size)
    paginator.__dict__["count"] = count = listing.count(most + 1)  # one beyond makes one page beyond
    paginator.least = most if count > most else None
    number = max(1, min(wanted, paginator.num_pages))
    rows: Any = listing.part((number - 1) * size, number * size)
    return Page(rows, number, paginator)
