"""Where somebody speaks: syllables make the spectrum change shape a few times a second, which music and machines do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kebao.media.hearing.timeline import HOPS_A_SECOND, closed, rolling_percentile, without_short
from kebao.media.meters.bands import BOTTOM_DB, STEP_DB

BLOCK = 3 * HOPS_A_SECOND
"""Hops over which it is decided whether there is speech at all: 3 s, some ten syllables."""
SYLLABLES_HZ = (2.0, 8.0)
"""Rate at which syllables follow each other (Houtgast & Steeneken 1985: the modulation of speech peaks at 3–4 Hz)."""
SPEECH_BANDS = slice(3, 18)  # 262–4012 Hz
_LOW, _HIGH, _SHAPED = slice(2, 10), slice(18, 22), slice(2, 20)
_ACTIVE_RANGE = 0.45
"""How far between the local floor and the local top a hop must lie to count as speech."""
_LEAST_RANGE_DB = 8.0
_MOST_BELOW_TOP_DB = 25.0


@dataclass(frozen=True)
class Voice:
    """Speech on the hops of a sound.

    Attributes:
        likely: bool (hops,), moments in whose 3 s somebody speaks.
        active: bool (hops,), hops that carry speech; pauses between words are not among them.
        level: float32 (hops,), dB of full scale between 262 and 4012 Hz.
    """

    likely: NDArray[np.bool_]
    active: NDArray[np.bool_]
    level: NDArray[np.float32]


def band_levels(codes: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Codes of the bands meter as dB of full scale, (hops, bands)."""
    return codes.astype(np.float32) * np.float32(STEP_DB) + np.float32(BOTTOM_DB)


def find_voice(codes: NDArray[np.uint8]) -> Voice:
    """Speech from the arrays of the bands meter."""
    bands = band_levels(codes)
    power = np.asarray(10 ** (bands / 10), np.float32)
    level = np.asarray(10 * np.log10(power[:, SPEECH_BANDS].sum(axis=1)), np.float32)
    likely = _likely(bands, power, level)
    low, top = rolling_percentile(level, 10, 16), rolling_percentile(level, 95, 16)
    floor = np.maximum(low, top - _MOST_BELOW_TOP_DB / _ACTIVE_RANGE)
    loud = (level > floor + _ACTIVE_RANGE * (top - floor)) | (level > top - 6)
    active = loud & likely & (top - low >= _LEAST_RANGE_DB) & (level > top - _MOST_BELOW_TOP_DB)
    active = without_short(closed(active, 4), 4)
    return Voice(likely, active, level)


def _likely(bands: NDArray[np.float32], power: NDArray[np.float32], level: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Whether there is speech in the 3 s around each hop, decided every second."""
    rows = max(1, -(-(len(level) - BLOCK) // HOPS_A_SECOND) + 1)
    tilt = 10 * np.log10(power[:, _HIGH].sum(axis=1)) - 10 * np.log10(power[:, _LOW].sum(axis=1))
    change = np.abs(np.diff(bands[:, _SHAPED], axis=0, prepend=bands[:1, _SHAPED])).mean(axis=1)
    scores = np.zeros(rows, np.float32)
    for row in range(rows):
        part = slice(row * HOPS_A_SECOND, row * HOPS_A_SECOND + BLOCK)
        scores[row] = _speechlike(level[part], tilt[part], change[part])
    middles = np.arange(rows) * HOPS_A_SECOND + BLOCK // 2
    return np.asarray(np.interp(np.arange(len(level)), middles, scores) > 0)


def _speechlike(level: NDArray[np.float32], tilt: NDArray[np.float32], change: NDArray[np.float32]) -> float:
    """Above nought where 3 s are more like speech than like music or noise."""
    if len(level) < HOPS_A_SECOND:
        return -1.0
    top = float(np.percentile(level, 95))
    if top < -75:
        return -1.0
    level = np.maximum(level, top - 40)
    spectrum = np.abs(np.fft.rfft((level - level.mean()) * np.hanning(len(level)))) ** 2
    rate = np.fft.rfftfreq(len(level), 1 / HOPS_A_SECOND)
    within = spectrum[(rate >= SYLLABLES_HZ[0]) & (rate <= SYLLABLES_HZ[1])].sum()
    modulation = 10 * np.log10(within * 4 / len(level) ** 2 + 1e-3)
    loud = level > top - 25
    spread = float(np.std(tilt[loud]))
    return float((modulation - 9) / 4 + (spread - 6.5) / 2.5 + (float(change.mean()) - 3) / 0.6)
