"""Short films to plant in: a stretch of one real shot, or drawn ones (slides; a still camera before a still scene)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import median_filter

from defects.material import EDITED, Half, Shot, shots
from defects.picture import Pictures
from defects.reading import WIDTH, frame_rate, length, pictures

LEAST_SECONDS = 2.4
MOVES = 0.8
"""Codes of mean absolute difference between neighbours from which a missing or repeated picture can be seen at all."""
PERIOD = 1.1


@dataclass(frozen=True)
class Film:
    """Pictures of one shot, and their rate."""

    pictures: Pictures
    rate: Fraction

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.pictures) / float(self.rate)


@cache
def usable(half: Half) -> tuple[Shot, ...]:
    """Real shots of a half, without cuts of their own, long enough to plant in."""
    return tuple(shot for shot in shots(half) if shot.family not in EDITED and length(shot.path) >= LEAST_SECONDS)


def film(shot: Shot, seconds: float, rng: np.random.Generator) -> Film:
    """A stretch of a shot from a random place: as long as asked, or the whole shot where it is shorter."""
    whole, rate = pictures(shot.path), frame_rate(shot.path)
    count = min(len(whole), round(seconds * rate))
    start = int(rng.integers(0, len(whole) - count + 1))
    return Film(whole[start : start + count], rate)


def to_and_fro(made: Film, seconds: float) -> Film:
    """A longer film of the same shot, played forwards and backwards by turns, so that no cut comes in."""
    turn = np.concatenate([made.pictures, made.pictures[-2:0:-1]])
    return Film(np.take(turn, np.arange(round(seconds * made.rate)), axis=0, mode="wrap"), made.rate)


def slides(seconds: float, rng: np.random.Generator, rate: int = 25) -> Film:
    """Drawn slides that change every few seconds, a pointer wandering over them."""
    height, count = WIDTH * 9 // 16, round(seconds * rate)
    made, slide = np.empty((count, height, WIDTH, 3), np.uint8), None
    turn, path = 0, np.cumsum(rng.normal(0, 3, (count, 2)), axis=0)
    for index in range(count):
        if index == turn or slide is None:
            slide, turn = _slide(height, rng), index + round(rng.uniform(2.5, 5) * rate)
        x, y = int(WIDTH / 2 + path[index, 0]) % (WIDTH - 12), int(height / 2 + path[index, 1]) % (height - 12)
        made[index] = slide
        made[index, y : y + 6, x : x + 6] = (200, 30, 30)
    return Film(made, Fraction(rate))


def _slide(height: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    ground = tuple(int(code) for code in rng.integers(215, 250, 3))
    ink = tuple(int(code) for code in rng.integers(10, 90, 3))
    sheet = Image.new("RGB", (WIDTH, height), ground)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((0, 0, WIDTH, 34), fill=ink)
    for line in range(int(rng.integers(4, 9))):
        words = " ".join("".join(chr(int(c)) for c in rng.integers(97, 123, int(rng.integers(2, 9)))) for _ in range(6))
        pen.text((20, 46 + line * 24), words, fill=ink, font=ImageFont.load_default(16))
    return np.asarray(sheet)


def still_scene(shot: Shot, seconds: float, rng: np.random.Generator, rate: int = 25) -> Film:
    """One picture of a real shot held, under drawn sensor noise (standard deviation 1.5 codes)."""
    whole = pictures(shot.path)
    held = whole[int(rng.integers(0, len(whole)))].astype(np.int16)
    height, width = held.shape[:2]
    grain = np.rint(rng.standard_normal((height * 2, width * 2, 1)) * 1.5).astype(np.int16)
    made = np.empty((round(seconds * rate), *held.shape), np.uint8)
    for picture in made:  # another place of one large sheet of noise each time: as good as new noise, and quick
        row, column = int(rng.integers(0, height)), int(rng.integers(0, width))
        np.clip(held + grain[row : row + height, column : column + width], 0, 255, out=picture, casting="unsafe")
    return Film(made, Fraction(rate))


def motion(made: Pictures) -> NDArray[np.float64]:
    """Mean absolute difference from the picture before, in codes, on every fourth sample of green; 0 for the first."""
    green = made[:, ::4, ::4, 1].astype(np.int16)
    return np.concatenate([[0.0], np.abs(np.diff(green, axis=0)).mean(axis=(1, 2))])


@cache
def repeats_itself(shot: Shot) -> bool:
    """Whether the source itself shows a picture twice amid motion, as a camera of 28 pictures a second in a file of 30 does.

    By the source's own decoded pixels, without any meter of the product: neighbours that differ by less than a seventh of what
    is usual around them.
    """
    moves = motion(pictures(shot.path))
    usual = median_filter(moves, 13, mode="nearest")
    inside = slice(3, -3)
    return bool(((usual >= MOVES / 2) & (moves < usual / 7))[inside].any())


def places(made: Film, rng: np.random.Generator, *, moving: bool = False, period: float = PERIOD) -> tuple[int, ...]:
    """Indices at least `period` seconds apart and half a second from the ends; where `moving`, only amid visible motion."""
    rate, count = float(made.rate), len(made.pictures)
    moves = motion(made.pictures) if moving else np.full(count, MOVES)
    found, index = [], round(rate * 0.5 + rng.uniform(0, 0.3) * rate)
    while index < count - round(rate * 0.5):
        if moves[max(0, index - 2) : index + 3].min() >= MOVES:
            found.append(index)
            index += round(rate * (period + rng.uniform(0, 0.3)))
        else:
            index += 1
    return tuple(found)
