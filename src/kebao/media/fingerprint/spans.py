"""Stretches that two media share, as runs on a common clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, order=True)
class Shared:
    """A stretch found in both media: seconds from `here` in the one and from `there` in the other, `length` seconds long."""

    here: float
    there: float
    length: float


def runs(places: NDArray[np.int64], hits: NDArray[np.bool_], *, gap: int) -> list[tuple[int, int]]:
    """First and last-plus-one place of every run of hits; holes of up to `gap` places without a hit are bridged.

    Args:
        places: rising, shape (n,).
        hits: (n,).
    """
    found = places[hits]
    if not len(found):
        return []
    breaks = np.flatnonzero(np.diff(found) > gap + 1)
    starts = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [len(found) - 1]))
    return [(int(found[start]), int(found[end]) + 1) for start, end in zip(starts, ends, strict=True)]


def covered(stretches: Iterable[tuple[float, float]]) -> float:
    """Seconds covered by stretches (start, length) that may overlap."""
    total, reached = 0.0, -np.inf
    for start, length in sorted(stretches):
        total += max(0.0, start + length - max(start, reached))
        reached = max(reached, start + length)
    return float(total)
