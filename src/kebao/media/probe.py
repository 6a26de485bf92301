"""Read the container facts of one medium, with a whitelist of formats and protocols.

FFmpeg would follow a playlist named `.mp4` to other files or to the network. So the bytes are sniffed first, the format
is named to FFmpeg explicitly by what the sniffing found, and the bytes reach it through Python alone (or a plain file):
it never sees a name that it could resolve, and its protocol whitelist holds only `file` or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, cast

import av
import av.logging
from av.container import InputContainer

from kebao.archive.sniff import HEAD_BYTES, kind_in_sentence, sniff
from kebao.media.facts import AudioFacts, MediaFacts, VideoFacts
from kebao.model.errors import Unreadable, Unsafe
from kebao.model.text import Text

av.logging.set_level(None)

# What the sniffing room calls a medium → the demuxers that may read it. A playlist, a script or a list of inputs
# (hls, dash, concat, sdp, image sequences, lavfi) is in no entry, so it can never be opened.
DEMUXERS: dict[str, str] = {
    "mp4": "mov", "matroska": "matroska", "mpeg-ts": "mpegts", "mpeg-ps": "mpeg", "avi": "avi", "flv": "flv",
    "asf": "asf", "mp3": "mp3", "wav": "wav", "flac": "flac", "ogg": "ogg", "aac": "aac",
}  # fmt: skip
PADDING_SECONDS = 1
"""AAC pads the sound by up to two frames and recorders stop sound and picture apart; a longer rest is real sound."""
_NOT_MEDIA = Text(
    zh="这个文件里是{kind}，没有可以播放的画面或声音。请重新导出成 MP4 再放进来。",
    en="This file is {kind}, with no picture or sound to play. Export it again as MP4.",
)
_PLAYLIST = Text(
    zh="这个文件是播放列表，不是视频本身；为安全起见没有打开。请放入真正的视频文件。",
    en="This file is a playlist, not the video itself; it was not opened. Put the real video in.",
)
_DAMAGED = Text(
    zh="视频文件不完整或已损坏，读不出长度和画面。请在录制的设备上重新导出，或重新复制。",
    en="The medium is incomplete or damaged: its length and streams cannot be read. Export or copy it again.",
)


def probe(medium: Path | BinaryIO) -> MediaFacts:
    """Container facts of one file; nothing is decoded.

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
    try:
        with av.open(
            stream,
            format=demuxer,
            metadata_errors="replace",
            container_options={"protocol_whitelist": "", "enable_drefs": "0"}
            if demuxer == "mov"
            else {"protocol_whitelist": ""},
        ) as container:
            return _facts(cast(InputContainer, container))  # opened for reading, so it is one
    except (av.FFmpegError, ValueError, OverflowError, EOFError) as error:
        raise Unreadable("truncated", _DAMAGED) from error


def _facts(container: InputContainer) -> MediaFacts:
    pictures = [stream for stream in container.streams.video if not _is_cover(stream)]
    video = _video(pictures[0]) if pictures else None
    audio = tuple(
        AudioFacts(stream.codec_context.name, stream.codec_context.sample_rate or 0, stream.codec_context.channels or 0)
        for stream in container.streams.audio
        if stream.codec_context is not None
    )
    if video is None and not audio:
        raise Unreadable("truncated", _DAMAGED)
    return MediaFacts(
        container=container.format.name.split(",")[0],
        seconds=_seconds(container, pictures),
        video=video,
        audio=audio,
        subtitles=len(container.streams.subtitles),
    )


def _is_cover(stream: av.VideoStream) -> bool:
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _video(stream: av.VideoStream) -> VideoFacts:
    context = stream.codec_context
    rotation = _rotation(stream)
    width, height = context.width, context.height
    if rotation % 180:
        width, height = height, width
    rate = stream.average_rate or stream.guessed_rate
    return VideoFacts(context.name, width, height, Fraction(rate) if rate else None, rotation)


def _rotation(stream: av.VideoStream) -> int:
    """Degrees clockwise from the stream's own `rotate` tag; the display matrix is read with the first frame later."""
    tag = stream.metadata.get("rotate", "0")
    return int(tag) % 360 if tag.lstrip("-").isdigit() else 0


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
