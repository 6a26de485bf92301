"""Shots of the look: their stretches, colours and pictures, from the store the second time."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from kebao.engine.measuring import Measuring, measure_package
from kebao.engine.medium_shots import STILLS_MOST, shots, spread
from kebao.media.shot_stills import take_shot_stills
from kebao.media.store import Store
from kebao.model.location import Span
from kebao.model.medium import Shot
from kebao.subjects.medium import open_medium
from kebao.subjects.watching import watching

COLOURS = ((200, 60, 60), (60, 160, 60), (60, 60, 200))


def coloured(path: Path, *, cut_keys: bool = True) -> Path:
    """Three shots of 40 textured pictures at 20 a second, each in its own colour."""
    rng = np.random.default_rng(7)
    grain = [rng.integers(-25, 26, (12, 20, 1)).repeat(15, 0).repeat(16, 1) for _ in COLOURS]
    threshold = {} if cut_keys else {"sc_threshold": "0"}
    with av.open(str(path), "w", format="mp4") as film:
        video = film.add_stream("libx264", rate=20, options={"preset": "veryfast", "g": "200", **threshold})
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        for number in range(120):
            colour = np.array(COLOURS[number // 40])
            picture = np.clip(colour + np.roll(grain[number // 40], number % 40, axis=1), 0, 255).astype(np.uint8)
            film.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        film.mux(video.encode(None))
    return path


def found(path: Path, span: Span, store: Store | None = None) -> tuple[Shot, ...]:
    with open_medium(path, as_of=date(2023, 8, 31)) as medium:
        measure_package(medium.package, Measuring(store))
        watched = watching(medium.measurement)
        assert watched is not None
        return shots(medium, watched, span, store)


@pytest.mark.parametrize("cut_keys", [True, False])
def test_each_shot_has_its_stretch_its_colour_and_a_picture_of_its_own(tmp_path: Path, cut_keys: bool) -> None:
    made = found(coloured(tmp_path / "a.mp4", cut_keys=cut_keys), Span(Fraction(0), Fraction(6)))
    assert [(shot.span.start, shot.span.end) for shot in made] == [(0, 2), (2, 4), (4, 6)]
    for shot, colour in zip(made, COLOURS, strict=True):
        mean = [int(shot.colour[place : place + 2], 16) for place in (1, 3, 5)]
        assert np.abs(np.array(mean) - colour).max() <= 12
        assert shot.still is not None
        assert shot.span.start <= shot.still.time < shot.span.end
        assert (shot.still.name, shot.still.width, shot.still.height) == ("shot", 240, 135)


def test_a_stretch_shows_its_own_shots(tmp_path: Path) -> None:
    made = found(coloured(tmp_path / "a.mp4"), Span(Fraction(5, 2), Fraction(3)))
    assert [(shot.span.start, shot.span.end) for shot in made] == [(2, 4)]


def test_the_second_time_nothing_is_opened(tmp_path: Path) -> None:
    clip, store = coloured(tmp_path / "a.mp4"), Store(tmp_path / "store")
    spans = [Span(Fraction(0), Fraction(2)), Span(Fraction(2), Fraction(4))]
    first = take_shot_stills(lambda: clip.open("rb"), "ab" * 32, store, spans)
    assert all(first)
    assert take_shot_stills(lambda: pytest.fail("opened again"), "ab" * 32, store, spans) == first


def test_of_many_shots_evenly_spread_ones_have_a_picture() -> None:
    assert spread(range(5), 9) == [0, 1, 2, 3, 4]
    assert spread(range(48), STILLS_MOST) == list(range(0, 48, 2))
