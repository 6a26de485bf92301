"""Sound meters against sounds whose levels are known, and against themselves when blocks are cut otherwise."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import resample_poly

from kebao.media.meter import Arrays, SoundBlock, SoundMeter
from kebao.media.meters.bands import BOTTOM_DB, EDGES, STEP_DB, BandsMeter
from kebao.media.meters.hops import HOP
from kebao.media.meters.loudness import LoudnessMeter
from kebao.media.meters.mains import MainsMeter
from kebao.media.meters.peaks import PeaksMeter
from kebao.subjects.sounding import Sound, draw

METERS: tuple[Callable[[], SoundMeter], ...] = (LoudnessMeter, PeaksMeter, BandsMeter, MainsMeter)
TIMES = np.arange(3 * 48_000) / 48_000


def fed(make: Callable[[], SoundMeter], samples: NDArray[np.floating], block: int = 48_000) -> Arrays:
    meter = make()
    for first in range(0, samples.shape[1], block):
        part = samples[:, first : first + block].astype(np.float32)
        meter.feed(SoundBlock(Fraction(first, 48_000), part, first > 0))
    return meter.arrays()


def sine(hz: float, dbfs: float = 0.0) -> NDArray[np.floating]:
    return (10 ** (dbfs / 20) * np.sin(2 * np.pi * hz * TIMES))[None]


def test_loudness_of_the_reference_tone() -> None:
    """BS.1770-4: a 997 Hz sine of 0 dBFS in one channel reads −3.01 LUFS; two channels add up."""
    one, two = fed(LoudnessMeter, sine(997)), fed(LoudnessMeter, np.repeat(sine(997, -20), 2, axis=0))
    assert np.median(one["loudness"][50:]) == pytest.approx(-3.01, abs=0.05)
    assert np.median(two["loudness"][50:]) == pytest.approx(-20.0, abs=0.05)
    assert np.median(two["level"][50:]) == pytest.approx(-23.01, abs=0.05)


def test_channels_are_told_apart() -> None:
    left = sine(440, -12)[0]
    same, half, against, empty = (
        fed(LoudnessMeter, np.stack((left, other))) for other in (left, left / 2, -left, left * 0)
    )
    assert [int(np.median(made["correlation"])) for made in (same, half, against, empty)] == [100, 100, -100, 0]
    assert [int(np.median(made["balance"])) for made in (same, half, against, empty)] == [0, 12, 0, 127]
    assert fed(LoudnessMeter, left[None])["balance"].size == 0


def test_the_true_peak_between_two_samples_is_found() -> None:
    """A sine of a quarter of the rate whose samples all lie 3 dB under its crest (BS.1770-4, annex 2)."""
    between = np.sin(np.pi / 2 * np.arange(48_000) + np.pi / 4)[None]
    made = fed(PeaksMeter, between)
    assert float(np.median(made["true_peak"][5:-5])) == pytest.approx(0.0, abs=0.1)


def test_true_peaks_miss_at_most_half_a_decibel() -> None:
    samples = draw(Sound(seconds=12, music=6.0, drive=0.0))
    made = fed(PeaksMeter, samples)["true_peak"].astype(float)
    exact = np.abs(resample_poly(samples[0], 8, 1))[: len(made) * HOP * 8].reshape(len(made), -1).max(axis=1)
    loud = 20 * np.log10(exact) > -20
    missed = 20 * np.log10(exact[loud]) - made[loud]
    assert missed.max() < 0.5
    assert missed.min() > -0.3


def test_a_band_holds_the_power_of_its_tone_and_others_do_not() -> None:
    codes = fed(BandsMeter, sine(937, -20))["bands"][60]
    levels = codes * STEP_DB + BOTTOM_DB
    own = int(np.searchsorted(EDGES, 937)) - 1
    assert levels[own] == pytest.approx(-23.0, abs=0.5)
    assert max(np.delete(levels, [own - 1, own, own + 1])) < -85


def test_pitch_is_of_a_voice_not_of_noise() -> None:
    pulses = (np.arange(len(TIMES)) % 400 == 0).astype(float)[None] * 0.5
    noise = np.random.default_rng(1).standard_normal((1, len(TIMES))) * 0.1
    assert np.median(fed(BandsMeter, pulses)["pitch"]) > 200
    assert np.median(fed(BandsMeter, noise)["pitch"]) < 100


def test_a_tone_of_the_mains_stands_in_its_own_bin_with_a_still_phase() -> None:
    made = fed(MainsMeter, sine(150, -40))
    levels = made["amplitude"][20].astype(float) * 0.5 - 127.5
    assert levels[2] == pytest.approx(-40, abs=0.5)
    assert np.delete(levels, 2).max() < -100
    assert np.ptp(made["phase"][:, 2].astype(int)) <= 1


@pytest.mark.parametrize("make", METERS)
@pytest.mark.parametrize("channels", [1, 2])
def test_blocks_of_any_size_give_the_same(make: Callable[[], SoundMeter], channels: int) -> None:
    samples = np.repeat(draw(Sound(seconds=4, noise=20.0)), channels, axis=0)
    samples[-1] *= 0.8
    whole, pieces = fed(make, samples), fed(make, samples, 7_001)
    assert whole.keys() == pieces.keys()
    for name, kept in whole.items():
        assert kept.dtype == pieces[name].dtype
        if name != "true_peak":  # a block's edge cuts off the neighbours of a peak
            np.testing.assert_allclose(kept.astype(float), pieces[name].astype(float), atol=1.01)


@pytest.mark.parametrize("make", METERS)
def test_a_gap_starts_a_new_stretch_and_its_rest_is_left_out(make: Callable[[], SoundMeter]) -> None:
    meter = make()
    meter.feed(SoundBlock(Fraction(0), np.ones((1, HOP * 3 + 100), np.float32) * 0.1, False))
    meter.feed(SoundBlock(Fraction(7, 3), np.ones((1, HOP * 2), np.float32) * 0.1, False))
    made = meter.arrays()
    assert {
        len(kept) for name, kept in made.items() if name not in ("stretches", "balance", "correlation", "high", "low")
    } == {5}
    if "stretches" in made:
        assert made["stretches"].tolist() == [[0, 0, 1], [3, 7, 3]]


@pytest.mark.parametrize("make", METERS)
def test_silence_and_nothing_are_measured(make: Callable[[], SoundMeter]) -> None:
    assert make().arrays() == {}
    made = fed(make, np.zeros((2, 48_000)))
    assert all(np.isfinite(kept.astype(float)).all() for kept in made.values())
