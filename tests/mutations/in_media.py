"""Media broken on the way to the office, planted in the conforming package, and then decoded and measured."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from io import BytesIO
from typing import Any

import av

from mutations.in_package import V1
from mutations.mutation import Mutation, heard
from mutations.workshop import Copy

RECORDING = "音频/听一听.wav"
Packet = tuple[str, Any, bytes]
_FREE = b"\0\0\0\x08free"
"""An empty box, so that each changed film has a size of its own: digests are kept by file and size."""
_HELD = 12
"""Packets in a row that are damaged."""


def _damaged(kind: str, first: int) -> Callable[[Copy], None]:
    """Bytes inside some packets of the first video's picture or sound changed in place."""

    def plant(copy: Copy) -> None:
        film = bytearray(copy.path(V1).read_bytes())
        with av.open(BytesIO(bytes(film))) as read:
            stream = read.streams.video[0] if kind == "video" else read.streams.audio[0]
            places = [(p.pos, p.size) for p in read.demux(stream) if p.size and p.pos is not None]
        for pos, size in places[first : first + _HELD]:
            film[pos + size // 3 : pos + size] = bytes(byte ^ 0x5A for byte in film[pos + size // 3 : pos + size])
        copy.write(V1, bytes(film) + _FREE * (1 if kind == "video" else 2))

    return plant


def _emptied(copy: Copy) -> None:
    """The header stands, every picture and sound is nought."""
    film = bytearray(copy.path(V1).read_bytes())
    start = film.index(b"mdat") + 4
    end = film.index(b"moov", start) - 4
    film[start:end] = bytes(end - start)
    copy.write(V1, bytes(film) + _FREE * 3)


def _hole(copy: Copy) -> None:
    """Half a second of the sound's own clock is lost after a minute."""
    out = BytesIO()
    with av.open(str(copy.path(V1))) as read, av.open(out, "w", format="mp4") as written:
        streams = {stream.index: written.add_stream_from_template(stream) for stream in read.streams}
        for packet in read.demux():
            if packet.dts is None or packet.pts is None or packet.time_base is None:
                continue
            if packet.stream.type == "audio" and packet.pts * packet.time_base >= 60:
                late = int(Fraction(1, 2) / packet.time_base)
                packet.pts, packet.dts = packet.pts + late, packet.dts + late
            packet.stream = streams[packet.stream.index]
            written.mux(packet)
    copy.write(V1, out.getvalue())


def _glued(copy: Copy) -> None:
    """A transport stream of ten seconds, with the whole film appended."""
    parts = []
    for most in (10, 300):
        out = BytesIO()
        with av.open(str(copy.path(V1))) as read, av.open(out, "w", format="mpegts") as written:
            streams = {stream.index: written.add_stream_from_template(stream) for stream in read.streams}
            for packet in read.demux():
                if packet.dts is None or packet.time_base is None or packet.dts * packet.time_base >= most:
                    continue
                packet.stream = streams[packet.stream.index]
                written.mux(packet)
        parts.append(out.getvalue())
    copy.remove(V1)
    copy.write(V1.replace(".mp4", ".ts"), b"".join(parts))
    copy.row("学习资源", "v1", 文件=V1.replace(".mp4", ".ts"))


def _captioned_in_part(copy: Copy) -> None:
    """Captions for the first ten seconds of the recording and for its end, as when the middle is forgotten."""
    cues = ("00:00.000 --> 00:05.000", "00:05.100 --> 00:10.000", "00:20.000 --> 00:25.000", "00:25.100 --> 00:30.000")
    copy.write("音频/听一听.vtt", "\n\n".join(("WEBVTT", *(f"{cue}\n慢慢喝水" for cue in cues))) + "\n")
    copy.row("学习资源", "a1", 字幕="音频/听一听.vtt")


MEDIA: tuple[Mutation, ...] = (
    heard("film of which nothing can be decoded", V1, _emptied, f"medium-undecodable @ {V1} v1"),
    heard("damaged pictures", V1, _damaged("video", 250), f"picture-damaged @ {V1} v1"),
    heard("damaged sound", V1, _damaged("audio", 470), f"sound-damaged @ {V1} v1 00:10"),
    heard(
        "words without captions",
        RECORDING,
        _captioned_in_part,
        "speech-uncaptioned @ 培训包.xlsx 学习资源!8 字幕 00:10–00:20",
    ),
    heard(
        "claps heard three tenths of a second late",
        V1,
        lambda c: c.film(V1, 300, late=Fraction(3, 10)),
        f"sound-out-of-step @ {V1} v1 00:01–04:59",
    ),
    heard(
        "nothing seen and heard at once",
        V1,
        lambda c: c.film(V1, 300, late=Fraction(3, 2)),
        "step-unconfirmed ? @ 培训包.xlsx 学习资源! resources",
    ),
    heard("hole in the sound's clock", V1, _hole, f"sound-has-gaps @ {V1} v1 01:00"),
    heard(
        "recording cut short",
        RECORDING,
        lambda c: c.cut(RECORDING, 1_000_000),
        f"medium-ends-early @ {RECORDING} a1 00:10",
    ),
    heard(
        "transport streams glued",
        V1.replace(".mp4", ".ts"),
        _glued,
        "medium-clock-restarts @ 视频/尊重老人.ts v1 00:10–00:11",
    ),
)
