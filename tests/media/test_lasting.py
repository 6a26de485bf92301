"""A step of light is one that stays, comes at once and is seen where nothing moves; fades, drifts and things that pass are none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from kebao.media.gains import Floats
from kebao.media.lasting import is_a_step

COUNT, AT, STEP = 120, 60, 0.05
Log = np.ndarray[tuple[int, int], np.dtype[np.float64]]
"""Logarithms of the light of 24 blocks, (COUNT, 24), beside where they began."""


def film(change: Callable[[Log], None], code: float = 100.0) -> Floats:
    log: Log = np.random.default_rng(1).normal(0, 0.002, (COUNT, 24))
    change(log)
    return np.asarray(code * np.exp(log)[..., None].repeat(3, axis=2), np.float32)


def step(log: Log) -> None:
    log[AT:] += STEP


def spread_by_the_coder(log: Log) -> None:
    log[AT:] += STEP * np.clip((np.arange(COUNT - AT) + 1) / 4, 0, 1)[:, None]


def amid_motion(log: Log) -> None:
    log += np.cumsum(np.random.default_rng(2).normal(0, 0.01, (COUNT, 24)), axis=0)
    log[AT:] += STEP


def hands_in_a_third(log: Log) -> None:
    log[:, :8] += np.random.default_rng(2).normal(0, 0.1, (COUNT, 8))
    log[AT:] += STEP


def exposure_follows(log: Log) -> None:
    log[AT:] += 4 * STEP * np.clip((np.arange(COUNT - AT) + 1) / 16, 0, 1)[:, None]


def for_a_moment(log: Log) -> None:
    log[AT : AT + 5] += STEP


def a_thing_comes_in(log: Log) -> None:
    log[AT:, :14] += STEP


def out_of_black(log: Log) -> None:
    log[:AT] -= 3
    log[AT - 5 : AT] += np.linspace(0, 2.9, 5)[:, None]


@pytest.mark.parametrize(
    ("change", "is_one"),
    [
        (step, True),
        (spread_by_the_coder, True),
        (amid_motion, True),
        (hands_in_a_third, True),
        (exposure_follows, False),
        (for_a_moment, False),
        (a_thing_comes_in, False),
        (out_of_black, False),
    ],
)
def test_a_step_of_light_is_told_from_what_is_none(change: Callable[[Log], None], is_one: bool) -> None:
    assert is_a_step(film(change), np.zeros(COUNT, np.bool_), AT, STEP) == is_one


def test_another_shot_tells_nothing_of_this_one() -> None:
    def cut_soon_after(log: Log) -> None:
        log[AT:] += STEP
        log[AT + 6 :] -= 10 * STEP

    apart = np.zeros(COUNT, np.bool_)
    apart[AT + 6] = True
    assert is_a_step(film(cut_soon_after), apart, AT, STEP)
