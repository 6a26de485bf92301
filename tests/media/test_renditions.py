"""Renditions of real and odd films: sizes, codecs, an index in front, lengths, loudness, and words for what cannot be made."""

from __future__ import annotations

import io
import itertools
import random
import struct
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kebao.media.colours import upright
from kebao.media.passage import Cancelled
from kebao.media.renditions.loudness import Loudness, loudness_of
from kebao.media.renditions.making import Made, make_renditions
from kebao.media.renditions.recipes import P480, P720, SIZES, fitted, wanted
from kebao.media.renditions.sheet import contact_sheet
from kebao.media.seeking import seeking
from kebao.model.errors import Unreadable

FRAME = Fraction(1024, 48_000)
"""Seconds of a frame of AAC."""


def made_of(source: Path | bytes, folder: Path, **more: object) -> Made:
    stream = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    with stream:
        return make_renditions(stream, folder, **more)  # type: ignore[arg-type]


def boxes(path: Path) -> list[str]:
    """Kinds of the file's outermost boxes, in order."""
    content, at, found = path.read_bytes(), 0, []
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        found.append(kind.decode())
        at += size
    return found


def streams(path: Path) -> list[tuple[object, ...]]:
    with av.open(str(path)) as film:
        return [
            (s.codec_context.name, s.codec_context.width, s.codec_context.height, s.codec_context.pix_fmt)
            if isinstance(s, av.VideoStream)
            else (s.codec_context.name, s.codec_context.sample_rate, s.codec_context.layout.name)
            for s in film.streams
        ]


def beginning(source: Path, path: Path, pictures: int = 30) -> Path:
    """So many packets of a film's picture, and the sound beside them."""
    with av.open(str(source)) as whole, av.open(str(path), "w") as out:
        tracks = {s.index: out.add_stream_from_template(s) for s in (*whole.streams.video, *whole.streams.audio)}
        for packet in whole.demux(*whole.streams.video, *whole.streams.audio):
            if packet.dts is None:
                continue
            pictures -= isinstance(packet.stream, av.VideoStream)
            if pictures < 0:
                break
            packet.stream = tracks[packet.stream.index]
            out.mux(packet)
    return path


def film(path: Path, size: tuple[int, int], pictures: int = 12, rate: int = 25, **options: str) -> Path:
    """Pictures of four coloured quarters: red, green, blue and white, clockwise from top left."""
    with av.open(str(path), "w") as out:
        video = out.add_stream(options.pop("codec", "libx264"), rate=rate, options={"bf": "0", **options})
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        drawn = np.zeros((size[1], size[0], 3), np.uint8)
        top, left = size[1] // 2, size[0] // 2
        drawn[:top, :left], drawn[:top, left:], drawn[top:, left:], drawn[top:, :left] = (
            (220, 20, 20), (20, 200, 20), (20, 20, 220), (230, 230, 230),
        )  # fmt: skip
        for _ in range(pictures):
            out.mux(video.encode(av.VideoFrame.from_ndarray(drawn, format="rgb24")))
        out.mux(video.encode(None))
    return path


def first_picture(path: Path) -> np.ndarray:
    with path.open("rb") as stream, seeking(stream, 1) as seeker:
        found = seeker.at(Fraction(0))
        assert found is not None
        return upright(found[1], seeker.pixel_aspect, 10_000).astype(int)


@pytest.mark.parametrize(
    ("clip", "expected"),
    [
        ("mapillary_s5_sample-5s.mp4", [("720p", 1280, 720), ("480p", 854, 480), ("audio", 0, 0)]),
        ("grid_mixed_bbaf2n.mpg", [("480p", 360, 288), ("audio", 0, 0)]),
        ("opencv_tree_tree.avi", [("480p", 320, 240)]),
        ("intel_asl_again.mkv", [("480p", 640, 480)]),
    ],
)
def test_a_real_film_becomes_files_that_every_browser_plays(
    shared: Path, tmp_path: Path, clip: str, expected: list[tuple[str, int, int]]
) -> None:
    source = shared / "media" / "video" / clip
    if clip.startswith("mapillary"):
        source = beginning(source, tmp_path / "source.mp4", 40)
    made = made_of(source, tmp_path)
    films = [one for one in made.renditions if one.width]
    assert [(one.name, one.width, one.height) for one in made.renditions] == expected
    assert (made.broken, made.errors) == (False, 0)
    for one in made.renditions:
        assert boxes(one.path)[:2] == ["ftyp", "moov"]
        sound = [("aac", 48_000, "stereo")]
        assert streams(one.path) == ([("h264", one.width, one.height, "yuv420p")] if one.width else []) + sound * (
            len(made.renditions) > len(films)
        )
    before = _frames(source, "video")
    assert len(before) == len(_frames(films[-1].path, "video"))
    step = max(later - earlier for earlier, later in itertools.pairwise(before))
    ends = {"video": before[-1] + step, "audio": (_frames(source, "audio") or [Fraction(0)])[-1] + FRAME}
    for one in made.renditions:
        with av.open(str(one.path)) as result:
            for track in result.streams:
                apart = abs(Fraction(track.duration or 0) * (track.time_base or 1) - ends[track.type])
                assert apart <= (step if track.type == "video" else 2 * FRAME), (one.name, track.type)


def _frames(path: Path, kind: str) -> list[Fraction]:
    """When each decoded frame begins, from the first on."""
    with av.open(str(path)) as opened:
        if not getattr(opened.streams, kind):
            return []
        times = [Fraction(frame.pts) * frame.time_base for frame in opened.decode(**{kind: 0})]
    return [time - times[0] for time in times]


def test_pictures_keep_their_times_and_colours(shared: Path, tmp_path: Path) -> None:
    source = shared / "media" / "video" / "opencv_tree_tree.avi"
    made = made_of(source, tmp_path)
    with av.open(str(source)) as one, av.open(str(made.renditions[0].path)) as other:
        before = [Fraction(frame.pts * frame.time_base) for frame in one.decode(video=0)]  # type: ignore[operator]
        after = [Fraction(frame.pts * frame.time_base) for frame in other.decode(video=0)]  # type: ignore[operator]
    assert [round(abs(a - b), 4) for a, b in zip(before, after, strict=True)] == [0] * 68
    for clip in ("mapillary_s5_sample-5s.mp4", "gopro_max_max-heromode.mp4"):
        source = beginning(shared / "media" / "video" / clip, tmp_path / "source.mp4", 5)
        smallest = [one for one in made_of(source, tmp_path).renditions if one.width][-1]
        means = [first_picture(path).mean(axis=(0, 1)) for path in (source, smallest.path)]
        assert np.abs(means[0] - means[1]).max() < 2.5


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_telephone_s_film_stands_upright(tmp_path: Path, degrees: int) -> None:
    plain = film(tmp_path / "plain.mp4", (960, 540))
    turned = tmp_path / "turned.mp4"
    with av.open(str(plain)) as source, av.open(str(turned), "w") as out:
        track = out.add_stream_from_template(source.streams.video[0])
        track.set_display_rotation(degrees)
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = track
                out.mux(packet)
    made = made_of(turned, tmp_path)
    sides = [(854, 480), (480, 854)][degrees % 180 // 90]
    assert [(one.width, one.height) for one in made.renditions][-1] == sides
    wanted, got = (first_picture(path) for path in (turned, made.renditions[-1].path))
    corners = [(0.25, 0.25), (0.25, 0.75), (0.75, 0.75), (0.75, 0.25)]
    apart = [
        np.abs(
            wanted[int(y * len(wanted)), int(x * wanted.shape[1])] - got[int(y * len(got)), int(x * got.shape[1])]
        ).max()
        for y, x in corners
    ]
    assert max(apart) < 12


def test_interlaced_pictures_are_woven_no_more(tmp_path: Path) -> None:
    path = tmp_path / "woven.mpg"
    with av.open(str(path), "w", format="mpeg") as out:
        video = out.add_stream("mpeg2video", rate=25, options={"flags": "+ildct+ilme", "top": "1", "b": "8M"})
        video.width, video.height, video.pix_fmt = 720, 576, "yuv420p"
        for number in range(20):
            grey = np.full((576, 720, 3), 60, np.uint8)
            for field in (0, 1):  # a bar that moves from field to field
                left = (2 * number + field) * 12 % 640
                grey[field::2, left : left + 60] = 220
            out.mux(video.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        out.mux(video.encode(None))
    with av.open(str(path)) as source:
        frames = list(source.decode(video=0))
        assert all(frame.interlaced_frame for frame in frames)
        before = _combing(frames[10].to_ndarray(format="gray"))
    made = made_of(path, tmp_path)
    with av.open(str(made.renditions[0].path)) as result:
        frames = list(result.decode(video=0))
        assert not any(frame.interlaced_frame for frame in frames)
        assert len(frames) == 20
        assert _combing(frames[10].to_ndarray(format="gray")) < before / 4


def _combing(grey: np.ndarray) -> float:
    """How much neighbouring lines differ beyond what the lines two apart do."""
    lines = grey.astype(float)
    return float(np.abs(lines[1:-1:1] - (lines[:-2] + lines[2:]) / 2).mean())


def test_a_variable_rate_stays_variable_and_what_is_cut_short_says_so(tmp_path: Path) -> None:
    path = tmp_path / "halting.mkv"
    times = [0, 40, 80, 1080, 1120, 3000, 3040]
    with av.open(str(path), "w") as out:
        video = out.add_stream("libx264", rate=25, options={"bf": "0"})
        video.width, video.height, video.pix_fmt = 321, 241, "yuv444p"
        video.codec_context.time_base = Fraction(1, 1000)
        for time in times:
            frame = av.VideoFrame.from_ndarray(np.full((241, 321, 3), time % 200, np.uint8), format="rgb24")
            frame.pts, frame.time_base = time, Fraction(1, 1000)
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
    made = made_of(path, tmp_path)
    with av.open(str(made.renditions[0].path)) as result:
        frames = list(result.decode(video=0))
    assert [(frame.width, frame.height) for frame in frames[:1]] == [(320, 240)]
    assert [round(float(frame.time or 0) * 1000) for frame in frames] == times
    assert not made.broken


@pytest.mark.parametrize(("layout", "rate"), [("mono", 8000), ("stereo", 44_100), ("5.1", 48_000)])
def test_every_layout_becomes_two_channels(tmp_path: Path, layout: str, rate: int) -> None:
    """Each channel holds the same tone; what comes out is that tone in both, whole, and not beyond full scale."""
    path = tmp_path / "tone.wav"
    tone = (np.sin(np.arange(2 * rate) * 2 * np.pi * 440 / rate) * 8000).astype(np.int16)
    with av.open(str(path), "w") as out:
        track = out.add_stream("pcm_s16le", rate=rate, layout=layout)
        channels = len(av.AudioLayout(layout).channels)
        frame = av.AudioFrame.from_ndarray(np.repeat(tone, channels)[None], format="s16", layout=layout)
        frame.sample_rate, frame.pts = rate, 0
        out.mux(track.encode(frame))
        out.mux(track.encode(None))
    made = made_of(path, tmp_path)
    assert [(one.name, one.content_type) for one in made.renditions] == [("audio", "audio/mp4")]
    assert streams(made.renditions[0].path) == [("aac", 48_000, "stereo")]
    with av.open(str(made.renditions[0].path)) as result:
        samples = np.concatenate([frame.to_ndarray() for frame in result.decode(audio=0)], axis=1)
    assert abs(samples.shape[1] - 96_000) <= 1024
    powers = (samples[:, 4800:-4800] ** 2).mean(axis=1)
    assert abs(10 * np.log10(powers[0] / powers[1])) < 0.1
    assert 0.05 < np.sqrt(powers[0]) < 0.5
    assert np.abs(samples).max() <= 1


def test_a_pause_in_the_sound_is_silence(tmp_path: Path) -> None:
    path = tmp_path / "pause.mkv"
    with av.open(str(path), "w") as out:
        track = out.add_stream("flac", rate=48_000, layout="mono")
        tone = (np.sin(np.arange(48_000) / 10) * 8000).astype(np.int16)
        for first in (48_000, 240_000):  # begins a second late, pauses for three
            frame = av.AudioFrame.from_ndarray(tone[None], format="s16", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = 48_000, first, Fraction(1, 48_000)
            out.mux(track.encode(frame))
        out.mux(track.encode(None))
    made = made_of(path, tmp_path)
    with av.open(str(made.renditions[0].path)) as result:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in result.decode(audio=0)])
    loud = [bool((heard[n * 48_000 + 4800 : (n + 1) * 48_000 - 4800] ** 2).mean() > 1e-4) for n in range(6)]
    assert loud == [False, True, False, False, False, True]


@pytest.mark.parametrize("clip", ["speech/libri_03.flac", "speech/libri_09.flac", "video/nasa_nasa_13013.mp4"])
def test_loudness_reaches_its_target(shared: Path, tmp_path: Path, clip: str) -> None:
    made = made_of(shared / "media" / clip, tmp_path, target_lufs=-18.0)
    with made.renditions[-1].path.open("rb") as stream:
        reached = loudness_of(stream)
    assert reached is not None
    assert reached.lufs is not None
    assert abs(reached.lufs - -18.0) <= 0.5
    assert reached.peak <= -1.0


def test_loudness_stops_where_it_would_be_heard() -> None:
    assert Loudness(-23.0, -10.0).gain_to(-18) == 5.0
    assert Loudness(-30.0, -2.0).gain_to(-18) == 6.5  # the peaks may be held by six decibels
    assert Loudness(-60.0, -50.0).gain_to(-18) == 20.0
    assert Loudness(-12.0, -0.1).gain_to(-18) == -6.0
    assert Loudness(None, -140.0).gain_to(-18) == 0.0
    assert [Loudness(-30.0, -10.0).is_limited(gain) for gain in (8.4, 8.6)] == [False, True]


def test_a_film_that_is_cut_gives_what_is_there(shared: Path, tmp_path: Path) -> None:
    source = shared / "media" / "video" / "grid_mixed_bbaf2n.mpg"
    whole = source.read_bytes()
    assert made_of(whole[: len(whole) // 2], tmp_path).seconds < 2
    rng = random.Random(7)
    torn = bytearray(whole)
    for _ in range(60):
        at = rng.randrange(20_000, len(torn))
        torn[at : at + 40] = rng.randbytes(40)
    made = made_of(bytes(torn), tmp_path)
    assert made.errors > 0
    assert made.seconds > 2


@pytest.mark.parametrize("name", ["mp4_only_ftyp.mp4", "mp4_zero.mp4", "png_named.mp4", "concat_named.mp4"])
def test_what_is_no_film_is_refused_in_words(shared: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        made_of(shared / "hostile" / name, tmp_path)
    assert refused.value.message.zh
    assert not list(tmp_path.iterdir())


def test_one_without_its_index_is_refused_in_words(shared: Path, tmp_path: Path) -> None:
    source = shared / "media" / "video" / "mdn_pig.mp4"
    whole = source.read_bytes()
    kept = len(whole) // 3 if boxes(source)[-1] == "moov" else 900
    with pytest.raises(Unreadable) as refused:
        made_of(whole[:kept], tmp_path)
    assert "损坏" in refused.value.message.zh


def test_it_can_be_stopped_on_the_way(shared: Path, tmp_path: Path) -> None:
    asked: list[int] = []

    def enough() -> bool:
        asked.append(1)
        return len(asked) > 1

    with pytest.raises(Cancelled):
        made_of(shared / "media" / "video" / "bbb480_30s.mp4", tmp_path, cancelled=enough)
    assert len(asked) == 2


def test_a_signer_s_film_has_no_sound(shared: Path, tmp_path: Path) -> None:
    made = made_of(shared / "media/video/mdn_water_stream-of-water.mp4", tmp_path, sizes=("480p",), with_sound=False)
    assert [(one.name, streams(one.path)) for one in made.renditions] == [("480p", [("h264", 480, 360, "yuv420p")])]


def test_a_contact_sheet_shows_twelve(shared: Path) -> None:
    from PIL import Image

    with (shared / "media" / "video" / "bbb480_30s.mp4").open("rb") as stream:
        sheet = Image.open(io.BytesIO(contact_sheet(stream)))
    assert sheet.format == "JPEG"
    assert sheet.size[0] == 4 * 240 + 3 * 4


sides = st.integers(2, 8000)


@given(sides, sides, st.fractions(Fraction(1, 20), 20, max_denominator=50))
def test_never_larger_and_always_even(width: int, height: int, aspect: Fraction) -> None:
    for size in SIZES:
        across, down = fitted(width, height, aspect, size)
        assert across % 2 == down % 2 == 0
        assert max(across, down) <= max(size.long, 2)
        assert min(across, down) <= max(size.short, 2)
        assert across <= width + 1
        assert down <= height + 1
    made = wanted(width, height, aspect)
    assert made[-1][0] is P480
    assert len({one[1:] for one in made}) == len(made)


def test_sizes_of_usual_films() -> None:
    one = Fraction(1)
    assert wanted(1920, 1080, one) == ((P720, 1280, 720), (P480, 854, 480))
    assert wanted(1080, 1920, one) == ((P720, 720, 1280), (P480, 480, 854))
    assert wanted(720, 576, Fraction(16, 15)) == ((P720, 720, 540), (P480, 640, 480))
    assert wanted(640, 360, one) == ((P480, 640, 360),)
