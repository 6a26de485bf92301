"""Captions inside a container: each codec of text gives the same cues in exact time."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO

import pytest

from kebao.captions.cue import Captions, Cue
from kebao.media.probe import probe_stream
from kebao.media.subtitles import read_subtitles
from kebao.model.errors import Unreadable
from media.subtitled import make_subtitled

CUES = [(1000, 1000, "先洗手\n再试水温"), (2500, 1001, "<b>慢慢</b>喝")]
READ = (
    Cue(Fraction(1), Fraction(2), ("先洗手", "再试水温")),
    Cue(Fraction(5, 2), Fraction(3501, 1000), ("慢慢喝",)),
)


@pytest.mark.parametrize(
    "container, codec, name",
    [("mp4", "mov_text", "mov_text"), ("matroska", "subrip", "srt"), ("matroska", "webvtt", "webvtt"), ("matroska", "ass", "ssa")],
)  # fmt: skip
def test_each_codec_gives_the_same_cues(container: str, codec: str, name: str) -> None:
    made = make_subtitled(container, (codec, "chi", CUES))
    assert read_subtitles(BytesIO(made)) == (Captions(READ, name, language="chi"),)
    assert probe_stream(BytesIO(made)).subtitles == 1


def test_two_tracks_keep_their_order_and_language() -> None:
    made = make_subtitled("mp4", ("mov_text", "chi", CUES), ("mov_text", "", CUES[:1]))
    assert read_subtitles(BytesIO(made)) == (
        Captions(READ, "mov_text", language="chi"),
        Captions(READ[:1], "mov_text"),
    )


def test_a_film_without_captions_has_none() -> None:
    assert read_subtitles(BytesIO(make_subtitled("mp4"))) == ()


def test_a_cut_film_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_subtitles(BytesIO(make_subtitled("mp4", ("mov_text", "chi", CUES))[:600]))
