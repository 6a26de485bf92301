"""Flashes of long films, which are looked at in stretches all at once: as when they are looked at picture by picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kebao.media import flashes

RATE = 25


def one_by_one(values: NDArray[np.float64], least: float, darker: float) -> tuple[list[int], list[int]]:
    """The definition, as a loop over pictures and blocks."""
    rises, falls = [0] * len(values), [0] * len(values)
    for block in values.T:
        low = high = block[0]
        heading = 0
        for index, now in enumerate(block):
            rise = now - low >= least and low < darker and heading <= 0
            fall = high - now >= least and now < darker and heading >= 0
            rises[index], falls[index] = rises[index] + rise, falls[index] + fall
            heading = 1 if rise else -1 if fall else heading
            low, high = (now, now) if rise or fall else (min(low, now), max(high, now))
    return rises, falls


def test_every_transition_of_a_long_film_is_that_of_the_definition() -> None:
    at = np.arange(3210)[:, None] / RATE
    random = np.random.default_rng(3)
    values = 0.4 + 0.3 * np.sin(at * random.uniform(3, 40, 24)) * np.sin(at * random.uniform(0.3, 1, 24))
    rises, falls = flashes._transitions(values, 0.10, 0.80)
    assert (rises.tolist(), falls.tolist()) == one_by_one(values, 0.10, 0.80)


def test_a_flash_on_the_joint_of_two_stretches_is_told_once_in_its_length() -> None:
    rgb = np.full((4 * flashes.STRETCH, 24, 3), 200.0)
    start = flashes.STRETCH - 40
    rgb[start : start + 80] = np.where(np.arange(80)[:, None, None] // 2 % 2, 200.0, 40.0)
    ((begin, end, count),) = flashes.general(rgb, np.arange(len(rgb)) / RATE)
    assert (round(begin, 2), round(end, 2), count) == (start / RATE, (start + 78) / RATE, 7)


def test_a_film_of_no_pictures_has_no_flashes() -> None:
    assert flashes.general(np.zeros((0, 24, 3)), np.zeros(0)) == ()
