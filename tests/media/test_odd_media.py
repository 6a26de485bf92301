"""Odd but sound media: each codec, container, shape and clock gets the right answer, in exact presentation times."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO

import pytest

from kebao.media.facts import AudioFacts, MediaFacts, VideoFacts
from kebao.media.measurement import Measurement
from kebao.media.meter import Arrays, SoundBlock
from kebao.media.passage import measure_stream
from kebao.media.probe import probe_stream
from media.odd import Picture, Sound, make_odd

H264 = Picture()
REORDERED = Picture(options={"preset": "medium", "bf": "2"})
VP9 = Picture(codec="libvpx-vp9", options={"deadline": "realtime", "cpu-used": "8"})
MPEG2 = Picture(codec="mpeg2video", options={})
EVEN = [Fraction(n, 25) for n in range(51)]


class Blocks:
    """Keeps where each block of sound stands."""

    name = "blocks"
    version = 1

    def __init__(self) -> None:
        self.kept: list[tuple[Fraction, tuple[int, ...], bool]] = []

    def feed(self, block: SoundBlock) -> None:
        self.kept.append((block.start, block.samples.shape, block.continues))

    def arrays(self) -> Arrays:
        return {}


def measured(made: bytes) -> Measurement:
    return measure_stream(BytesIO(made))


def times(made: Measurement) -> list[Fraction]:
    """Of every picture, and of the end."""
    picture = made.passed.picture
    return [made.time(n) for n in range((picture.frames if picture else -1) + 1)]


def heard(made: Measurement) -> tuple[Fraction, Fraction, int, int, int] | None:
    sound = made.passed.sound
    return (sound.start, sound.end, sound.rate, sound.channels, sound.tracks) if sound else None


AAC, MS = Fraction(1024, 48_000), Fraction(1, 1000)


@pytest.mark.parametrize(
    "container, streams, late, sound_end",
    [
        ("mp4", (H264, Sound()), 0, 94 * AAC),
        ("mp4", (REORDERED, Sound()), 0, 94 * AAC),
        ("mp4", (Sound(), REORDERED), 0, 94 * AAC),
        ("mov", (H264, Sound()), 0, 94 * AAC),
        ("matroska", (REORDERED, Sound()), 0, 1984 * MS + AAC),
        ("webm", (VP9, Sound("libopus")), 0, Fraction(4001, 2000)),
        ("mpegts", (H264, Sound()), AAC, 95 * AAC),  # a transport stream keeps the codec's lead
        ("mpegts", (MPEG2, Sound("mp2")), Fraction(902, 90_000), Fraction(252, 125)),
        ("mpeg", (MPEG2, Sound("mp2")), Fraction(902, 90_000), Fraction(252, 125)),
        ("avi", (Picture("mpeg4", options={}), Sound("pcm_s16le")), 0, Fraction(2)),
        ("flv", (Picture("flv", options={}), Sound()), 21 * MS, Fraction(6079, 3000)),
        ("mp4", (Picture("libx265", options={"preset": "ultrafast", "x265-params": "log-level=none"}), Sound()), 0, 94 * AAC),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_every_container_and_codec_gives_exact_times(
    container: str, streams: tuple[Picture | Sound, ...], late: Fraction, sound_end: Fraction
) -> None:
    made = measured(make_odd(container, *streams))
    assert times(made) == [late + time for time in EVEN]
    sound = made.passed.sound
    assert sound is not None
    assert (sound.start, sound.end, sound.gaps, sound.errors) == (0, sound_end, (), 0)
    assert (made.passed.ended, made.passed.jumps) == ("whole", ())


def test_windows_media_keeps_the_pictures_times() -> None:
    """Its sound begins with two blocks of the codec's lead, of which the decoder gives none back."""
    made = measured(make_odd("asf", Picture("wmv2", options={}), Sound("wmav2", layout="stereo")))
    assert times(made) == [43 * MS + time for time in EVEN]
    assert heard(made) == (86 * MS, Fraction(1229, 600), 48_000, 2, 1)


@pytest.mark.parametrize(
    "container, stream, name, seconds",
    [
        ("mp3", Sound("libmp3lame"), "mp3", Fraction(2)),
        ("flac", Sound("flac"), "flac", Fraction(2)),
        ("wav", Sound("pcm_s16le"), "wav", Fraction(2)),
        ("wav", Sound("pcm_s24le", rate=96_000, layout="stereo"), "wav", Fraction(2)),
        ("ogg", Sound("libopus"), "ogg", Fraction(2)),
        ("ipod", Sound(), "mov", 94 * AAC),
        ("adts", Sound(), "aac", 95 * AAC),
    ],
)  # fmt: skip
def test_sound_alone(container: str, stream: Sound, name: str, seconds: Fraction) -> None:
    bytes_made = make_odd(container, stream)
    made, facts = measured(bytes_made), probe_stream(BytesIO(bytes_made))
    channels = 2 if stream.layout == "stereo" else 1
    assert (facts.container, facts.video) == (name, None)
    assert (made.passed.picture, heard(made)) == (None, (0, seconds, stream.rate, channels, 1))


def test_a_cover_picture_is_no_video() -> None:
    made = make_odd("mp3", Sound("libmp3lame"), cover=True)
    assert b"APIC" in made
    assert probe_stream(BytesIO(made)).video is None
    assert measured(made).passed.picture is None


def test_no_sound_and_one_picture() -> None:
    still = make_odd("mp4", Picture(times=[Fraction(0)]))
    made = measured(still)
    assert (times(made), made.passed.sound, made.passed.ended) == ([0, Fraction(1, 25)], None, "whole")
    assert probe_stream(BytesIO(still)) == MediaFacts(
        "mov", Fraction(1, 25), VideoFacts("h264", 160, 90, Fraction(25)), (), 0
    )


VARYING = [Fraction(0), Fraction(1, 25), Fraction(1, 10), Fraction(1, 2), Fraction(2)]


@pytest.mark.parametrize("container", ["mp4", "matroska"])
def test_a_varying_frame_rate_keeps_each_time(container: str) -> None:
    made = measured(make_odd(container, Picture(times=VARYING)))
    assert times(made) == [*VARYING, Fraction(51, 25)]


@pytest.mark.parametrize(
    "container, sound, tick", [("mp4", Fraction(1, 4) - AAC, MS), ("matroska", Fraction(1, 4), MS)]
)
def test_a_delayed_start_is_kept(container: str, sound: Fraction, tick: Fraction) -> None:
    """MP4 delays by an empty edit, counted in thousandths; Matroska by its times."""
    late = [time + Fraction(1, 2) for time in EVEN]
    made = measured(make_odd(container, Picture(times=late[:-1]), Sound(start=Fraction(1, 4))))
    assert times(made) == late
    assert made.passed.sound is not None
    assert abs(made.passed.sound.start - sound) < tick
    assert made.passed.ended == "whole"


def test_a_trimmed_start_is_not_shown() -> None:
    """Pictures in front of zero are cut away by the edit list, as when a telephone trims a recording."""
    early = [time - Fraction(2, 5) for time in EVEN[:-1]]
    made = measured(make_odd("mp4", Picture(times=early, options={"preset": "ultrafast", "g": "250"})))
    assert times(made) == EVEN[:41]


@pytest.mark.parametrize("degrees, clockwise", [(0, 0), (90, 270), (180, 180), (-90, 90)])
def test_a_rotated_picture_is_told_and_its_size_is_as_shown(degrees: int, clockwise: int) -> None:
    bytes_made = make_odd("mp4", Picture(rotation=degrees))
    facts, picture = probe_stream(BytesIO(bytes_made)), measured(bytes_made).passed.picture
    shown = (90, 160) if clockwise % 180 else (160, 90)
    assert facts.video == VideoFacts("h264", *shown, Fraction(25), clockwise)
    assert picture is not None
    assert (picture.rotation, picture.width, picture.height) == (clockwise, 160, 90)


@pytest.mark.parametrize("transfer, hdr", [(16, True), (18, True), (1, False)], ids=["PQ", "HLG", "BT.709"])
def test_high_dynamic_range_is_told(transfer: int, hdr: bool) -> None:
    stream = Picture(
        "libx265",
        pixel_format="yuv420p10le",
        options={"preset": "ultrafast", "x265-params": "log-level=none"},
        set_up={"color_trc": transfer, "color_primaries": 9, "colorspace": 9},
    )
    made = measured(make_odd("mp4", stream))
    picture = made.passed.picture
    assert picture is not None
    assert (picture.hdr, picture.bits, picture.pixel_format) == (hdr, 10, "yuv420p10le")
    assert times(made) == EVEN


@pytest.mark.parametrize(
    "container, stream",
    [
        ("mpegts", Picture("mpeg2video", options={"flags": "+ildct+ilme"})),
        ("mp4", Picture(size=(160, 96), options={"preset": "ultrafast", "x264-params": "interlaced=1"})),
    ],
    ids=["mpeg-2", "h264"],
)
def test_every_interlaced_picture_is_counted(container: str, stream: Picture) -> None:
    made = measured(make_odd(container, stream))
    assert made.passed.picture is not None
    assert (made.passed.picture.interlaced, times(made)) == (50, EVEN)


@pytest.mark.parametrize("layout, channels, fed", [("mono", 1, 1), ("stereo", 2, 2), ("5.1", 6, 2)])
@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_sound_is_fed_at_one_rate_in_one_or_two_channels(layout: str, channels: int, fed: int, rate: int) -> None:
    blocks = Blocks()
    made = measure_stream(BytesIO(make_odd("mp4", Sound(layout=layout, rate=rate))), (), [blocks])
    sound = made.passed.sound
    assert sound is not None
    assert (sound.rate, sound.channels, sound.start) == (rate, channels, 0)
    coded = -(-2 * rate // 1024) * 1024
    assert sound.samples == -(-coded * 48_000 // rate)
    assert blocks.kept[:2] == [(0, (fed, 48_000), False), (1, (fed, 48_000), True)]


def test_two_tracks_of_sound_and_the_marked_one_is_heard() -> None:
    made = make_odd("mp4", Picture(), Sound(), Sound(layout="stereo", rate=44_100))
    assert probe_stream(BytesIO(made)).audio == (AudioFacts("aac", 48_000, 1), AudioFacts("aac", 44_100, 2))
    assert heard(measured(made)) == (0, 94 * AAC, 48_000, 1, 2)


@pytest.mark.parametrize(
    "container, gap", [("mp4", (47 * AAC, Fraction(3, 10))), ("mpegts", (48 * AAC, Fraction(3, 10)))]
)
def test_a_gap_in_the_sounds_own_clock_begins_a_new_stretch(container: str, gap: tuple[Fraction, Fraction]) -> None:
    blocks = Blocks()
    jumping = Sound(jumps=((Fraction(1), Fraction(3, 10)),))
    made = measure_stream(BytesIO(make_odd(container, Picture(), jumping)), (), [blocks])
    assert made.passed.sound is not None
    assert made.passed.sound.gaps == (gap,)
    assert [(start, continues) for start, _, continues in blocks.kept if not continues] == [
        (0, False),
        (sum(gap), False),
    ]


def test_streams_glued_together_run_on_and_the_new_size_is_seen() -> None:
    """A transport stream whose second half has other times and another size: the clock goes on, which is told."""
    one = make_odd("mpegts", Picture(), Sound())
    other = make_odd("mpegts", Picture(size=(320, 180)), Sound())
    made = measured(one + other)
    picture, sound = made.passed.picture, made.passed.sound
    assert picture is not None
    assert sound is not None
    turn = sound.end / 2
    assert times(made) == [AAC + time for time in EVEN[:-1]] + [turn + AAC + time for time in EVEN]
    assert (picture.width, picture.height, picture.frames) == (160, 90, 100)
    assert (sound.end, sound.gaps, made.passed.jumps) == (190 * AAC, (), (turn,))
