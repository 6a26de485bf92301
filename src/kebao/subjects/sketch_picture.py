"""Measured pictures for the examples of rules: a small drawn film, seen by the real meters.

A fixed camera looks at a patterned wall and a table; something round moves before it; there is a little sensor noise. Every
argument of `filmed` plants one fault.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kebao.media.measurement import Measurement, Pass, PicturePass
from kebao.media.meter import PictureBatch
from kebao.media.roster import PICTURE_METERS
from kebao.subjects.course import Video
from kebao.subjects.sketch import SketchedFile, course

RATE = 25
ROWS, COLUMNS = 90, 160
Floats = NDArray[np.float32]


def drawn(
    seconds: float = 6,
    *,
    foreign_at: int | None = None,
    black_at: int | None = None,
    repeated_at: int | None = None,
    splice_at: int | None = None,
    frozen: tuple[int, int] | None = None,
    black: tuple[int, int] | None = None,
    shake_share: float = 0,
    gain_from: tuple[int, float, float] | None = None,
    cut_away: tuple[int, int] | None = None,
    back_warmer: float = 0,
    cast: float = 0,
    flash_hz: float = 0,
    still: bool = False,
    combed: bool = False,
    striped: bool = False,
) -> list[tuple[Floats, Floats, Floats]]:
    """Luma (ROWS, COLUMNS) and the two colour differences, half as wide and high, of every picture of a drawn film.

    Args:
        seconds: its length.
        foreign_at, black_at, repeated_at, splice_at: index of one odd picture; after a splice another scene follows.
        frozen, black: pictures (first, one past the last) that stand still or are black.
        shake_share: root mean square of a trembling at about 5 Hz, as a share of the width.
        gain_from: from this picture on, exposure and red (blue against it) are stronger by these shares.
        cut_away: pictures during which another scene is shown.
        back_warmer: by how much the first scene is warmer after that.
        cast: by how much the whole film is warmer.
        flash_hz: the picture darkens and brightens that often a second.
        still: nothing moves and there is no noise: a slide.
        combed: odd lines show what is there half a picture later, as of an interlaced camera.
        striped: the wall has stripes as fine as a line.
    """
    count = round(seconds * RATE)
    noise = np.random.default_rng(1)
    trembling = np.zeros((count, 2))
    if shake_share:
        at = np.arange(count)[:, None] / RATE * 2 * np.pi
        trembling = np.sin(at * (4.3, 5.1)) + 0.7 * np.sin(at * (5.9, 3.7) + 1)
        trembling *= shake_share * COLUMNS / np.sqrt((trembling**2).sum(axis=1).mean())
    shown: list[tuple[Floats, Floats, Floats]] = []
    for index in range(count):
        away = cut_away is not None and cut_away[0] <= index < cut_away[1]
        after = cut_away is not None and index >= cut_away[1]
        other = away or index == foreign_at or (splice_at is not None and index > splice_at)
        warm = cast + (back_warmer if after else 0)
        light, exposure = _scene(1 if other else 0, index, trembling[index], still=still), 0.0
        if combed:
            light[1::2] = _scene(1 if other else 0, index + 0.5, trembling[index], still=still)[1::2]
        if striped:
            light[: ROWS // 2 : 2] += 20
        if index == splice_at:
            light[ROWS // 2 :] = _scene(1, index, trembling[index], still=still)[ROWS // 2 :]
        if gain_from is not None and index >= gain_from[0]:
            exposure, warm = gain_from[1], warm + gain_from[2]
        if flash_hz and int(index / RATE * flash_hz * 2) % 2:
            exposure = -0.7
        grid = _coded(light * (1 + exposure), warm)
        if index == black_at or (black is not None and black[0] <= index < black[1]):
            grid = _coded(np.zeros_like(light), 0)
        if not still:
            grid = (grid[0] + noise.normal(0, 1.2, grid[0].shape).astype(np.float32), *grid[1:])
        if shown and (index == repeated_at or (frozen is not None and frozen[0] < index < frozen[1])):
            grid = shown[-1]
        shown.append(grid)
    return shown


@lru_cache(maxsize=64)
def filmed(*, interlaced: bool = False, **faults: Any) -> Measurement:
    """The measurement of `drawn(**faults)`; `interlaced` flags every picture as two fields."""
    return _measured(drawn(**faults), interlaced=interlaced)


def filmed_video(**faults: Any) -> Video:
    """The first video of the conforming course, with a drawn film's measurement."""
    made = filmed(**faults)
    file = SketchedFile(seconds=300, measured=lambda: made)
    video = course(files={"视频/尊重老人.mp4": file}).resources[0]
    if not isinstance(video, Video):
        raise TypeError("the first resource of the sketch is a video")
    return video


def _scene(which: int, index: float, shift: NDArray[np.float64], *, still: bool) -> Floats:
    """Light of a scene, 0–255 linear in code, shape (ROWS, COLUMNS)."""
    y, x = np.mgrid[0:ROWS, 0:COLUMNS].astype(np.float32)
    x, y = x - np.float32(shift[0]), y - np.float32(shift[1])
    if which:
        light = 150 + 45 * np.sin(x / 5) * np.cos(y / 9) - 0.6 * y
    else:
        light = 90 + 40 * np.sin(x / 7 + y / 23) + 30 * np.cos(y / 6) * np.sin(x / 17) + np.where(y > 60, 25, 0)
    if not still:
        # A hand: large enough to be seen, too small to be most of the picture.
        middle = 80 + 45 * np.sin(index / 9), 50 + 18 * np.cos(index / 13)
        light = np.where((x - middle[0]) ** 2 + (y - middle[1]) ** 2 < 17**2, 200 + 20 * np.sin(x / 2), light)
    found: Floats = np.clip(light, 0, 240).astype(np.float32)
    return found


def _coded(light: Floats, warm: float) -> tuple[Floats, Floats, Floats]:
    """Luma and the two colour differences, limited range, of a light whose red is 1 + warm and blue 1 − warm times as strong."""
    red, green, blue = light * 1.04 * (1 + warm), light, light * 0.9 * (1 - warm)
    red, blue = np.clip(red, 0, 255), np.clip(blue, 0, 255)
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    cb, cr = (blue - luma) / 1.772, (red - luma) / 1.402
    return (16 + luma * 219 / 255), (128 + cb * 224 / 255)[::2, ::2], (128 + cr * 224 / 255)[::2, ::2]


def _measured(shown: list[tuple[Floats, Floats, Floats]], *, interlaced: bool) -> Measurement:
    planes = [np.clip(np.rint(np.stack(plane)), 0, 255).astype(np.uint8) for plane in zip(*shown, strict=True)]
    count, base = len(shown), Fraction(1, RATE)
    ticks = np.arange(count, dtype=np.int64)
    meters = [make() for make in PICTURE_METERS]
    for first in range(0, count, 32):
        part = slice(first, min(count, first + 32))
        luma, blue, red = (plane[part] for plane in planes)
        batch = PictureBatch(first, ticks[part], base, luma, blue, red, 4, 4 * COLUMNS, 4 * ROWS)
        for meter in meters:
            meter.feed(batch)
    passed = PicturePass(count, base, Fraction(0), count * base, 4 * COLUMNS, 4 * ROWS)
    if interlaced:
        passed = replace(passed, interlaced=count)
    return Measurement(
        Pass(passed, None, "whole", count * base), ticks, {meter.name: meter.arrays() for meter in meters}
    )
