"""Chromaprint, AcoustID's published fingerprint of sound: 32 bits for every eighth of a second.

Method: Lukáš Lalinský, "How does Chromaprint work?" (2011), after Ke, Hoiem and Sukthankar, "Computer Vision for Music
Identification" (CVPR 2005) and Jang and others, "Pairwise Boosted Audio Fingerprint" (2009); parameters of the algorithm
that `fpcalc` uses by default. Energies of the twelve notes over 0.37 s, smoothed in time, form a picture; sixteen
rectangles of lights and darks are laid on it at every step, and each answers with two bits.

The codes follow `fpcalc` bit by bit on sound at 11 025 Hz. Sound at another rate is not resampled to it: as only 28 to
3520 Hz are looked at, it is thinned out to about 12 kHz, and frames of the same length in seconds are taken.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft

REFERENCE_RATE = 11_025
"""Hz; the published frame and hop are given in samples at this rate."""
FRAME, HOP = 4096, 4096 // 3
STEP = HOP / REFERENCE_RATE
"""Seconds from one code to the next: 0.1238."""
SEEN = (FRAME + 19 * HOP) / REFERENCE_RATE
"""Seconds of sound that one code looks at: 2.72 (a frame, four more to smooth, fifteen more steps of the widest rectangle)."""
_LOWEST, _HIGHEST = 28, 3520
_NOTES = 12
_SMOOTH = np.array([0.25, 0.75, 1.0, 0.75, 0.25])
_QUIET = 0.01
"""A picture's row whose energies together stay below this (of 16-bit full scale squared) counts as silence."""
_WIDEST = 16
_GREY = np.array([0, 1, 3, 2], np.uint32)
_MOST_TAPS = 24
_TOGETHER = 16
"""Thinned samples that one product makes."""

Codes = NDArray[np.uint32]


class _Look(NamedTuple):
    """A rectangle on the picture: which pattern, first note, notes high, steps wide, and its three thresholds."""

    pattern: int
    first: int
    notes: int
    steps: int
    thresholds: tuple[float, float, float]


_LOOKS = (
    _Look(0, 4, 3, 15, (1.98215, 2.35817, 2.63523)),
    _Look(4, 4, 6, 15, (-1.03809, -0.651211, -0.282167)),
    _Look(1, 0, 4, 16, (-0.298702, 0.119262, 0.558497)),
    _Look(3, 8, 2, 12, (-0.105439, 0.0153946, 0.135898)),
    _Look(3, 4, 4, 8, (-0.142891, 0.0258736, 0.200632)),
    _Look(4, 0, 3, 5, (-0.826319, -0.590612, -0.368214)),
    _Look(1, 2, 2, 9, (-0.557409, -0.233035, 0.0534525)),
    _Look(2, 7, 3, 4, (-0.0646826, 0.00620476, 0.0784847)),
    _Look(2, 6, 2, 16, (-0.192387, -0.029699, 0.215855)),
    _Look(2, 1, 3, 2, (-0.0397818, -0.00568076, 0.0292026)),
    _Look(5, 10, 1, 15, (-0.53823, -0.369934, -0.190235)),
    _Look(3, 6, 2, 10, (-0.124877, 0.0296483, 0.139239)),
    _Look(2, 1, 1, 14, (-0.101475, 0.0225617, 0.231971)),
    _Look(3, 5, 6, 4, (-0.0799915, -0.00729616, 0.063262)),
    _Look(1, 9, 2, 12, (-0.272556, 0.019424, 0.302559)),
    _Look(3, 4, 2, 14, (-0.164292, -0.0321188, 0.0846339)),
)


class SoundPrint:
    """Listens to mono sound block by block.

    Args:
        rate: Hz of the sound; at least 11 025.
    """

    def __init__(self, rate: int) -> None:
        if rate < REFERENCE_RATE:
            raise ValueError(f"sound at {rate} Hz holds too little for Chromaprint; resample it to {REFERENCE_RATE} Hz")
        self._thin = max(1, rate // 12_000)
        self._taps = _low_pass(self._thin)
        self._rate = rate / self._thin
        length = _quick_length(FRAME * self._rate / REFERENCE_RATE)
        # Scaled so that the energies are those of the published transform whatever the rate.
        self._window = (np.hamming(length) * FRAME / length).astype(np.float32)
        self._raw = np.zeros(0, np.float32)
        self._waiting = np.zeros(0, np.float32)
        self._dropped = 0
        self._frames = 0
        self._rows: list[NDArray[np.float64]] = []

    def feed(self, block: NDArray[np.float32]) -> None:
        """Listen to the next samples, shape (n,), full scale 1."""
        self._raw = np.concatenate((self._raw, block))
        thinned, used = _thinned(self._raw, self._taps, self._thin)
        self._raw = self._raw[used:]
        self._waiting = np.concatenate((self._waiting, thinned))
        self._take_frames()

    def finish(self) -> Codes:
        """The codes; none for sound shorter than 2.72 s."""
        if not self._rows:
            return np.zeros(0, np.uint32)
        return codes_of(np.concatenate(self._rows))

    def _take_frames(self) -> None:
        length, hop = len(self._window), HOP * self._rate / REFERENCE_RATE
        starts: list[int] = []
        while (start := round((self._frames + len(starts)) * hop) - self._dropped) + length <= len(self._waiting):
            starts.append(start)
        if not starts:
            return
        frames = np.stack([self._waiting[start : start + length] for start in starts]) * self._window
        notes = _note_of_bin()
        spectrum = rfft(frames, axis=1)[:, : len(notes)]
        energy = spectrum.real.astype(np.float64) ** 2 + spectrum.imag.astype(np.float64) ** 2
        self._rows.append(energy @ notes)
        self._frames += len(starts)
        done = max(0, round(self._frames * hop) - self._dropped)
        self._waiting, self._dropped = self._waiting[done:], self._dropped + done


def codes_of(energies: NDArray[np.float64]) -> Codes:
    """Codes of note energies, shape (frames, 12), as the squared magnitudes of a 4096-point transform."""
    if len(energies) < len(_SMOOTH) + _WIDEST - 1:
        return np.zeros(0, np.uint32)
    smooth = sum(
        weight * energies[place : len(energies) - len(_SMOOTH) + 1 + place] for place, weight in enumerate(_SMOOTH)
    )
    length = np.sqrt((smooth**2).sum(axis=1, keepdims=True))
    picture = np.where(length < _QUIET, 0.0, smooth / np.maximum(length, _QUIET))
    total = np.zeros((len(picture) + 1, _NOTES + 1))
    total[1:, 1:] = picture.cumsum(axis=0).cumsum(axis=1)
    steps = len(picture) - _WIDEST + 1
    codes = np.zeros(steps, np.uint32)
    for look in _LOOKS:
        light, dark = _sums(total, look, steps)
        answer = np.log1p(light) - np.log1p(dark)
        codes = (codes << np.uint32(2)) | _GREY[np.searchsorted(look.thresholds, answer, side="right")]
    return codes


def _sums(total: NDArray[np.float64], look: _Look, steps: int) -> tuple[NDArray[np.float64], Any]:
    """What lies under the light and the dark parts of a pattern, for every step."""

    def area(start: int, first: int, end: int, last: int) -> NDArray[np.float64]:
        upper = total[end : end + steps, last] - total[end : end + steps, first]
        lower = total[start : start + steps, last] - total[start : start + steps, first]
        return np.maximum(upper - lower, 0.0)

    wide, low, high = look.steps, look.first, look.first + look.notes
    middle, half = low + look.notes // 2, wide // 2
    match look.pattern:
        case 0:
            return area(0, low, wide, high), 0.0
        case 1:
            return area(0, middle, wide, high), area(0, low, wide, middle)
        case 2:
            return area(half, low, wide, high), area(0, low, half, high)
        case 3:
            return (
                area(0, middle, half, high) + area(half, low, wide, middle),
                area(0, low, half, middle) + area(half, middle, wide, high),
            )
        case 4:
            third = look.notes // 3
            inner = area(0, low + third, wide, low + 2 * third)
            return inner, area(0, low, wide, low + third) + area(0, low + 2 * third, wide, high)
        case _:
            third = wide // 3
            inner = area(third, low, 2 * third, high)
            return inner, area(0, low, third, high) + area(2 * third, low, wide, high)


@functools.cache
def _note_of_bin() -> NDArray[np.float64]:
    """(bins up to the highest, 12): which note each bin of the transform belongs to, counted from 27.5 Hz, an A.

    A frame is as long in seconds at every rate, so bin `i` is the same frequency at every rate.
    """
    bins = np.arange(round(FRAME * _HIGHEST / REFERENCE_RATE))
    kept = bins[max(1, round(FRAME * _LOWEST / REFERENCE_RATE)) :]
    octave = np.log2(kept * REFERENCE_RATE / FRAME / (440 / 16))
    belongs = np.zeros((len(bins), _NOTES))
    belongs[kept, (_NOTES * (octave - np.floor(octave))).astype(int)] = 1
    return belongs


def _quick_length(wanted: float) -> int:
    """A length of transform within two samples of the wanted one: the one with the smallest greatest prime factor."""

    def greatest_prime(number: int) -> int:
        factor = 2
        while factor * factor <= number:
            if number % factor:
                factor += 1
            else:
                number //= factor
        return number

    return min((round(wanted) + off for off in (0, 1, -1, 2, -2)), key=greatest_prime)


def _low_pass(thin: int) -> NDArray[np.float32]:
    """Taps that keep what Chromaprint looks at and stop what would fold into it; one tap where nothing is thinned out."""
    if thin == 1:
        return np.ones(1, np.float32)
    place = np.arange(_MOST_TAPS) - (_MOST_TAPS - 1) / 2
    taps = np.sinc(place / thin) * np.kaiser(_MOST_TAPS, 6.0)
    return np.asarray(taps / taps.sum(), np.float32)


def _thinned(samples: NDArray[np.float32], taps: NDArray[np.float32], thin: int) -> tuple[NDArray[np.float32], int]:
    """Every `thin`-th sample of the filtered sound, and how many samples are used up."""
    count = (len(samples) - len(taps)) // thin + 1
    if count <= 0:
        return np.zeros(0, np.float32), 0
    if thin == 1:
        return samples[:count] * taps[0], count
    # Several at once by one product; what is left over one by one.
    product = _as_product(tuple(taps.tolist()), thin)
    made = np.zeros(0, np.float32)
    if len(samples) >= len(product):
        seen = np.lib.stride_tricks.sliding_window_view(samples, len(product))[:: _TOGETHER * thin]
        made = (np.ascontiguousarray(seen) @ product).ravel()
    rest = np.lib.stride_tricks.sliding_window_view(samples, len(taps))[len(made) * thin :: thin]
    made = np.concatenate((made, rest[: count - len(made)] @ taps))
    return made, count * thin


@functools.cache
def _as_product(taps: tuple[float, ...], thin: int) -> NDArray[np.float32]:
    """The filter for `_TOGETHER` thinned samples at once: (samples that they see, _TOGETHER)."""
    product = np.zeros((len(taps) + (_TOGETHER - 1) * thin, _TOGETHER), np.float32)
    for column in range(_TOGETHER):
        product[column * thin : column * thin + len(taps), column] = taps
    return product
