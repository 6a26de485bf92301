"""Combing: seconds in which odd lines were taken at another moment than even ones, from the sums of the comb meter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.meter import Arrays

LEAST_MOVED = 10_000.0
"""Sum of squared changes of a second from which its phase can be told: a hundred samples of the grid that change by ten codes."""


def phases(comb: Arrays, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the odd lines of each second were taken after its even ones, as a share of the time from picture to picture.

    0 where they show one moment, ½ or −½ where a camera took them as two fields; a coder short of bits takes some of it away.
    nan where too little moves to tell.
    """
    if not len(seconds):
        return np.zeros(0)
    second = np.asarray(seconds - seconds[0], np.int64)
    shared, moved = (np.bincount(second, comb[name]) for name in ("shared", "moved"))
    found = np.full(len(moved), np.nan)
    np.divide(shared, moved, out=found, where=moved >= LEAST_MOVED)
    return found
