"""What a visitor plays of a lesson: large or small picture, sound alone, or the file as it came. A link each, so no script is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketang.classroom.catalogue.models import Lesson
from ketang.classroom.renditions.models import Rendition
from ketang.classroom.renditions.queries import renditions_of

ORIGINAL = "original"
NAMES: dict[str, str | Promise] = {
    "720p": _("高清（720p）"), "480p": _("流畅（480p，省流量）"), "audio": _("只听声音"), ORIGINAL: _("原文件"),
}  # fmt: skip
"""By name, in the order in which they are offered; the first that is there is played where nothing was chosen."""
COOKIE = "quality"
_YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Quality:
    """One way to play a lesson."""

    name: str
    words: str
    address: str
    content_type: str
    is_chosen: bool
    is_sound: bool


def qualities(request: HttpRequest, uuid: str, lesson: Lesson) -> Sequence[Quality]:
    """Every way to play the lesson's medium, the chosen one marked; empty while browsers play nothing of it.

    The choice is the address's (`?quality=480p`), else the last one of this browser.
    """
    made = renditions_of(lesson.media_id) if lesson.media_id else {}
    there = {name: one.content_type for name, one in made.items() if name in NAMES}
    if lesson.content_type:
        there[ORIGINAL] = lesson.content_type
    if lesson.is_sound and "audio" in there:
        there.pop(ORIGINAL, None)  # made at the right loudness; the file as it came is for downloading
    offered = [name for name in NAMES if name in there]
    wanted = request.GET.get("quality") or request.COOKIES.get(COOKIE, "")
    chosen = wanted if wanted in offered else next(iter(offered), "")
    return [
        Quality(name, str(NAMES[name]), address(uuid, lesson, name), there[name], name == chosen, name == "audio")
        for name in offered
    ]


def address(uuid: str, lesson: Lesson, name: str) -> str:
    """Where its bytes are."""
    if name == ORIGINAL:
        return reverse("lesson-media", args=[uuid, lesson.order])
    return reverse("lesson-rendition", args=[uuid, lesson.order, name])


def keep(request: HttpRequest, response: HttpResponseBase, offered: Sequence[Quality]) -> None:
    """Remember what was chosen by the address: a choice that names nobody."""
    wanted = request.GET.get("quality", "")
    if wanted in [one.name for one in offered]:
        response.set_cookie(
            COOKIE, wanted, max_age=_YEAR_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax"
        )


def rendition_of(lesson: Lesson, name: str) -> Rendition | None:
    """What was made of its medium under that name."""
    return renditions_of(lesson.media_id).get(name) if lesson.media_id else None
