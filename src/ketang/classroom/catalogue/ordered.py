"""One text of a lesson, in the order of time: what is said, what is seen, what is asked; for braille displays and for reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kebao.captions.reading import read_captions
from kebao.model.location import clock
from ketang.classroom.catalogue.models import Lesson
from ketang.platform.storage.reading import read_whole


class Said(StrEnum):
    """What a line is."""

    SPOKEN = "spoken"
    """Captions."""
    SEEN = "seen"
    """A description of the picture."""
    ASKED = "asked"
    """A question to the learner."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words with the time at which they come, in seconds; None for words without one, which come last."""

    at: Fraction | None
    kind: Said
    words: str

    @property
    def shown(self) -> str:
        """Its time as a person reads it."""
        return clock(self.at) if self.at is not None else ""

    @property
    def second(self) -> int:
        """The whole second at which it begins."""
        return int(self.at or 0)


_ORDER = {Said.SEEN: 0, Said.SPOKEN: 1, Said.ASKED: 2}
"""Of what comes at the same time: the picture first, for words speak of it; a question last."""


def merged(*many: Iterable[TextLine]) -> list[TextLine]:
    """All lines in the order of time; words without a time stand last, as they came. Empty ones are left out, none is lost otherwise."""
    lines = [line for lines in many for line in lines if line.words.strip()]
    timed = [(line.at, _ORDER[line.kind], line) for line in lines if line.at is not None]
    timed.sort(key=lambda one: one[:2])
    return [line for _at, _kind, line in timed] + [line for line in lines if line.at is None]


def text_of(lesson: Lesson, questions: Sequence[TextLine] = ()) -> list[TextLine]:
    """The lesson's text; of one without a clock its paragraphs. `questions` are those that the lesson itself asks."""
    spoken = [TextLine(Fraction(line["start"]), Said.SPOKEN, _joined(str(line["text"]))) for line in lesson.transcript]
    seen: list[TextLine] = []
    if lesson.descriptions is not None:
        told = read_captions(read_whole(lesson.descriptions.digest).decode("utf-8", "replace"))
        seen = [TextLine(cue.start, Said.SEEN, _joined(" ".join(cue.lines))) for cue in told.cues]
    paragraphs: list[TextLine] = []
    if not spoken and lesson.text:
        paragraphs = [TextLine(None, Said.SPOKEN, _joined(part)) for part in lesson.text.splitlines()]
    return merged(seen, spoken, paragraphs, questions)


def _joined(words: str) -> str:
    return " ".join(words.split())
