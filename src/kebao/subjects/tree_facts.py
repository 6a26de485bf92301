"""`Facts` of a real package: found once, kept, safe to ask for from several threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, TypeVar

import numpy as np
from numpy.typing import NDArray

from kebao.archive.images import image_facts
from kebao.archive.limits import Limits
from kebao.archive.names import decode_text
from kebao.archive.office import vet_office
from kebao.archive.sniff import HEAD_BYTES, mislabel, sniff
from kebao.archive.tree import Tree
from kebao.captions.cue import Captions
from kebao.captions.reading import read_captions
from kebao.media.facts import MediaFacts
from kebao.media.measurement import Measurement
from kebao.media.mouths import Mouth, as_rows, from_rows, read_mouths
from kebao.media.mouths import is_installed as reads_mouths
from kebao.media.probe import probe_stream
from kebao.media.shown_text import ShownText, is_installed, read_shown_text
from kebao.media.subtitles import read_subtitles
from kebao.model.errors import Unreadable, Unsafe
from kebao.model.location import Span
from kebao.model.text import Text
from kebao.subjects.facts import (
    AUDIO_SUFFIXES,
    CAPTION_SUFFIXES,
    IMAGE_SUFFIXES,
    MEDIA_SUFFIXES,
    TEXT_SUFFIXES,
    Fault,
    ImageFacts,
)  # fmt: skip
from kebao.subjects.words import MOST_BYTES, words_of

T = TypeVar("T")
_OFFICE = frozenset((".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".pptm", ".doc", ".xls", ".ppt"))
_MISSING = Fault("missing", Text(zh="没有这个文件。", en="There is no such file."))


class TreeFacts:
    """Facts over an opened tree.

    The tree stays open as long as facts may still be asked for.
    """

    def __init__(self, tree: Tree, limits: Limits) -> None:
        self._tree, self._limits = tree, limits
        self._sizes = {entry.path: entry.size for entry in tree.entries}
        self._kept: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file, sorted."""
        return tuple(self._sizes)

    def exists(self, path: str) -> bool:
        """Whether exactly this path is there."""
        return path in self._sizes

    def nearest(self, path: str) -> str | None:
        """The one file whose path differs only by case, slashes or percent-encoding."""
        entry = self._tree.find_casefold(path)
        return entry.path if entry is not None and entry.path != path else None

    def size(self, path: str) -> int:
        """Bytes."""
        return self._sizes.get(path, 0)

    def digest(self, path: str) -> str:
        """SHA-256 in hex."""
        if path not in self._sizes:
            return ""
        found = self._keep("digest", path, lambda: self._tree.digest(path))
        return "" if isinstance(found, Fault) else found

    def media(self, path: str) -> MediaFacts | Fault:
        """Container facts."""

        def look() -> MediaFacts:
            with self._tree.open(path) as stream:
                return probe_stream(stream)

        return self._keep("media", path, look)

    def measurement(self, path: str) -> Measurement | Fault | None:
        """What was measured, once `measure` has."""
        with self._lock:
            return self._kept.get(("measurement", path))

    def measure(self, path: str, find: Callable[[], Measurement]) -> None:
        """Keep what `find` measures of a file, or the fault it meets, for rules to read."""
        self._keep("measurement", path, find)

    def open(self, path: str) -> BinaryIO:
        """The file as a seekable stream."""
        return self._tree.open(path)

    def local_path(self, path: str) -> Path | None:
        """Where the file lies on disk; None inside an archive."""
        return self._tree.local_path(path)

    def place(self, path: str) -> tuple[int, int] | None:
        """First byte and length within the archive, where the file's bytes lie there as they are."""
        return self._tree.place(path)

    def captions(self, path: str) -> Captions | Fault:
        """Captions of a file."""

        def look() -> Captions:
            with self._tree.open(path) as stream:
                return read_captions(*decode_text(stream.read(MOST_BYTES)))

        return self._keep("captions", path, look)

    def subtitles(self, path: str) -> tuple[Captions, ...] | Fault:
        """Captions inside a video."""

        def look() -> tuple[Captions, ...]:
            with self._tree.open(path) as stream:
                return read_subtitles(stream)

        return self._keep("subtitles", path, look)

    def shown_text(self, path: str, moments: tuple[Fraction, ...]) -> tuple[ShownText, ...] | Fault | None:
        """Text in the picture, where the extra `ocr` is installed."""
        if not is_installed():
            return None

        def look() -> tuple[ShownText, ...]:
            with self._tree.open(path) as stream:
                return read_shown_text(stream, moments)

        return self._keep("shown text", path, look)

    def mouths(self, path: str, spans: tuple[Span, ...]) -> tuple[Mouth, ...] | Fault | None:
        """Mouths in a measured video, where the extra `face` is installed; kept with what else was read of it."""
        measured = self.measurement(path)
        if not reads_mouths() or not isinstance(measured, Measurement):
            return None

        def read() -> NDArray[np.float64]:
            with self._tree.open(path) as stream:
                return as_rows(read_mouths(stream, spans))

        return self._keep("mouths", path, lambda: from_rows(measured.readings.of("mouths", read)))

    def image(self, path: str) -> ImageFacts | Fault:
        """Facts of a picture."""

        def look() -> ImageFacts:
            with self._tree.open(path) as stream:
                found = image_facts(stream, self._limits, path)
            return ImageFacts(found.format, found.width, found.height)

        return self._keep("image", path, look)

    def text(self, path: str) -> str | Fault:
        """Words of a text file."""

        def look() -> str:
            with self._tree.open(path) as stream:
                return words_of(stream, path, self._limits)

        return self._keep("text", path, look)

    def fault(self, path: str) -> Fault | None:
        """What is wrong with a file as a file."""
        if path not in self._sizes:
            return _MISSING
        found = self._keep("fault", path, lambda: self._find_fault(path))
        if isinstance(found, Fault):
            return found
        with self._lock:
            hashed = self._kept.get(("digest", path))
        return hashed if isinstance(hashed, Fault) else None  # what only reading to the end shows

    def _find_fault(self, path: str) -> Fault | None:
        suffix = _suffix(path)
        if not self._sizes[path]:
            return Fault("empty", Text(zh="文件是空的（0 字节）。", en="The file is empty (0 bytes)."))
        if suffix in MEDIA_SUFFIXES | AUDIO_SUFFIXES:
            return _as_fault(self.media(path))
        if suffix in IMAGE_SUFFIXES:
            return _as_fault(self.image(path))
        with self._tree.open(path) as stream:
            if suffix in _OFFICE:
                vet_office(stream, self._limits, path)
                return None
            said = mislabel(path, sniff(stream.read(HEAD_BYTES)))
        if said is not None:
            return Fault("mislabel", said)
        if suffix in TEXT_SUFFIXES | CAPTION_SUFFIXES:
            return _as_fault(self.text(path))
        return None

    def _keep(self, what: str, path: str, find: Callable[[], T]) -> T | Fault:
        """Find once and keep; a refusal becomes a `Fault`. Two threads may both find: the same answer is kept once."""
        key = (what, path)
        with self._lock:
            if key in self._kept:
                return self._kept[key]  # type: ignore[no-any-return]  # kept under the key that fixes its type
        if path not in self._sizes:
            return _MISSING
        found: T | Fault
        try:
            found = find()
        except Unsafe as refusal:
            found = Fault(refusal.code, refusal.message, unsafe=True)
        except Unreadable as refusal:
            found = Fault(refusal.code, refusal.message)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            found = Fault("unreadable", Text(zh=f"文件读不出来：{reason}。", en=f"The file cannot be read: {reason}."))
        with self._lock:
            return self._kept.setdefault(key, found)  # type: ignore[no-any-return]


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def _as_fault(found: object) -> Fault | None:
    return found if isinstance(found, Fault) else None
