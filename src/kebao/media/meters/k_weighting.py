"""The K-weighting of ITU-R BS.1770-4 by matrix products: hops are filtered together, not sample after sample.

A recursive filter is a state that runs on. Within a short run of samples the output is a product of the samples, plus one of
the state at its start; the states of the runs follow from each other by a product too, and only from hop to hop are they
worked out one by one. That takes half the time of filtering sample by sample, and no library of filters is loaded.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from kebao.media.meters.hops import HOP

K_WEIGHTING = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ],
    np.float64,
)
"""Second-order sections at 48 kHz: the shelf and the high pass of ITU-R BS.1770-4, annex 1, tables 1 and 2."""
RUN = 32
"""Samples that one product filters; a hop is a whole number of runs."""
_RUNS = HOP // RUN
_STATES = 2 * len(K_WEIGHTING)

Floats = NDArray[np.float32]


class KWeighting:
    """One sound's filter, from silence on.

    Args:
        channels: how many, each by itself.
    """

    def __init__(self, channels: int) -> None:
        self._state = np.zeros((channels, _STATES))

    def __call__(self, samples: Floats) -> Floats:
        """The weighted samples, float32 (channels, hops, HOP), of the next whole hops, float32 (channels, hops * HOP)."""
        channels, hops = len(samples), samples.shape[1] // HOP
        if not hops:
            return np.zeros((channels, 0, HOP), np.float32)
        direct, into, along, through, ahead, onward = _products()
        runs = samples.reshape(-1, RUN)
        made = runs @ direct
        brought = (runs @ into).reshape(-1, _RUNS * _STATES)  # what each run adds to the state behind it
        starts = self._hop_starts((brought @ through).reshape(channels, hops, _STATES).astype(np.float64), onward)
        states = brought @ ahead
        states += starts.reshape(-1, _STATES).astype(np.float32) @ along[1]
        made += states.reshape(-1, _STATES) @ along[0]
        return made.reshape(channels, hops, HOP)

    def _hop_starts(self, brought: NDArray[np.float64], onward: NDArray[np.float64]) -> NDArray[np.float64]:
        """The state at each hop's start, (channels, hops, states), of what the hops add; the last state is kept."""
        starts = np.empty(brought.shape)
        state = self._state
        for hop in range(brought.shape[1]):
            starts[:, hop] = state
            state = state @ onward + brought[:, hop]
        self._state = state
        return starts


Products = tuple[Floats, Floats, tuple[Floats, Floats], Floats, Floats, NDArray[np.float64]]


@cache
def _products() -> Products:
    """The matrices, for rows from the left.

    Returns:
        samples of a run → its output from a state of nought (RUN, RUN); → what it adds to the state (RUN, states);
        (state at a run's start → its output, state at a hop's start → that at each of its runs); what the runs add → what the
        hop adds; what the runs add → the state at each run's start, from nought; state at a hop's start → at the next one's.
    """
    step, entry, exit_, straight = _in_normal_form(*_as_states())
    power = [np.linalg.matrix_power(step, count) for count in range(RUN + 1)]
    answer = np.array([straight, *(entry @ power[count] @ exit_ for count in range(RUN - 1))])
    direct = np.zeros((RUN, RUN))
    for place in range(RUN):
        direct[place, place:] = answer[: RUN - place]
    into = np.stack([entry @ power[RUN - 1 - place] for place in range(RUN)])
    out = np.stack([power[place] @ exit_ for place in range(RUN)], axis=1)
    runs = [np.linalg.matrix_power(power[RUN], count) for count in range(_RUNS + 1)]
    at_runs = np.concatenate(runs[:_RUNS], axis=1)
    further = np.zeros((_RUNS, _STATES, _RUNS, _STATES))
    for earlier in range(_RUNS):
        for later in range(earlier + 1, _RUNS):
            further[earlier, :, later] = runs[later - earlier - 1]
    through = np.concatenate([runs[_RUNS - 1 - place] for place in range(_RUNS)])

    def single(matrix: NDArray[np.float64]) -> Floats:
        return np.ascontiguousarray(matrix, np.float32)

    ahead = further.reshape(_RUNS * _STATES, _RUNS * _STATES)
    return single(direct), single(into), (single(out), single(at_runs)), single(through), single(ahead), runs[_RUNS]


def _as_states() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]:
    """The cascade as state' = state @ step + sample * entry, output = state @ exit + sample * straight."""
    step, entry = np.zeros((_STATES, _STATES)), np.zeros(_STATES)
    exit_, straight = np.zeros(_STATES), 1.0  # of the sections so far
    for number, (b0, b1, b2, _, a1, a2) in enumerate(K_WEIGHTING):
        first, second = 2 * number, 2 * number + 1
        # Transposed direct form: y = b0 x + s1; s1' = b1 x − a1 y + s2; s2' = b2 x − a2 y. Here x is the output so far.
        for state, ahead, back in ((first, b1, a1), (second, b2, a2)):
            step[:, state] += (ahead - back * b0) * exit_
            step[first, state] -= back
            entry[state] = (ahead - back * b0) * straight
        step[second, first] += 1.0
        exit_, straight = b0 * exit_, b0 * straight
        exit_[first] += 1.0
    return step, entry, exit_, straight


def _in_normal_form(
    step: NDArray[np.float64], entry: NDArray[np.float64], exit_: NDArray[np.float64], straight: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]:
    """The same filter with states that noise fills alike and apart from each other (input-normal form).

    As they stand, two states of the high pass nearly cancel each other, which single precision does not bear.
    """
    spread, power = np.outer(entry, entry), step
    for _ in range(20):  # doubles the samples that are counted: a million, when nothing is left
        spread, power = spread + power.T @ spread @ power, power @ power
    turned = np.linalg.inv(np.linalg.cholesky(spread).T)
    back = np.linalg.inv(turned)
    return back @ step @ turned, entry @ turned, back @ exit_, straight
