"""The instant look: keyframes alone, evenly spread, each once; stored."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from kebao.media.preview import preview, take_preview
from kebao.media.seeking import Seeker
from kebao.media.store import Store
from kebao.model.errors import Unreadable
from making import make_clip


def stepped(path: Path) -> Path:
    """Eight seconds with a keyframe each second; second n is a grey of code 16 + 8 n, second 5 half black, half white."""
    with av.open(str(path), "w", format="mp4") as film:
        video = film.add_stream("libx264", rate=10, options={"g": "10", "sc_threshold": "0", "bf": "2"})
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        for number in range(80):
            picture = np.full((180, 320, 3), 16 + 8 * (number // 10), np.uint8)
            if number // 10 == 5:
                picture[:90], picture[90:] = 0, 255
            film.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        film.mux(video.encode(None))
    return path


def test_the_sheet_is_spread_over_the_film_and_the_poster_shows_most(tmp_path: Path) -> None:
    with stepped(tmp_path / "a.mp4").open("rb") as stream:
        made = preview(stream, tiles=4)
    assert [still.time for still in made.sheet] == [1, 3, 5, 7]
    assert {(still.width, still.height, still.name) for still in made.sheet} == {(240, 135, "shot")}
    assert made.poster is not None
    assert (made.poster.time, made.poster.width, made.poster.height, made.poster.name) == (5, 320, 180, "poster")
    greys = [np.asarray(Image.open(io.BytesIO(still.jpeg)))[60, 100, 0] for still in (made.sheet[0], made.sheet[3])]
    assert [round(float(grey)) for grey in greys] == pytest.approx([24, 72], abs=3)


def test_each_keyframe_stands_once_and_the_film_is_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Seeker, "at", lambda *_: pytest.fail("decoded up to a time"))
    with stepped(tmp_path / "a.mp4").open("rb") as stream:
        assert [still.time for still in preview(stream, tiles=30).sheet] == list(range(8))


def test_the_second_time_nothing_is_opened(tmp_path: Path) -> None:
    clip, store = make_clip(tmp_path / "a.mp4", 3), Store(tmp_path / "store")
    first = take_preview(lambda: clip.open("rb"), "ab" * 32, store)
    assert [still.time for still in first.sheet] == [Fraction(0), Fraction(1), Fraction(2)]
    assert take_preview(lambda: pytest.fail("opened again"), "ab" * 32, store) == first


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "a.mp4"
    broken.write_bytes(b"\0" * 64)
    with broken.open("rb") as stream, pytest.raises(Unreadable):
        preview(stream)
