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

    def sample(
        self, frame: av.VideoFrame, luma: NDArray[np.uint8], blue: NDArray[np.uint8], red: NDArray[np.uint8]
    ) -> None:
        """Put the frame's samples into arrays of those shapes, as 8 most significant bits.

        A format that is not planar YUV is converted first, at its own size.
        """
        if frame.format.name != self.pixel_format:
            frame = frame.reformat(format=self.pixel_format)
        bits, _, _ = _PLANAR[self.pixel_format]
        plane = _plane(frame.planes[0], bits)
        if self.step % 2 or self.height <= self.step:
            _put(luma, plane[:: self.step, :: self.step], bits)
        else:
            _put(luma[::2], plane[:: 2 * self.step, :: self.step], bits)
            _put(luma[1::2], plane[self.step + 1 :: 2 * self.step, :: self.step], bits)
        _put(blue, _plane(frame.planes[1], bits)[:: self.step, :: self.step], bits)
        _put(red, _plane(frame.planes[2], bits)[:: self.step, :: self.step], bits)


def _put(grid: NDArray[np.uint8], samples: NDArray[Any], bits: int) -> None:
    rows = samples[: len(grid)]
    grid[:] = rows if bits == 8 else rows >> (bits - 8)


def bits_of(pixel_format: str) -> int:
    """Bits a sample of the formats read in place; 8 for the rest, which are converted."""
    return _PLANAR.get(pixel_format, (8, 2, 2))[0]


def _plane(plane: Any, bits: int) -> NDArray[Any]:
    width = plane.line_size if bits == 8 else plane.line_size // 2
    lines = np.frombuffer(plane, np.uint8 if bits == 8 else np.uint16).reshape(plane.height, width)
    return lines[:, : plane.width]
