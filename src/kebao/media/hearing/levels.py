"""Levels over time: of chosen hops together, and the integrated loudness and range of a whole sound (BS.1770-4, EBU Tech 3342)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SILENT = -140.0
"""dB that stand for no sound at all."""
_BLOCK, _BLOCK_STEP = 20, 5  # hops: 400 ms, three quarters overlapping
_SHORT, _SHORT_STEP = 150, 5  # hops: 3 s, ten a second
_ABSOLUTE_GATE, _RELATIVE_GATE, _RANGE_GATE = -70.0, -10.0, -20.0


def together(levels: NDArray[np.floating]) -> float:
    """Mean power of some hops in dB; `SILENT` for none."""
    if not levels.size:
        return SILENT
    return float(10 * np.log10(max(1e-14, float(np.mean(10 ** (levels.astype(np.float64) / 10))))))


def smoothed(levels: NDArray[np.floating], hops: int) -> NDArray[np.float32]:
    """Mean power over so many hops around each, in dB, (hops,)."""
    power = 10 ** (levels.astype(np.float64) / 10)
    width = min(hops, len(power))
    if width < 2:
        return np.asarray(levels, np.float32)
    edged = np.pad(power, (width // 2, width - 1 - width // 2), mode="edge")
    summed = np.concatenate(([0.0], np.cumsum(edged)))
    return np.asarray(10 * np.log10(np.maximum((summed[width:] - summed[:-width]) / width, 1e-14)), np.float32)


def integrated_loudness(loudness: NDArray[np.floating]) -> float | None:
    """Gated loudness in LUFS from that of the hops; None where everything lies below −70."""
    blocks = _blocks(loudness, _BLOCK, _BLOCK_STEP)
    heard = blocks[blocks > _ABSOLUTE_GATE]
    if not heard.size:
        return None
    return together(heard[heard > together(heard) + _RELATIVE_GATE])


def loudness_range(loudness: NDArray[np.floating]) -> float | None:
    """Loudness range in LU; None for less than 3 s above −70."""
    blocks = _blocks(loudness, _SHORT, _SHORT_STEP)
    heard = blocks[blocks > _ABSOLUTE_GATE]
    if not heard.size:
        return None
    low, high = np.percentile(heard[heard > together(heard) + _RANGE_GATE], [10, 95])
    return float(high - low)


def _blocks(loudness: NDArray[np.floating], length: int, step: int) -> NDArray[np.float64]:
    power = np.concatenate(([0.0], np.cumsum(10 ** (loudness.astype(np.float64) / 10))))
    starts = np.arange(0, len(loudness) - length + 1, step)
    return np.asarray(10 * np.log10(np.maximum((power[starts + length] - power[starts]) / length, 1e-14)))
