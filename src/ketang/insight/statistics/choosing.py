"""Of which calls statistics are asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ketang.selection.calls.models import Call, CallState
from ketang.selection.calls.queries import every_call


@dataclass(frozen=True, slots=True)
class Chosen:
    """Calls, the one that closes first first: those of the years that were asked for (`offered`), and of them the ones that are counted.

    `any_call` is whether the instance has one at all. Drafts are none yet.
    """

    offered: list[Call]
    calls: list[Call]
    any_call: bool

    @property
    def is_all(self) -> bool:
        """Whether every call of these years is counted."""
        return len(self.calls) == len(self.offered)


def year_of(call: Call) -> int:
    """The year in which a call closes, on its own clock."""
    return call.closes_at.astimezone(call.zone).year


def choose(*, first: int | None = None, last: int | None = None, wanted: Collection[str] = ()) -> Chosen:
    """Calls that close from the year `first` to `last` (either open), of them those whose uuid is wanted; all where none of them is."""
    every = list(every_call().exclude(state=CallState.DRAFT).order_by("closes_at", "id"))
    offered = [
        call for call in every if (first is None or year_of(call) >= first) and (last is None or year_of(call) <= last)
    ]
    ticked = [call for call in offered if str(call.uuid) in wanted]
    return Chosen(offered, ticked or offered, bool(every))
