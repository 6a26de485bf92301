"""Text in the picture, read for real where the optional extra `ocr` is installed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from kebao.media.shown_text import is_installed, read_shown_text

SIZE = (640, 360)
SAID = ("先洗手再试水温", "滴在手腕内侧", "不烫再喂老人")
TITLE = "老年人饮水照护"


def font() -> ImageFont.FreeTypeFont:
    """A Chinese font of the demonstration's material."""
    fonts = pytest.importorskip("pylopdf_fonts_zh_cn", reason="the fonts of the demonstration are not installed")
    found = sorted(path for path in Path(fonts.__file__).parent.rglob("*") if path.suffix in (".ttf", ".otf"))
    return ImageFont.truetype(str(found[0]), 28)


def pictures(letters: ImageFont.FreeTypeFont) -> Iterator[np.ndarray]:
    """Three seconds, a caption each, below a title that stays."""
    for words in SAID:
        picture = Image.new("RGB", SIZE, (40, 60, 50))
        draw = ImageDraw.Draw(picture)
        draw.text((SIZE[0] / 2, 40), TITLE, font=letters, fill="white", anchor="mm")
        draw.text((SIZE[0] / 2, 325), words, font=letters, fill="white", anchor="mm")
        for _ in range(25):
            yield np.asarray(picture)


def film(letters: ImageFont.FreeTypeFont) -> bytes:
    out = BytesIO()
    with av.open(out, "w", format="mp4") as made:
        stream = made.add_stream("libx264", rate=25, options={"preset": "ultrafast", "crf": "23", "g": "10"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for picture in pictures(letters):
            made.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        made.mux(stream.encode(None))
    return out.getvalue()


@pytest.mark.extra
@pytest.mark.filterwarnings("ignore")  # of the reader's own libraries
def test_captions_in_the_picture_are_read_where_they_stand() -> None:
    moments = tuple(Fraction(n) + Fraction(1, 2) for n in range(3))
    found = read_shown_text(BytesIO(film(font())), moments)
    assert [(text.at, text.words, text.is_low, text.is_central) for text in found] == [
        (moment + Fraction(1, 50), words, True, True) for moment, words in zip(moments, SAID, strict=True)
    ]


def test_without_the_extra_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert not is_installed()
