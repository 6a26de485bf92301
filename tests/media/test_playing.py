"""Which media browsers play: container and codec together decide, and what is unknown is not promised."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kebao.media.facts import AudioFacts, MediaFacts, VideoFacts
from kebao.media.playing import codec, content_type


def film(container: str, picture: str) -> MediaFacts:
    return MediaFacts(
        container, Fraction(8), VideoFacts(picture, 320, 180, Fraction(25)), (AudioFacts("aac", 48_000, 1),)
    )


@pytest.mark.parametrize(
    ("media", "wanted"),
    [
        (film("mov", "h264"), "video/mp4"), (film("matroska", "vp9"), "video/webm"), (film("mov", "hevc"), ""),
        (film("avi", "h264"), ""), (film("matroska", "h264"), ""),
        (MediaFacts("mp3", Fraction(8), None, (AudioFacts("mp3", 44_100, 2),)), "audio/mpeg"),
        (MediaFacts("mov", Fraction(8), None, (AudioFacts("aac", 44_100, 2),)), "audio/mp4"),
        (MediaFacts("asf", Fraction(8), None, (AudioFacts("wmav2", 44_100, 2),)), ""), (MediaFacts("mov", Fraction(8)), ""),
    ],
)  # fmt: skip
def test_container_and_codec_decide(media: MediaFacts, wanted: str) -> None:
    assert content_type(media) == wanted


def test_the_codec_is_that_of_the_picture_where_there_is_one() -> None:
    assert [codec(film("mov", "h264")), codec(MediaFacts("mp3", Fraction(1), None, (AudioFacts("mp3", 1, 1),))), codec(MediaFacts("x", Fraction(1)))] == ["h264", "mp3", ""]  # fmt: skip
