"""Print on a picture, Chinese and Latin, read by RapidOCR where it is installed (extra `ocr`)."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

MODULE = "rapidocr"
CERTAIN = 0.7
"""The least certainty (0 to 1) with which a line is taken."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of print.

    Attributes:
        words: as read.
        left, right, top, bottom: the upright box around it, as shares of the picture's width and height.
    """

    words: str
    left: float
    right: float
    top: float
    bottom: float


def is_installed() -> bool:
    """Whether print on pictures can be read on this machine."""
    return importlib.util.find_spec(MODULE) is not None and importlib.util.find_spec("onnxruntime") is not None


def read_print(pixels: NDArray[np.uint8]) -> tuple[Printed, ...]:
    """Lines of print on a picture, in the reader's order: from the top down, by and large.

    Args:
        pixels: height × width × 3, blue green red.

    Raises:
        ModuleNotFoundError: the extra `ocr` is not installed; ask `is_installed` first.
    """
    height, width = pixels.shape[:2]
    found = _engine()(pixels)
    if found.txts is None:
        return ()
    return tuple(
        _line(words.strip(), box, width, height)
        for box, words, score in zip(found.boxes, found.txts, found.scores, strict=True)
        if score >= CERTAIN and words.strip()
    )


def read_print_of(picture: bytes) -> tuple[Printed, ...]:
    """The same of a picture as a file, JPEG or PNG, which the caller has made or looked at: its size is not limited here."""
    from PIL import Image

    with Image.open(BytesIO(picture), formats=("JPEG", "PNG")) as opened:
        rgb = np.asarray(opened.convert("RGB"))
    return read_print(np.ascontiguousarray(rgb[:, :, ::-1]))


def _line(words: str, box: Any, width: int, height: int) -> Printed:
    across, down = [float(point[0]) / width for point in box], [float(point[1]) / height for point in box]
    return Printed(words, min(across), max(across), min(down), max(down))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})
