"""One pass: exact times, stretches of sound, and the store that makes the second time free."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from kebao.media.measurement import Measurement, Pass, PicturePass, SoundPass, pass_from_json, pass_to_json
from kebao.media.measuring import measure, stored
from kebao.media.meter import Arrays, PictureBatch, SoundBlock
from kebao.media.passage import Cancelled, measure_stream
from kebao.media.store import Store
from making import make_clip


class Recorder:
    """Keeps what it is fed, to compare."""

    name = "recorder"
    version = 1
    tinted = True

    def __init__(self) -> None:
        self.batches: list[tuple[int, tuple[int, ...], tuple[int, ...]]] = []
        self.blocks: list[tuple[Fraction, int, bool]] = []

    def feed(self, fed: PictureBatch | SoundBlock) -> None:
        if isinstance(fed, PictureBatch):
            self.batches.append((fed.first, fed.luma.shape, fed.blue.shape))
        else:
            self.blocks.append((fed.start, fed.samples.shape[1], fed.continues))

    def arrays(self) -> Arrays:
        return {}


def test_a_pass_feeds_every_picture_and_every_sample_once(tmp_path: Path) -> None:
    seen, heard = Recorder(), Recorder()
    with make_clip(tmp_path / "a.mp4", 3, size=(320, 180)).open("rb") as stream:
        made = measure_stream(stream, [seen], [heard])
    picture, sound = made.passed.picture, made.passed.sound
    assert (picture, made.passed.ended) == (
        PicturePass(75, Fraction(1, 12800), Fraction(0), Fraction(3), 320, 180),
        "whole",
    )
    assert sound is not None
    assert (sound.start, sound.gaps, sound.rate, sound.channels, sound.tracks) == (Fraction(0), (), 48000, 1, 1)
    assert seen.batches == [
        (0, (32, 90, 160), (32, 45, 80)),
        (32, (32, 90, 160), (32, 45, 80)),
        (64, (11, 90, 160), (11, 45, 80)),
    ]
    assert [block[::2] for block in heard.blocks[:2]] == [(Fraction(0), False), (Fraction(1), True)]
    assert sum(samples for _, samples, _ in heard.blocks) == sound.samples
    assert made.ticks.tolist() == [512 * number for number in range(75)]
    assert (made.time(74), made.time(75)) == (Fraction(74, 25), Fraction(3))


def test_a_pass_is_the_same_after_the_store(tmp_path: Path) -> None:
    clip, store, digest = make_clip(tmp_path / "a.mp4", 2), Store(tmp_path / "store"), "ab" * 32
    first = measure(lambda: clip.open("rb"), digest, store)
    second = stored(digest, store)
    assert second is not None
    assert (second.passed, second.ticks.tolist()) == (first.passed, first.ticks.tolist())
    assert {m: {k: a.tolist() for k, a in v.items()} for m, v in second.meters.items()} == {
        m: {k: a.tolist() for k, a in v.items()} for m, v in first.meters.items()
    }
    assert measure(lambda: pytest.fail("opened again"), digest, store).passed == first.passed


def test_a_damaged_store_is_measured_again(tmp_path: Path) -> None:
    clip, store, digest = make_clip(tmp_path / "a.mp4", 2), Store(tmp_path / "store"), "ab" * 32
    first = measure(lambda: clip.open("rb"), digest, store)
    for file in (tmp_path / "store").rglob("*.*"):
        file.write_bytes(b"\0")
    assert stored(digest, store) is None
    assert measure(lambda: clip.open("rb"), digest, store).passed == first.passed
    assert stored(digest, store) is not None


def test_a_store_that_cannot_be_written_costs_nothing_but_memory(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", 2)
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    made = measure(lambda: clip.open("rb"), "ab" * 32, Store(blocked / "store"))
    assert made.passed.picture is not None
    assert stored("ab" * 32, Store(blocked / "store")) is None


def test_cancelling_stops_at_once(tmp_path: Path) -> None:
    with make_clip(tmp_path / "a.mp4", 60).open("rb") as stream, pytest.raises(Cancelled):
        measure_stream(stream, cancelled=lambda: True)


def test_progress_counts_seconds_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    with make_clip(tmp_path / "a.mp4", 30).open("rb") as stream:
        measure_stream(
            stream, label="a.mp4", progress=lambda stage, done, total, label: told.append((done, total, label))
        )
    assert told[-1] == (30, 30, "a.mp4")
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)


def test_a_pass_survives_json() -> None:
    whole = Pass(
        PicturePass(2, Fraction(1, 3), Fraction(0), Fraction(2, 3), 4, 4, corrupt=(1,), errors=2),
        SoundPass(5, Fraction(0), Fraction(1, 7), 44100, 6, 2, ((Fraction(1, 9), Fraction(-1, 2)),)),
        "short",
        Fraction(22, 7),
    )
    assert pass_from_json(pass_to_json(whole)) == whole
    assert pass_from_json(pass_to_json(Pass())) == Pass()


def test_a_medium_without_picture_has_no_time_of_one() -> None:
    with pytest.raises(IndexError):
        Measurement(Pass()).time(0)
    assert Measurement(Pass()).ticks.dtype == np.int64
