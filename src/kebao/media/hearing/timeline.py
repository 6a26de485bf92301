"""From hops to exact times: the sound's stretches, and runs of hops as spans."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kebao.media.meters.hops import HOP_SECONDS
from kebao.model.location import Span

HOPS_A_SECOND = int(1 / HOP_SECONDS)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Hops of the sound against presentation time.

    Attributes:
        stretches: int64 (n, 3), first hop of each stretch with numerator and denominator of its exact time.
        hops: number of hops in all.
    """

    stretches: NDArray[np.int64]
    hops: int

    def at(self, hop: int) -> Fraction:
        """Exact time at which a hop starts."""
        row = max(0, int(np.searchsorted(self.stretches[:, 0], hop, side="right")) - 1)
        first, numerator, denominator = (int(value) for value in self.stretches[row])
        return Fraction(numerator, denominator) + (hop - first) * HOP_SECONDS

    def span(self, first: int, end: int) -> Span:
        """Exact span of the hops from `first` up to, not including, `end`."""
        start = max(Fraction(0), self.at(first))
        return Span(start, max(start, self.at(max(first, end - 1)) + HOP_SECONDS))


def runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """(first, end) of every run of True, `end` not included."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [(int(first), int(end)) for first, end in zip(edges[::2], edges[1::2], strict=True)]


def without_short(mask: NDArray[np.bool_], shortest: int) -> NDArray[np.bool_]:
    """The mask without runs of True that are shorter than so many hops."""
    kept = mask.copy()
    for first, end in runs(mask):
        if end - first < shortest:
            kept[first:end] = False
    return kept


def closed(mask: NDArray[np.bool_], longest: int) -> NDArray[np.bool_]:
    """The mask with the gaps between runs filled where they are no longer than so many hops."""
    filled = mask.copy()
    for first, end in runs(~mask):
        if end - first <= longest and first > 0 and end < len(mask):
            filled[first:end] = True
    return filled


def rolling_percentile(values: NDArray[np.floating], percent: float, seconds: int) -> NDArray[np.float32]:
    """Percentile over the `seconds` around each moment, (hops,): worked out for every second and drawn between them."""
    rows = -(-len(values) // HOPS_A_SECOND)
    padded = np.full(rows * HOPS_A_SECOND, np.nan, np.float32)
    padded[: len(values)] = values
    by_second = padded.reshape(rows, HOPS_A_SECOND)
    reach = min(seconds // 2, rows)
    edged = np.pad(by_second, ((reach, reach), (0, 0)), constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(edged, (2 * reach + 1, HOPS_A_SECOND))[:, 0]
    flat = windows.reshape(rows, -1)
    order = np.sort(flat, axis=1)  # nan last
    known = np.count_nonzero(~np.isnan(flat), axis=1)
    picked = order[np.arange(rows), np.clip((known * percent / 100).astype(int), 0, np.maximum(known - 1, 0))]
    middles = (np.arange(rows) + 0.5) * HOPS_A_SECOND
    return np.asarray(np.interp(np.arange(len(values)), middles, picked), np.float32)
