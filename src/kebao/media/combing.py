"""Combing: seconds in which odd lines were taken at another moment than even ones, from the sums of the comb meter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.meter import Arrays

LEAST_MOVED = 10_000.0
"""Sum of squared changes of a second from which its phase can be told: a hundred samples of the grid that change by ten codes."""

LEAST_EACH, FEWEST = 500.0, 4
"""The same of one picture, and how many such pictures a second must have."""
AGREE = 0.2
"""Median distance of the pictures' phases from their median up to which they tell one thing: fields lie alike in all of them, while a
fade from slide to slide runs through all values as one detail gives way to another."""


def phases(comb: Arrays, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the odd lines of each second were taken after its even ones, as a share of the time from picture to picture.

    0 where they show one moment, ½ or −½ where a camera took them as two fields; a coder short of bits takes some of it away.
    nan where too little moves to tell, or where the pictures tell different things.
    """
    if not len(seconds):
        return np.zeros(0)
    second = np.asarray(seconds - seconds[0], np.int64)
    shared, moved = (np.asarray(comb[name], np.float64) for name in ("shared", "moved"))
    ends = np.searchsorted(second, np.arange(second[-1] + 2))
    found = np.full(second[-1] + 1, np.nan)
    for place in np.flatnonzero(np.bincount(second, moved) >= LEAST_MOVED):
        part = slice(ends[place], ends[place + 1])
        tells = moved[part] >= LEAST_EACH
        each = shared[part][tells] / moved[part][tells]
        if len(each) >= FEWEST and np.median(np.abs(each - np.median(each))) <= AGREE:
            found[place] = shared[part].sum() / moved[part].sum()
    return found
