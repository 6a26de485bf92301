"""Single pictures of a video, fetched by their presentation time without decoding the whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import BinaryIO

import av
from av.container import InputContainer

from kebao.media.opened import DAMAGED, FAULTS, opened, pictures_of, sound_of, time_zero
from kebao.model.errors import Unreadable

DECODED_MOST = 1500
"""Pictures decoded for one that is asked for: a minute. Where keyframes lie further apart, there is none."""
_BACK = (Fraction(0), Fraction(3), Fraction(12), None)
"""Seconds by which to seek before the time: a transport stream has no index of keyframes. None: to the beginning."""


class Seeker:
    """Fetches pictures of the first video stream.

    Attributes:
        pixel_aspect: width of a sample by its height.
        length: stated length in seconds; None where the header states none.
        decoded: pictures decoded so far, for keeping costs in bounds.
    """

    def __init__(self, container: InputContainer, threads: int) -> None:
        streams = pictures_of(container)
        if not streams:
            raise Unreadable("truncated", DAMAGED)
        stream, heard = streams[0], sound_of(container)
        stream.codec_context.thread_type = "SLICE" if threads == 1 else "AUTO"
        stream.codec_context.thread_count = threads
        self._container, self._stream = container, stream
        self._base = stream.time_base or Fraction(1, 90_000)
        self._zero = time_zero(container, [stream] if heard is None else [stream, heard])
        aspect = stream.sample_aspect_ratio
        self.pixel_aspect = Fraction(aspect) if aspect else Fraction(1)
        self.length = self._length()
        self.decoded = 0

    def at(self, time: Fraction) -> tuple[Fraction, av.VideoFrame] | None:
        """The picture that is on screen at `time`, with the exact time since when; before the first picture, the first.

        None where it cannot be had.
        """
        wanted = self._ticks(time)
        for back in _BACK:
            shown: av.VideoFrame | None = None
            try:
                self._seek(None if back is None else time - back)
                for count, frame in enumerate(self._frames(wanted), start=1):
                    if _stamp(frame) > wanted:
                        shown = shown or (frame if back is None else None)
                        break
                    shown = frame
                    if count > DECODED_MOST:
                        return None
            except FAULTS:
                pass  # what was decoded until then stands
            if shown is not None:
                return self._time(shown), shown
        return None

    def key_at(self, time: Fraction) -> tuple[Fraction, av.VideoFrame] | None:
        """The keyframe at or before `time`, at the cost of one picture; the next one after it where there is no index."""
        context = self._stream.codec_context
        try:
            self._seek(time)
            for packet in self._container.demux(self._stream):
                if packet.is_keyframe and packet.size:
                    frames = [*context.decode(packet), *context.decode(None)]
                    if frames:
                        self.decoded += 1
                        return self._time(frames[0]), frames[0]
                    self._seek(time)
                    return next(((self._time(f), f) for f in self._frames(None)), None)
        except FAULTS:
            pass
        return None

    def during(self, start: Fraction, end: Fraction) -> Iterator[tuple[Fraction, av.VideoFrame]]:
        """Every picture that comes on screen from `start` up to, not including, `end`, with its exact time."""
        try:
            self._seek(start)
            for frame in self._frames(self._ticks(start)):
                time = self._time(frame)
                if time >= end:
                    return
                if time >= start:
                    yield time, frame
        except FAULTS:
            return  # what was decoded until then stands

    def _frames(self, wanted: int | None) -> Iterator[av.VideoFrame]:
        """Frames in order of presentation. Far before the wanted time, pictures that no other needs are left out."""
        context = self._stream.codec_context
        near = None if wanted is None else wanted - int(2 / self._base)
        for packet in self._container.demux(self._stream):
            skips = near is not None and packet.pts is not None and packet.pts < near
            context.skip_frame = "NONREF" if skips else "DEFAULT"
            try:
                frames = packet.decode()
            except FAULTS:
                continue  # a damaged picture is left out, as in a pass
            for frame in frames:
                if frame.pts is not None or frame.dts is not None:
                    self.decoded += 1
                    yield frame

    def _seek(self, time: Fraction | None) -> None:
        self._stream.codec_context.skip_frame = "DEFAULT"
        first = min(0, self._stream.start_time or 0)
        ticks = first if time is None else max(first, self._ticks(time))
        self._container.seek(ticks, stream=self._stream, backward=True, any_frame=False)

    def _ticks(self, time: Fraction) -> int:
        return int((time + self._zero) // self._base)

    def _time(self, frame: av.VideoFrame) -> Fraction:
        return max(Fraction(0), _stamp(frame) * self._base - self._zero)

    def _length(self) -> Fraction | None:
        if self._stream.duration and self._stream.duration > 0:
            return Fraction(self._stream.duration) * self._base
        whole = self._container.duration
        return Fraction(whole, 1_000_000) if whole and whole > 0 else None


def _stamp(frame: av.VideoFrame) -> int:
    """Its time in ticks; an AVI states only the order of decoding, which without B-pictures is the same."""
    return int(frame.pts if frame.pts is not None else frame.dts or 0)


@contextmanager
def seeking(stream: BinaryIO, threads: int = 1) -> Iterator[Seeker]:
    """A `Seeker` over a seekable binary stream, which stays open afterwards.

    Raises:
        Unsafe, Unreadable: as `opened`; `Unreadable` too where there is no picture.
    """
    with opened(stream) as container:
        try:
            yield Seeker(container, threads)
        except FAULTS as error:
            raise Unreadable("truncated", DAMAGED) from error
