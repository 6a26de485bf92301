"""Stills: exactly the picture that is on screen, upright, in the right colours, from the store the second time."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.reformatter import ColorRange
from PIL import Image

from kebao.media.colours import upright
from kebao.media.seeking import seeking
from kebao.media.stills import take_stills
from kebao.media.store import Store
from kebao.model.finding import Still
from making import make_clip

BITS = 8


def numbered(path: Path, pictures: int = 130, *, options: dict[str, str] | None = None, form: str = "mp4") -> Path:
    """A film at 25 pictures a second whose n-th picture shows n in black and white bars."""
    with av.open(str(path), "w", format=form) as film:
        video = film.add_stream(
            "libx264",
            rate=25,
            options={"preset": "veryfast", "g": "50", "bf": "3", "sc_threshold": "0", **(options or {})},
        )
        video.width, video.height, video.pix_fmt = 160, 96, "yuv420p"
        for number in range(pictures):
            luma = np.repeat([235 if number >> bit & 1 else 16 for bit in range(BITS)], 160 // BITS).astype(np.uint8)
            planes = np.concatenate((np.tile(luma, (96, 1)), np.full((48, 160), 128, np.uint8)))
            film.mux(video.encode(av.VideoFrame.from_ndarray(planes, format="yuv420p")))
        film.mux(video.encode(None))
    return path


def shown(still: Still | None) -> int:
    assert still is not None
    row = np.asarray(Image.open(io.BytesIO(still.jpeg)).convert("L"))[48]
    return sum(1 << bit for bit in range(BITS) if row[bit * 20 + 10] > 128)


@pytest.mark.parametrize(
    "form, options",
    [
        ("mp4", {}),
        ("matroska", {}),
        ("mpegts", {}),
        ("flv", {}),
        ("avi", {"bf": "0"}),
        ("mp4", {"x264-params": "open-gop=1"}),
    ],
)
def test_a_still_is_the_picture_on_screen_at_that_time(tmp_path: Path, form: str, options: dict[str, str]) -> None:
    clip = numbered(tmp_path / "a", form=form, options=options)
    numbers = (0, 1, 49, 50, 51, 77, 100, 129)
    late = Fraction(form == "avi", 25)  # PyAV writes the first picture of an AVI one picture late
    times = [Fraction(number, 25) + late + Fraction(1, 50) for number in numbers]
    made = take_stills(lambda: clip.open("rb"), "", None, [("frame", time, 480) for time in times])
    assert [shown(still) for still in made] == list(numbers)
    if form not in ("matroska", "flv"):  # which counts in milliseconds
        assert [still.time for still in made if still] == [Fraction(number, 25) + late for number in numbers]


def test_before_the_first_picture_the_first_is_shown(tmp_path: Path) -> None:
    clip = numbered(tmp_path / "a.avi", 60, options={"bf": "0"}, form="avi")
    (still,) = take_stills(lambda: clip.open("rb"), "", None, [("frame", Fraction(0), 480)])
    assert still is not None
    assert (shown(still), still.time) == (0, Fraction(1, 25))


def test_one_tick_before_a_picture_shows_the_one_before(tmp_path: Path) -> None:
    clip = numbered(tmp_path / "a.mp4", 60)
    wanted = [("frame", Fraction(30, 25) - Fraction(1, 12800), 480), ("frame", Fraction(30, 25), 480)]
    assert [shown(still) for still in take_stills(lambda: clip.open("rb"), "", None, wanted)] == [29, 30]


def test_a_keyframe_costs_one_picture(tmp_path: Path) -> None:
    with numbered(tmp_path / "a.mp4").open("rb") as stream, seeking(stream) as seeker:
        found = [seeker.key_at(Fraction(second)) for second in (0, 1, 3, 5)]
        assert [time for time, _ in filter(None, found)] == [0, 0, 2, 4]
        assert seeker.decoded == 4


def test_the_second_time_nothing_is_opened_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    clip, store, wanted = make_clip(tmp_path / "a.mp4", 3), Store(tmp_path / "store"), [("frame", Fraction(1), 100)]
    first = take_stills(lambda: clip.open("rb"), "ab" * 32, store, wanted)
    assert first == take_stills(lambda: pytest.fail("opened again"), "ab" * 32, store, wanted)
    assert first == take_stills(lambda: clip.open("rb"), "", None, wanted)
    assert [(still.width, still.height) for still in first if still] == [(100, 56)]


def test_where_there_is_no_picture_there_is_no_still(tmp_path: Path) -> None:
    sound, broken = tmp_path / "a.m4a", tmp_path / "b.mp4"
    with av.open(str(sound), "w", format="ipod") as out:
        track = out.add_stream("aac", rate=48000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 48000
        out.mux(track.encode(frame))
        out.mux(track.encode(None))
    broken.write_bytes(b"\0" * 100)
    for path in (sound, broken):
        assert take_stills(lambda path=path: path.open("rb"), "", None, [("frame", Fraction(0), 480)]) == (None,)  # type: ignore[misc]


def test_damage_costs_the_pictures_near_it_alone(tmp_path: Path) -> None:
    clip = numbered(tmp_path / "a.mkv", form="matroska")
    content = bytearray(clip.read_bytes())
    place = len(content) // 3
    content[place : place + 150] = bytes(150)
    clip.write_bytes(content)
    numbers = (5, 110, 125)
    wanted = [("frame", Fraction(number, 25) + Fraction(1, 50), 480) for number in numbers]
    assert [shown(still) for still in take_stills(lambda: clip.open("rb"), "", None, wanted)] == list(numbers)


def coloured(size: tuple[int, int], yuv: tuple[int, int, int], colorspace: int, full: bool) -> Any:
    planes = [
        np.full(size, yuv[0], np.uint8),
        *(np.full((size[0] // 2, size[1] // 2), part, np.uint8) for part in yuv[1:]),
    ]
    packed = np.concatenate([plane.reshape(-1, size[1]) for plane in planes])
    frame = av.VideoFrame.from_ndarray(packed, format="yuv420p")
    frame.colorspace = colorspace
    frame.color_range = ColorRange.JPEG if full else ColorRange.MPEG
    return frame


def cases() -> list[Any]:
    made = []
    red_709, red_601, red_full = (63, 102, 240), (81, 90, 240), (76, 85, 255)
    for name, size, yuv, space, full in (
        ("BT.709", (96, 160), red_709, 1, False), ("BT.601", (96, 160), red_601, 6, False),
        ("full range", (96, 160), red_full, 5, True), ("unsaid and small", (96, 160), red_601, 2, False),
        ("unsaid and large", (720, 1280), red_709, 2, False),
    ):  # fmt: skip
        made.append(pytest.param(size, yuv, space, full, id=name))
    return made


@pytest.mark.parametrize("size, yuv, space, full", cases())
def test_red_is_red_by_every_matrix_and_range(size: tuple[int, int], yuv: Any, space: int, full: bool) -> None:
    seen = upright(coloured(size, yuv, space, full), Fraction(1), 64)
    assert seen.shape == (round(64 * size[0] / size[1]), 64, 3)
    assert np.abs(seen.reshape(-1, 3).astype(int) - [255, 0, 0]).max() <= 4


def test_square_pixels_and_the_size_in_bounds() -> None:
    frame = coloured((576, 720), (126, 128, 128), 5, False)
    assert upright(frame, Fraction(64, 45), 480).shape == (270, 480, 3)
    assert upright(frame, Fraction(1, 3), 480).shape == (480, 200, 3)
    assert upright(coloured((96, 160), (126, 128, 128), 5, False), Fraction(1), 480).shape == (96, 160, 3)


@pytest.mark.parametrize("transfer", [16, 18])
def test_the_white_of_paper_in_hdr_is_light_and_grey_and_nothing_burns_out(transfer: int) -> None:
    """PQ 58 % and HLG 75 % are the reference white (BT.2408)."""
    seen = []
    for share in (0.0, 0.38, 0.58 if transfer == 16 else 0.75, 0.9):
        code = round(64 + 876 * share)
        planes = np.concatenate((np.full((96, 160), code, np.uint16), np.full((48, 160), 512, np.uint16)))
        frame = av.VideoFrame.from_ndarray(planes, format="yuv420p10le")
        frame.colorspace, frame.color_trc, frame.color_primaries = 9, transfer, 9
        frame.color_range = ColorRange.MPEG
        pixels = upright(frame, Fraction(1), 64).reshape(-1, 3)
        assert int(np.ptp(pixels)) <= 3
        seen.append(int(np.median(pixels)))
    assert seen[0] <= 2
    assert 215 <= seen[2] <= 240
    assert seen == sorted(set(seen))
    assert seen[3] <= 255


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_turned_film_stands_upright(tmp_path: Path, quarters: int) -> None:
    """The clip's white corner is turned by the display matrix as a player would turn it."""
    source, turned = tmp_path / "a.mp4", tmp_path / "b.mp4"
    with av.open(str(source), "w") as film:
        video = film.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 160, 96, "yuv420p"
        picture = np.zeros((96, 160, 3), np.uint8)
        picture[:32, :40] = 255
        film.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        film.mux(video.encode(None))
    content = bytearray(source.read_bytes())
    place = content.index(b"tkhd") + 44
    clockwise = {0: (1, 0, 0, 1), 1: (0, 1, -1, 0), 2: (-1, 0, 0, -1), 3: (0, -1, 1, 0)}[quarters]
    matrix = [clockwise[0] << 16, clockwise[1] << 16, 0, clockwise[2] << 16, clockwise[3] << 16, 0, 0, 0, 1 << 30]
    content[place : place + 36] = b"".join((part & 0xFFFFFFFF).to_bytes(4, "big") for part in matrix)
    turned.write_bytes(content)
    (still,) = take_stills(lambda: turned.open("rb"), "", None, [("frame", Fraction(0), 480)])
    assert still is not None
    seen = np.asarray(Image.open(io.BytesIO(still.jpeg)).convert("L")) > 128
    assert seen.shape == ((96, 160) if quarters % 2 == 0 else (160, 96))
    corners = [bool(seen[y, x]) for y, x in ((5, 5), (5, -5), (-5, -5), (-5, 5))]
    assert corners == [number == quarters for number in range(4)]
