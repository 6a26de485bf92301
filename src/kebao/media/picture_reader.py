"""Decoded pictures of one stream, handed to picture meters in batches, with exact times and what was wrong on the way."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import av
import numpy as np
from av.video.reformatter import ColorRange, ColorTrc
from numpy.typing import NDArray

from kebao.media.feeding import Feeder, Ring
from kebao.media.measurement import PicturePass
from kebao.media.meter import BATCH, PictureBatch, PictureMeter
from kebao.media.planes import Grid, Planes, bits_of

_KEPT = 1000
_AHEAD = 1000
"""Packets that may wait for their pictures: far more than any decoder holds."""
_HDR = (ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67)


class PictureReader:
    """Takes every decoded frame once, in order of presentation.

    Args:
        stream: the video stream.
        meters: who looks.
        feeder: hands them what they look at.
        origin: the medium's time zero in seconds on the stream's own clock.
    """

    def __init__(
        self, stream: av.VideoStream, meters: Sequence[PictureMeter], feeder: Feeder, origin: Fraction
    ) -> None:
        base = stream.time_base or Fraction(1, 90_000)
        self._stream, self._meters, self._feeder, self._base = stream, meters, feeder, base
        self._origin_ticks = round(origin / base)
        self._ticks: list[int] = []
        self._last_duration = 0
        self._corrupt: list[int] = []
        self._interlaced = 0
        self._hdr = self._full = False
        self._rotation = 0
        self._size: tuple[int, int] | None = None
        self._format = ""
        self._filled = 0
        self._grid: Grid | None = None
        self._ring: Ring[Planes] | None = None
        self._coded: dict[int, int] = {}
        self._sizes: list[int] = []
        self._kinds: list[int] = []
        self._tinted = any(meter.tinted for meter in meters)
        self.errors = 0

    @property
    def seconds(self) -> Fraction:
        """Presentation time reached."""
        return self._ticks[-1] * self._base if self._ticks else Fraction(0)

    def note(self, packet: av.Packet[Any]) -> None:
        """Note how large the next packet is; two of one time are the two fields of a picture."""
        if packet.pts is not None:
            self._coded[packet.pts] = self._coded.get(packet.pts, 0) + packet.size

    def take(self, frame: av.VideoFrame) -> None:
        """Look at the next frame."""
        if self._size is None:
            self._first(frame)
        elif (frame.width, frame.height) != self._size or frame.format.name != self._format:
            # A stream that changes its size on the way keeps the first grid, so that neighbours stay comparable.
            frame = frame.reformat(width=self._size[0], height=self._size[1], format=self._format)
        if frame.is_corrupt and len(self._corrupt) < _KEPT:
            self._corrupt.append(len(self._ticks))
        self._interlaced += frame.interlaced_frame
        self._ticks.append(self._tick(frame))
        self._last_duration = frame.duration or self._last_duration
        if self._meters:
            self._sizes.append(self._coded.pop(frame.pts, 0) if frame.pts is not None else 0)
            self._kinds.append(int(frame.pict_type))
            self._sample(frame)

    def finish(self) -> None:
        """Hand out what is left."""
        self._hand_out()

    def passed(self) -> PicturePass | None:
        """Facts of the picture; None when nothing could be decoded."""
        if self._size is None:
            return None
        aspect = self._stream.sample_aspect_ratio
        return PicturePass(
            frames=len(self._ticks),
            base=self._base,
            start=self._ticks[0] * self._base,
            end=(self._ticks[-1] + (self._last_duration or self._usual_step())) * self._base,
            width=self._size[0],
            height=self._size[1],
            rotation=self._rotation,
            pixel_aspect=Fraction(aspect) if aspect else Fraction(1),
            pixel_format=self._format,
            bits=bits_of(self._format),
            full_range=self._full,
            hdr=self._hdr,
            interlaced=self._interlaced,
            corrupt=tuple(self._corrupt),
            errors=self.errors,
        )

    @property
    def ticks(self) -> NDArray[np.int64]:
        """Presentation time of each picture."""
        return np.array(self._ticks, np.int64)

    def _first(self, frame: av.VideoFrame) -> None:
        self._size, self._format = (frame.width, frame.height), frame.format.name
        self._rotation = -frame.rotation % 360  # PyAV counts counter-clockwise
        self._hdr = frame.color_trc in _HDR
        self._full = frame.color_range == ColorRange.JPEG or self._format.startswith("yuvj")

    def _tick(self, frame: av.VideoFrame) -> int:
        """Its time, strictly after the one before: a stream without (or with foolish) times still runs forward."""
        stamp = frame.pts if frame.pts is not None else frame.dts
        if stamp is None:
            return self._ticks[-1] + max(1, self._last_duration or self._usual_step()) if self._ticks else 0
        tick = int(stamp) - self._origin_ticks
        return max(tick, self._ticks[-1] + 1) if self._ticks else max(tick, 0)

    def _usual_step(self) -> int:
        if len(self._ticks) > 1:
            return int(np.median(np.diff(np.array(self._ticks[-200:], np.int64))))
        rate = self._stream.average_rate
        return max(1, round(1 / rate / self._base)) if rate else 1

    def _sample(self, frame: av.VideoFrame) -> None:
        if self._grid is None:
            self._grid = Grid.of(frame)
            self._ring = Ring(partial(self._grid.planes, BATCH))
        if self._ring is not None:
            luma, blue, red = self._ring.held
            at = self._filled
            self._grid.sample(frame, luma[at], *((blue[at], red[at]) if self._tinted else ()))
        self._filled += 1
        if self._filled == BATCH:
            self._hand_out()
        if len(self._coded) > _AHEAD:
            self._coded.clear()  # times of packets that no picture carries

    def _hand_out(self) -> None:
        if not self._filled or self._ring is None or self._size is None or self._grid is None:
            return
        first = len(self._ticks) - self._filled
        luma, blue, red = (buffer[: self._filled] for buffer in self._ring.held)
        batch = PictureBatch(
            first, np.array(self._ticks[first:], np.int64), self._base, luma, blue, red,
            self._grid.step, *self._size, np.array(self._sizes, np.int64), np.array(self._kinds, np.int64),
        )  # fmt: skip
        self._sizes, self._kinds = [], []
        self._ring.hand_over(self._feeder, self._meters, batch)
        self._filled = 0
