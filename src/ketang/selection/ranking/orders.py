"""Other orders of a ranking, as they are kept with it: what would have come out without an expert, with other weights, with preferred categories first."""

from __future__ import annotations

from dataclasses import dataclass

from ketang.selection.ranking.models import RankedRow, Ranking


def order_key(kind: str, of: str) -> str:
    """Under what an order is kept: its kind, and the expert or criterion that it is of."""
    return f"{kind}:{of}" if of else kind


@dataclass(frozen=True, slots=True)
class Moved:
    """A row of a ranking with its place in another order.

    Attributes:
        row: with its submission.
        after: the place there; 0 where the other order has no value for it.
        change: places up (above 0) or down; 0 also where it has no place there.
        crosses: 1 into the award line, -1 out of it, else 0.
    """

    row: RankedRow
    after: int
    change: int
    crosses: int

    @property
    def fallen(self) -> int:
        """By how many places it fell."""
        return max(0, -self.change)


class OtherOrder:
    """The rows of a ranking beside another order, to be read in pages: by place, or those that move furthest first."""

    def __init__(self, ranking: Ranking, places: list[int], *, furthest_first: bool = False) -> None:
        before = [int(row["place"]) for row in ranking.result["rows"]]
        self._ranking, self._after, self._line = ranking, places, ranking.summary.get("line")
        self._changes = [was - now if now else 0 for was, now in zip(before, places, strict=True)]
        order = list(range(len(places)))
        if furthest_first:
            # What has no place in the other order comes first: nothing moves it further.
            order.sort(key=lambda k: (places[k] != 0, -abs(self._changes[k]), k))
        self._order = order
        self.far = len(order) + 1
        self.moved = sum(1 for one in self._changes if one)
        self.unscored = places.count(0)
        crossed = [self._crosses(was, now) for was, now in zip(before, places, strict=True)]
        self.into, self.out = crossed.count(1), crossed.count(-1)

    def count(self, most: int) -> int:
        """How many rows there are, at most `most`."""
        return min(most, len(self._order))

    def part(self, start: int, stop: int) -> list[Moved]:
        """Rows from `start` to before `stop`; two queries."""
        lines = self._order[start:stop]
        rows = RankedRow.objects.filter(ranking=self._ranking, order__in=[k + 1 for k in lines])
        by_line = {row.order - 1: row for row in rows.select_related("submission__organisation")}
        return [
            Moved(by_line[k], self._after[k], self._changes[k], self._crosses(by_line[k].place, self._after[k]))
            for k in lines
        ]

    def _crosses(self, before: int, after: int) -> int:
        if self._line is None:
            return 0
        return int(0 < after <= self._line) - int(before <= self._line)


def order_of(ranking: Ranking, kind: str, of: str) -> list[int] | None:
    """The places of another order in the order of rows; None when it was not asked for, has no meaning, or was not kept."""
    found: list[int] | None = ranking.result.get("orders", {}).get(order_key(kind, of))
    return found
