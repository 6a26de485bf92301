"""What is made of a film: sizes, codecs and bit rates, and when a size is left out.

H.264 with AAC in MP4 plays in every browser of today, hardware decodes it in every telephone, and its index stands in
front (`faststart`), so that playing begins with the first bytes. Decision 0051.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

VERSION = 1
"""Raised when the same film would give other renditions."""
SAMPLE_RATE = 48_000
SOUND_BITS = 128_000
PRESET = "veryfast"
KEYFRAME_SECONDS = 2
"""A seek decodes at most so much before it shows a picture."""
MOST_FPS = Fraction(60)
MOST_PIXELS = 8192 * 8192
"""Of a picture that is decoded at all: what claims more is a bomb, not a lecture."""
FALLBACK_FPS = Fraction(25)
FILM_TYPE, SOUND_TYPE = "video/mp4", "audio/mp4"


@dataclass(frozen=True, slots=True)
class Size:
    """A picture that fits into a box. `name` is what it is called by; sides in pixels; `crf` and `most_kbps` are x264's."""

    name: str
    long: int
    short: int
    crf: int
    most_kbps: int


P720 = Size("720p", 1280, 720, 23, 2500)
P480 = Size("480p", 854, 480, 23, 1200)
SIZES = (P720, P480)
AUDIO = "audio"
"""What the rendition without picture is called by."""


def fitted(width: int, height: int, pixel_aspect: Fraction, size: Size) -> tuple[int, int]:
    """Width and height of square pixels within the box, both even; never larger than the picture itself.

    Args:
        width, height: as decoded and turned upright.
        pixel_aspect: width of a sample by its height, turned with the picture; one that no camera has counts as 1.
        size: the box; its long side lies along the picture's.
    """
    ratio = pixel_aspect if Fraction(1, 10) < pixel_aspect < 10 else Fraction(1)
    # Lines stay as they are and columns are stretched, or the other way round: nothing is made larger than it was.
    across, down = (Fraction(width), height / ratio) if ratio > 1 else (width * ratio, Fraction(height))
    long, short = max(across, down), min(across, down)
    scale = min(Fraction(1), size.long / long, size.short / short)
    return _even(across * scale), _even(down * scale)


def wanted(width: int, height: int, pixel_aspect: Fraction) -> tuple[tuple[Size, int, int], ...]:
    """Sizes to be made with their width and height, the largest first; one that would be like the next smaller is left out."""
    found = [(size, *fitted(width, height, pixel_aspect, size)) for size in SIZES]
    return tuple(
        one for one, after in zip(found, [*found[1:], None], strict=True) if after is None or one[1:] != after[1:]
    )


def _even(side: Fraction) -> int:
    return max(2, round(side / 2) * 2)
