"""Read the container facts of one medium; at most one picture is decoded, for its rotation."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import av
from av.container import InputContainer

from kebao.media.facts import AudioFacts, MediaFacts, VideoFacts
from kebao.media.opened import DAMAGED, FAULTS, opened, pictures_of
from kebao.model.errors import Unreadable

_ROTATING = ("mov", "matroska")
"""Formats that carry a display matrix."""
_LOOKED_AT = 50
"""Packets of picture that are tried for a first picture: a damaged start must not cost a whole pass."""
PADDING_SECONDS = 1
"""AAC pads the sound by up to two frames and recorders stop sound and picture apart; a longer rest is real sound."""


def probe(medium: Path | BinaryIO) -> MediaFacts:
    """Container facts of one file; at most one picture is decoded.

    Args:
        medium: a path, or a seekable binary stream (which is not closed).

    Raises:
        Unsafe: a playlist.
        Unreadable: empty (`empty`), not a medium (`mislabel`), or damaged (`truncated`).
    """
    if isinstance(medium, Path):
        with medium.open("rb") as stream:
            return probe_stream(stream)
    return probe_stream(medium)


def probe_stream(stream: BinaryIO) -> MediaFacts:
    """`probe` for an open, seekable stream."""
    try:
        with opened(stream) as container:
            return _facts(container)
    except FAULTS as error:
        raise Unreadable("truncated", DAMAGED) from error


def _facts(container: InputContainer) -> MediaFacts:
    pictures = pictures_of(container)
    video = _video(container, pictures[0]) if pictures else None
    audio = tuple(
        AudioFacts(stream.codec_context.name, stream.codec_context.sample_rate or 0, stream.codec_context.channels or 0)
        for stream in container.streams.audio
        if stream.codec_context is not None
    )
    if video is None and not audio:
        raise Unreadable("truncated", DAMAGED)
    return MediaFacts(
        container=container.format.name.split(",")[0],
        seconds=_seconds(container, pictures),
        video=video,
        audio=audio,
        subtitles=len(container.streams.subtitles),
    )


def _video(container: InputContainer, stream: av.VideoStream) -> VideoFacts:
    context = stream.codec_context
    rotation = _rotation(container, stream)
    width, height = context.width, context.height
    if rotation % 180:
        width, height = height, width
    rate = stream.average_rate or stream.guessed_rate
    return VideoFacts(context.name, width, height, Fraction(rate) if rate else None, rotation)


def _rotation(container: InputContainer, stream: av.VideoStream) -> int:
    """Degrees clockwise by the display matrix, which telephones write; PyAV shows it on a decoded picture alone."""
    if container.format.name.split(",")[0] not in _ROTATING:
        return 0
    stream.codec_context.thread_type = "NONE"
    try:
        for packet in islice(container.demux(stream), _LOOKED_AT):
            for frame in packet.decode():
                return -frame.rotation % 360  # PyAV counts counter-clockwise
    except FAULTS:
        return 0
    return 0


def _seconds(container: InputContainer, pictures: list[av.VideoStream]) -> Fraction:
    """The longest stream's own length in exact seconds; the container's (microseconds) where streams state none.

    Sound that outlasts the picture by less than a second is the codec's padding: the picture's length counts then.
    """
    seen, heard = _longest(pictures), _longest(container.streams.audio)
    if seen and heard < seen + PADDING_SECONDS:
        return seen
    if seen or heard:
        return max(seen, heard)
    if container.duration and container.duration > 0:
        return Fraction(container.duration, 1_000_000)
    return Fraction(0)


def _longest(streams: Sequence[av.VideoStream | av.AudioStream]) -> Fraction:
    lengths = [
        Fraction(stream.duration) * stream.time_base
        for stream in streams
        if stream.duration and stream.time_base and stream.duration > 0
    ]
    return max(lengths, default=Fraction(0))
