"""Facts of the files of a package, asked for by path and kept once found.

`Facts` is the port; `kebao.subjects.reading` fills it from a real tree, `kebao.subjects.sketch` from a few words in an
example. Every answer about a damaged or hostile file is a value, never an exception.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from kebao.captions.cue import Captions
from kebao.media.facts import MediaFacts
from kebao.media.measurement import Measurement
from kebao.media.mouths import Mouth
from kebao.media.shown_text import ShownText
from kebao.model.location import Span
from kebao.model.text import Text

MEDIA_SUFFIXES = frozenset(
    [
        ".mp4",
        ".m4v",
        ".mov",
        ".mkv",
        ".webm",
        ".avi",
        ".wmv",
        ".flv",
        ".mpg",
        ".mpeg",
        ".ts",
        ".m2ts",
        ".mts",
        ".3gp",
        ".rmvb",
        ".rm",
        ".vob",
        ".ogv",
    ]
)
AUDIO_SUFFIXES = frozenset([".mp3", ".m4a", ".wav", ".flac", ".ogg", ".oga", ".opus", ".aac", ".wma", ".amr"])
IMAGE_SUFFIXES = frozenset([".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".svg", ".tif", ".tiff"])
CAPTION_SUFFIXES = frozenset([".vtt", ".srt"])
TEXT_SUFFIXES = frozenset([".md", ".txt", ".docx", ".html", ".htm", ".csv"])


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file cannot be used. `unsafe` marks what must not be opened at all."""

    code: str
    message: Text
    unsafe: bool = False


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """Format, width and height of a picture in pixels."""

    format: str
    width: int
    height: int


class Facts(Protocol):
    """What is known of the files of one package. Paths are relative, NFC, with forward slashes."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file, sorted."""
        ...

    def exists(self, path: str) -> bool:
        """Whether exactly this path is there."""
        ...

    def nearest(self, path: str) -> str | None:
        """The one file whose path differs only by case, slashes or percent-encoding; None when there is none."""
        ...

    def size(self, path: str) -> int:
        """Bytes; 0 for an absent file."""
        ...

    def digest(self, path: str) -> str:
        """SHA-256 in hex; empty for an absent or unreadable file."""
        ...

    def media(self, path: str) -> MediaFacts | Fault:
        """Container facts of a video or audio file."""
        ...

    def measurement(self, path: str) -> Measurement | Fault | None:
        """What one pass over a video or audio file measured; None where nothing was measured (see `measure`)."""
        ...

    def captions(self, path: str) -> Captions | Fault:
        """Captions of a file (.vtt .srt); at most 2 MB of it."""
        ...

    def subtitles(self, path: str) -> tuple[Captions, ...] | Fault:
        """Captions that lie inside a video, track by track."""
        ...

    def shown_text(self, path: str, moments: tuple[Fraction, ...]) -> tuple[ShownText, ...] | Fault | None:
        """Text in the lower third of a video's picture at some moments; None where nothing can read it."""
        ...

    def mouths(self, path: str, spans: tuple[Span, ...]) -> tuple[Mouth, ...] | Fault | None:
        """Mouths of single large faces in stretches of a video; None where nothing can read them."""
        ...

    def image(self, path: str) -> ImageFacts | Fault:
        """Facts of a picture."""
        ...

    def text(self, path: str) -> str | Fault:
        """Words of a text file (.md .txt .docx .html .csv .vtt .srt); at most 2 MB of them."""
        ...

    def fault(self, path: str) -> Fault | None:
        """What is wrong with a file as a file: empty, damaged, mislabelled, unsafe. None when nothing is."""
        ...
