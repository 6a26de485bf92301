"""Clipping: peaks pile up at one level, because what stood above was cut off.

After lossy coding no two samples are equal any more, so flat runs are gone; what is left is the shape of the distribution of
peaks. Two signs are read: decoded peaks that reach full scale again and again (a player must cut them once more), and, for
sound that was turned down after it was cut, tops so broad that no voice or limiter makes them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kebao.media.hearing.timeline import HOPS_A_SECOND, closed, runs
from kebao.media.meters.peaks import STEP_DB, TOP_DB

WINDOW = 8 * HOPS_A_SECOND
STRIDE = 2 * HOPS_A_SECOND
_SHORT = 4
"""Short peaks in a hop."""
FULL_DBFS = -0.3
"""Peaks from here on have reached full scale, as lossy coding moves them by tenths of a decibel."""
_NEAR_DB = 1.5


@dataclass(frozen=True)
class Clipped:
    """A stretch of cut peaks.

    Attributes:
        first, end: its hops.
        rate: short peaks a second that reach full scale; for sound turned down after it was cut, those within 1.5 dB of the top.
        turned_down: whether the top lies below full scale.
    """

    first: int
    end: int
    rate: float
    turned_down: bool


def find_clipping(
    high: NDArray[np.uint8],
    low: NDArray[np.uint8],
    fullness: NDArray[np.uint8],
    *,
    at_full_scale: int,
    broad_share: float,
    broad_factor: float,
) -> tuple[Clipped, ...]:
    """Stretches of cut peaks from the arrays of the peaks meter.

    Args:
        at_full_scale: short peaks at full scale in 8 s from which a window counts.
        broad_share: share of its sounding hops within 1.5 dB of the top, and
        broad_factor: how many times fuller their tops must be than those of quieter hops, for sound turned down.
    """
    peaks = TOP_DB - np.minimum(high, low).astype(np.float32) * np.float32(STEP_DB)
    hops = len(fullness)
    peaks = peaks[: hops * _SHORT]
    full = peaks >= FULL_DBFS
    starts = range(0, max(1, hops - WINDOW + STRIDE), STRIDE)
    cut, broad = np.zeros(hops, bool), np.zeros(hops, bool)
    for first in starts:
        end = min(hops, first + WINDOW)
        inside = slice(first * _SHORT, end * _SHORT)
        if int(full[inside].sum()) >= at_full_scale:
            cut[first:end] |= full[inside].reshape(-1, _SHORT).any(axis=1)
            continue
        top = _broad_top(peaks[inside], fullness[first:end], broad_share, broad_factor)
        if top is not None:
            broad[first:end] |= peaks[inside].reshape(-1, _SHORT).max(axis=1) > top - _NEAR_DB
    return (*_stretches(cut, full, False), *_stretches(broad, None, True))


def _broad_top(peaks: NDArray[np.float32], fullness: NDArray[np.uint8], share: float, factor: float) -> float | None:
    """Level of a top too broad and too full to be natural; None for a natural one."""
    by_hop = peaks.reshape(-1, _SHORT).max(axis=1)
    top = float(np.sort(by_hop)[-min(3, len(by_hop))])
    if top < -30:
        return None
    near, lower = by_hop > top - _NEAR_DB, (by_hop < top - 3) & (by_hop > top - 12)
    sounding = int((by_hop > top - 25).sum())
    if near.sum() < share * max(1, sounding) or lower.sum() < 10:
        return None
    ratio = float(np.median(fullness[near])) / max(1.0, float(np.median(fullness[lower])))
    return top if ratio >= factor else None


def _stretches(mask: NDArray[np.bool_], full: NDArray[np.bool_] | None, turned_down: bool) -> list[Clipped]:
    found = []
    for first, end in runs(closed(mask, WINDOW // 2)):
        counted = int(full[first * _SHORT : end * _SHORT].sum()) if full is not None else int(mask[first:end].sum())
        found.append(Clipped(first, end, counted * HOPS_A_SECOND / (end - first), turned_down))
    return found
