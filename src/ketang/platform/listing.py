"""A long list, read a page at a time: keys first, from an index alone, and then the rows of that page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from ketang.platform.search.passages import Found

M = TypeVar("M", bound=Model)
COUNTED, WALKED = 5000, 1000
"""Rows that are counted for a page: an index counts quickly, a search walks from match to match and takes a millisecond a thousand."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[M]):
    """Rows in order.

    Attributes:
        rows: which, in their order; only keys are read of it, so that an index may answer. Of another model when that has the same keys.
        shown: all rows of the model, with what a page shows of each joined to them.
        found: in the place of `rows`, what a search has found.
    """

    rows: QuerySet[Any]
    shown: QuerySet[M]
    found: Found | None = None

    @property
    def far(self) -> int:
        """So many rows are counted for a page."""
        return COUNTED if self.found is None else WALKED

    def count(self, most: int) -> int:
        """How many rows there are, counted up to `most`: nobody waits for the count of a hundred thousand."""
        return self.found.count(most) if self.found is not None else self.rows[:most].count()

    def keys(self, start: int, stop: int) -> list[int]:
        """Keys of the rows from `start` to before `stop`."""
        if self.found is not None:
            return self.found.part(start, stop)
        return list(self.rows.values_list("pk", flat=True)[start:stop])

    def part(self, start: int, stop: int) -> list[M]:
        """Rows from `start` to before `stop`."""
        keys = self.keys(start, stop)
        rows = self.shown.order_by().in_bulk(keys)
        return [rows[key] for key in keys if key in rows]
