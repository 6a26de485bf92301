"""Damaged media: what can be decoded is measured, what is missing is told, and nothing crashes."""

from __future__ import annotations

import random
from fractions import Fraction
from io import BytesIO

import pytest

from kebao.media.measurement import Measurement
from kebao.media.passage import measure_stream
from kebao.media.probe import probe_stream
from kebao.model.errors import Unreadable
from media.odd import Picture, Sound, make_odd

SECONDS = 10
LONG = Picture(times=[Fraction(n, 25) for n in range(25 * SECONDS)], options={"preset": "ultrafast", "g": "25"})
SPEECH = Sound(seconds=Fraction(SECONDS))
MPEG4 = Picture("mpeg4", times=LONG.times, options={})
FRONT = {"movflags": "faststart"}


def cut(made: bytes, share: float = 0.6) -> bytes:
    return made[: int(len(made) * share)]


def flipped(made: bytes, count: int, seed: int) -> bytes:
    """Bytes behind the first fifth changed, so that the header stands."""
    chance, changed = random.Random(seed), bytearray(made)
    for _ in range(count):
        changed[chance.randrange(len(made) // 5, len(made) - 500)] ^= chance.randrange(1, 256)
    return bytes(changed)


def measured(made: bytes) -> Measurement:
    return measure_stream(BytesIO(made))


@pytest.mark.parametrize(
    "container, streams, options",
    [
        ("mp4", (LONG, SPEECH), FRONT),
        ("matroska", (LONG, SPEECH), {}),
        ("flv", (Picture("flv", times=LONG.times, options={}), SPEECH), {}),
        ("avi", (MPEG4, Sound("pcm_s16le", seconds=SPEECH.seconds)), {}),
        ("mp3", (Sound("libmp3lame", seconds=SPEECH.seconds),), {}),
        ("flac", (Sound("flac", seconds=SPEECH.seconds),), {}),
        ("wav", (Sound("pcm_s16le", seconds=SPEECH.seconds),), {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_cut_short_is_measured_as_far_as_it_goes(
    container: str, streams: tuple[Picture | Sound, ...], options: dict[str, str]
) -> None:
    whole = make_odd(container, *streams, options=options)
    assert measured(whole).passed.ended == "whole"
    passed = measured(cut(whole)).passed
    ends = [part.end for part in (passed.picture, passed.sound) if part is not None]
    assert passed.ended == "short"
    assert 4 < max(ends) < 7


def test_a_transport_stream_has_no_length_to_fall_short_of() -> None:
    passed = measured(cut(make_odd("mpegts", LONG, SPEECH))).passed
    assert passed.ended == "whole"
    assert passed.picture is not None
    assert 5 < passed.picture.end < 7


def test_a_cut_file_whose_table_stood_at_the_end_is_unreadable() -> None:
    made = cut(make_odd("mp4", LONG, SPEECH))
    for look in (probe_stream, measure_stream):
        with pytest.raises(Unreadable) as refused:
            look(BytesIO(made))
        assert (refused.value.code, "重新复制" in refused.value.message.zh) == ("truncated", True)


@pytest.mark.parametrize("container, options", [("mp4", FRONT), ("matroska", {}), ("mpegts", {})])
@pytest.mark.parametrize("seed", range(4))
def test_forty_changed_bytes_are_noticed(container: str, options: dict[str, str], seed: int) -> None:
    passed = measured(flipped(make_odd(container, LONG, SPEECH, options=options), 40, seed)).passed
    assert passed.picture is not None
    assert passed.sound is not None
    if container != "mpegts":  # of which the small picture is the lesser part
        assert passed.picture.corrupt or passed.picture.errors
    assert passed.sound.errors
    assert passed.sound.gaps
    assert all(0 <= index < passed.picture.frames for index in passed.picture.corrupt)


@pytest.mark.parametrize("seed", range(30))
def test_any_damage_is_answered(seed: int) -> None:
    """A thousandth of all bytes changed, the header too: measured or refused, never another error."""
    chance = random.Random(seed)
    container = ("mp4", "matroska", "mpegts", "avi", "flv", "wav")[seed % 6]
    streams = {"avi": (MPEG4, Sound("pcm_s16le")), "wav": (Sound("pcm_s16le"),)}.get(container, (LONG, SPEECH))
    changed = bytearray(_made(container, streams))
    for _ in range(len(changed) // 1000 + 5):
        changed[chance.randrange(12, len(changed))] = chance.randrange(256)
    try:
        made = measured(bytes(changed))
    except Unreadable:
        return
    assert made.passed.picture is not None or made.passed.sound is not None


_kept: dict[str, bytes] = {}


def _made(container: str, streams: tuple[Picture | Sound, ...]) -> bytes:
    if container not in _kept:
        _kept[container] = make_odd(container, *streams)
    return _kept[container]


@pytest.mark.parametrize(
    "made", [b"", b"\0" * 4096, b"\x00\x00\x00\x14ftypisom\x00\x00\x02\x00isom", b"RIFF\x24\0\0\0WAVE"]
)
def test_nothing_to_play_is_refused(made: bytes) -> None:
    with pytest.raises(Unreadable):
        measured(made)
