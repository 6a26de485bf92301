"""Mains: the first harmonics of 50 Hz in every hop, with their phases, from which hum is read in the quiet moments."""

from __future__ import annotations

import numpy as np
from scipy.fft import rfft

from kebao.media.meter import Arrays, SoundBlock
from kebao.media.meters.hops import HOP, Hops, one_channel
from kebao.media.rows import Rows

HARMONICS = 16
"""Multiples of 50 Hz that are kept: up to 800 Hz."""
BOTTOM_DB, STEP_DB = -127.5, 0.5
"""Amplitudes are kept as codes: dB of full scale = BOTTOM_DB + code * STEP_DB."""


class MainsMeter:
    """A hop is one period of 50 Hz, so that its spectrum without a window has a bin at each multiple, each blind to the others.

    Seen over many hops the phase of a bin turns by the distance of a steady tone from that multiple: 60 Hz is 10 Hz above the first.

    Arrays:
        amplitude: uint8 (hops, HARMONICS), codes of the amplitude (see `BOTTOM_DB`).
        phase: uint8 (hops, HARMONICS), in 256ths of a turn.
    """

    name = "mains"
    version = 1

    def __init__(self) -> None:
        self._hops = Hops()
        self._amplitude: Rows[np.uint8] = Rows()
        self._phase: Rows[np.uint8] = Rows()

    def feed(self, block: SoundBlock) -> None:
        """Measure the next hops."""
        samples = self._hops.cut(block)
        if not samples.shape[1]:
            return
        bins = rfft(one_channel(samples).reshape(-1, HOP), axis=1)[:, 1 : HARMONICS + 1] * np.float32(2 / HOP)
        level = 20 * np.log10(np.maximum(np.abs(bins), 1e-8))
        self._amplitude.append(np.clip(np.round((level - BOTTOM_DB) / STEP_DB), 0, 255).astype(np.uint8))
        self._phase.append((np.round(np.angle(bins) * (128 / np.pi)).astype(np.int16) & 255).astype(np.uint8))

    def arrays(self) -> Arrays:
        """Everything kept."""
        if not self._amplitude:
            return {}
        return {"amplitude": self._amplitude.joined(), "phase": self._phase.joined()}
