"""A teacher of the platform chooses courses, and the platform gets them signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ketang.classroom.catalogue.models import Course
from ketang.classroom.catalogue.queries import public_courses
from ketang.classroom.exams.queries import open_papers
from ketang.classroom.lti.models import Launch

MOST = 50
"""Courses that are chosen at once."""


def takes_many(launch: Launch) -> bool:
    """Whether the platform takes several courses; where it takes one, another replaces it."""
    return _true(launch.message["settings"].get("accept_multiple", False))


def chosen_in(launch: Launch) -> list[Course]:
    """Courses that are chosen so far and still public, in the order in which they were."""
    found = {str(one.uuid): one for one in public_courses().filter(uuid__in=launch.chosen)}
    return [found[uuid] for uuid in launch.chosen if uuid in found]


def choose(launch: Launch, *, course: Course, wanted: bool) -> None:
    """Put a public course on the list, or take one off. Effects: the launch."""
    with transaction.atomic():
        mine = Launch.objects.select_for_update().get(pk=launch.pk)
        uuid = str(course.uuid)
        rest = [one for one in mine.chosen if one != uuid]
        if wanted and public_courses().filter(pk=course.pk).exists():
            rest = [*rest, uuid][-MOST:] if takes_many(mine) else [uuid]
        mine.chosen = rest
        mine.save(update_fields=["chosen"])
    launch.chosen = mine.chosen


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser brings back: a signed message, and where to."""

    message: str
    to: str
    courses: Sequence[Course]


def answer(launch: Launch, *, nothing: bool = False) -> Answer:
    """The signed answer with what is chosen; with `nothing` for who leaves without."""
    from ketang.classroom.lti import library

    asked: dict[str, Any] = launch.message["settings"]
    lines = _true(asked.get("accept_lineitem", True))
    courses = [] if nothing else chosen_in(launch)
    items = [
        library.Item(
            str(one.uuid), one.title, f"{settings.LETTER_ORIGIN}{reverse('course', args=[one.uuid])}",
            lines and bool(open_papers(one)),
        )
        for one in courses
    ]  # fmt: skip
    message = library.deep_link(launch.platform, launch.message["deployment"], asked, items)
    return Answer(message, asked["deep_link_return_url"], courses)


def _true(said: object) -> bool:
    return said is True or str(said).lower() == "true"  # platforms send either
