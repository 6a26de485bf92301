"""The K-weighting by products against the recursive filter of SciPy, sample by sample."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.signal import sosfilt

from kebao.media.meters.hops import HOP
from kebao.media.meters.k_weighting import K_WEIGHTING, KWeighting

SECONDS = 5
RNG = np.random.default_rng(20)
AT = np.arange(SECONDS * 48_000) / 48_000
SOUNDS = {
    "noise": 0.1 * RNG.standard_normal((2, len(AT))),
    "almost nothing on a great offset": 0.9 + 1e-4 * RNG.standard_normal((2, len(AT))),
    "a loud 20 Hz": 0.9 * np.sin(2 * np.pi * 20 * AT)[None],
    "a click after silence": (np.arange(len(AT)) == 100_001).astype(float)[None],
}


def weighted(samples: np.ndarray, cuts: tuple[int, ...]) -> np.ndarray:
    """By products, in blocks that end at these hops."""
    filtered = KWeighting(len(samples))
    edges = [0, *(cut * HOP for cut in cuts), samples.shape[1]]
    blocks = [filtered(samples[:, first:end]) for first, end in pairwise(edges)]
    return np.concatenate(blocks, axis=1).reshape(len(samples), -1)


@pytest.mark.parametrize("name", SOUNDS)
def test_it_is_the_recursive_filter_to_120_db_below_full_scale(name: str) -> None:
    samples = SOUNDS[name].astype(np.float32)
    wanted = sosfilt(K_WEIGHTING, samples.astype(np.float64), axis=1)
    apart = np.abs(weighted(samples, (1, 51, 51, 200)) - wanted).max()
    assert apart < 1e-6 * max(1.0, float(np.abs(samples).max()))


def test_how_the_sound_is_cut_changes_nothing_that_is_heard() -> None:
    samples = SOUNDS["noise"].astype(np.float32)
    whole = weighted(samples, ())
    assert np.abs(weighted(samples, (3, 4, 120)) - whole).max() < 1e-6


def test_another_filter_is_told_apart() -> None:
    samples = SOUNDS["noise"].astype(np.float32)
    other = K_WEIGHTING.copy()
    other[1, 5] += 1e-4  # a pole of the high pass moved by a hair
    assert np.abs(weighted(samples, ()) - sosfilt(other, samples.astype(np.float64), axis=1)).max() > 1e-4


def test_no_hop_gives_nothing_and_keeps_the_state() -> None:
    samples = SOUNDS["noise"].astype(np.float32)
    filtered = KWeighting(2)
    first = filtered(samples[:, :HOP])
    assert filtered(samples[:, :0]).shape == (2, 0, HOP)
    again = np.concatenate((first, filtered(samples[:, HOP : 2 * HOP])), axis=1)
    assert np.abs(again.reshape(2, -1) - weighted(samples[:, : 2 * HOP], ())).max() < 1e-6
