"""Chapters inside a medium, by name and time."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import av
import pytest

from kebao.media.chapters import read_chapters
from kebao.model.errors import Unreadable
from making import make_clip


def with_chapters(clip: Path, told: list[tuple[int, str]]) -> io.BytesIO:
    out = io.BytesIO()
    with av.open(str(clip)) as source, av.open(out, "w", format="mp4") as made:
        streams = {stream.index: made.add_stream_from_template(stream) for stream in source.streams}
        made.set_chapters(
            [
                {"id": n, "start": start, "end": start + 1000, "time_base": Fraction(1, 1000), "metadata": {"title": name} if name else {}}
                for n, (start, name) in enumerate(told)
            ]
        )  # fmt: skip
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                made.mux(packet)
    out.seek(0)
    return out


def test_chapters_inside_a_film(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", 8)
    film = with_chapters(clip, [(0, "洗手"), (2500, " 试 温 "), (5000, "")])
    assert read_chapters(film) == ((Fraction(0), "洗手"), (Fraction(5, 2), "试 温"))
    assert read_chapters(io.BytesIO(clip.read_bytes())) == ()
    with pytest.raises(Unreadable):
        read_chapters(io.BytesIO(b"no film"))
