"""Container facts of a medium: what its header says, nothing decoded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """The first video stream that is no cover picture. Width and height in pixels as shown (rotation applied)."""

    codec: str
    width: int
    height: int
    fps: Fraction | None
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """One audio stream; `sample_rate` in Hz."""

    codec: str
    sample_rate: int
    channels: int


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """Facts of one file.

    Attributes:
        container: FFmpeg's first name of the format (`mov` for MP4 and MOV).
        seconds: exact length: the picture's; the sound's where it is longer by a second or more; else the container's.
        video: None when there is none.
        audio: every audio stream, in order.
        subtitles: number of subtitle streams.
    """

    container: str
    seconds: Fraction
    video: VideoFacts | None = None
    audio: tuple[AudioFacts, ...] = ()
    subtitles: int = 0
