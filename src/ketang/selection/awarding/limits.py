"""Cap, scope and budget of a call's fee: how much one more award may be. Nothing here reads a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

NOTHING = Decimal("0.00")
Chosen = tuple[int, Decimal]
"""Key of a supplier, and an amount."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The fee's limits, and what decisions outside of the list have used of them.

    Attributes:
        cap: the most for one `scope` (`package`, `supplier`, `call`).
        budget: the most for the call; None for no limit.
        outside: yuan of decisions that stand outside of the list, by supplier.
    """

    cap: Decimal
    scope: str
    budget: Decimal | None
    outside: Mapping[int, Decimal] = field(default_factory=dict)

    def room(self, supplier: int, others: Iterable[Chosen]) -> Decimal:
        """The most that one award to a supplier may be, beside the others."""
        under_cap, left = self.under_cap(supplier, others), self.left(others)
        return max(NOTHING, under_cap if left is None else min(under_cap, left))

    def under_cap(self, supplier: int, others: Iterable[Chosen]) -> Decimal:
        """The same by the cap alone."""
        if self.scope == "package":
            return self.cap
        of_all = self.scope == "call"
        used = sum((amount for key, amount in others if of_all or key == supplier), NOTHING)
        used += sum((amount for key, amount in self.outside.items() if of_all or key == supplier), NOTHING)
        return self.cap - used

    def left(self, chosen: Iterable[Chosen]) -> Decimal | None:
        """What is left of the budget; None without one."""
        if self.budget is None:
            return None
        return self.budget - sum((amount for _key, amount in chosen), NOTHING) - sum(self.outside.values(), NOTHING)

    def total_room(self) -> Decimal | None:
        """The most for the list as a whole, by budget and by a cap on the call; None without either."""
        found = [] if self.budget is None else [self.budget]
        found += [self.cap] if self.scope == "call" else []
        return max(NOTHING, min(found) - sum(self.outside.values(), NOTHING)) if found else None

    def hold(self, chosen: list[Chosen]) -> bool:
        """Whether all of them together are within cap and budget."""
        if any(amount > self.cap for _key, amount in chosen):
            return False
        left = self.left(chosen)
        if left is not None and left < 0:
            return False
        return all(self.under_cap(key, chosen) >= 0 for key in {key for key, _amount in chosen})
