"""A decoded frame's planes as small grids of 8-bit samples, without conversion or full-size copies."""

from __future__ import annotations

from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

COLUMNS = 160
"""Least number of grid columns: coarse enough to cost a few per cent of decoding, fine enough to see a hand move."""

_PLANAR = {
    "yuv420p": (8, 2, 2), "yuvj420p": (8, 2, 2), "yuv422p": (8, 2, 1), "yuvj422p": (8, 2, 1),
    "yuv444p": (8, 1, 1), "yuvj444p": (8, 1, 1), "yuv420p10le": (10, 2, 2), "yuv422p10le": (10, 2, 1),
    "yuv444p10le": (10, 1, 1), "yuv420p12le": (12, 2, 2), "yuv422p12le": (12, 2, 1),
}  # fmt: skip
"""Formats read in place: bits a sample, and the chroma planes' divisors in width and height."""


def grid_step(width: int) -> int:
    """Distance of the grid's samples for a luma plane of that width."""
    return max(1, width // COLUMNS)


def grids(frame: av.VideoFrame, step: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """Views (or small copies) of luma, Cb and Cr at every `step`-th sample; the chroma at the same places.

    A format that is not planar YUV is converted first, at its own size.
    """
    layout = _PLANAR.get(frame.format.name)
    if layout is None:
        frame = frame.reformat(format="yuv420p")
        layout = _PLANAR["yuv420p"]
    bits, across, down = layout
    luma = _plane(frame.planes[0], bits)[::step, ::step]
    blue = _plane(frame.planes[1], bits)[:: max(1, step // down), :: max(1, step // across)]
    red = _plane(frame.planes[2], bits)[:: max(1, step // down), :: max(1, step // across)]
    if bits > 8:
        return _eight(luma, bits), _eight(blue, bits), _eight(red, bits)
    return luma, blue, red


def chroma_step(step: int, pixel_format: str) -> int:
    """Distance of the chroma grid's samples in samples of the chroma planes, across."""
    _, across, _ = _PLANAR.get(pixel_format, _PLANAR["yuv420p"])
    return max(1, step // across)


def bits_of(pixel_format: str) -> int:
    """Bits a sample of the formats read in place; 8 for the rest, which are converted."""
    return _PLANAR.get(pixel_format, (8, 2, 2))[0]


def _plane(plane: Any, bits: int) -> NDArray[Any]:
    width = plane.line_size if bits == 8 else plane.line_size // 2
    lines = np.frombuffer(plane, np.uint8 if bits == 8 else np.uint16).reshape(plane.height, width)
    return lines[:, : plane.width]


def _eight(grid: NDArray[Any], bits: int) -> NDArray[np.uint8]:
    return (grid >> (bits - 8)).astype(np.uint8)
