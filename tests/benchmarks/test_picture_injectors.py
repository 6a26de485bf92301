"""What is planted in a picture is there, in its size, and nothing else is changed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from defects import picture
from defects.encoding import HIGH, LOW, encode
from defects.films import Film, motion, places, slides, to_and_fro
from defects.planted import Planted
from scipy.ndimage import gaussian_filter

RATE = 25.0


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(11)


@pytest.fixture
def moving(rng: np.random.Generator) -> np.ndarray:
    """A soft texture that slides two pixels a picture to the left, 60 pictures of 64×96."""
    wide = gaussian_filter(rng.standard_normal((64, 300, 3)), (2, 2, 0))
    wide = np.clip(128 + wide * 200, 16, 200).astype(np.uint8)
    return np.stack([wide[:, 2 * n : 2 * n + 96] for n in range(60)])


def changed_at(before: np.ndarray, after: np.ndarray) -> list[int]:
    return np.flatnonzero((before != after).any(axis=(1, 2, 3))).tolist()


def test_one_picture_faults_change_one_picture(moving: np.ndarray) -> None:
    other = moving[0][::-1].copy()
    cases = {
        "foreign-frame": picture.foreign_frame(moving, other, 30, RATE),
        "black-frame": picture.flat_frame(moving, 0, 30, RATE),
        "flash-frame": picture.flat_frame(moving, 255, 30, RATE),
        "repeated-frame": picture.repeated_frame(moving, 30, RATE),
        "position-bump": picture.position_bump(moving, 30, RATE, 0.02),
    }
    for name, (changed, planted) in cases.items():
        assert changed_at(moving, changed) == [30], name
        assert (planted.defect, planted.start, planted.end) == (name, 1.2, 1.24)
    assert (cases["foreign-frame"][0][30] == other).all()
    assert (cases["repeated-frame"][0][30] == moving[29]).all()


def test_a_dropped_picture_is_gone(moving: np.ndarray) -> None:
    changed, planted = picture.dropped_frames(moving, 30, RATE)
    assert len(changed) == 59
    assert (changed[29] == moving[29]).all()
    assert (changed[30] == moving[31]).all()
    assert planted == Planted("dropped-frame", 1, 29 / RATE, 31 / RATE)


def test_a_frozen_stretch_stands_and_goes_on(moving: np.ndarray) -> None:
    changed, planted = picture.frozen(moving, 10, RATE, 1.0)
    assert changed_at(moving, changed) == list(range(11, 35))
    assert not np.diff(changed[10:35].astype(int), axis=0).any()
    assert planted == Planted("frozen", 1.0, 0.4, 1.4)


def test_leftovers_of_the_next_shot(moving: np.ndarray) -> None:
    after = moving[:, ::-1].copy()
    field, planted = picture.field_leftover(moving, after, RATE)
    half, _ = picture.half_leftover(moving, after, RATE)
    whole = np.concatenate([moving, after])
    assert changed_at(whole, field) == changed_at(whole, half) == [59]
    assert (field[59, 1::2] == after[0, 1::2]).all()
    assert (field[59, ::2] == moving[59, ::2]).all()
    assert (half[59, 32:] == after[0, 32:]).all()
    assert planted == Planted("field-leftover", 1, 59 / RATE, 60 / RATE)


@pytest.mark.parametrize("k", [0.05, -0.1])
def test_jumps_change_the_codes_by_k_from_there_on(moving: np.ndarray, k: float) -> None:
    light, planted = picture.exposure_jump(moving, 20, RATE, k)
    colour, _ = picture.colour_jump(moving, 20, RATE, k)
    assert changed_at(moving, light) == changed_at(moving, colour) == list(range(20, 60))
    means = [made[20:].mean(axis=(0, 1, 2)) / moving[20:].mean(axis=(0, 1, 2)) for made in (light, colour)]
    assert means[0] == pytest.approx([1 + k] * 3, abs=0.003)
    assert means[1] == pytest.approx([1 + k, 1, 1 - k], abs=0.003)
    assert planted == Planted("exposure-jump", abs(k), 0.8, 0.8)


@pytest.mark.parametrize(("share", "band"), [(0.002, (2, 10)), (0.01, (2, 5)), (0.01, (5, 10))])
def test_shake_has_its_size_and_its_band(rng: np.random.Generator, share: float, band: tuple[float, float]) -> None:
    path = picture.shake_path(500, RATE, share * 480, band, rng)
    assert np.sqrt((path**2).sum(axis=1).mean()) == pytest.approx(share * 480, rel=1e-6)
    power = (np.abs(np.fft.rfft(path, axis=0)) ** 2).sum(axis=1)
    hertz = np.fft.rfftfreq(500, 1 / RATE)
    inside = (hertz >= band[0] * 0.7) & (hertz <= band[1] * 1.3)
    assert power[inside].sum() / power.sum() > 0.9


def test_a_shaken_picture_moves_by_its_path(moving: np.ndarray, rng: np.random.Generator) -> None:
    still = np.repeat(moving[:1], 30, axis=0)
    changed, planted = picture.shake(still, 5, 25, RATE, 0.02, (2, 10), np.random.default_rng(3))
    path = picture.shake_path(20, RATE, 0.02 * 96, (2, 10), np.random.default_rng(3))
    assert planted == Planted("shake", 0.02, 0.2, 1.0)
    assert set(changed_at(still, changed)) <= set(range(5, 25))
    slope = np.gradient(still[0, 8:-8, 8:-8, 1].astype(float), axis=(0, 1))
    grid = np.stack([slope[1].ravel(), slope[0].ravel()], axis=1)
    small = [n for n in range(20) if np.abs(path[n]).max() < 1.2]
    for n in small[:8]:
        difference = (still[0].astype(float) - changed[5 + n])[8:-8, 8:-8, 1].ravel()
        measured = np.linalg.lstsq(grid, difference, rcond=None)[0]
        assert measured == pytest.approx(path[n], abs=0.25)


def test_a_mismatch_lies_in_the_second_a_alone(moving: np.ndarray) -> None:
    first, second = moving[:20], moving[20:40]
    joined, planted = picture.mismatch(first, moving[40:], second, RATE, 0.1)
    assert (joined[:20] == first).all()
    assert (joined[20:40] == moving[40:]).all()
    assert joined[40:].mean(axis=(0, 1, 2)) / second.mean(axis=(0, 1, 2)) == pytest.approx([1.1, 1, 0.9], abs=0.005)
    assert planted == Planted("aba-mismatch", 0.1, 1.6, 2.4)


@pytest.mark.parametrize("hertz", [2.0, 5.0])
def test_flashing_alternates_at_its_rate(hertz: float) -> None:
    grey = np.full((100, 8, 8, 3), 200, np.uint8)
    changed, planted = picture.flashing(grey, 25, 75, RATE, hertz)
    falls = np.flatnonzero(np.diff(changed[:, 0, 0, 0].astype(int)) < -100)
    assert len(falls) == 2 * hertz
    assert planted == Planted("flashing", hertz, 1.0, 3.0)


def test_places_keep_their_distance_and_lie_amid_motion(rng: np.random.Generator, moving: np.ndarray) -> None:
    made = Film(np.concatenate([moving, np.repeat(moving[-1:], 60, axis=0)]), Fraction(25))
    assert motion(made.pictures)[1:60].min() > 1
    found = places(made, rng, moving=True)
    assert found
    assert max(found) < 60
    everywhere = places(made, rng)
    assert min(np.diff(everywhere)) >= 27
    assert min(everywhere) >= 12
    assert max(everywhere) < 108


def test_to_and_fro_never_cuts(moving: np.ndarray) -> None:
    longer = to_and_fro(Film(moving, Fraction(25)), 6.0).pictures
    assert len(longer) == 150
    assert [int(np.argmin(np.abs(moving.astype(int) - one).sum(axis=(1, 2, 3)))) for one in longer[57:63]] == [
        57,
        58,
        59,
        58,
        57,
        56,
    ]
    assert (longer[118] == moving[0]).all()
    assert motion(longer).max() < motion(moving).max() * 1.01


def test_drawn_slides_change(rng: np.random.Generator) -> None:
    made = slides(8.0, rng)
    assert made.pictures.shape == (200, 270, 480, 3)
    assert 1 <= (motion(made.pictures) > 4).sum() <= 3


def test_encoding_keeps_every_picture_and_its_time(tmp_path: Path, moving: np.ndarray) -> None:
    sizes = []
    for bits in (LOW, HIGH):
        path = encode(tmp_path / f"{bits.name}.mp4", bits, pictures=moving, rate=Fraction(25))
        with av.open(str(path)) as container:
            times = [float(frame.pts * frame.time_base) for frame in container.decode(video=0)]
        assert times == pytest.approx([n / 25 for n in range(60)], abs=1e-6)
        sizes.append(path.stat().st_size)
    assert sizes[0] < sizes[1]
