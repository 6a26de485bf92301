"""An instant look at a film: keyframes alone, spread evenly over its length, as poster and contact sheet.

Each costs a seek and one decoded picture, whatever the film's length.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kebao.media.colours import upright
from kebao.media.meter import Arrays
from kebao.media.seeking import Seeker, seeking
from kebao.media.stills import jpeg, packed, unpacked
from kebao.media.store import Store
from kebao.model.finding import STILL_PIXELS, Still

VERSION = 1
"""Raised when the same film would give other pictures."""
TILES = 12
TILE_PIXELS = 240
_NAME = "preview"
_UNKNOWN = Fraction(3600)
"""Length assumed where the header states none: seeks behind the end are answered with the last keyframe, or none."""


@dataclass(frozen=True, slots=True)
class Preview:
    """`poster` is the keyframe with most to see; `sheet` the keyframes in order of time, each once."""

    poster: Still | None = None
    sheet: tuple[Still, ...] = ()


def preview(stream: BinaryIO, *, tiles: int = TILES, threads: int = 1) -> Preview:
    """Look at a film through at most `tiles` of its keyframes.

    Raises:
        Unsafe, Unreadable: as `seeking`.
    """
    with seeking(stream, threads) as seeker:
        seen = _keyframes(seeker, tiles)
    if not seen:
        return Preview()
    time, rgb = max(seen.items(), key=lambda one: (_worth(one[1]), -one[0]))
    poster = Still("poster", time, rgb.shape[1], rgb.shape[0], jpeg(rgb))
    return Preview(poster, tuple(_tile(time, rgb) for time, rgb in sorted(seen.items())))


def take_preview(
    opener: Callable[[], BinaryIO], digest: str, store: Store | None, *, tiles: int = TILES, threads: int = 1
) -> Preview:
    """`preview`, from the store where it was made before.

    Args:
        opener: opens the film as a seekable stream; called only when it is not in the store.
        digest: SHA-256 of its bytes in hex; empty when unknown, then nothing is stored.
        store: where pictures are kept, if anywhere.
        tiles, threads: as `preview`.

    Raises:
        Unsafe, Unreadable: as `preview`.
    """
    name = f"{_NAME}{tiles}"
    known = store.kept(digest, name, VERSION) if store is not None and digest else None
    if known is not None:
        return _from(known)
    with opener() as stream:
        made = preview(stream, tiles=tiles, threads=threads)
    if store is not None and digest:
        kept = {f"t{number:03d}": packed(still) for number, still in enumerate(made.sheet)}
        if made.poster is not None:
            kept["poster"] = packed(made.poster)
        store.keep(digest, name, VERSION, kept)
    return made


def _from(known: Arrays) -> Preview:
    sheet = [unpacked("shot", known[name]) for name in sorted(known) if name != "poster"]
    poster = unpacked("poster", known["poster"]) if "poster" in known else None
    return Preview(poster, tuple(still for still in sheet if still is not None))


def _keyframes(seeker: Seeker, tiles: int) -> dict[Fraction, NDArray[np.uint8]]:
    length = seeker.length or _UNKNOWN
    seen: dict[Fraction, NDArray[np.uint8]] = {}
    for number in range(tiles):
        found = seeker.key_at(length * (2 * number + 1) / (2 * tiles))
        if found is not None and found[0] not in seen:
            seen[found[0]] = upright(found[1], seeker.pixel_aspect, STILL_PIXELS)
    return seen


def _worth(rgb: NDArray[np.uint8]) -> float:
    """How much there is to see: the spread of its light, less where it is nearly black or white."""
    grey = rgb.mean(axis=2)
    middle = 1 - abs(float(grey.mean()) - 128) / 128
    return round(float(grey.std()) * middle, 3)


def _tile(time: Fraction, rgb: NDArray[np.uint8]) -> Still:
    image = Image.fromarray(rgb)
    image.thumbnail((TILE_PIXELS, TILE_PIXELS), Image.Resampling.BOX)
    small = np.asarray(image)
    return Still("shot", time, small.shape[1], small.shape[0], jpeg(small))
