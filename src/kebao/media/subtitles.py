"""Captions that lie inside a medium, as cues. Neither picture nor sound is decoded."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, BinaryIO

import av
from av.container import InputContainer
from av.stream import Discard
from av.subtitles.stream import SubtitleStream

from kebao.captions.cue import Captions, Cue
from kebao.captions.reading import shown_lines
from kebao.media.opened import DAMAGED, FAULTS, opened, packets_of
from kebao.model.errors import Unreadable

_PICTURES = frozenset(("dvd_subtitle", "dvdsub", "dvb_subtitle", "dvbsub", "hdmv_pgs_subtitle", "pgssub", "xsub"))
MOST_CUES = 20_000
"""Cues of one track that are kept: a cue a second for five hours."""


def read_subtitles(stream: BinaryIO) -> tuple[Captions, ...]:
    """Every subtitle track of a medium, in order.

    Args:
        stream: seekable; not closed.

    Raises:
        Unsafe, Unreadable: as `probe`.
    """
    with opened(stream) as container:
        try:
            return _read(container)
        except FAULTS as error:
            raise Unreadable("truncated", DAMAGED) from error


def _read(container: InputContainer) -> tuple[Captions, ...]:
    tracks = list(container.streams.subtitles)
    for stream in container.streams:
        stream.discard = Discard.default if stream.type == "subtitle" else Discard.all
    cues: dict[int, list[Cue]] = {stream.index: [] for stream in tracks}
    readable = [stream for stream in tracks if not _is_picture(stream)]
    if readable:
        for packet in packets_of(container, readable):
            kept = cues[packet.stream.index]
            cue = _cue(packet)
            if cue is not None and len(kept) < MOST_CUES:
                kept.append(cue)
    return tuple(
        Captions(
            tuple(cues[stream.index]),
            _codec(stream),
            language="" if stream.language in (None, "und") else str(stream.language),
            is_text=not _is_picture(stream),
        )
        for stream in tracks
    )


def _cue(packet: av.Packet[Any]) -> Cue | None:
    """One packet's words; None for the empty packets that MP4 puts between cues, and for the end of the stream."""
    if not packet.size or packet.pts is None or packet.time_base is None:
        return None
    try:
        rectangles = packet.decode()
    except FAULTS:
        return None
    said = [getattr(part, "dialogue", b"") for part in rectangles]
    lines = shown_lines("\n".join(words.decode("utf-8", "replace") for words in said if words))
    if not lines:
        return None
    base = Fraction(packet.time_base)
    return Cue(max(Fraction(0), packet.pts * base), (packet.pts + (packet.duration or 0)) * base, lines)


def _codec(stream: SubtitleStream) -> str:
    return stream.codec_context.name if stream.codec_context is not None else ""


def _is_picture(stream: SubtitleStream) -> bool:
    return stream.codec_context is None or _codec(stream) in _PICTURES
