"""Text that stands in the picture at given moments, read by RapidOCR where it is installed (extra `ocr`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, BinaryIO

from av.container import InputContainer

from kebao.media.opened import DAMAGED, FAULTS, opened, pictures_of
from kebao.media.printed import is_installed, read_print
from kebao.model.errors import Unreadable

__all__ = ["ShownText", "is_installed", "read_shown_text"]

LOWER = 2 / 3
"""Where the lower third begins, as a share of the height."""
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


def read_shown_text(stream: BinaryIO, moments: Iterable[Fraction]) -> tuple[ShownText, ...]:
    """Lines of text in the lower third of the pictures that stand at these moments.

    Args:
        stream: the medium, seekable; not closed.
        moments: presentation times in exact seconds.

    Raises:
        Unsafe, Unreadable: as `probe`.
        ModuleNotFoundError: the extra `ocr` is not installed; ask `is_installed` first.
    """
    with opened(stream) as container:
        try:
            return tuple(text for moment in moments for text in _read(container, moment))
        except FAULTS as error:
            raise Unreadable("truncated", DAMAGED) from error


def _read(container: InputContainer, moment: Fraction) -> Iterable[ShownText]:
    picture = _picture_at(container, moment)
    if picture is None:
        return
    at, pixels = picture
    height = pixels.shape[0]
    first = int(height * LOWER) - int(height * 0.05)
    share = (height - first) / height
    for line in read_print(pixels[first:]):
        top, bottom = (first / height + edge * share for edge in (line.top, line.bottom))
        yield ShownText(at, line.words, line.left, line.right, top, bottom)


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
