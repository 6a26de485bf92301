"""Open one medium with a whitelist of formats and protocols.

FFmpeg would follow a playlist named `.mp4` to other files or to the network. So the bytes are sniffed first, the format
is named to FFmpeg explicitly by what the sniffing found, and the bytes reach it through Python alone: it never sees a
name that it could resolve, and its protocol whitelist is empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from os import SEEK_END
from typing import Any, BinaryIO, cast

import av
import av.logging
from av.container import InputContainer
from av.subtitles.stream import SubtitleStream

from kebao.archive.sniff import HEAD_BYTES, kind_in_sentence, sniff
from kebao.model.errors import Unreadable, Unsafe
from kebao.model.text import Text

av.logging.set_level(None)

# What the sniffing room calls a medium → the demuxers that may read it. A playlist, a script or a list of inputs
# (hls, dash, concat, sdp, image sequences, lavfi) is in no entry, so it can never be opened.
DEMUXERS: dict[str, str] = {
    "mp4": "mov", "matroska": "matroska", "mpeg-ts": "mpegts", "mpeg-ps": "mpeg", "avi": "avi", "flv": "flv",
    "asf": "asf", "mp3": "mp3", "wav": "wav", "flac": "flac", "ogg": "ogg", "aac": "aac",
}  # fmt: skip
_NOT_MEDIA = Text(
    zh="这个文件里是{kind}，没有可以播放的画面或声音。请重新导出成 MP4 再放进来。",
    en="This file is {kind}, with no picture or sound to play. Export it again as MP4.",
)
_PLAYLIST = Text(
    zh="这个文件是播放列表，不是视频本身；为安全起见没有打开。请放入真正的视频文件。",
    en="This file is a playlist, not the video itself; it was not opened. Put the real video in.",
)
DAMAGED = Text(
    zh="视频文件不完整或已损坏，读不出长度和画面。请在录制的设备上重新导出，或重新复制。",
    en="The medium is incomplete or damaged: its length and streams cannot be read. Export or copy it again.",
)
_FROM_ZERO = ("mov", "matroska")
"""Formats whose own clock is what a player shows; the others may start at any time, which then is zero."""
_RIFF_SLACK = 4096
"""Bytes that may lack: less than a tenth of a second of sound."""
FAULTS = (av.FFmpegError, ValueError, OverflowError, EOFError)
"""What FFmpeg and PyAV raise on damaged bytes."""


@contextmanager
def opened(stream: BinaryIO) -> Iterator[InputContainer]:
    """The container of a seekable binary stream, which stays open afterwards.

    Raises:
        Unsafe: a playlist.
        Unreadable: empty (`empty`), not a medium (`mislabel`), or damaged (`truncated`).
    """
    demuxer = _demuxer(stream)
    options = {"protocol_whitelist": ""}
    if demuxer == "mov":
        options["enable_drefs"] = "0"
    try:
        container = av.open(stream, format=demuxer, metadata_errors="replace", container_options=options)
    except FAULTS as error:
        raise Unreadable("truncated", DAMAGED) from error
    with container:
        yield cast(InputContainer, container)  # opened for reading, so it is one


def _demuxer(stream: BinaryIO) -> str:
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    kind = sniff(head)
    if not head:
        raise Unreadable("empty", Text(zh="文件是空的（0 字节）。", en="The file is empty (0 bytes)."))
    if kind == "playlist":
        raise Unsafe("playlist", _PLAYLIST)
    demuxer = DEMUXERS.get(kind)
    if demuxer is None:
        raise Unreadable("mislabel", _NOT_MEDIA.format(kind=kind_in_sentence(kind)))
    return demuxer


def pictures_of(container: InputContainer) -> list[av.VideoStream]:
    """Video streams that are no cover picture, in order."""
    return [s for s in container.streams.video if not s.disposition & av.stream.Disposition.attached_pic]


def sound_of(container: InputContainer) -> av.AudioStream | None:
    """The sound that a player would play: the track marked as default, else the first that can be decoded."""
    usable = [s for s in container.streams.audio if s.codec_context is not None and s.codec_context.sample_rate]
    marked = [s for s in usable if s.disposition & av.stream.Disposition.default]
    return next(iter(marked or usable), None)


def time_zero(container: InputContainer, streams: Sequence[av.VideoStream | av.AudioStream]) -> Fraction:
    """The moment on the streams' own clock that a player shows as 00:00, in seconds."""
    if container.format.name.split(",")[0] in _FROM_ZERO:
        return Fraction(0)
    starts = [s.start_time * s.time_base for s in streams if s.start_time is not None and s.time_base is not None]
    return Fraction(min(starts, default=Fraction(0)))


def riff_is_cut(stream: BinaryIO) -> bool:
    """Whether a RIFF file (WAV, AVI) is shorter than its own first line says.

    FFmpeg takes the file's end for its length. A recorder that was switched off leaves 0 or the greatest number: not cut.
    """
    stream.seek(0)
    head = stream.read(8)
    stated = int.from_bytes(head[4:8], "little")
    if not head.startswith(b"RIFF") or stated in (0, 0xFFFFFFFF):
        return False
    return stream.seek(0, SEEK_END) < stated + 8 - _RIFF_SLACK


def packets_of(
    container: InputContainer, streams: Sequence[av.VideoStream | av.AudioStream | SubtitleStream]
) -> Iterator[av.Packet[Any]]:
    """Every packet of these streams; the last of each is empty and ends it.

    Where a damaged transport stream seems to begin a further stream on the way, PyAV looks for it in its list, after the
    last packet of every other: that is the end here.
    """
    try:
        yield from container.demux(*streams)
    except IndexError:
        return
