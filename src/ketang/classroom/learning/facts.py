"""What counting asks of a lesson."""

from __future__ import annotations

from dataclasses import dataclass

from ketang.classroom.catalogue.lengths import OF_ROLE, ContentClass
from ketang.classroom.catalogue.models import Lesson
from ketang.classroom.learning.intervals import Spans, measure, within


@dataclass(frozen=True, slots=True)
class Facts:
    """A lesson's length, and stretches `(start, end, role)` of it, in milliseconds."""

    length: int
    stretches: tuple[tuple[int, int, str], ...] = ()

    def by_class(self, counted: Spans) -> dict[str, int]:
        """Milliseconds of what counts, by class of content; classes with none are left out."""
        found: dict[str, int] = {}
        rest = measure(within(counted, 0, self.length))
        for start, end, role in self.stretches:
            amount = measure(within(counted, start, min(end, self.length)))
            if amount and (kind := OF_ROLE.get(role)) is not None:
                found[kind.value] = found.get(kind.value, 0) + amount
                rest -= amount
        if rest:
            found[ContentClass.OTHER.value] = rest
        return found


def facts_of(lesson: Lesson) -> Facts:
    """Those of a row."""
    return Facts(lesson.counts_ms, tuple((int(start), int(end), str(role)) for start, end, role in lesson.stretches))
