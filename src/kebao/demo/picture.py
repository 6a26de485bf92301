"""Pictures of the demonstration course: slides drawn by us, a slow pan over a photograph, and a chart.

Everything here yields frames as numpy arrays, uint8, shape (height, width, 3), RGB; `kebao.media.writing` encodes them.
The font (Noto Sans SC, SIL OFL 1.1) and the photograph (CC0) are read out of installed wheels by their metadata, so the
packages need not be imported and `pip install --no-deps` is enough. The lowest sixth of a slide holds no words: players
show captions there.
"""

from __future__ import annotations

import csv
import importlib.metadata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from kebao.model.errors import UsageFault
from kebao.model.text import Text

Frame = NDArray[np.uint8]
Size = tuple[int, int]

SIZE: Size = (1280, 720)
FPS = 25
LABEL = "合成演示素材"
CREDIT = "示意照片 Rachel Michetti，CC0"
FONT = ("pylopdf-fonts-zh-cn", "pylopdf_fonts_zh_cn/NotoSansSC-Regular.otf")
CHART = Path(__file__).parent / "material" / "chart.csv"
PHOTO_WHEEL, PHOTO = "scikit-image", "coffee.png"

_PAPER = (246, 247, 242)
_CARD = (255, 255, 255)
_INK = (27, 42, 51)
_TITLE = (11, 59, 92)
_GREEN = (0, 86, 47)
_PALE = (221, 233, 224)
_QUIET = (72, 73, 73)
_WATER = (120, 178, 214)
_GLASS = (62, 96, 120)
_CHART_STEP = 50  # millilitres between two lines of the chart
_FADE_SECONDS = 0.5
_BASE_HEIGHT = 720  # all measures below are for this height and are scaled


@dataclass(frozen=True)
class Slide:
    """One slide: a title, up to six short lines, and small words above the title.

    `weight` is its share of the film against the other slides' (seconds will do).
    """

    title: str
    bullets: tuple[str, ...]
    weight: float = 1.0
    course: str = ""


@dataclass(frozen=True)
class Strip:
    """Words on the strip above a photograph, and their share of the film against the other strips'."""

    words: str
    weight: float = 1.0


def wheel_file(distribution: str, name: str) -> Path:
    """A file of an installed wheel, found by the wheel's own record.

    Raises:
        UsageFault: the package or the file is not installed.
    """
    try:
        files = importlib.metadata.files(distribution) or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    for entry in files:
        if entry.as_posix() == name:
            path = Path(str(entry.locate()))
            if path.is_file():
                return path
    raise UsageFault(
        Text(
            zh=f"缺少示范素材：没有找到 {distribution} 里的 {name}。请先运行 make setup-demo。",
            en=f"Demonstration material is missing: {name} of {distribution} was not found. Run make setup-demo first.",
        )
    )


def photograph(name: str = PHOTO) -> Image.Image:
    """A photograph that ships in scikit-image, RGB; `coffee.png` is 600×400 and CC0.

    Raises:
        UsageFault: the wheel or the photograph is not there.
    """
    with Image.open(wheel_file(PHOTO_WHEEL, f"skimage/data/{name}")) as picture:
        return picture.convert("RGB")


def glyphs_missing(words: str) -> str:
    """The characters that the font cannot draw, each once, in order."""
    font = _font(40)
    absent = bytes(font.getmask("\U0010fffe"))
    return "".join(sign for sign in dict.fromkeys(words) if not sign.isspace() and bytes(font.getmask(sign)) == absent)


def timed(
    slides: Sequence[tuple[str, Sequence[str], int]], starts: Sequence[float], seconds: float, course: str = ""
) -> list[Slide]:
    """Slides that change with the voice; their weights are seconds.

    Args:
        slides: title, bullets and the number of paragraphs that each slide accompanies.
        starts: when each paragraph of the speech starts, in seconds.
        seconds: length of the speech.
        course: small words above each title.

    Raises:
        ValueError: the slides do not cover exactly the paragraphs.
    """
    firsts = [0, *accumulate(count for _, _, count in slides)]
    if firsts[-1] != len(starts):
        raise ValueError(f"the slides accompany {firsts[-1]} paragraphs, the speech has {len(starts)}")
    edges = [0.0, *(starts[first] - _FADE_SECONDS / 2 for first in firsts[1:-1]), seconds]
    return [
        Slide(title, tuple(bullets), end - start, course)
        for (title, bullets, _), start, end in zip(slides, edges, edges[1:], strict=False)
    ]


def slide_frames(slides: Sequence[Slide], *, seconds: float, size: Size = SIZE, fps: int = FPS) -> Iterator[Frame]:
    """Frames of the slides one after another, with a soft fade, a moving line and a filling glass.

    `seconds` times `fps` frames, rounded once for the whole, so that sound and picture end together.

    Raises:
        ValueError: there is no slide, or a slide's words do not fit on it.
    """
    ends = _ends([slide.weight for slide in slides], round(seconds * fps))
    glass, fade, number, first = _Glass(size), max(1, round(_FADE_SECONDS * fps)), 0, 0
    before = after = _drawn(slides[0], 1, len(slides), size)
    for index in range(ends[-1]):
        while index >= ends[number]:
            number, first = number + 1, ends[number]
            before, after = after, _drawn(slides[number], number + 1, len(slides), size)
        step = index - first + 1
        frame = _blended(before, after, step / fade) if number and step < fade else after.copy()
        glass.fill(frame, (index + 1) / ends[-1], index / fps)
        _line(frame, (index + 1) / ends[-1])
        yield frame


def pan_frames(
    photo_name: str,
    *,
    seconds: float,
    caption: str | Sequence[Strip],
    size: Size = SIZE,
    fps: int = FPS,
    credit: str = CREDIT,
) -> Iterator[Frame]:
    """Frames of a slow pan with a gentle approach over a photograph, under a strip of words.

    Args:
        photo_name: file name of a photograph in scikit-image's data, such as `coffee.png`.
        seconds: length; times `fps`, rounded once, it is the number of frames.
        caption: what the strip says, or several sayings one after another.
        size: width and height in pixels.
        fps: frames a second.
        credit: whose photograph it is, in small words on the strip.

    Raises:
        UsageFault: the photograph is not there.
        ValueError: there are no words, or they do not fit on the strip.
    """
    photo = photograph(photo_name)
    strips = [Strip(caption)] if isinstance(caption, str) else caption
    ends = _ends([strip.weight for strip in strips], round(seconds * fps))
    bands = [_band(strip.words, n, len(strips), credit, size) for n, strip in enumerate(strips, 1)]
    high, number = bands[0].shape[0], 0
    area = (size[0], size[1] - high)
    for index in range(ends[-1]):
        while index >= ends[number]:
            number += 1
        frame: Frame = np.empty((size[1], size[0], 3), np.uint8)
        frame[:high] = bands[number]
        box = _window(photo.size, area, index / max(1, ends[-1] - 1))
        frame[high:] = np.asarray(photo.resize(area, Image.Resampling.BILINEAR, box=box))
        _line(frame, (index + 1) / ends[-1])
        yield frame


def _ends(weights: Sequence[float], total: int) -> list[int]:
    """The frame before which each part ends; the last is `total`.

    Raises:
        ValueError: there is no part, or the weights do not add up to more than 0.
    """
    sums = list(accumulate(weights))
    if not sums or sums[-1] <= 0:
        raise ValueError("a film needs at least one part of some length")
    return [*(round(total * part / sums[-1]) for part in sums[:-1]), total]


def chart_image(size: Size = SIZE, source: Path = CHART) -> Image.Image:
    """The bar chart 一日饮水时间分配, drawn from `chart.csv`; its text alternative is `chart.txt`.

    Args:
        size: width and height in pixels.
        source: csv with a heading line and the columns time, part of the day, millilitres.
    """

    def s(pixels: float) -> int:
        return _scaled(pixels, size)

    with source.open(encoding="utf-8", newline="") as lines:
        rows = [(time, part, int(amount)) for time, part, amount in list(csv.reader(lines))[1:]]
    picture = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((s(48), s(120), size[0] - s(48), s(650)), s(18), fill=_CARD)
    pen.text((s(56), s(34)), "一日饮水时间分配（示例）", font=_font(s(44)), fill=_TITLE)
    _plate(pen, (size[0] - s(48), s(40)), LABEL, size)
    pen.text((s(84), s(138)), "每次饮水量（毫升）", font=_font(s(24)), fill=_QUIET)
    left, right, base, tall = s(150), size[0] - s(84), s(556), s(340)
    most = -(-max(amount for _, _, amount in rows) // _CHART_STEP) * _CHART_STEP
    for mark in range(0, most + 1, _CHART_STEP):
        y = base - tall * mark // most
        pen.line((left, y, right, y), fill=_QUIET if mark == 0 else _PALE, width=s(2))
        pen.text((left - s(14), y), str(mark), font=_font(s(24)), fill=_QUIET, anchor="rm")
    room = (right - left) / len(rows)
    for number, (time, part, amount) in enumerate(rows):
        middle, top = left + room * (number + 0.5), base - tall * amount // most
        pen.rectangle((middle - room * 0.3, top, middle + room * 0.3, base), fill=_GLASS)
        pen.text((middle, top - s(8)), str(amount), font=_font(s(28)), fill=_INK, anchor="mb")
        pen.text((middle, base + s(12)), time, font=_font(s(26)), fill=_INK, anchor="mt")
        pen.text((middle, base + s(50)), part, font=_font(s(22)), fill=_QUIET, anchor="mt")
    whole = sum(amount for _, _, amount in rows)
    note = f"合计 {whole} 毫升。少量多次，白天为主，睡前少喝。这是示例，请以医生和照护计划为准。"
    pen.text((s(56), s(668)), note, font=_font(s(24)), fill=_INK)
    return picture


def _window(photo: Size, size: Size, progress: float) -> tuple[float, float, float, float]:
    """The part of the photograph seen: from 98 % to 80 % of the most it can be, downwards and to the right.

    At an even pace: where it slowed down at its ends, the picture stood still for seconds, which is a fault of a film.
    """
    width = min(photo[0], photo[1] * size[0] / size[1]) * (0.98 - 0.18 * progress)
    height = width * size[1] / size[0]
    left = (photo[0] - width) * (0.1 + 0.4 * progress)
    top = (photo[1] - height) * (0.02 + 0.5 * progress)
    return left, top, left + width, top + height


@cache
def _font(pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(wheel_file(*FONT)), pixels)


def _scaled(pixels: float, size: Size) -> int:
    return max(1, round(pixels * size[1] / _BASE_HEIGHT))


def _wrapped(words: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines no wider than `width`, broken between characters, never before a closing mark."""
    lines = [""]
    for sign in words:
        if font.getlength(lines[-1] + sign) > width and sign not in "，。、；：！？）》”":
            lines.append("")
        lines[-1] += sign
    return lines


def _drawn(slide: Slide, number: int, count: int, size: Size) -> Frame:
    """The still part of a slide."""

    def s(pixels: float) -> int:
        return _scaled(pixels, size)

    picture = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((s(48), s(96), size[0] - s(48), s(608)), s(18), fill=_CARD)
    pen.rectangle((s(48), s(128), s(56), s(214)), fill=_GREEN)
    _plate(pen, (size[0] - s(48), s(30)), LABEL, size)
    pen.text((s(56), s(38)), slide.course, font=_font(s(26)), fill=_QUIET)
    place = f"{number} / {count}"
    pen.text(
        (size[0] - s(56) - pen.textlength(place, font=_font(s(24))), s(640)), place, font=_font(s(24)), fill=_QUIET
    )
    wide = size[0] - s(92) - s(380)
    title = _font(s(50))
    if title.getlength(slide.title) > wide + s(60):
        raise ValueError(f"the title does not fit on the slide: {slide.title}")
    pen.text((s(88), s(136)), slide.title, font=title, fill=_TITLE, stroke_width=max(1, s(1)), stroke_fill=_TITLE)
    font, y = _font(s(34)), s(244)
    for line in slide.bullets:
        pen.ellipse((s(92), y + s(18), s(104), y + s(30)), fill=_GREEN)
        for piece in _wrapped(line, font, wide - s(34)):
            pen.text((s(126), y), piece, font=font, fill=_INK)
            y += s(50)
        y += s(12)
    if y > s(608):
        raise ValueError(f"the lines do not fit on the slide: {slide.title}")
    return np.array(picture)


def _plate(pen: ImageDraw.ImageDraw, corner: tuple[int, int], words: str, size: Size) -> None:
    """The label, its right upper corner at `corner`."""
    font = _font(_scaled(22, size))
    width = pen.textlength(words, font=font) + _scaled(32, size)
    box = (corner[0] - width, corner[1], corner[0], corner[1] + _scaled(44, size))
    pen.rounded_rectangle(box, _scaled(22, size), fill=_PALE)
    pen.text((box[0] + width / 2, (box[1] + box[3]) / 2), words, font=font, fill=_GREEN, anchor="mm")


def _blended(before: Frame, after: Frame, share: float) -> Frame:
    weight = np.uint16(round(share * 256))
    mixed = before * (np.uint16(256) - weight) + after * weight
    return (mixed >> np.uint16(8)).astype(np.uint8)


def _line(frame: Frame, progress: float) -> None:
    """The line along the lower edge that grows with time."""
    height, width = frame.shape[:2]
    thick = _scaled(8, (width, height))
    frame[-thick:] = _PALE
    frame[-thick:, : round(width * progress)] = _GREEN


def _band(words: str, number: int, count: int, credit: str, size: Size) -> Frame:
    """The strip above the photograph: its words, the label, whose photograph it is, and how far we are."""

    def s(pixels: float) -> int:
        return _scaled(pixels, size)

    picture = Image.new("RGB", (size[0], s(112)), _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, s(26), s(8), s(86)), fill=_GREEN)
    font, small = _font(s(42)), _font(s(20))
    place = f"{number} / {count}"
    room = size[0] - s(96) - max(small.getlength(credit) + small.getlength(place) + s(40), s(210))
    if font.getlength(words) > room:
        raise ValueError(f"the words do not fit on the strip: {words}")
    pen.text((s(40), s(56)), words, font=font, fill=_TITLE, anchor="lm", stroke_width=max(1, s(1)), stroke_fill=_TITLE)
    _plate(pen, (size[0] - s(48), s(14)), LABEL, size)
    pen.text((size[0] - s(48), s(86)), place, font=small, fill=_QUIET, anchor="rm")
    pen.text((size[0] - s(68) - small.getlength(place), s(86)), credit, font=small, fill=_QUIET, anchor="rm")
    return np.array(picture)


class _Glass:
    """A glass at the right of each slide; the water in it rises with the lesson."""

    def __init__(self, size: Size) -> None:
        def s(pixels: float) -> int:
            return _scaled(pixels, size)

        self._left, self._top = size[0] - s(340), s(190)
        width, height, over = s(220), s(330), 3
        shape = [
            (x * over, y * over)
            for x, y in ((s(14), s(8)), (width - s(14), s(8)), (width - s(40), height - s(10)), (s(40), height - s(10)))
        ]
        inside = Image.new("L", (width * over, height * over))
        ImageDraw.Draw(inside).polygon(shape, fill=255)
        self._inside: NDArray[np.bool_] = np.array(inside.resize((width, height))) > 127
        edge = Image.new("L", (width * over, height * over))
        pen = ImageDraw.Draw(edge)
        pen.line([shape[0], shape[3], shape[2], shape[1]], fill=255, width=s(6) * over, joint="curve")
        strength = np.array(edge.resize((width, height), Image.Resampling.BOX), np.float32) / np.float32(255)
        self._edge: NDArray[np.bool_] = strength > 0
        self._kept: NDArray[np.float32] = 1 - strength[self._edge][:, None]
        self._drawn: NDArray[np.float32] = np.array(_GLASS, np.float32) * strength[self._edge][:, None]
        self._rows = np.arange(height, dtype=np.float32)[:, None]
        self._columns = np.arange(width, dtype=np.float32)[None, :]
        self._span = (height - s(10), s(250))
        self._wave = 3 * size[1] / _BASE_HEIGHT
        self._wavelength = 26 * size[1] / _BASE_HEIGHT

    def fill(self, frame: Frame, progress: float, seconds: float) -> None:
        """Draw glass and water on a frame, in place."""
        bottom, rise = self._span
        surface = bottom - rise * progress + self._wave * np.sin(self._columns / self._wavelength + 1.6 * seconds)
        height, width = self._inside.shape
        place = frame[self._top : self._top + height, self._left : self._left + width]
        place[self._inside & (self._rows >= surface)] = _WATER
        place[self._edge] = place[self._edge] * self._kept + self._drawn
