"""Plant faults of picture, before encoding. Pictures are uint8 RGB (n, height, width, 3); input is left alone.

Every function gives the changed pictures and what was planted; `rate` is pictures a second, `at` an index.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.signal import butter, sosfiltfilt

from defects.planted import Planted

Pictures = NDArray[np.uint8]
CODE = 255.0


def _one(name: str, magnitude: float, at: int, rate: float, count: int = 1) -> Planted:
    return Planted(name, magnitude, at / rate, (at + count) / rate)


def foreign_frame(pictures: Pictures, other: Pictures, at: int, rate: float) -> tuple[Pictures, Planted]:
    """One picture of another shot stands in for its own; `other` is (height, width, 3)."""
    changed = pictures.copy()
    changed[at] = other
    return changed, _one("foreign-frame", 1, at, rate)


def flat_frame(pictures: Pictures, code: int, at: int, rate: float) -> tuple[Pictures, Planted]:
    """One black or white picture: `code` 0 or 255."""
    changed = pictures.copy()
    changed[at] = code
    return changed, _one("black-frame" if code == 0 else "flash-frame", 1, at, rate)


def repeated_frame(pictures: Pictures, at: int, rate: float) -> tuple[Pictures, Planted]:
    """The picture before is shown once more in place of its own."""
    changed = pictures.copy()
    changed[at] = changed[at - 1]
    return changed, _one("repeated-frame", 1, at, rate)


def dropped_frames(pictures: Pictures, at: int, rate: float, count: int = 1) -> tuple[Pictures, Planted]:
    """`count` pictures are missing and the rest moves up: the motion leaps. The result is shorter."""
    return np.delete(pictures, slice(at, at + count), axis=0), Planted(
        "dropped-frame", count, (at - 1) / rate, (at + 1) / rate
    )


def frozen(pictures: Pictures, at: int, rate: float, seconds: float) -> tuple[Pictures, Planted]:
    """The picture stands for `seconds`, then goes on where it would have been."""
    count = round(seconds * rate)
    changed = pictures.copy()
    changed[at : at + count] = changed[at]
    return changed, _one("frozen", seconds, at, rate, count)


def field_leftover(before: Pictures, after: Pictures, rate: float) -> tuple[Pictures, Planted]:
    """A cut whose last picture still carries the other field of the next shot: every second line."""
    changed = before.copy()
    changed[-1, 1::2] = after[0, 1::2]
    return np.concatenate([changed, after]), _one("field-leftover", 1, len(before) - 1, rate)


def half_leftover(before: Pictures, after: Pictures, rate: float) -> tuple[Pictures, Planted]:
    """A cut whose last picture shows the lower half of the next shot."""
    changed = before.copy()
    changed[-1, changed.shape[1] // 2 :] = after[0, changed.shape[1] // 2 :]
    return np.concatenate([changed, after]), _one("half-leftover", 1, len(before) - 1, rate)


def position_bump(pictures: Pictures, at: int, rate: float, share: float) -> tuple[Pictures, Planted]:
    """One picture stands `share` of the width to the side, and a third of that lower."""
    changed = pictures.copy()
    changed[at] = _moved(pictures[at], share * pictures.shape[2], share * pictures.shape[2] / 3)
    return changed, _one("position-bump", share, at, rate)


def _moved(picture: NDArray[np.uint8], right: float, down: float) -> NDArray[np.uint8]:
    """Moved by parts of a pixel (bilinear); what comes in at the edge repeats the edge."""
    edge = int(max(abs(right), abs(down))) + 2
    held = Image.fromarray(np.pad(picture, ((edge, edge), (edge, edge), (0, 0)), mode="edge"))
    moved = held.transform(held.size, Image.Transform.AFFINE, (1, 0, -right, 0, 1, -down), Image.Resampling.BILINEAR)
    return np.asarray(moved)[edge:-edge, edge:-edge]


def gained(pictures: Pictures, gains: tuple[float, float, float]) -> Pictures:
    """Each colour times its gain, in the coded values, as a wrong white balance or a changed aperture leaves them."""
    tables = [np.clip(np.rint(np.arange(256) * gain), 0, CODE).astype(np.uint8) for gain in gains]
    return np.stack([table[pictures[..., n]] for n, table in enumerate(tables)], axis=-1)


def exposure_jump(pictures: Pictures, at: int, rate: float, k: float) -> tuple[Pictures, Planted]:
    """From `at` on every colour is 1 + k times as strong (1 − k when k is negative)."""
    changed = pictures.copy()
    changed[at:] = gained(pictures[at:], (1 + k,) * 3)
    return changed, Planted("exposure-jump", abs(k), at / rate, at / rate)


def colour_jump(pictures: Pictures, at: int, rate: float, k: float) -> tuple[Pictures, Planted]:
    """From `at` on red is 1 + k and blue 1 − k times as strong: warmer (colder when k is negative) at the same brightness."""
    changed = pictures.copy()
    changed[at:] = gained(pictures[at:], (1 + k, 1, 1 - k))
    return changed, Planted("colour-jump", abs(k), at / rate, at / rate)


def shake_path(
    count: int, rate: float, rms_pixels: float, band: tuple[float, float], rng: np.random.Generator
) -> NDArray[np.float64]:
    """A path (count, 2) in pixels, right and down, of noise within `band` Hz; its length from rest has that root mean square."""
    high = min(band[1], 0.45 * rate)
    sections = butter(2, (min(band[0], high / 2), high), "bandpass", fs=rate, output="sos")
    path = sosfiltfilt(sections, rng.standard_normal((count + 200, 2)), axis=0)[100 : 100 + count]
    path -= path.mean(axis=0)
    return path * (rms_pixels / np.sqrt((path**2).sum(axis=1).mean()))


def shake(
    pictures: Pictures,
    first: int,
    last: int,
    rate: float,
    share: float,
    band: tuple[float, float],
    rng: np.random.Generator,
) -> tuple[Pictures, Planted]:
    """The picture trembles from `first` to `last` by `share` of its width (RMS), cropped by nothing: edges are held."""
    changed = pictures.copy()
    for index, (right, down) in zip(
        range(first, last), shake_path(last - first, rate, share * pictures.shape[2], band, rng), strict=True
    ):
        changed[index] = _moved(pictures[index], right, down)
    return changed, Planted("shake", share, first / rate, last / rate)


def mismatch(first: Pictures, between: Pictures, second: Pictures, rate: float, k: float) -> tuple[Pictures, Planted]:
    """A-B-A: the same scene before and after another shot, the second time warmer by k."""
    start = len(first) + len(between)
    joined = np.concatenate([first, between, gained(second, (1 + k, 1, 1 - k))])
    return joined, Planted("aba-mismatch", k, start / rate, len(joined) / rate)


def cast(pictures: Pictures, rate: float, k: float) -> tuple[Pictures, Planted]:
    """The whole film warmer by k."""
    return gained(pictures, (1 + k, 1, 1 - k)), Planted("cast", k, 0.0, len(pictures) / rate)


def flashing(pictures: Pictures, first: int, last: int, rate: float, hertz: float) -> tuple[Pictures, Planted]:
    """Between `first` and `last` the picture alternates between 25 % and 100 % of its light, `hertz` pairs a second."""
    changed = pictures.copy()
    dark = np.floor(np.arange(last - first) / rate * hertz * 2).astype(int) % 2 == 1
    changed[first:last][dark] = gained(pictures[first:last][dark], (0.25,) * 3)
    return changed, Planted("flashing", hertz, first / rate, last / rate)
