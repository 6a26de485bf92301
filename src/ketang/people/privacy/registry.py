"""Where applets register how their share of a person's data is given out and erased (in their `AppConfig.ready`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from ketang.people.account.models import Account


@dataclass(frozen=True, slots=True)
class Kept:
    """What an applet does not erase, and the ground on which it keeps it."""

    what: str | Promise
    ground: str | Promise


@dataclass(frozen=True, slots=True)
class Share:
    """An applet's share of a person's data.

    `export` gives JSON values by the name of a file in the export (`accounts` → `people/accounts.json`).
    `erase` runs within the action's transaction and says what it keeps, and why. `first` runs in it before anything is erased:
    for what is found by an address, which is gone afterwards.
    """

    applet: str
    export: Callable[[Account], Mapping[str, Any]]
    erase: Callable[[Account], Sequence[Kept]]
    first: Callable[[Account], None] | None = None


_shares: dict[str, Share] = {}


def register(share: Share) -> None:
    """Put a share on the list; ValueError when the applet has one already."""
    if _shares.setdefault(share.applet, share) is not share:
        raise ValueError(f"{share.applet} is registered already")


def shares() -> tuple[Share, ...]:
    """Every share, in the order of registration."""
    return tuple(_shares.values())
