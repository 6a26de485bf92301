"""How far a mouth stands open, picture by picture, where one large face is seen: by MediaPipe where it is installed (extra `face`)."""

from __future__ import annotations

import importlib.util
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from kebao.media import mouth_child
from kebao.media.colours import upright
from kebao.media.seeking import Seeker, seeking
from kebao.model.errors import Unreadable
from kebao.model.location import Span
from kebao.model.text import Text

MODULE = "mediapipe"
STRETCHES = 12
"""Stretches looked at from end to end: a minute of film."""
SHORTEST = 2.8
"""Seconds of one face without a break that are worth comparing."""
_LARGE, _BESIDE = 1 / 6, 0.5
"""Least height of the face by that of the picture; most height of another by that of the face."""
_PIXELS = 640
_FASTEST = Fraction(1, 32)
"""Seconds between two pictures that are looked at: of 50 or 60 a second every other."""
_MOST_SECONDS = 300
"""After which the reader's process is ended, whatever it does."""
_NO_READER = Text(zh="口型读取程序没有答复。", en="The program that reads mouths did not answer.")


@dataclass(frozen=True, eq=False)
class Mouth:
    """One face over a stretch of film.

    Attributes:
        times: float64 (pictures,), presentation times in seconds.
        opening: float32 (pictures,), distance of the lips by the height of the face.
    """

    times: NDArray[np.float64]
    opening: NDArray[np.float32]


def is_installed() -> bool:
    """Whether mouths can be read on this machine."""
    return importlib.util.find_spec(MODULE) is not None


def read_mouths(stream: BinaryIO, spans: Sequence[Span]) -> tuple[Mouth, ...]:
    """The mouths of at most `STRETCHES` of these stretches: those in which one large face is seen.

    Whether to look at a stretch is told by its keyframe alone, so that a film without faces costs a picture a stretch.

    Args:
        stream: the medium, seekable; not closed.
        spans: where somebody speaks; those that come first are tried first.

    Returns:
        In order of time, each at least `SHORTEST` seconds long.

    Raises:
        Unsafe, Unreadable: as `probe`; `Unreadable` too where the reader's process fails.
        The extra `face` must be installed; ask `is_installed` first.
    """
    found: list[Mouth] = []
    with seeking(stream) as seeker, _reader() as reader:
        for span in spans:
            key = seeker.key_at(span.start)
            reader.forget()
            if key is None or np.isnan(reader.look(upright(key[1], seeker.pixel_aspect, _PIXELS))):
                continue
            reader.forget()
            mouth = longest(_openings(seeker, reader, span))
            if mouth is not None:
                found.append(mouth)
            if len(found) == STRETCHES:
                break
    return tuple(sorted(found, key=lambda mouth: float(mouth.times[0])))


def longest(seen: Iterable[tuple[float, float]]) -> Mouth | None:
    """The longest run of pictures with a mouth; None where it is too short.

    Args:
        seen: time in seconds and opening of each picture, NaN where there is no single large face.
    """
    rows = np.array(list(seen), np.float64).reshape(-1, 2)
    best = max(_runs(~np.isnan(rows[:, 1])), key=lambda run: run[1] - run[0], default=(0, 0))
    kept = rows[best[0] : best[1]]
    if len(kept) < 2 or kept[-1, 0] - kept[0, 0] < SHORTEST:
        return None
    return Mouth(kept[:, 0], kept[:, 1].astype(np.float32))


def as_rows(mouths: Iterable[Mouth]) -> NDArray[np.float64]:
    """Mouths as float64 (pictures, 3): number of the stretch, time, opening."""
    rows = [
        np.column_stack((np.full(len(mouth.times), number), mouth.times, mouth.opening))
        for number, mouth in enumerate(mouths)
    ]
    return np.concatenate(rows) if rows else np.zeros((0, 3))


def from_rows(rows: NDArray[Any]) -> tuple[Mouth, ...]:
    """The mouths of `as_rows`."""
    found = (rows[rows[:, 0] == number] for number in np.unique(rows[:, 0]))
    return tuple(Mouth(part[:, 1], part[:, 2].astype(np.float32)) for part in found)


class _Reader:
    """Talks with `mouth_child`: one picture, one answer."""

    def __init__(self, taken: Any, told: Any) -> None:
        self._taken, self._told = taken, told

    def forget(self) -> None:
        """The next picture follows no other."""
        self._taken.write(struct.pack(mouth_child.SIZE, 0, 0))
        self._taken.flush()

    def look(self, rgb: NDArray[np.uint8]) -> float:
        """Opening of the one large face in a picture; NaN where there is none."""
        self._taken.write(struct.pack(mouth_child.SIZE, *rgb.shape[:2]) + rgb.tobytes())
        self._taken.flush()
        said = self._told.read(struct.calcsize(mouth_child.ANSWER))
        if len(said) < struct.calcsize(mouth_child.ANSWER):
            raise EOFError
        opening, tall, beside = struct.unpack(mouth_child.ANSWER, said)
        return float(opening) if tall >= _LARGE and beside <= _BESIDE * tall else float("nan")


@contextmanager
def _reader() -> Iterator[_Reader]:
    # Our own file, by our own interpreter; what it prints of itself is nobody's business.
    program = [sys.executable, "-I", mouth_child.__file__]
    with subprocess.Popen(  # noqa: S603
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        taken, told = process.stdin, process.stdout
        assert taken is not None and told is not None  # noqa: S101, PT018  both are pipes
        limit = threading.Timer(_MOST_SECONDS, process.kill)
        limit.start()
        try:
            yield _Reader(taken, told)
        except (BrokenPipeError, EOFError) as error:
            raise Unreadable("no-reader", _NO_READER) from error
        finally:
            limit.cancel()
            with suppress(BrokenPipeError):
                taken.close()
            process.kill()


def _openings(seeker: Seeker, reader: _Reader, span: Span) -> Iterator[tuple[float, float]]:
    last: Fraction | None = None
    for time, frame in seeker.during(span.start, span.end):
        if last is None or time - last >= _FASTEST:
            last = time
            yield float(time), reader.look(upright(frame, seeker.pixel_aspect, _PIXELS))


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [(int(first), int(end)) for first, end in zip(edges[::2], edges[1::2], strict=True)]
