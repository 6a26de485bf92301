"""Loudness: K-weighted and plain energy of every hop, and how the two channels stand to each other (ITU-R BS.1770-4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.meter import Arrays, SoundBlock
from kebao.media.meters.hops import FAINTEST, HOP, Hops, decibels
from kebao.media.meters.k_weighting import KWeighting
from kebao.media.rows import Rows

OFFSET = -0.691
"""dB that BS.1770-4 adds to the K-weighted power."""
BALANCE_STEP = 0.5
"""dB a unit of `balance`."""


class LoudnessMeter:
    """One value a hop of 20 ms.

    Arrays:
        loudness: float16 (hops,), K-weighted power of all channels in LUFS, ungated.
        level: float16 (hops,), plain mean square of the channels in dB of full scale.
        balance: int8 (hops,), first channel above the second in units of `BALANCE_STEP`; empty for one channel.
        correlation: int8 (hops,), their normalised correlation in hundredths; 0 where one is silent; empty for one channel.
        stretches: int64 (n, 3), see `Hops.times`.
    """

    name = "loudness"
    version = 2

    def __init__(self) -> None:
        self._hops = Hops()
        self._weighting: KWeighting | None = None
        self._loudness: Rows[np.float16] = Rows()
        self._level: Rows[np.float16] = Rows()
        self._balance: Rows[np.int8] = Rows()
        self._correlation: Rows[np.int8] = Rows()

    def feed(self, block: SoundBlock) -> None:
        """Measure the next hops."""
        samples = self._hops.cut(block)
        if not block.continues or self._weighting is None:
            self._weighting = KWeighting(len(samples))
        if not samples.shape[1]:
            return
        shaped = self._weighting(samples)
        plain = samples.reshape(len(samples), -1, HOP)
        power = np.einsum("cij,cij->ci", plain, plain) / HOP
        loud = np.einsum("cij,cij->i", shaped, shaped) / HOP
        self._loudness.append((decibels(loud) + np.float32(OFFSET)).astype(np.float16))
        self._level.append(decibels(power.mean(axis=0)).astype(np.float16))
        if len(samples) == 2:
            balance, correlation = _stereo(plain, power)
            self._balance.append(balance)
            self._correlation.append(correlation)

    def arrays(self) -> Arrays:
        """Everything kept."""
        if not self._loudness:
            return {}
        return {
            "loudness": self._loudness.joined(),
            "level": self._level.joined(),
            "balance": self._balance.joined() if self._balance else np.zeros(0, np.int8),
            "correlation": self._correlation.joined() if self._correlation else np.zeros(0, np.int8),
            "stretches": self._hops.times(),
        }


def _stereo(plain: NDArray[np.float32], power: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Balance and correlation of two channels, each (hops,)."""
    together = np.einsum("ij,ij->i", plain[0], plain[1]) / HOP
    floor = np.float32(FAINTEST)
    balance = decibels(power[0]) - decibels(power[1])
    correlation = np.where(power.min(axis=0) > floor, together / np.sqrt(np.maximum(power[0] * power[1], 1e-30)), 0)
    return (
        np.clip(np.round(balance / BALANCE_STEP), -127, 127).astype(np.int8),
        np.clip(np.round(correlation * 100), -100, 100).astype(np.int8),
    )
