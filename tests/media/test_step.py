"""Sound against picture: strikes, bursts, and what counts as evidence that they agree."""

from __future__ import annotations

import numpy as np
import pytest

from kebao.media.step import CHANCE, agreement, bursts, strikes

STEP = 0.005
FPS = 25


def levels(seconds: float, *at: float, floor: float = -40.0) -> np.ndarray:
    """Peaks of a steady floor with a strike at each moment that dies away in a fifth of a second."""
    made = np.full(round(seconds / STEP), floor, np.float32)
    for moment in at:
        first = round(moment / STEP)
        made[first : first + 40] = np.maximum(made[first : first + 40], np.linspace(-6, floor, 40)[: len(made) - first])
    return made


def changes(seconds: float, *at: float, blocks: int = 24) -> tuple[np.ndarray, np.ndarray]:
    """A still picture in which something moves for five pictures around each moment, in a quarter of the blocks."""
    made = np.full((round(seconds * FPS), blocks), 0.3, np.float32)
    for moment in at:
        frame = round(moment * FPS)
        made[frame - 2 : frame + 4, : blocks // 4] = 20  # from the picture before the first to that after the last
    return made, np.arange(len(made)) / FPS


def test_strikes_are_found_where_they_begin() -> None:
    assert strikes(levels(30, 3, 9.5, 21), STEP).tolist() == pytest.approx([3, 9.5, 21])


def test_a_steady_noise_or_a_rising_one_is_no_strike() -> None:
    noise = np.random.default_rng(3).normal(-30, 1, 6000).astype(np.float32)
    stays = np.concatenate((np.full(2000, -50), np.full(4000, -20))).astype(np.float32)
    assert [len(strikes(each, STEP)) for each in (noise, stays, noise[:50])] == [0, 0, 0]


def test_bursts_are_told_by_their_middle() -> None:
    assert bursts(*changes(30, 4, 12, 25)).tolist() == pytest.approx([4, 12, 25])


def test_long_motion_and_the_coders_flicker_are_no_burst() -> None:
    moving, times = changes(20)
    moving[100:200] = 15
    flicker = np.random.default_rng(2).uniform(0, 2, (500, 24)).astype(np.float32)
    assert (len(bursts(moving, times)), len(bursts(flicker, times)), len(bursts(moving[:5], times[:5]))) == (0, 0, 0)


@pytest.mark.parametrize("early", [-0.3, -0.1, 0.0, 0.04, 0.1, 0.3])
def test_the_delay_is_read_to_a_hundredth(early: float) -> None:
    moments = (3.0, 8.2, 15.6, 22.0)
    heard = strikes(levels(30, *(moment - early for moment in moments)), STEP)
    seen = bursts(*changes(30, *moments))
    found = agreement(heard, seen, 30)
    assert found is not None
    assert (found.early, len(found.moments)) == (pytest.approx(early, abs=0.011), 4)
    assert found.chance < CHANCE


def test_a_long_film_of_many_claps_is_read_too() -> None:
    moments = np.arange(1, 3600, 3.7)
    found = agreement(moments, moments + 0.15, 3600)
    assert found is not None
    assert (found.early, len(found.moments)) == (pytest.approx(0.15), len(moments))


def test_one_moment_is_no_evidence() -> None:
    assert agreement(np.array([3.0]), np.array([3.1]), 30) is None
    assert agreement(np.array([3.0, 9.0]), np.array([3.1]), 30) is None


def test_two_moments_are_evidence_only_where_nothing_is_left_over() -> None:
    two = agreement(np.array([3.0, 9.0]), np.array([3.2, 9.2]), 30)
    assert two is not None
    assert two.early == pytest.approx(0.2)
    assert agreement(np.array([3.0, 9.0]), np.array([3.2, 9.2, 20.0]), 30) is None


def test_what_has_nothing_to_do_with_each_other_seldom_agrees() -> None:
    """One film in a hundred may, by the stated chance; its bound is kept with margin on two thousand."""
    rng, agreed = np.random.default_rng(20230831), 0
    for _ in range(2000):
        seconds = rng.uniform(5, 600)
        heard, seen = (np.sort(rng.uniform(0, seconds, rng.integers(2, 40))) for _ in range(2))
        agreed += agreement(heard, seen, seconds) is not None
    assert agreed <= 2000 * CHANCE
