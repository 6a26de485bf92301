"""Levels of sound, measured apart from the product: gated loudness of BS.1770 and the level of speech where it sounds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import sosfilt

from defects.reading import RATE

# ITU-R BS.1770-4, annex 1: the two stages of K weighting at 48 kHz.
_K = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)
_ABSOLUTE, _RELATIVE = -70.0, -10.0
Samples = NDArray[np.float64]


def decibels(power: float) -> float:
    """10·log10, −120 for nothing."""
    return 10 * float(np.log10(max(power, 1e-12)))


def loudness(samples: Samples) -> float:
    """Integrated loudness in LUFS of (n,) or (channels, n) at 48 kHz: blocks of 400 ms, both gates. A lone channel counts once."""
    weighted = sosfilt(_K, np.atleast_2d(samples), axis=1) ** 2
    hop, total = RATE // 10, np.zeros(0)
    count = weighted.shape[1] // hop
    if count < 4:
        return -0.691 + decibels(float(weighted.mean(axis=1).sum()))
    tenths = weighted[:, : count * hop].reshape(len(weighted), count, hop).mean(axis=2).sum(axis=0)
    total = np.convolve(tenths, np.ones(4) / 4, "valid")
    levels = -0.691 + 10 * np.log10(np.maximum(total, 1e-12))
    kept = total[levels > _ABSOLUTE]
    if not kept.size:
        return -120.0
    gate = -0.691 + decibels(float(kept.mean())) + _RELATIVE
    kept = total[levels > max(gate, _ABSOLUTE)]
    return -0.691 + decibels(float(kept.mean()))


def sounding(samples: Samples, under: float = 25.0) -> NDArray[np.bool_]:
    """Which samples lie in a 20 ms stretch no more than `under` dB below the 95th percentile of such stretches."""
    hop = RATE // 50
    count = len(samples) // hop
    power = (samples[: count * hop].reshape(count, hop) ** 2).mean(axis=1)
    if not count:
        return np.zeros(len(samples), bool)
    mask = np.repeat(power > np.percentile(power, 95) * 10 ** (-under / 10), hop)
    return np.concatenate([mask, np.zeros(len(samples) - len(mask), bool)])


def speech_rms(samples: Samples) -> float:
    """Root mean square of speech where it sounds."""
    mask = sounding(samples)
    return float(np.sqrt((samples[mask] ** 2).mean())) if mask.any() else 0.0
