"""The print meters on films that are really decoded: what they keep, at which times, and that a copy is found by it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from filming import Shooting, film
from kebao.media.fingerprint.matching import Pool
from kebao.media.fingerprint.pdq import pdq
from kebao.media.fingerprint.prints import PICTURE, SOUND, Print, print_of
from kebao.media.fingerprint.sound import SEEN, STEP
from kebao.media.meter import PictureBatch, SoundBlock
from kebao.media.meters.print_picture import PicturePrintMeter
from kebao.media.meters.print_sound import SoundPrintMeter
from kebao.media.passage import measure_stream
from making import make_clip


def printed(path: Path) -> Print:
    with path.open("rb") as stream:
        measured = measure_stream(stream, [PicturePrintMeter()], [SoundPrintMeter()])
    ends = [part.end for part in (measured.passed.picture, measured.passed.sound) if part is not None]
    made = print_of(float(max(ends)), measured.meters)
    assert made is not None
    return made


def test_a_scene_begins_where_the_picture_changes(tmp_path: Path) -> None:
    scenes = printed(film(tmp_path / "a.mp4", Shooting(1, seconds=7, sound=False))).scenes
    assert scenes is not None
    assert (scenes.ticks.tolist(), scenes.end) == ([0, 4, 8, 12], 14)
    assert scenes.hashes.shape == (4, 16, 32)
    assert (scenes.quality >= 50).all()


def test_codes_stand_at_their_times(tmp_path: Path) -> None:
    made = printed(film(tmp_path / "a.mp4", Shooting(1, seconds=8)))
    assert made.steps.tolist() == list(range(len(made.codes)))
    assert len(made.codes) == pytest.approx((8 - SEEN) / STEP, abs=2)


COPIES = {
    "encoded anew, smaller and worse": Shooting(1, size=(214, 120), picture_rate=80_000, sound_rate=48_000),
    "trimmed": Shooting(1, start=3.3, seconds=9),
}


@pytest.mark.parametrize("way", COPIES)
def test_a_copy_is_found_and_a_stranger_is_not(way: str, tmp_path: Path) -> None:
    pool = Pool([printed(film(tmp_path / f"{content}.mp4", Shooting(content))) for content in (2, 1, 3)])
    (match,) = pool.matches(printed(film(tmp_path / "copy.mp4", COPIES[way])), least_share=0.5)
    assert (match.other, match.kind) == (1, "both")
    assert match.share > 0.9
    assert match.longest.there - match.longest.here == pytest.approx(COPIES[way].start, abs=0.5)


def test_a_flat_film_with_one_tone_tells_nothing(tmp_path: Path) -> None:
    one = printed(make_clip(tmp_path / "a.mp4", 16))
    assert Pool([one]).matches(one, least_share=0.05) == []


def test_pictures_are_hashed_twice_a_second_whatever_the_frame_rate() -> None:
    looked_at = []
    luma = np.random.default_rng(1).integers(0, 256, (40, 90, 160)).astype(np.uint8)
    for fps in (5, 10, 40):
        meter = PicturePrintMeter()
        for first in range(0, 40, 8):
            ticks = np.arange(first, first + 8, dtype=np.int64)
            part = luma[first : first + 8]
            meter.feed(PictureBatch(first, ticks, Fraction(1, fps), part, part, part, 1, 160, 90))
        arrays = meter.arrays()
        looked_at.append(arrays["ticks"].tolist())
        kept = arrays["hashes"][:, 0]
        frames = [-(-tick * fps // 2) for tick in looked_at[-1]]
        assert (kept == pdq(luma[frames])[0]).all()
    assert looked_at == [list(range(16)), list(range(8)), [0, 1]]


def test_a_gap_in_the_sound_keeps_the_times() -> None:
    meter = SoundPrintMeter()
    noise = np.random.default_rng(2).normal(0, 0.1, (2, 48_000 * 4)).astype(np.float32)
    meter.feed(SoundBlock(Fraction(0), noise, continues=False))
    meter.feed(SoundBlock(Fraction(100), noise, continues=False))
    arrays = meter.arrays()
    half = len(arrays["codes"]) // 2
    assert arrays["codes"][:half].tolist() == arrays["codes"][half:].tolist()
    assert arrays["steps"][half] == round(100 / STEP)


def test_meters_that_saw_nothing_give_empty_arrays() -> None:
    made = print_of(0.0, {PICTURE: PicturePrintMeter().arrays(), SOUND: SoundPrintMeter().arrays()})
    assert made is not None
    assert (made.scenes, len(made.codes), len(made.steps)) == (None, 0, 0)
    assert print_of(1.0, {}) is None
