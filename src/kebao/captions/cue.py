"""A cue and a whole set of captions, in exact seconds."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption.

    Attributes:
        start, end: presentation time in exact seconds, as written; `end` may lie before `start` in a faulty file.
        lines: what is shown, line by line, without markup; none for an empty cue.
        row: line of the file where its times stand, from 1; None inside a container.
    """

    start: Fraction
    end: Fraction
    lines: tuple[str, ...]
    row: int | None = None

    @property
    def seconds(self) -> Fraction:
        """How long it stands; negative where the times run backwards."""
        return self.end - self.start

    @property
    def words(self) -> str:
        """All lines as one."""
        return " ".join(self.lines)

    @property
    def width(self) -> Fraction:
        """Full-width characters of all lines: what is read."""
        return sum((width(line) for line in self.lines), Fraction(0))


@dataclass(frozen=True, slots=True)
class Captions:
    """One set of captions.

    Attributes:
        cues: in the order of the file.
        format: `vtt`, `srt`, or FFmpeg's name of the codec inside a container.
        encoding: of a file's text; empty inside a container.
        language: as the container says; empty where it does not.
        lost: rows of a file whose times or words no player shows, from 1.
        is_text: False where the words are pictures (DVD, Blu-ray): then there are no cues to read.
    """

    cues: tuple[Cue, ...]
    format: str
    encoding: str = ""
    language: str = ""
    lost: tuple[int, ...] = ()
    is_text: bool = True


def width(line: str) -> Fraction:
    """Width of a line in full-width characters: a half-width one counts one half, a combining mark nothing."""
    halves = 0
    for char in line:
        if not unicodedata.combining(char) and unicodedata.category(char) not in ("Cf", "Cc"):
            halves += 2 if _is_full(char) else 1
    return Fraction(halves, 2)


def _is_full(char: str) -> bool:
    """Full-width by Unicode's UAX 11; of the ambiguous ones the signs (“ ” … — ①) are, in Chinese text, letters are not."""
    kind = unicodedata.east_asian_width(char)
    return kind in ("W", "F") or (kind == "A" and not char.isalpha())
