"""The part of a lesson's page that tells and counts progress."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from ketang.classroom.catalogue.models import Lesson
from ketang.classroom.learning.actions import FINISHED_PER_CENT
from ketang.classroom.learning.queries import StudiedLesson, progress_on
from ketang.classroom.learning.tickets import now_ms, ticket_for
from ketang.people.account.models import Account
from ketang.web.learner.who import learner_of


@dataclass(frozen=True, slots=True)
class ProgressPart:
    """What `web/learner/parts/progress.html` shows, and what `progress.js` needs. `learner` is None for a visitor."""

    ticket: str
    now: int
    studied: StudiedLesson
    learner: Account | None
    finished: int = FINISHED_PER_CENT


def progress_part(request: HttpRequest, lesson: Lesson) -> ProgressPart:
    """The part of this lesson for who looks, with a ticket from now on."""
    learner = learner_of(request) if request.user.is_authenticated else None
    held = progress_on(learner, lesson) if learner else None
    studied = StudiedLesson(lesson)
    if held is not None:
        studied = StudiedLesson(lesson, held.counted_ms, held.place_ms, held.finished_at, held.studied_at)
    now = now_ms()
    return ProgressPart(ticket_for(learner, lesson, now=now), now, studied, learner)
