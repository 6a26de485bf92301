"""Integrated loudness and loudness range beside FFmpeg's own ebur128, on real clips."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import pytest

from kebao.media.meters.bands import BandsMeter
from kebao.media.meters.loudness import LoudnessMeter
from kebao.media.meters.mains import MainsMeter
from kebao.media.meters.peaks import PeaksMeter
from kebao.media.meters.spoken import SpokenMeter
from kebao.media.passage import measure_stream
from kebao.subjects.listening import Listening

CLIPS = (
    "music/librosa_Karissa_Hobbs_-_Lets_Go__87092.ogg",  # stereo
    "music/wesnoth-1.16-music_1b722.ogg",
    "speech/libri_*.flac",  # mono, 16 kHz
    "speech/klettres-fr-*.flac",  # 44.1 kHz
    "video/gopro_max_max-heromode.mp4",
)


def theirs(path: Path) -> tuple[float, float]:
    """FFmpeg's integrated loudness and range after the last frame."""
    found = (0.0, 0.0)
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        graph = av.filter.Graph()
        chain = (graph.add_abuffer(template=stream), graph.add("ebur128", "metadata=1"), graph.add("abuffersink"))
        for one, other in pairwise(chain):
            one.link_to(other)
        graph.configure()
        for frame in container.decode(stream):
            graph.push(frame)
            found = _pulled(graph, found)
        graph.push(None)
        return _pulled(graph, found)


def _pulled(graph: av.filter.Graph, found: tuple[float, float]) -> tuple[float, float]:
    while True:
        try:
            told = graph.pull().metadata
        except (av.BlockingIOError, av.EOFError):
            return found
        if "lavfi.r128.I" in told:
            found = float(told["lavfi.r128.I"]), float(told["lavfi.r128.LRA"])


@pytest.mark.parametrize("name", CLIPS)
def test_the_same_loudness_and_range_as_ffmpeg(shared: Path, name: str) -> None:
    path = sorted((shared / "media").glob(name))[0]
    with path.open("rb") as stream:
        meters = (LoudnessMeter(), PeaksMeter(), BandsMeter(), MainsMeter(), SpokenMeter())
        heard = Listening.of(measure_stream(stream, (), meters, threads=1))
    assert heard is not None
    assert heard.integrated_loudness is not None
    assert heard.loudness_range is not None
    assert (heard.integrated_loudness, heard.loudness_range) == pytest.approx(theirs(path), abs=0.1)
