"""Text that stands in the picture at given moments, read by RapidOCR where it is installed (extra `ocr`)."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, BinaryIO

from av.container import InputContainer

from kebao.media.opened import DAMAGED, FAULTS, opened, pictures_of
from kebao.model.errors import Unreadable

MODULE = "rapidocr"
LOWER = 2 / 3
"""Where the lower third begins, as a share of the height."""
_CERTAIN = 0.7
_MIDDLE = 0.15
_MOST_PACKETS = 2000


@dataclass(frozen=True, slots=True)
class ShownText:
    """A line of text in the picture.

    Attributes:
        at: presentation time of the picture in exact seconds.
        words: as read.
        left, right, top, bottom: its box, as shares of width and height.
    """

    at: Fraction
    words: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def is_low(self) -> bool:
        """Whether it stands in the lower third."""
        return (self.top + self.bottom) / 2 >= LOWER

    @property
    def is_central(self) -> bool:
        """Whether its middle lies near the middle of the picture."""
        return abs((self.left + self.right) / 2 - 0.5) <= _MIDDLE


def is_installed() -> bool:
    """Whether text in pictures can be read on this machine."""
    return importlib.util.find_spec(MODULE) is not None and importlib.util.find_spec("onnxruntime") is not None


def read_shown_text(stream: BinaryIO, moments: Iterable[Fraction]) -> tuple[ShownText, ...]:
    """Lines of text in the lower third of the pictures that stand at these moments.

    Args:
        stream: the medium, seekable; not closed.
        moments: presentation times in exact seconds.

    Raises:
        Unsafe, Unreadable: as `probe`.
        ModuleNotFoundError: the extra `ocr` is not installed; ask `is_installed` first.
    """
    engine = _engine()
    with opened(stream) as container:
        try:
            return tuple(text for moment in moments for text in _read(container, engine, moment))
        except FAULTS as error:
            raise Unreadable("truncated", DAMAGED) from error


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def _read(container: InputContainer, engine: Any, moment: Fraction) -> Iterable[ShownText]:
    picture = _picture_at(container, moment)
    if picture is None:
        return
    at, pixels = picture
    height, width = pixels.shape[:2]
    first = int(height * LOWER) - int(height * 0.05)
    found = engine(pixels[first:])
    if found.txts is None:
        return
    for box, words, score in zip(found.boxes, found.txts, found.scores, strict=True):
        if score >= _CERTAIN and words.strip():
            across = [float(point[0]) / width for point in box]
            down = [(float(point[1]) + first) / height for point in box]
            yield ShownText(at, words.strip(), min(across), max(across), min(down), max(down))


def _picture_at(container: InputContainer, moment: Fraction) -> tuple[Fraction, Any] | None:
    """The first picture at or after a moment, with its time, as BGR; None behind the last."""
    streams = pictures_of(container)
    if not streams or streams[0].time_base is None:
        return None
    stream, base = streams[0], Fraction(streams[0].time_base)
    container.seek(int(moment / base), stream=stream)
    for number, packet in enumerate(container.demux(stream)):
        for frame in packet.decode():
            if frame.pts is not None and frame.pts * base >= moment:
                return frame.pts * base, frame.to_ndarray(format="bgr24")
        if number > _MOST_PACKETS:
            return None
    return None
