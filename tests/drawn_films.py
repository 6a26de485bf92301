"""Short synthetic films for what is read of a picture: drawn, and really measured by the meters.

Each is six seconds at 25 pictures a second, 160×90 samples: a textured scene under faint camera noise, to which one fault is
done. Nothing is encoded, so a film costs little; what encoding does to the same faults the benchmark tells.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, shift

from kebao.media.measurement import Measurement, Pass, PicturePass
from kebao.media.meter import BATCH, PictureBatch
from kebao.media.meters.change import ChangeMeter
from kebao.media.meters.coding import CodingMeter
from kebao.media.meters.colour import ColourMeter
from kebao.media.meters.comb import CombMeter
from kebao.media.meters.light import LightMeter
from kebao.media.meters.motion import MotionMeter

Pictures = NDArray[np.float32]
FPS, COUNT, ROWS, COLUMNS = 25, 150, 90, 160
HALF = COUNT // 2


@cache
def measured(name: str) -> Measurement:
    """What the meters make of a film of `FILMS`."""
    return measure_pictures(FILMS[name]())


def measure_pictures(rgb: Pictures) -> Measurement:
    """Run every picture meter over pictures, (n, 90, 160, 3), codes 0–255, at 25 a second.

    They are brought to limited-range BT.601 with a quarter of the colour samples, as a decoder hands them out.
    """
    luma, blue, red = _planes(rgb)
    meters = [make() for make in (LightMeter, ColourMeter, ChangeMeter, MotionMeter, CombMeter, CodingMeter)]
    for first in range(0, len(rgb), BATCH):
        part = slice(first, first + BATCH)
        ticks = np.arange(first, min(first + BATCH, len(rgb)), dtype=np.int64)
        batch = PictureBatch(
            first, ticks, Fraction(1, FPS), luma[part], blue[part], red[part], 1, COLUMNS, ROWS
        )  # fmt: skip
        for meter in meters:
            meter.feed(batch)
    seen = PicturePass(len(rgb), Fraction(1, FPS), Fraction(0), Fraction(len(rgb), FPS), COLUMNS, ROWS)
    return Measurement(Pass(seen), np.arange(len(rgb), dtype=np.int64), {m.name: m.arrays() for m in meters})


def _planes(rgb: Pictures) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    red, green, blue = (rgb[..., n] for n in range(3))
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    planes = (
        16 + luma * 219 / 255,
        128 + (blue - luma)[:, ::2, ::2] * 224 / 255 / 1.772,
        128 + (red - luma)[:, ::2, ::2] * 224 / 255 / 1.402,
    )
    held = [np.clip(np.rint(plane), 0, 255).astype(np.uint8) for plane in planes]
    return held[0], held[1], held[2]


def _scene(seed: int, columns: int = COLUMNS, tint: tuple[float, float, float] = (1, 1, 1)) -> Pictures:
    """A textured scene, (90, columns, 3): soft shapes and fine grain about mid-grey, a little coloured here and there."""
    draw = np.random.default_rng(seed)
    shapes = gaussian_filter(draw.standard_normal((ROWS, columns)), 9) * 600
    grain = gaussian_filter(draw.standard_normal((ROWS, columns)), 1.2) * 60
    colour = np.stack([gaussian_filter(draw.standard_normal((ROWS, columns)), 12) * 200 for _ in range(3)], axis=-1)
    made = 115 + (shapes + grain)[..., None] + colour - colour.mean(axis=-1, keepdims=True)
    return np.asarray(np.clip(made * np.array(tint), 20, 225), np.float32)


def _noisy(pictures: Pictures) -> Pictures:
    grain = np.random.default_rng(9).standard_normal((*pictures.shape[:3], 1))
    return np.asarray(np.clip(pictures + grain, 0, 255), np.float32)


def _fixed(seed: int = 1, count: int = COUNT) -> Pictures:
    """A fixed camera; a person-sized patch walks through."""
    made = np.repeat(_scene(seed)[None], count, axis=0)
    for index in range(count):
        left = 20 + index * 100 // COUNT
        made[index, 30:70, left : left + 18] = (150, 110, 90)
    return _noisy(made)


def _pan(count: int = COUNT) -> Pictures:
    """The camera pans evenly."""
    wide = _scene(2, COLUMNS + 2 * count)
    return _noisy(np.stack([wide[:, 2 * index : 2 * index + COLUMNS] for index in range(count)]))


def _slides() -> Pictures:
    """Four slides, each quite still."""
    made = np.empty((COUNT, ROWS, COLUMNS, 3), np.float32)
    for number in range(4):
        draw = np.random.default_rng(20 + number)
        slide = np.full((ROWS, COLUMNS, 3), 238, np.float32)
        slide[:12] = (30, 70, 120)
        for line in range(3 + number):
            words = np.repeat(draw.integers(0, 2, 48), 3)[:140]
            slide[18 + 10 * line : 24 + 10 * line, 8 : 8 + len(words)] = np.where(words, 40, 238)[None, :, None]
        made[number * COUNT // 4 :] = slide
    return made


def _held(pictures: Pictures, at: int, other: Pictures | float) -> Pictures:
    made = pictures.copy()
    made[at] = other
    return made


def _frozen() -> Pictures:
    made = _pan()
    made[60:85] = made[60]
    return made


def _repeated() -> Pictures:
    made = _pan()
    made[60] = made[59]
    return made


def _trembling(share: float) -> Pictures:
    draw = np.random.default_rng(4)
    path = gaussian_filter(draw.standard_normal((COUNT, 2)), (1.2, 0))
    path *= share * COLUMNS / np.sqrt((path**2).sum(axis=1).mean())
    scene = _scene(1)
    return _noisy(np.stack([shift(scene, (down, right, 0), order=1, mode="nearest") for right, down in path]))


def _gained(pictures: Pictures, start: int, gains: tuple[float, float, float]) -> Pictures:
    made = pictures.copy()
    made[start:] = np.clip(made[start:] * np.array(gains, np.float32), 0, 255)
    return made


def _ramped(start: int, count: int, share: float) -> Pictures:
    """Brighter by a share, evenly over so many pictures: automatic exposure takes its time, a coder short of bits a few."""
    rise = np.interp(np.arange(COUNT), [start - 1, start - 1 + count], [1.0, 1 + share])[:, None, None, None]
    return np.asarray(np.clip(_fixed() * rise, 0, 255), np.float32)


def _joined(*parts: Pictures) -> Pictures:
    return np.concatenate(parts)


def _splice(lines: bool) -> Pictures:
    made = _joined(_fixed(1, HALF), _fixed(3, HALF))
    part = slice(1, None, 2) if lines else slice(ROWS // 2, None)
    made[HALF - 1, part] = made[HALF, part]
    return made


def _fading() -> Pictures:
    """One scene fades into another over a second."""
    share = np.interp(np.arange(COUNT), [60, 85], [0.0, 1.0])[:, None, None, None]
    return np.asarray(_fixed(1) * (1 - share) + _fixed(3) * share, np.float32)


def _there_and_back(gains: tuple[float, float, float]) -> Pictures:
    third = COUNT // 3
    return _joined(_fixed(1, third), _fixed(3, third), _gained(_fixed(1, third), 0, gains))


def _flashing(red: bool) -> Pictures:
    made = _fixed()
    for index in range(50, 100):
        if index // 2 % 2:
            made[index] = (250, 10, 10) if red else made[index] * 0.3
        elif red:
            made[index] = (10, 10, 10)
    return made


FILMS: dict[str, Callable[[], Pictures]] = {
    "fixed camera": _fixed,
    "pan": _pan,
    "slides": _slides,
    "cut": lambda: _joined(_fixed(1, HALF), _fixed(3, HALF)),
    "fade": _fading,
    "foreign frame": lambda: _held(_fixed(), 60, _scene(7)),
    "black frame": lambda: _held(_fixed(), 60, 0.0),
    "white frame": lambda: _held(_fixed(), 60, 255.0),
    "repeated frame": _repeated,
    "frozen": _frozen,
    "black stretch": lambda: _joined(_fixed(1, 40), np.zeros((70, ROWS, COLUMNS, 3), np.float32), _fixed(3, 40)),
    "black end": lambda: _joined(_fixed(1, 80), np.zeros((70, ROWS, COLUMNS, 3), np.float32)),
    "half leftover": lambda: _splice(lines=False),
    "field leftover": lambda: _splice(lines=True),
    "shot of four frames": lambda: _joined(_fixed(1, 70), _fixed(5, 4), _fixed(3, 76)),
    "shake": lambda: _trembling(0.004),
    "exposure jump": lambda: _gained(_fixed(), HALF, (1.08, 1.08, 1.08)),
    "colour jump": lambda: _gained(_fixed(), HALF, (1.06, 1.0, 0.94)),
    "smeared jump": lambda: _ramped(75, 4, 0.06),
    "automatic exposure": lambda: _ramped(50, 50, 0.1),
    "same colour again": lambda: _there_and_back((1, 1, 1)),
    "warmer again": lambda: _there_and_back((1.1, 1, 0.9)),
    "warm throughout": lambda: _gained(_fixed(), 0, (1.25, 1, 0.7)),
    "flashing": lambda: _flashing(red=False),
    "red flashing": lambda: _flashing(red=True),
}
"""Films by name."""
