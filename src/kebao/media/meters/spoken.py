"""Spoken: how likely it is that somebody speaks, hop by hop, also over music."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media.meter import SAMPLE_RATE, Arrays, SoundBlock
from kebao.media.meters.hops import HOP, Hops, one_channel
from kebao.media.rows import Rows
from kebao.media.speech_model import CHUNK, RATE, SpeechModel

_DOWN = SAMPLE_RATE // RATE
_TAIL = 20 * _DOWN
"""Samples kept for the low-pass before every third sample is taken; it delays by 0.6 ms."""
_EDGE_HZ = 7200
_HOP = HOP // _DOWN
_TOGETHER = 16
"""Slow samples that one product makes; a hop is a whole number of them."""


def _low_pass() -> NDArray[np.float32]:
    """A sinc under Hamming's window, 1 at nought hertz (as SciPy's `firwin`, which would take a second to load)."""
    distance = np.arange(-(_TAIL // 2), _TAIL // 2 + 1)
    taps = np.sinc(2 * _EDGE_HZ / SAMPLE_RATE * distance) * np.hamming(_TAIL + 1)
    return np.asarray(taps / taps.sum(), np.float32)


_LOW_PASS = _low_pass()


def _as_product() -> NDArray[np.float32]:
    """The low-pass for `_TOGETHER` slow samples at once: (samples that they see, _TOGETHER)."""
    product = np.zeros((_TAIL + (_TOGETHER - 1) * _DOWN + 1, _TOGETHER), np.float32)
    for column in range(_TOGETHER):
        product[column * _DOWN : column * _DOWN + _TAIL + 1, column] = _LOW_PASS[::-1]
    return product


_PRODUCT = _as_product()


class SpokenMeter:
    """Silero's probability of speech (see `kebao.media.speech_model`).

    Arrays:
        spoken: uint8 (hops,), probability in 255ths, of the 32 ms in which the middle of the hop lies.
    """

    name = "spoken"
    version = 1

    def __init__(self) -> None:
        self._hops = Hops()
        self._model = SpeechModel()
        self._kept: Rows[np.uint8] = Rows()
        self._begin()

    def _begin(self) -> None:
        self._model.forget()
        self._tail = np.zeros(_TAIL, np.float32)
        self._rest = np.zeros(0, np.float32)
        self._chunks: list[NDArray[np.float32]] = []
        self._count = 0

    def feed(self, block: SoundBlock) -> None:
        """Listen to the next hops."""
        if not block.continues:
            self._end()
        samples = self._hops.cut(block)
        if not samples.shape[1]:
            return
        self._count += samples.shape[1] // HOP
        joined = np.concatenate((self._tail, one_channel(samples)))
        self._tail = joined[-_TAIL:]
        self._rest = np.concatenate((self._rest, _slowed(joined)))
        whole = len(self._rest) // CHUNK * CHUNK
        if whole:
            self._chunks.append(self._model(self._rest[:whole].reshape(-1, CHUNK)))
            self._rest = self._rest[whole:]

    def _end(self) -> None:
        """End of a stretch: the last chunk is filled up with nothing, and chunks are laid on the hops."""
        if self._count:
            last = np.zeros((1, CHUNK), np.float32)
            last[0, : len(self._rest)] = self._rest
            found = np.concatenate((*self._chunks, self._model(last)))
            middles = (np.arange(self._count) * _HOP + _HOP // 2) // CHUNK
            self._kept.append(np.round(found[middles] * 255).astype(np.uint8))
        self._begin()

    def arrays(self) -> Arrays:
        """Everything kept."""
        self._end()
        return {"spoken": self._kept.joined()} if self._kept else {}


def _slowed(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Every third sample behind the low-pass, of whole hops with `_TAIL` samples before them."""
    seen = np.lib.stride_tricks.sliding_window_view(samples, len(_PRODUCT))[:: _TOGETHER * _DOWN]
    return np.asarray(np.ascontiguousarray(seen) @ _PRODUCT, np.float32).ravel()
