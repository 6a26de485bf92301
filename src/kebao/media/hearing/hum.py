"""Mains hum: steady tones at exact multiples of 50 or 60 Hz, heard through the pauses of speech.

Every hop is weighted by how quiet it is, so that pauses speak loudest. A tone of the mains keeps its phase over seconds, a
voice, music or a turning motor does not, or not at these multiples. The same comb is tried at other spacings of the same
seconds: what rings there as well is music.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.fft import fft

from kebao.media.hearing.timeline import HOPS_A_SECOND, closed, runs
from kebao.media.meters.hops import HOP_SECONDS
from kebao.media.meters.mains import BOTTOM_DB, HARMONICS, STEP_DB

WINDOW = 4 * HOPS_A_SECOND
"""Hops looked at together: 4 s, in which tones a quarter of a hertz apart differ."""
STRIDE = 2 * HOPS_A_SECOND
_SHORTEST = 2 * HOPS_A_SECOND
_PADDED = 4096
_MAINS = {50: (49.7, 50.3), 60: (59.7, 60.3)}
"""Hz within which mains and a recorder's clock may wander (EN 50160: ±1 %; recorders' clocks are far better)."""
_CONTROL = {50: ((43.0, 48.5), (51.5, 57.0)), 60: ((53.0, 58.5), (61.5, 67.0))}
_GRID_HZ = 0.02
_CAP = 40.0
"""Most that one harmonic counts: one tone alone makes no comb."""
_CLEAR = 12.0
"""Coherence from which a harmonic counts as present: chance reaches it once in exp(12) trials."""
LEAST_SCORE, ABOVE_CONTROL = 80.0, 1.8
"""Least score of a comb, and how far it must stand above combs elsewhere (tuned on eight voices and three pieces of music)."""
_FEWEST = 2
"""Windows in a row: 6 s in all, so that a held note makes no hum."""
_BESIDE_HZ = 6.0
_TURNS = np.exp(np.arange(256) * (2j * np.pi / 256)).astype(np.complex64)
_QUIETEST = 10 ** (-105 / 10)


@dataclass(frozen=True)
class HumWindow:
    """What one window says.

    Attributes:
        first, end: its hops.
        mains: 50 or 60.
        score: coherence of the comb, summed over harmonics; `control` the best score of a comb elsewhere.
        harmonics: those that are present by themselves, 1 for the fundamental.
        level: dB of full scale of all harmonics that are present.
        hz: spacing of the comb.
    """

    first: int
    end: int
    mains: int
    score: float
    control: float
    harmonics: tuple[int, ...]
    level: float
    hz: float

    @property
    def is_hum(self) -> bool:
        """Whether this is a comb of the mains: three harmonics with a low one among them, far above every other comb.

        A voice or a note that dwells on 200 Hz has its harmonics at 200, 400 and 600 Hz: their numbers have 4 in common.
        """
        return (
            len(self.harmonics) >= 3
            and self.harmonics[0] <= 3
            and math.gcd(*self.harmonics) <= 2
            and self.score >= LEAST_SCORE
            and self.score >= ABOVE_CONTROL * self.control
        )


@dataclass(frozen=True)
class Hum:
    """A stretch of hum.

    Attributes:
        first, end: its hops.
        mains: 50 or 60.
        level: dB of full scale of all its harmonics.
        even_alone: whether only even harmonics are there, as of a transformer, a lamp or a motor that stands in the room.
    """

    first: int
    end: int
    mains: int
    level: float
    even_alone: bool


def find_hum(amplitude: NDArray[np.uint8], phase: NDArray[np.uint8]) -> tuple[tuple[Hum, ...], NDArray[np.float32]]:
    """Stretches of hum in order of time, and the level of the comb in each window (nan where there is none), one every `STRIDE`."""
    windows = hum_windows(amplitude, phase)
    mask = closed(np.array([window.is_hum for window in windows], bool), 2)
    levels = np.array([window.level if window.is_hum else np.nan for window in windows], np.float32)
    found = []
    for first, end in runs(mask):
        heard = [window for window in windows[first:end] if window.is_hum]
        if len(heard) < min(_FEWEST, len(windows)):
            continue
        inset = STRIDE // 2  # hum that fills most of a window makes it ring
        start = windows[first].first + (inset if first > 0 else 0)
        stop = windows[end - 1].end - (inset if end < len(windows) else 0)
        mains = 50 if 2 * sum(window.mains == 50 for window in heard) >= len(heard) else 60
        level = float(10 * np.log10(np.mean([10 ** (window.level / 10) for window in heard])))
        even = sum(all(number % 2 == 0 for number in window.harmonics) for window in heard)
        found.append(Hum(start, max(stop, start + 1), mains, level, 2 * even > len(heard)))
    return tuple(found), levels


def hum_windows(amplitude: NDArray[np.uint8], phase: NDArray[np.uint8]) -> list[HumWindow]:
    """Every window's better comb, from the arrays of the mains meter."""
    found = []
    for first in range(0, max(1, len(amplitude) - WINDOW + STRIDE), STRIDE):
        end = min(len(amplitude), first + WINDOW)
        if end - first >= _SHORTEST:
            part = slice(first, end)
            found.append(_look(first, end, amplitude[part], phase[part]))
    return found


def _look(first: int, end: int, amplitude: NDArray[np.uint8], phase: NDArray[np.uint8]) -> HumWindow:
    known = amplitude > 0
    size = 10 ** ((amplitude.astype(np.float32) * STEP_DB + BOTTOM_DB) / 20) * known
    tones = size * _TURNS[phase]
    weights = _weights(size**2) * known
    weighted = weights * tones
    spectrum = np.abs(fft(weighted.T.astype(np.complex64), _PADDED).T)
    chance = np.maximum((weights**2 * size**2).sum(axis=0), 1e-30)
    total = np.maximum(weights.sum(axis=0), 1e-12)
    coherence = spectrum**2 / chance * _own(spectrum / total)
    best: HumWindow | None = None
    for mains, (low, high) in _MAINS.items():
        grid = np.arange(low, high + _GRID_HZ / 2, _GRID_HZ)
        rise, bins, places = _comb(coherence, grid)
        at = int(rise.sum(axis=1).argmax())
        elsewhere = np.concatenate([np.arange(a, b, _GRID_HZ) for a, b in _CONTROL[mains]])
        control = float(_comb(coherence, elsewhere)[0].sum(axis=1).max())
        present = rise[at] >= _CLEAR
        size_of = spectrum[places[at], bins[at]] / total[bins[at]] / _loss(grid[at], bins[at])
        power = float((size_of[present] ** 2 / 2).sum())
        harmonics = tuple(int(number) + 1 for number in np.flatnonzero(present))
        level = float(10 * np.log10(max(power, 1e-14)))
        window = HumWindow(first, end, mains, float(rise[at].sum()), control, harmonics, level, float(grid[at]))
        if best is None or window.score - window.control > best.score - best.control:
            best = window
    assert best is not None  # noqa: S101  there are two mains
    return best


def _own(amplitude: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Where a tone belongs to its bin, (places, HARMONICS).

    A strong tone between two multiples of 50 Hz leaks into every bin, at the same place in each spectrum: it belongs where it
    is strongest. Near the middle of a bin there is no leaking, so nothing is excluded there.
    """
    edged = np.pad(amplitude, ((0, 0), (1, 1)))
    own = amplitude > 1.2 * np.maximum(edged[:, :-2], edged[:, 2:])
    beside = np.minimum(np.arange(_PADDED), _PADDED - np.arange(_PADDED)) / _PADDED * HOPS_A_SECOND
    return np.asarray(own | (beside < _BESIDE_HZ)[:, None])


def _weights(power: NDArray[np.floating]) -> NDArray[np.float64]:
    """How much each hop and bin counts: by the quiet around it in time and among the harmonics.

    The quietest tenth counts alike, so that a breath of silence behind the hum does not outweigh it.
    """
    edged = np.pad(power, ((1, 1), (1, 1)), mode="edge")
    around = sum(edged[a : a + len(power), b : b + power.shape[1]] for a in range(3) for b in range(3)) / 9
    return np.asarray(1 / np.maximum(around, np.percentile(around, 10, axis=0) + _QUIETEST))


def _comb(
    coherence: NDArray[np.floating], spacings: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.intp]]:
    """Coherence of each harmonic of each spacing, capped, with the bin and the place in its spectrum where it stands."""
    numbers = np.arange(1, int(50 * HARMONICS // spacings.max()) + 1)
    tones = spacings[:, None] * numbers
    bins = np.clip(np.round(tones / 50).astype(np.intp), 1, HARMONICS) - 1
    places = np.round((tones - 50 * (bins + 1)) / HOPS_A_SECOND * _PADDED).astype(np.intp) % _PADDED
    return np.minimum(coherence[places, bins], _CAP), bins, places


def _loss(spacing: float, bins: NDArray[np.intp]) -> NDArray[np.float64]:
    """What a tone beside the middle of a bin keeps of its amplitude (the spectrum of one hop without a window)."""
    numbers = np.arange(1, len(bins) + 1)
    beside = (spacing * numbers - 50 * (bins + 1)) * float(HOP_SECONDS)
    return np.asarray(np.sinc(beside))
