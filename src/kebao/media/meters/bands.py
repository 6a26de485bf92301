"""Bands: the spectrum of every hop in some twenty bands, and how strongly it has a pitch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, rfft

from kebao.media.meter import SAMPLE_RATE, Arrays, SoundBlock
from kebao.media.meters.hops import HOP, Hops, one_channel
from kebao.media.rows import Rows

WINDOW = 2 * HOP
"""Samples in a window: 40 ms, so bins of 25 Hz."""
EDGES = np.array([
    37, 87, 162, 262, 362, 462, 587, 712, 862, 1012, 1187, 1387, 1612, 1862, 2162, 2512, 2912, 3412, 4012, 4812, 5812,
    7012, 8512, 10512, 13512, 16012,
], np.float64)  # fmt: skip
"""Edges of the bands in Hz: half a critical band (Zwicker) and more, cut between bins."""
BANDS = len(EDGES) - 1
BOTTOM_DB, STEP_DB = -115.0, 0.5
"""Levels are kept as codes: dB of full scale = BOTTOM_DB + code * STEP_DB."""
PITCH_HZ = (70.0, 400.0)
_BINS = WINDOW // 2 + 1
_PITCH_BINS = 161  # up to 4 kHz
_PITCH_RATE = 2 * 4000
_SHAPE = np.hanning(WINDOW + 1)[:-1].astype(np.float32)


_FIRST = np.ceil(EDGES / (SAMPLE_RATE / WINDOW)).astype(np.intp)
"""First bin of each band, and the first behind the last."""
_SCALE = np.float32(2 / (WINDOW * float(np.sum(_SHAPE**2))))
"""Makes a full-scale sine −3 dB, as its mean square."""
_OWN = irfft(np.abs(rfft(_SHAPE, 2 * WINDOW)) ** 2)[: WINDOW // 2]
"""The window's own autocorrelation, by which that of the sound is divided."""
_LAGS = np.arange(int(_PITCH_RATE / PITCH_HZ[1]), int(_PITCH_RATE / PITCH_HZ[0]))
_DAMPED = np.maximum(np.interp(_LAGS * SAMPLE_RATE / _PITCH_RATE, np.arange(len(_OWN)), _OWN / _OWN[0]), 0.2).astype(
    np.float32
)


class BandsMeter:
    """One spectrum a hop, of the 40 ms around the hop's start.

    Arrays:
        bands: uint8 (hops, BANDS), codes of the power in each band (see `BOTTOM_DB`).
        pitch: uint8 (hops,), height of the autocorrelation between 70 and 400 Hz below 4 kHz, in 255ths of its height at nought.
    """

    name = "bands"
    version = 1

    def __init__(self) -> None:
        self._hops = Hops()
        self._last = np.zeros(HOP, np.float32)
        self._bands: Rows[np.uint8] = Rows()
        self._pitch: Rows[np.uint8] = Rows()

    def feed(self, block: SoundBlock) -> None:
        """Measure the next hops."""
        samples = self._hops.cut(block)
        if not block.continues:
            self._last = np.zeros(HOP, np.float32)
        if not samples.shape[1]:
            return
        joined = np.concatenate((self._last, one_channel(samples)))
        self._last = joined[-HOP:]
        windows = np.lib.stride_tricks.sliding_window_view(joined, WINDOW)[::HOP]
        spectrum = rfft(windows * _SHAPE, axis=1)
        power = spectrum.real**2 + spectrum.imag**2
        together = np.add.reduceat(power[:, : _FIRST[-1]], _FIRST[:-1], axis=1) * _SCALE
        level = 10 * np.log10(np.maximum(together, np.float32(1e-13)))
        self._bands.append(np.clip(np.round((level - BOTTOM_DB) / STEP_DB), 0, 255).astype(np.uint8))
        self._pitch.append(_pitch(power))

    def arrays(self) -> Arrays:
        """Everything kept."""
        if not self._bands:
            return {}
        return {"bands": self._bands.joined(), "pitch": self._pitch.joined()}


def _pitch(power: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Strength of the pitch of each spectrum, (hops,)."""
    own = irfft(power[:, :_PITCH_BINS], axis=1)
    rise = own[:, _LAGS[0] : _LAGS[-1] + 1] / (np.maximum(own[:, :1], np.float32(1e-12)) * _DAMPED)
    return np.asarray(np.clip(rise.max(axis=1), 0, 1) * 255, np.uint8)
