"""One pass over a medium: everything is decoded once, and every meter hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, BinaryIO

import av
import numpy as np
from av.container import InputContainer
from threadpoolctl import threadpool_limits

from kebao.media.clock import Clock
from kebao.media.feeding import Feeder
from kebao.media.measurement import Ended, Measurement, Pass
from kebao.media.meter import PictureMeter, SoundMeter
from kebao.media.opened import DAMAGED, FAULTS, opened, packets_of, pictures_of, riff_is_cut, sound_of, time_zero
from kebao.media.picture_reader import PictureReader
from kebao.media.sound_reader import SoundReader
from kebao.model.errors import Unreadable
from kebao.model.progress import Progress, silent
from kebao.model.text import Text

MEASURING = Text(zh="测量声音和画面", en="Measuring sound and picture")
SHORT = Fraction(1)
"""Seconds by which a medium may end before its declared end and still count as whole."""
Reader = Any
"""A `PictureReader` or a `SoundReader`: each is given the frames of its own stream."""
_TOLD_EVERY = 250
_GIVEN_UP = 5000
"""Packets that fail one after another before the rest is left alone."""


class Cancelled(Exception):
    """The person who asked does not want the result any more."""


def measure_stream(
    stream: BinaryIO,
    pictures: Sequence[PictureMeter] = (),
    sounds: Sequence[SoundMeter] = (),
    *,
    threads: int = 0,
    label: str = "",
    progress: Progress = silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> Measurement:
    """Decode a medium once.

    Damaged parts are skipped and counted; what could be decoded is measured. Memory does not grow with the length, but
    for the meters' own arrays.

    Args:
        stream: seekable; not closed.
        pictures, sounds: fresh meters; their arrays stand in the result under their names.
        threads: of the decoder, beside which the meters have one of their own; 0 for as many as there are cores. With 1
            everything runs in the caller's thread, one after another.
        label: what progress calls the medium.
        progress: told of seconds done and in all.
        cancelled: asked every few hundred packets.

    Raises:
        Unsafe, Unreadable: as `probe`; `Unreadable` too where not one picture or sample can be decoded.
        Cancelled: `cancelled` said so.
    """
    is_cut = riff_is_cut(stream)
    # The meters' matrix products are small: threads of their own would only stand in the decoder's way.
    with threadpool_limits(1, "blas"), opened(stream) as container:
        try:
            made = _measure(container, pictures, sounds, threads, label, progress, cancelled)
        except (av.FFmpegError, EOFError) as error:
            raise Unreadable("truncated", DAMAGED) from error
    if is_cut and made.passed.ended == "whole":
        made = replace(made, passed=replace(made.passed, ended="short"))
    return made


def _measure(
    container: InputContainer,
    pictures: Sequence[PictureMeter],
    sounds: Sequence[SoundMeter],
    threads: int,
    label: str,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> Measurement:
    seen, heard = next(iter(pictures_of(container)), None), sound_of(container)
    streams = [stream for stream in (seen, heard) if stream is not None]
    if not streams:
        raise Unreadable("truncated", DAMAGED)
    for stream in streams:
        stream.codec_context.thread_type = "AUTO"
        stream.codec_context.thread_count = threads
    origin = time_zero(container, streams)
    readers: dict[int, Reader] = {}
    declared = _declared(container, streams)
    clock = Clock(container.format.name.split(",")[0])
    with Feeder(aside=threads != 1) as feeder:
        if seen is not None:
            readers[seen.index] = PictureReader(seen, pictures, feeder, origin)
        if heard is not None:
            readers[heard.index] = SoundReader(heard, len(container.streams.audio), sounds, feeder, origin)
        broken = _drain(container, streams, readers, clock, declared or Fraction(0), label, progress, cancelled)
    return _result(readers, pictures, sounds, declared, broken, tuple(clock.jumps))


def _drain(
    container: InputContainer,
    streams: Sequence[av.VideoStream | av.AudioStream],
    readers: dict[int, Reader],
    clock: Clock,
    declared: Fraction,
    label: str,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> bool:
    """Decode everything; whether reading broke off."""
    total, failures = int(declared), 0
    packets = packets_of(container, streams)
    for count in range(1, 1 << 62):
        try:
            packet = next(packets, None)
        except FAULTS:
            return _flush(streams, readers)
        if packet is None:
            break
        reader = readers[packet.stream.index]  # the packet that ends a stream carries index 0, whichever it ends
        clock.shift(packet)
        if isinstance(reader, PictureReader):
            reader.note(packet)
        try:
            frames: Sequence[Any] = packet.decode()
            failures = 0
        except FAULTS:
            frames = ()
            reader.errors += 1
            failures += 1
            if failures > _GIVEN_UP:
                return _flush(streams, readers)
        for frame in frames:
            reader.take(frame)
        # Given back before the next is decoded: the decoder then writes into memory that is still in the cache.
        frames = ()
        frame = None
        if count % _TOLD_EVERY == 0:
            if cancelled():
                raise Cancelled
            if total:
                progress(MEASURING, min(total, int(max(r.seconds for r in readers.values()))), total, label)
    for reader in readers.values():
        reader.finish()
    if total:
        progress(MEASURING, total, total, label)
    return False


def _flush(streams: Sequence[av.VideoStream | av.AudioStream], readers: dict[int, Reader]) -> bool:
    """After reading broke off: what the decoders still hold is good."""
    for stream in streams:
        reader = readers[stream.index]
        try:
            frames: Sequence[Any] = stream.codec_context.decode(None)
        except FAULTS:
            frames = ()
            reader.errors += 1
        for frame in frames:
            reader.take(frame)
        reader.finish()
    return True


def _result(
    readers: dict[int, Reader],
    pictures: Sequence[PictureMeter],
    sounds: Sequence[SoundMeter],
    declared: Fraction | None,
    broken: bool,
    jumps: tuple[Fraction, ...],
) -> Measurement:
    picture = next((reader for reader in readers.values() if isinstance(reader, PictureReader)), None)
    sound = next((reader for reader in readers.values() if isinstance(reader, SoundReader)), None)
    seen = picture.passed() if picture is not None else None
    heard = sound.passed() if sound is not None else None
    if seen is None and heard is None:
        raise Unreadable("truncated", DAMAGED)
    end = max(part.end for part in (seen, heard) if part is not None)
    ended: Ended = "broken" if broken else "short" if declared and end + SHORT < declared else "whole"
    fed: tuple[PictureMeter | SoundMeter, ...] = (*(pictures if seen else ()), *(sounds if heard else ()))
    meters = {meter.name: arrays for meter in fed if (arrays := meter.arrays())}
    ticks = picture.ticks if picture is not None and seen is not None else np.zeros(0, np.int64)
    return Measurement(Pass(seen, heard, ended, declared, jumps), ticks, meters)


def _declared(container: InputContainer, streams: Sequence[av.VideoStream | av.AudioStream]) -> Fraction | None:
    """When the longest stream should end: its length, behind the empty edit that delays it in MP4."""
    delays = container.format.name.startswith("mov")
    lengths = [
        Fraction(s.duration + (max(0, s.start_time or 0) if delays else 0)) * s.time_base
        for s in streams
        if s.duration and s.time_base and s.duration > 0
    ]
    if lengths:
        return max(lengths)
    return Fraction(container.duration, 1_000_000) if container.duration and container.duration > 0 else None
