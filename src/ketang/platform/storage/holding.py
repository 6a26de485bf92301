"""Who holds bytes. Most rows name a file by its digest alone, so the database cannot say it: each room answers for its own."""

from __future__ import annotations

from collections.abc import Callable

Holds = Callable[[str], bool]
"""Whether something refers to the bytes of this digest."""

_holders: list[Holds] = []


def register_holder(holds: Holds) -> None:
    """Have `holds` asked before bytes are removed; what refers by a protecting foreign key need not register."""
    if holds not in _holders:
        _holders.append(holds)


def is_held(digest: str) -> bool:
    """Whether anybody holds the bytes."""
    return any(holds(digest) for holds in _holders)
