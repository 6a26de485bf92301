"""What FFmpeg's own filters catch of the same files: silencedetect, ebur128, astats, scdet, freezedetect, blackdetect.

They run through PyAV's filter graph on the same encoded trials. Their thresholds are set in their favour: the shortest
length a one-picture fault needs, and for the three that only measure (ebur128, astats, scdet's score) a plain limit on
what they print. What they raise on clean material is counted with the same limits.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import av
import numpy as np

VERSION = 1
ONE_IN = 3
"""Of the planted trials, this part runs through the filters too, chosen by digest; clean material all."""
SCENE = 10.0
"""scdet's default threshold, percent of change."""
STEP_LU = 5.0
"""Change of ebur128's short-term loudness within three seconds taken for a step."""
FLAT = 3.0
"""astats' Flat_factor (repeats of the extreme value) taken for clipping."""
SIDE_DB = 20.0
"""Difference of the channels' RMS by astats taken for a missing side."""
FLOOR_DB = -50.0
"""Noise floor by astats, dBFS, taken for noise or hum."""
_PICTURE = "scdet=threshold=1,freezedetect=noise=-60dB:duration=0.05,blackdetect=black_min_duration=0.01:picture_black_ratio_th=0.9"
_SOUND = "ebur128=metadata=1,astats=metadata=1:reset=50,silencedetect=noise=-60dB:duration=0.4"


@dataclass(frozen=True)
class Event:
    """What a filter raised: which, and from when to when in seconds."""

    filter: str
    start: float
    end: float


CATCHES: dict[str, tuple[str, ...]] = {
    "hum": ("astats floor",), "noise": ("astats floor",), "clipping": ("astats flat",),
    "level-step": ("ebur128",), "level-ramp": ("ebur128",), "dropout": ("silencedetect",), "one-sided": ("astats sides",),
    "phase-inverted": (), "music-balance": (), "live-balance": (), "sync": (),
    "foreign-frame": ("scdet",), "black-frame": ("blackdetect", "scdet"), "flash-frame": ("scdet",),
    "repeated-frame": ("freezedetect",), "dropped-frame": ("scdet",), "frozen": ("freezedetect",),
    "field-leftover": (), "half-leftover": (), "position-bump": ("scdet",), "exposure-jump": ("scdet",),
    "colour-jump": ("scdet",), "shake": (), "aba-mismatch": (), "cast": (), "flashing": ("scdet",),
}  # fmt: skip
"""Which filter could name which defect; none for those that no filter of the six looks for."""


def events(path: Path, kept: Path) -> tuple[Event, ...]:
    """Events of both graphs on one file; remembered at `kept`."""
    if kept.is_file():
        read = json.loads(kept.read_text(encoding="utf-8"))
        if read["version"] == VERSION:
            return tuple(Event(**row) for row in read["events"])
    with av.open(str(path)) as container:
        found = list(_seen(container)) if container.streams.video else []
    with av.open(str(path)) as container:
        found += _heard(container) if container.streams.audio else []
    kept.write_text(json.dumps({"version": VERSION, "events": [asdict(event) for event in found]}), encoding="utf-8")
    return tuple(found)


def _run(
    container: av.container.InputContainer, stream: av.VideoStream | av.AudioStream, chain: str
) -> Iterator[tuple[float, dict[str, str]]]:
    """Times and metadata of every filtered frame."""
    graph = av.filter.Graph()
    source = (
        graph.add_buffer(template=stream) if isinstance(stream, av.VideoStream) else graph.add_abuffer(template=stream)
    )
    sink = graph.add("buffersink" if isinstance(stream, av.VideoStream) else "abuffersink")
    last = source
    for part in chain.split(","):
        name, _, options = part.partition("=")
        node = graph.add(name, options)
        last.link_to(node)
        last = node
    last.link_to(sink)
    graph.configure()
    for frame in container.decode(stream):
        source.push(frame)
        yield from _pulled(sink)
    source.push(None)
    yield from _pulled(sink)


def _pulled(sink: av.filter.context.FilterContext) -> Iterator[tuple[float, dict[str, str]]]:
    while True:
        try:
            frame = sink.pull()
        except (av.BlockingIOError, av.EOFError):
            return
        yield float(frame.pts * frame.time_base), dict(frame.metadata)


def _seen(container: av.container.InputContainer) -> Iterator[Event]:
    stream = container.streams.video[0]
    opened: dict[str, float] = {}
    end = 0.0
    for end, said in _run(container, stream, _PICTURE):
        if float(said.get("lavfi.scd.score", 0)) >= SCENE:
            yield Event("scdet", end, end)
        for name, start, stop in (
            ("freezedetect", "lavfi.freezedetect.freeze_start", "lavfi.freezedetect.freeze_end"),
            ("blackdetect", "lavfi.black_start", "lavfi.black_end"),
        ):
            if start in said:
                opened[name] = float(said[start])
            if stop in said and name in opened:
                yield Event(name, opened.pop(name), float(said[stop]))
    for name, start in opened.items():
        yield Event(name, start, end)


def _heard(container: av.container.InputContainer) -> list[Event]:
    found: list[Event] = []
    levels: list[tuple[float, float]] = []
    silent: float | None = None
    time = 0.0
    for time, said in _run(container, container.streams.audio[0], _SOUND):
        levels.append((time, float(said.get("lavfi.r128.S", "nan"))))
        found += _statistics(time, said)
        if "lavfi.silence_start" in said:
            silent = float(said["lavfi.silence_start"])
        if "lavfi.silence_end" in said and silent is not None:
            found.append(Event("silencedetect", silent, float(said["lavfi.silence_end"])))
            silent = None
    if silent is not None:
        found.append(Event("silencedetect", silent, time))
    return found + _steps(levels)


def _statistics(time: float, said: dict[str, str]) -> Iterator[Event]:
    """astats' numbers of the last second or so, held against the limits."""

    def number(name: str, channel: str = "1") -> float:
        return float(said.get(f"lavfi.astats.{channel}.{name}", "nan"))

    start = max(0.0, time - 1.0)
    if number("Flat_factor") >= FLAT and number("Peak_level") > -1.0:
        yield Event("astats flat", start, time)
    if number("Noise_floor") > FLOOR_DB:
        yield Event("astats floor", start, time)
    if abs(number("RMS_level") - number("RMS_level", "2")) > SIDE_DB:
        yield Event("astats sides", start, time)


def _steps(levels: list[tuple[float, float]]) -> list[Event]:
    """Where short-term loudness (three seconds) differs from that three seconds later: the middle of every such stretch."""
    if not levels:
        return []
    times, values = (np.array(column) for column in zip(*levels, strict=True))
    later = np.interp(times + 3.0, times, values)
    there = np.isfinite(values) & np.isfinite(later) & (values > -70) & (later > -70) & (times + 3 <= times[-1])
    over = there & (np.abs(later - values) >= STEP_LU)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], over, [False]]).astype(int)))
    middles = [float((times[a] + times[b - 1]) / 2) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return [Event("ebur128", middle, middle) for middle in middles]
