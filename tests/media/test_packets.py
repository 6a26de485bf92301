"""What the coder's packets tell: bytes and kind of every picture, and a picture shown twice that the coder's noise hides."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from kebao.media.measurement import Measurement
from kebao.media.meters.coding import BOTH_WAYS, INTRA, PREDICTED
from kebao.media.packets import lightness
from kebao.media.passage import measure_stream
from kebao.media.roster import PICTURE_METERS
from kebao.media.shots import Changes, odd_pictures
from kebao.subjects.watching import Watching

FPS, COUNT, SIZE = 25, 75, (180, 320)
AT = 40


def leaves() -> list[NDArray[np.uint8]]:
    """Patches that drift past each other: everything changes, nothing moves as a whole."""
    random = np.random.default_rng(5)
    fields = [gaussian_filter(random.normal(0, 1, SIZE), 2.5, mode="wrap") for _ in range(4)]
    ways = ((1, 2), (-2, 1), (2, -1), (-1, -2))
    shown = []
    for index in range(COUNT):
        mixed = sum(np.roll(f, (a * index, b * index), (0, 1)) for f, (a, b) in zip(fields, ways, strict=True))
        shown.append(np.clip(120 + 160 * np.asarray(mixed), 16, 235).astype(np.uint8))
    return shown


def coded(path: Path, pictures: list[NDArray[np.uint8]], **options: str) -> Measurement:
    """Encoded as a quick export does, and measured."""
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=FPS, options={"preset": "superfast", **options})
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = SIZE[1], SIZE[0], "yuv420p", 250_000
        for index, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="gray").reformat(format="yuv420p")
            frame.pts, frame.time_base = index, Fraction(1, FPS)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    with path.open("rb") as stream_of_bytes:
        return measure_stream(stream_of_bytes, [make() for make in PICTURE_METERS], threads=1)


def repeated(made: Measurement) -> list[int]:
    return [odd.index for odd in Watching(made).odd if odd.kind == "repeated"]


@pytest.mark.parametrize("options", [{}, {"bf": "0"}])
def test_a_repeat_at_a_low_bit_rate_is_told_and_the_clean_film_is_quiet(
    tmp_path: Path, options: dict[str, str]
) -> None:
    film = leaves()
    twice = [*film[:AT], film[AT - 1], *film[AT + 1 :]]
    assert repeated(coded(tmp_path / "clean.mp4", film, **options)) == []
    assert repeated(coded(tmp_path / "twice.mp4", twice, **options)) == [AT]


def test_bytes_and_kinds_are_those_of_the_stream_in_order_of_presentation(tmp_path: Path) -> None:
    made = coded(tmp_path / "a.mp4", leaves()[:30])
    with av.open(str(tmp_path / "a.mp4")) as container:
        packets = sorted((packet.pts or 0, packet.size) for packet in container.demux(video=0) if packet.size)
    coding = made.meters["coding"]
    assert coding["size"].tolist() == [size for _, size in packets]
    assert int(coding["kind"][0]) == INTRA
    assert set(coding["kind"].tolist()) == {INTRA, PREDICTED, BOTH_WAYS}


def test_light_is_a_share_of_its_own_kind_and_the_lighter_of_two_neighbours() -> None:
    kinds = np.array([INTRA, *[PREDICTED, BOTH_WAYS] * 10], np.uint8)
    sizes = np.array([9000, *[1000, 100] * 10], np.uint32)
    assert lightness({"size": sizes, "kind": kinds}).tolist() == [1.0] * 21
    sizes[11] = 50
    assert [round(float(share), 2) for share in lightness({"size": sizes, "kind": kinds})[10:14]] == [1, 0.05, 0.05, 1]
    assert lightness({"size": sizes * 0, "kind": kinds}).tolist() == [1.0] * 21


@pytest.mark.parametrize(
    ("light", "before", "after", "told"),
    [
        (0.06, 1.3, 1.4, [AT]),  # skipped, and a little stiller than its neighbours
        (1.0, 1.3, 1.4, []),  # the same stillness alone is chance
        (0.06, 0.9, 1.4, []),  # stiller than before? no: motion that begins
        (0.06, 1.3, 0.6, []),  # and motion that ends
    ],
)
def test_few_bytes_and_little_change_tell_it_together(
    light: float, before: float, after: float, told: list[int]
) -> None:
    random = np.random.default_rng(2)
    whole = np.concatenate([np.full(AT, before), [0.95], np.full(COUNT - AT - 1, after)]) * random.uniform(
        0.97, 1.03, COUNT
    )
    one = np.repeat(whole[:, None], 24, axis=1).astype(np.float32)
    few = np.ones(COUNT, np.float32)
    few[AT] = light
    flat = np.zeros(COUNT, np.float32)
    changes = Changes(one, one, flat, flat + 120, flat + 40, few)
    assert [odd.index for odd in odd_pictures(changes)] == told


def test_few_bytes_right_after_a_picture_coded_by_itself_say_nothing() -> None:
    sizes, kinds = np.full(40, 100, np.uint32), np.full(40, PREDICTED, np.uint8)
    sizes[20], kinds[20] = 900, INTRA
    sizes[[21, 23, 30]] = 5
    found = lightness({"size": sizes, "kind": kinds})
    expected = np.ones(40, np.float32)
    expected[[30, 31]] = 0.05
    assert found.tolist() == expected.tolist()
