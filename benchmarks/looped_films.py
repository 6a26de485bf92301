"""Long films for benchmarks: a real clip's packets muxed again and again, so nothing is encoded twice and nothing is drawn."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("KEBAO_SHARED", ROOT.parent / "shared"))


@dataclass(frozen=True)
class Film:
    """One film: the real clip it loops, and what to call it."""

    name: str
    clip: str
    note: str = "real clip, looped"


FILMS = (
    Film("480p", "video/gopro_max_max-heromode.mp4", "real 848×480 clip of an action camera, looped"),
    Film("720p", "video/sam2_cups_02_cups.mp4", "real 1280×720 clip of hands at a table, looped"),
    Film("1080p", "video/mapillary_s5_sample-5s.mp4", "real 1920×1080 clip in a park, looped"),
)


def looped(clip: Path, target: Path, seconds: int) -> Path:
    """A film of at least `seconds`: each stream is repeated in its own length, so that its times run on without a gap."""
    if target.is_file():
        return target
    part = target.with_suffix(".part.mp4")
    with av.open(str(clip)) as source, av.open(str(part), "w", format="mp4") as film:
        kept = [*source.streams.video[:1], *source.streams.audio[:1]]
        made = {stream.index: film.add_stream_from_template(stream) for stream in kept}
        packets = [packet for packet in source.demux(*kept) if packet.dts is not None and packet.size]
        rows = [(p.stream_index, p.time_base, p.pts, p.dts, p.duration, p.is_keyframe, bytes(p)) for p in packets]
        lengths = {stream.index: _length([row for row in rows if row[0] == stream.index]) for stream in kept}
        queue = []
        for stream in kept:
            own = [row for row in rows if row[0] == stream.index]
            length = lengths[stream.index]
            turns = -(-seconds // max(1, int(length * own[0][1]))) + 1
            queue += [
                (
                    float((dts + turn * length) * base),
                    index,
                    base,
                    pts + turn * length,
                    dts + turn * length,
                    duration,
                    key,
                    content,
                )
                for turn in range(turns)
                for index, base, pts, dts, duration, key, content in own
                if (pts + turn * length) * base < seconds
            ]
        for _, index, base, pts, dts, duration, key, content in sorted(queue, key=lambda row: row[:2]):
            packet = av.Packet(content)
            packet.time_base, packet.pts, packet.dts, packet.duration = Fraction(base), pts, dts, duration
            packet.is_keyframe, packet.stream = key, made[index]
            film.mux(packet)
    part.rename(target)
    return target


def _length(rows: list[tuple]) -> int:
    """Ticks from the first presentation to the end of the last."""
    return max(row[2] + row[4] for row in rows) - min(row[2] for row in rows)
