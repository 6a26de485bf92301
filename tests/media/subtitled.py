"""Recipe of a film with captions inside."""

from __future__ import annotations

import struct
from fractions import Fraction
from io import BytesIO

import av
import numpy as np

from making import SUBTITLE_HEADER

MILLISECOND = Fraction(1, 1000)
Track = tuple[str, str, list[tuple[int, int, str]]]


def payload(codec: str, words: str) -> bytes:
    """What a packet of the codec holds."""
    if codec == "mov_text":
        return struct.pack(">H", len(words.encode())) + words.encode()
    if codec == "ass":
        return ("0,0,Default,,0,0,0,," + words.replace("\n", "\\N")).encode()
    return words.encode()


def make_subtitled(container: str, *tracks: Track, seconds: int = 4) -> bytes:
    """A silent film of 64 × 64.

    Args:
        container: FFmpeg's name of the format.
        tracks: codec, language (empty for none) and cues as start and length in milliseconds with the words.
        seconds: length of the picture.
    """
    out = BytesIO()
    with av.open(out, "w", format=container) as film:
        picture = film.add_stream("libx264", rate=25)
        picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        packets = []
        texts = [film.add_stream(codec) for codec, _, _ in tracks]
        for stream, (codec, language, cues) in zip(texts, tracks, strict=True):
            stream.codec_context.subtitle_header = SUBTITLE_HEADER
            stream.time_base = MILLISECOND
            if language:
                stream.metadata["language"] = language
            for start, length, words in cues:
                packet = av.Packet(payload(codec, words))
                packet.stream, packet.time_base = stream, MILLISECOND
                packet.pts, packet.dts, packet.duration = start, start, length
                packets.append(packet)
        grey = np.full((64, 64, 3), 90, np.uint8)
        for _ in range(25 * seconds):
            packets += picture.encode(av.VideoFrame.from_ndarray(grey, format="rgb24"))
        packets += picture.encode(None)
        for packet in sorted(packets, key=lambda packet: packet.dts * packet.time_base):
            film.mux(packet)
    return out.getvalue()
