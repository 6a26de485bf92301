"""What a course brings for who needs it, told from its lessons and from what was made of their films. Nobody declares it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Lesson, LessonKind, Shown
from ketang.classroom.renditions.queries import heard_of


class Need(models.TextChoices):
    """What a learner may need of a course: of all its lessons, or it does not count."""

    CAPTIONS = "captions", _("字幕")
    SIGN = "sign", _("手语")
    DESCRIPTION = "description", _("口述")
    TRANSCRIPT = "transcript", _("文字稿")
    EASY = "easy", _("易读")
    KEYBOARD = "keyboard", _("可用键盘")
    AUDIO = "audio", _("可只听")


EASY_CHARACTERS, EASY_SHARE = 20, 0.9
"""A text is easy to read when nine of ten sentences have at most so many characters: about what is read at one look and a half."""

_ENDS = re.compile(r"[。！？；!?;\n]+")


def needs_of(course: Shown, lessons: Sequence[Lesson]) -> list[Need]:
    """Which needs all its lessons meet, in their order.

    Captions, sign, descriptions and transcripts as the edition says. Easy: every lesson has words to read, in short sentences. By
    keyboard: no simulation, whose keys nobody knows; everything else is operated by our own controls. Heard: of each film there
    is a version with the sound alone.
    """
    met = {
        Need.CAPTIONS: course.has_captions, Need.SIGN: course.has_sign, Need.DESCRIPTION: course.has_descriptions,
        Need.TRANSCRIPT: course.has_transcript, Need.EASY: _is_easy(lessons), Need.KEYBOARD: _by_keyboard(lessons),
        Need.AUDIO: _is_heard(lessons),
    }  # fmt: skip
    return [need for need in Need if met[need]]


def _is_easy(lessons: Sequence[Lesson]) -> bool:
    lengths: list[int] = []
    for lesson in lessons:
        words = "".join(str(line["text"]) for line in lesson.transcript) or lesson.text
        if not words.strip():
            return False
        lengths += [length for one in _ENDS.split(words) if (length := len("".join(one.split())))]
    return bool(lengths) and sum(length <= EASY_CHARACTERS for length in lengths) >= EASY_SHARE * len(lengths)


def _by_keyboard(lessons: Sequence[Lesson]) -> bool:
    return bool(lessons) and all(lesson.kind != LessonKind.SIMULATION for lesson in lessons)


def _is_heard(lessons: Sequence[Lesson]) -> bool:
    media = [lesson for lesson in lessons if lesson.media_id]
    films = [str(lesson.media_id) for lesson in media if not lesson.is_sound]
    return bool(media) and heard_of(films) == set(films)
