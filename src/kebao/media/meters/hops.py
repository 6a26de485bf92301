"""The common grid of the sound meters: hops of 20 ms, counted anew from each stretch of sound."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kebao.media.meter import SAMPLE_RATE, SoundBlock

HOP = SAMPLE_RATE // 50
"""Samples in a hop: 20 ms, one period of 50 Hz mains."""
HOP_SECONDS = Fraction(HOP, SAMPLE_RATE)
FAINTEST = 1e-14
"""Mean square below which nothing is told apart: −140 dB of full scale."""
_CANCELLED = 0.05
"""Part of the channels' power below which their sum counts as cancelled out."""


class Hops:
    """Cuts blocks into whole hops. A rest of less than a hop at the end of a stretch is left out.

    `stretches` holds (index of the first hop, its exact time) of every stretch.
    """

    def __init__(self) -> None:
        self.count = 0
        self.stretches: list[tuple[int, Fraction]] = []
        self._rest: NDArray[np.float32] | None = None

    def cut(self, block: SoundBlock) -> NDArray[np.float32]:
        """The samples of the next whole hops, float32 (channels, hops * HOP); what is lent stays lent."""
        samples = block.samples
        if not block.continues or not self.stretches:
            self.stretches.append((self.count, block.start))
            self._rest = None
        if self._rest is not None:
            samples = np.concatenate((self._rest, samples), axis=1)
        whole = samples.shape[1] // HOP * HOP
        self._rest = samples[:, whole:].copy() if whole < samples.shape[1] else None
        self.count += whole // HOP
        return samples[:, :whole]

    def times(self) -> NDArray[np.int64]:
        """The stretches as int64 (n, 3): index of the first hop, numerator and denominator of its exact time."""
        rows = [(first, start.numerator, start.denominator) for first, start in self.stretches]
        return np.array(rows, np.int64).reshape(-1, 3)


def one_channel(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Both channels as one, float32 (n,): their mean, or the louder one where they cancel each other out."""
    if len(samples) == 1:
        return np.asarray(samples[0])
    mean = (samples[0] + samples[1]) * np.float32(0.5)
    powers = [float(np.dot(row, row)) for row in samples]
    if float(np.dot(mean, mean)) < _CANCELLED * sum(powers):
        return np.asarray(samples[int(powers[1] > powers[0])])
    return np.asarray(mean, np.float32)


def decibels(power: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean squares as dB of full scale, not below −140."""
    return np.asarray(10 * np.log10(np.maximum(power, FAINTEST)), np.float32)
