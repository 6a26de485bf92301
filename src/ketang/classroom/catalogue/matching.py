"""Which lesson of a corrected package is which lesson of the edition before, so that learners keep what they have done."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from uuid import UUID

from ketang.classroom.catalogue.models import Lesson


@dataclass(frozen=True, slots=True)
class Matching:
    """`kept` and `new` are lessons of the later edition, `gone` those of the earlier one that nothing follows."""

    kept: Sequence[Lesson]
    new: Sequence[Lesson]
    gone: Sequence[Lesson]


def thread_onto(earlier: Sequence[Lesson], later: Sequence[Lesson]) -> Matching:
    """Give lessons of the later edition the threads of those they continue: the same medium, else the same id, else the same title.

    Each lesson is used once; a sign that two lessons of one side share tells nothing. Lessons of unlike kinds never match.

    Effects: `thread` of the later lessons, which are not saved.
    """
    waiting, open_ = list(earlier), list(later)
    for sign in (_medium, _item, _place, _title):
        before, after = _by(waiting, sign), _by(open_, sign)
        for key in before.keys() & after.keys():
            old, new = before[key], after[key]
            new.thread = old.thread
            waiting.remove(old)
            open_.remove(new)
    return compare(earlier, later)


def compare(earlier: Sequence[Lesson], later: Sequence[Lesson]) -> Matching:
    """What of the later edition goes on, what is new, and what of the earlier one is gone."""
    before: set[UUID] = {lesson.thread for lesson in earlier}
    after: set[UUID] = {lesson.thread for lesson in later}
    return Matching(
        [lesson for lesson in later if lesson.thread in before],
        [lesson for lesson in later if lesson.thread not in before],
        [lesson for lesson in earlier if lesson.thread not in after],
    )


def _by(lessons: Sequence[Lesson], sign: Callable[[Lesson], Hashable]) -> dict[Hashable, Lesson]:
    """Lessons by a sign that is theirs alone; those without it are left out."""
    found: dict[Hashable, list[Lesson]] = {}
    for lesson in lessons:
        if (key := sign(lesson)) is not None:
            found.setdefault((lesson.kind, key), []).append(lesson)
    return {key: of[0] for key, of in found.items() if len(of) == 1}


def _medium(lesson: Lesson) -> Hashable:
    return lesson.media_id


def _item(lesson: Lesson) -> Hashable:
    """Its id in the package, where the package gives one and does not merely count."""
    return lesson.item if lesson.item and not lesson.item.startswith("resources[") else None


def _place(lesson: Lesson) -> Hashable:
    return (lesson.chapter, lesson.title) if lesson.title else None


def _title(lesson: Lesson) -> Hashable:
    return lesson.title or None
