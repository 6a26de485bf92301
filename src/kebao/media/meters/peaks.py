"""Peaks: the highest and lowest sample of every 5 ms, how full the top of each hop is, and true peaks (ITU-R BS.1770-4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.meter import Arrays, SoundBlock
from kebao.media.meters.hops import HOP, Hops
from kebao.media.rows import Rows

SHORT = HOP // 4
"""Samples of one short peak: 5 ms, about a period of a voice."""
TOP_DB, STEP_DB = 6.0, 0.25
"""Short peaks are kept as codes: dBFS = TOP_DB − code * STEP_DB."""
TOP_SHARE = np.float32(10 ** (-1.5 / 20))
"""Part of a hop's peak from which a sample counts as its top: 1.5 dB."""
OVERSAMPLED = 4
_REACH = 20


def _between() -> NDArray[np.float32]:
    """(2 * _REACH + 1, 2 * OVERSAMPLED - 1): values at quarter steps up to one sample from the middle (windowed sinc)."""
    at = np.arange(-OVERSAMPLED + 1, OVERSAMPLED) / OVERSAMPLED
    distance = np.arange(-_REACH, _REACH + 1)[:, None] - at
    return np.asarray(np.sinc(distance) * (0.5 + 0.5 * np.cos(np.pi * distance / (_REACH + 1))), np.float32)


_BETWEEN = _between()


class PeaksMeter:
    """Peaks of the louder channel at each moment.

    Arrays:
        high, low: uint8 (hops * 4,), codes of the highest and of the lowest sample of every 5 ms (see `TOP_DB`).
        fullness: uint8 (hops,), samples within 1.5 dB of the hop's peak, of the channel that has it; 255 for more.
        true_peak: float16 (hops,), dB of full scale, four-fold oversampled on both sides of the hop's highest sample. A peak
            between two lower samples elsewhere in the hop is missed: 0.5 dB at most on speech and music (see the tests).
    """

    name = "peaks"
    version = 1

    def __init__(self) -> None:
        self._hops = Hops()
        self._high: Rows[np.uint8] = Rows()
        self._low: Rows[np.uint8] = Rows()
        self._fullness: Rows[np.uint8] = Rows()
        self._true: Rows[np.float16] = Rows()

    def feed(self, block: SoundBlock) -> None:
        """Measure the next hops."""
        samples = self._hops.cut(block)
        count = samples.shape[1] // HOP
        if not count:
            return
        if len(samples) == 2 and np.array_equal(samples[0], samples[1]):
            samples = samples[:1]
        short = samples.reshape(len(samples), -1, SHORT)
        high, low = short.max(axis=2), -short.min(axis=2)
        peak = np.maximum(high, low).reshape(len(samples), count, -1).max(axis=2)
        self._high.append(_code(high.max(axis=0)))
        self._low.append(_code(low.max(axis=0)))
        tops = np.abs(samples).reshape(len(samples), count, HOP) >= np.maximum(peak * TOP_SHARE, 1e-6)[:, :, None]
        full = np.add.reduce(tops, axis=2, dtype=np.int16)[peak.argmax(axis=0), np.arange(count)]
        self._fullness.append(np.minimum(full, 255).astype(np.uint8))
        self._true.append(_true_peaks(samples))

    def arrays(self) -> Arrays:
        """Everything kept."""
        if not self._high:
            return {}
        return {
            "high": self._high.joined(), "low": self._low.joined(),
            "fullness": self._fullness.joined(), "true_peak": self._true.joined(),
        }  # fmt: skip


def _code(peak: NDArray[np.float32]) -> NDArray[np.uint8]:
    level = 20 * np.log10(np.maximum(peak, 1e-7))
    return np.clip(np.round((TOP_DB - level) / STEP_DB), 0, 255).astype(np.uint8)


def _true_peaks(samples: NDArray[np.float32]) -> NDArray[np.float16]:
    """Peaks of the hops in dBFS, (hops,)."""
    channels, length = samples.shape
    hops = np.abs(samples).reshape(channels, -1, HOP)
    at = hops.argmax(axis=2) + np.arange(hops.shape[1]) * HOP
    around = np.clip(at[:, :, None] + np.arange(-_REACH, _REACH + 1), 0, length - 1)
    values = np.abs(samples[np.arange(channels)[:, None, None], around] @ _BETWEEN).max(axis=(0, 2))
    return np.asarray(20 * np.log10(np.maximum(values, 1e-7)), np.float16)
