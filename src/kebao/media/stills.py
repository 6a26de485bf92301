"""Stills: the picture on screen at an exact time, upright, in screen colours, as a small JPEG; kept by the medium's digest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from io import BytesIO
from typing import BinaryIO

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kebao.media.colours import upright
from kebao.media.meter import Arrays
from kebao.media.seeking import Seeker, seeking
from kebao.media.store import Store
from kebao.model.errors import Unreadable
from kebao.model.finding import STILL_PIXELS, Still

VERSION = 1
"""Raised when the same time would give another picture."""
_NAME = "stills"
_QUALITY = 72
Wanted = tuple[str, Fraction, int]
"""What it shows, the time in seconds, and the most pixels in each direction."""


def still(name: str, time: Fraction, frame: av.VideoFrame, pixel_aspect: Fraction, most: int = STILL_PIXELS) -> Still:
    """A decoded frame as a still."""
    rgb = upright(frame, pixel_aspect, most)
    return Still(name, time, rgb.shape[1], rgb.shape[0], jpeg(rgb))


def jpeg(rgb: NDArray[np.uint8]) -> bytes:
    """RGB of shape (height, width, 3) as a JPEG file; the same picture gives the same bytes."""
    out = BytesIO()
    Image.fromarray(rgb).save(out, "JPEG", quality=_QUALITY, subsampling=2, optimize=True)
    return out.getvalue()


def take_stills(
    opener: Callable[[], BinaryIO],
    digest: str,
    store: Store | None,
    wanted: Sequence[Wanted],
    *,
    threads: int = 1,
) -> tuple[Still | None, ...]:
    """The pictures on screen at the wanted times, in their order; from the store where they were taken before.

    Args:
        opener: opens the medium as a seekable stream; called only when a picture is not in the store.
        digest: SHA-256 of its bytes in hex; empty when unknown, then nothing is stored.
        store: where pictures are kept, if anywhere.
        wanted: what each shall be called, its time, and its size; the name is not part of what is stored.
        threads: of the decoder; 0 for as many as there are cores.

    Returns:
        None where there is no such picture: no video, a damaged stretch, keyframes too far apart.
    """
    known: Arrays = (store.kept(digest, _NAME, VERSION) if store is not None and digest else None) or {}
    missing = [one for one in dict.fromkeys((time, most) for _, time, most in wanted) if _key(*one) not in known]
    if missing:
        known = {**known, **_taken(opener, missing, threads)}
        if store is not None and digest:
            store.keep(digest, _NAME, VERSION, known)
    return tuple(unpacked(name, known[_key(time, most)]) for name, time, most in wanted)


def _taken(opener: Callable[[], BinaryIO], wanted: Iterable[tuple[Fraction, int]], threads: int) -> Arrays:
    made: dict[str, NDArray[np.generic]] = {_key(*one): np.zeros(0, np.uint8) for one in wanted}
    try:
        with opener() as stream, seeking(stream, threads) as seeker:
            for time, most in sorted(wanted):
                _take(seeker, time, most, made)
    except (Unreadable, OSError):
        pass  # a finding without a picture is still a finding; the file's own fault is told by its own rule
    return made


def _take(seeker: Seeker, time: Fraction, most: int, made: dict[str, NDArray[np.generic]]) -> None:
    found = seeker.at(time)
    if found is None:
        return
    made[_key(time, most)] = packed(still("", *found, seeker.pixel_aspect, most))


def _key(time: Fraction, most: int) -> str:
    return f"{time.numerator}_{time.denominator}_{most}"


def packed(taken: Still) -> NDArray[np.uint8]:
    """A still without its name, for the store."""
    exact = np.array([taken.time.numerator, taken.time.denominator, taken.width, taken.height], np.int64)
    return np.concatenate((exact.view(np.uint8), np.frombuffer(taken.jpeg, np.uint8)))


def unpacked(name: str, kept: NDArray[np.generic]) -> Still | None:
    """The still of `packed`; None where none could be taken."""
    if not kept.size:
        return None
    above, below, width, height = (int(part) for part in kept[:32].view(np.int64))
    return Still(name, Fraction(above, below), width, height, kept[32:].tobytes())
