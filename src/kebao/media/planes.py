"""A decoded frame's planes as small grids of 8-bit samples, without conversion or full-size copies."""

from __future__ import annotations

from dataclasses import dataclass
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


_CONVERTED = "yuv420p"
Planes = tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]
"""Luma, blue and red."""


def grid_step(width: int) -> int:
    """Distance of the grid's samples for a luma plane of that width."""
    return max(1, width // COLUMNS)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a stream's pictures are sampled: every `step`-th luma sample, every `step`-th chroma sample, from the corner.

    Luma rows fall on even and odd lines in turn, whatever the step, so that a picture of which one field alone has changed
    is seen as such.
    """

    width: int
    height: int
    step: int
    pixel_format: str

    @classmethod
    def of(cls, frame: av.VideoFrame) -> Grid:
        """The grid for pictures like this one."""
        name = frame.format.name if frame.format.name in _PLANAR else _CONVERTED
        return cls(frame.width, frame.height, grid_step(frame.width), name)

    @property
    def luma(self) -> tuple[int, int]:
        """Rows and columns of luma."""
        return max(1, self.height // self.step), max(1, -(-self.width // self.step))

    @property
    def chroma(self) -> tuple[int, int]:
        """Rows and columns of each chroma plane."""
        _, across, down = _PLANAR[self.pixel_format]
        rows, columns = -(-self.height // down), -(-self.width // across)
        return -(-rows // self.step), -(-columns // self.step)

    def planes(self, count: int) -> Planes:
        """Room for the samples of that many pictures."""
        luma, blue, red = (np.empty((count, *shape), np.uint8) for shape in (self.luma, self.chroma, self.chroma))
        return luma, blue, red

    def sample(self, frame: av.VideoFrame, luma: NDArray[np.uint8], *tinted: NDArray[np.uint8]) -> None:
        """Put the frame's samples into arrays of those shapes, as 8 most significant bits.

        The arrays of blue and red are both given or both left out.

        A format that is not planar YUV is converted first, at its own size.
        """
        if frame.format.name != self.pixel_format:
            frame = frame.reformat(format=self.pixel_format)
        bits, _, _ = _PLANAR[self.pixel_format]
        step, (light, *tints) = self.step, frame.planes
        if step % 2 or self.height <= step:
            _put(luma, light, bits, step, step)
        else:
            _put(luma[::2], light, bits, 2 * step, step)
            _put(luma[1::2], light, bits, 2 * step, step, first=step + 1)
        for grid, plane in zip(tinted, tints, strict=False):
            _put(grid, plane, bits, step, step)


def _put(grid: NDArray[np.uint8], plane: Any, bits: int, down: int, across: int, first: int = 0) -> None:
    """Every `down`-th line from the `first` on, of it every `across`-th sample, for as many as the grid takes."""
    kind, size = (np.uint8, 1) if bits == 8 else (np.uint16, 2)
    line = plane.line_size
    # One view straight at the samples: this runs three times for every picture of hours of film.
    samples: NDArray[Any] = np.ndarray(grid.shape, kind, plane, first * line, (down * line, across * size))
    grid[:] = samples if bits == 8 else samples >> (bits - 8)


def bits_of(pixel_format: str) -> int:
    """Bits a sample of the formats read in place; 8 for the rest, which are converted."""
    return _PLANAR.get(pixel_format, (8, 2, 2))[0]
