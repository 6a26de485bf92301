"""Find the same sound in two or more media by their Chromaprint codes.

Half of each code is looked up exactly, each hit votes for a shift between two media, and the shifts with most votes are
then compared code by code. Measured on real music and speech after AAC at 48 and 128 kbit/s and trimmed by any part of a
step: at the right shift codes differ by 0 to 3.5 of 32 bits on average, at wrong ones by 10 to 16.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from kebao.media.fingerprint.prints import Print
from kebao.media.fingerprint.sound import SEEN, STEP
from kebao.media.fingerprint.spans import Shared, runs

MOST_BITS = 7.0
"""Differing bits of 32, on average over `WINDOW`, up to which sound counts as the same."""
WINDOW = 24
"""Codes, 3 s."""
SHORTEST = 12
"""Codes, about 4 s of sound: a shorter run says nothing."""
_VOTES = 3
_EDGE = 2
_SHIFTS = 12
_HALF = 20
_COMMON = 64
"""A half code that stands at more places among the known is a word everybody uses: it votes for nobody."""


class CodePool:
    """Codes of known media, sorted once."""

    def __init__(self, known: Sequence[Print]) -> None:
        telling = [_telling(one) for one in known]
        nothing = np.zeros(0, np.uint32)
        codes = np.concatenate([nothing, *(codes for codes, _ in telling)])
        self._steps = np.concatenate([nothing, *(steps for _, steps in telling)]).astype(np.int64)
        self._owner = np.repeat(np.arange(len(telling)), [len(codes) for codes, _ in telling])
        self._sorted = [(half, *_in_order(half(codes))) for half in (_upper, _lower)]

    def candidates(self, one: Print) -> Iterator[tuple[int, list[int]]]:
        """Media that may hold the same sound, with the shifts (their step less ours) to look at."""
        codes, steps = _telling(one)
        votes = [self._votes(half(codes), steps, order, keys) for half, order, keys in self._sorted]
        voted, shifts = np.concatenate([owner for owner, _ in votes]), np.concatenate([shift for _, shift in votes])
        for other in np.unique(voted):
            cast, counts = np.unique(shifts[voted == other], return_counts=True)
            # A trim by half a step splits its votes between two neighbours.
            both = counts + np.concatenate((counts[1:] * (np.diff(cast) == 1), [0]))
            best = np.argsort(-both, kind="stable")[:_SHIFTS]
            best = best[both[best] >= _VOTES]
            if len(best):
                yield int(other), sorted({int(cast[place]) + extra for place in best for extra in (0, 1)})

    def _votes(
        self, mine: NDArray[np.uint32], steps: NDArray[np.int32], order: NDArray[np.intp], keys: NDArray[np.uint32]
    ) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """Owners and shifts of all equal pairs."""
        first, end = np.searchsorted(keys, mine, "left"), np.searchsorted(keys, mine, "right")
        count = np.where(end - first > _COMMON, 0, end - first)
        left = np.repeat(np.arange(len(mine)), count)
        right = order[np.repeat(first - np.cumsum(count) + count, count) + np.arange(len(left))]
        return self._owner[right], self._steps[right] - steps[left]


def same_sound(one: Print, other: Print, shifts: Sequence[int]) -> list[Shared]:
    """Stretches of the same sound at any of these shifts; where several fit, the closest counts."""
    found: list[Shared] = []
    aligned = sorted((_aligned(one, other, shift) for shift in shifts), key=lambda pair: pair[0])
    taken = np.zeros(int(one.steps[-1]) + 2 if len(one.steps) else 0, bool)
    for _, shift, steps, near in aligned:
        near = near & ~taken[steps]
        for first, end in runs(steps, near, gap=WINDOW // 2):
            if end - first >= SHORTEST:
                start, stop = _heard(one, other, shift, first, end - 1)
                found.append(Shared(start, start + shift * STEP, stop - start))
                taken[first:end] = True
    return sorted(found)


def _heard(one: Print, other: Print, shift: int, first: int, last: int) -> tuple[float, float]:
    """Start and end in our seconds of the sound that a run of codes stands for.

    A code looks at 2.7 s and still fits while more than half of them are shared; so a run stops half of that beyond the
    shared sound, but for the ends of a medium, where there are no further codes.
    """
    from_start = min(first - int(one.steps[0]), first + shift - int(other.steps[0])) <= _EDGE
    to_end = min(int(one.steps[-1]) - last, int(other.steps[-1]) - shift - last) <= _EDGE
    start = first * STEP + (0.0 if from_start else SEEN / 2)
    return start, max(start, last * STEP + (SEEN if to_end else SEEN / 2))


def _aligned(one: Print, other: Print, shift: int) -> tuple[float, int, NDArray[np.int64], NDArray[np.bool_]]:
    """(order, shift, our steps, whether the sound is the same there); order puts the shift with most in common first."""
    steps, here, there = np.intersect1d(
        one.steps.astype(np.int64), other.steps.astype(np.int64) - shift, assume_unique=True, return_indices=True
    )
    if len(steps) < SHORTEST:
        return 0.0, shift, np.zeros(0, np.int64), np.zeros(0, bool)
    telling = ~(_held(one.codes)[here] & _held(other.codes)[there])
    bits = np.bitwise_count(one.codes[here] ^ other.codes[there]).astype(np.float64)
    weight = _around(telling.astype(np.float64))
    mean = _around(bits * telling) / np.maximum(weight, 1)
    same = (mean <= MOST_BITS) & (weight >= WINDOW / 3) & telling
    return -float(same.sum()), shift, steps, same


def _around(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums over the window centred at each place; at the ends over what there is of it."""
    return np.convolve(values, np.ones(WINDOW), "full")[WINDOW // 2 : WINDOW // 2 + len(values)]


def _telling(one: Print) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Codes that tell a moment: what is held (silence, a tone, a hum) tells none."""
    kept = ~_held(one.codes)
    return one.codes[kept], one.steps[kept]


def _held(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    held = np.zeros(len(codes), bool)
    held[1:] = codes[1:] == codes[:-1]
    held[:-1] |= held[1:]
    return held


def telling_codes(one: Print) -> NDArray[np.uint32]:
    """The codes that tell a moment: many of them are equal in two media that sound the same."""
    return _telling(one)[0]


def _upper(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return codes >> np.uint32(32 - _HALF)


def _lower(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return codes & np.uint32((1 << _HALF) - 1)


def _in_order(keys: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.uint32]]:
    order = np.argsort(keys, kind="stable")
    return order, keys[order]
