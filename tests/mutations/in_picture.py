"""Faults of the picture, drawn, encoded and put in the place of a stretch of the first video, which is then decoded and measured."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from io import BytesIO
from typing import Any

import av
import numpy as np

from kebao.subjects.sketch_picture import RATE, drawn
from making import make_clip
from mutations.in_package import V1
from mutations.mutation import Mutation, heard
from mutations.workshop import Copy

SECONDS, PART = 300, 8
"""Length of the video, and of the stretch that is faulty: the third one, from 00:16 on."""
AT = 2
Packet = tuple[int, int, int, bool, bytes]


@cache
def _part(faults: tuple[tuple[str, Any], ...], interlaced: bool) -> tuple[Any, tuple[Packet, ...]]:
    """An encoded stretch: bytes of a film of it, and its packets as (pts, dts, duration, is a key frame, content)."""
    out = BytesIO()
    with av.open(out, "w", format="mp4") as written:
        options = {"preset": "veryfast", "crf": "23", "bf": "0", "g": str(PART * RATE)}
        if interlaced:
            options["x264-params"] = "interlaced=1"
        stream = written.add_stream("libx264", rate=RATE, options=options)
        planes = drawn(PART, **dict(faults))
        stream.height, stream.width = (2 * side for side in planes[0][0].shape)
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        for picture in planes:
            coded = [np.kron(np.clip(np.rint(plane), 0, 255), np.ones((2, 2))).astype(np.uint8) for plane in picture]
            whole = np.concatenate([plane.reshape(-1) for plane in coded]).reshape(stream.height * 3 // 2, stream.width)
            written.mux(stream.encode(av.VideoFrame.from_ndarray(whole, format="yuv420p")))
        written.mux(stream.encode(None))
    with av.open(BytesIO(out.getvalue())) as read:
        packets = [p for p in read.demux(video=0) if p.size]
        return out.getvalue(), tuple((p.pts, p.dts, p.duration, p.is_keyframe, bytes(p)) for p in packets)


def _film(copy: Copy, faults: tuple[tuple[str, Any], ...], *, everywhere: bool, interlaced: bool) -> None:
    """The first video anew: drawn pictures with the fault in one stretch or in all, beneath a quiet tone."""
    clean = _part((), interlaced)
    parts = [_part(faults, interlaced) if everywhere or n == AT else clean for n in range(-(-SECONDS // PART))]
    sounded = make_clip(copy.root.parent / "tone.mp4", SECONDS)
    out = BytesIO()
    with av.open(BytesIO(clean[0])) as first, av.open(str(sounded)) as tone, av.open(out, "w", format="mp4") as written:
        base = first.streams.video[0].time_base
        assert base is not None
        video = written.add_stream_from_template(first.streams.video[0])
        audio = written.add_stream_from_template(tone.streams.audio[0])
        for number, (_, packets) in enumerate(parts):
            shift = int(number * PART / base)
            for pts, dts, duration, key, content in packets:
                if (pts + shift) * base >= SECONDS:
                    continue
                packet = av.Packet(content)
                packet.time_base, packet.pts, packet.dts, packet.duration = base, pts + shift, dts + shift, duration
                packet.is_keyframe, packet.stream = key, video
                written.mux(packet)
        for packet in tone.demux(audio=0):
            if packet.dts is not None and packet.dts * Fraction(packet.time_base or 1) < SECONDS:
                packet.stream = audio
                written.mux(packet)
    sounded.unlink()
    copy.write(V1, out.getvalue())


def _with(*, everywhere: bool = False, interlaced: bool = False, **faults: Any) -> Callable[[Copy], None]:
    return lambda copy: _film(copy, tuple(sorted(faults.items())), everywhere=everywhere, interlaced=interlaced)


def _place(start: str, end: str = "") -> str:
    return f"{V1} v1 {start}–{end}" if end else f"{V1} v1 {start}"


_NO_CLAP = "step-unconfirmed ? @ 培训包.xlsx 学习资源! resources"
"""A drawn film under a tone has no moment that is seen and heard, so people are asked about its step, too."""


def _filmed(name: str, plant: Callable[[Copy], None], *said: str) -> Mutation:
    return heard(name, V1, plant, *said, _NO_CLAP)


FILMED: tuple[Mutation, ...] = (
    _filmed("a drawn film without a fault", _with()),
    _filmed("a foreign frame", _with(foreign_at=70), f"foreign-frame @ {_place('00:18')}"),
    _filmed("a black frame", _with(black_at=70), f"foreign-frame @ {_place('00:18')}"),
    _filmed("a frame shown twice", _with(repeated_at=70), f"repeated-frame @ {_place('00:18')}"),
    _filmed("half of the next shot before a cut", _with(splice_at=70), f"unsteady-splice @ {_place('00:18')}"),
    _filmed("a frozen picture", _with(frozen=(50, 130)), f"frozen-picture @ {_place('00:18', '00:21')}"),
    _filmed("black for three seconds", _with(black=(50, 130)), f"black-picture @ {_place('00:18', '00:21')}"),
    _filmed(
        "suddenly brighter",
        _with(gain_from=(70, 0.05, 0.0)),
        f"light-jump @ {_place('00:18')}",
        f"light-jump @ {_place('00:24')}",
    ),
    _filmed(
        "suddenly of another tint",
        _with(gain_from=(70, 0.0, 0.05)),
        f"light-jump @ {_place('00:18')}",
        f"light-jump @ {_place('00:24')}",
    ),
    _filmed("a trembling camera", _with(shake_share=0.004), f"shaky-picture @ {_place('00:15', '00:24')}"),
    _filmed(
        "back to the scene in another tint",
        _with(cut_away=(50, 90), back_warmer=0.1),
        f"shots-differ-in-colour @ {_place('00:19', '05:00')}",
        f"light-jump @ {_place('00:24')}",  # the stretch after it is as before
    ),
    _filmed("a film with a cast", _with(everywhere=True, cast=0.2), f"colour-cast ? @ {V1} v1"),
    _filmed(
        "flashing",
        _with(flash_hz=5),
        f"flashing-picture @ {_place('00:16', '00:24')}",
    ),
    _filmed("an interlaced film", _with(interlaced=True), f"interlaced-picture @ {V1} v1"),
    _filmed("combs burnt in", _with(everywhere=True, combed=True), f"combed-picture @ {V1} v1"),
    _filmed("stripes as fine as a line", _with(everywhere=True, striped=True)),
)
