"""Reading feedback."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.crypto import constant_time_compare

from ketang.people.feedback.models import PREFIXES, Feedback, today

_NUMBER = re.compile(r"\s*(?:YJ|TS)\s*[0-9]{4}\s*-?\s*([0-9]{1,9})\s*", re.IGNORECASE)


def every_feedback(
    *, answered: bool | None = None, overdue: bool = False, kind: str = "", words: str = ""
) -> QuerySet[Feedback]:
    """All of it, unanswered first, what is due first of those first.

    Args:
        answered: only what has an answer, or only what has none.
        overdue: only what has none though its day is over.
        kind: only of that kind.
        words: parts of what was said, of the page or of the answer, all of which must be found.
    """
    found = Feedback.objects.select_related("account", "answered_by")
    if answered is not None:
        found = found.filter(answered_at__isnull=not answered)
    if overdue:
        found = found.filter(answered_at=None, due_on__lt=today())
    if kind:
        found = found.filter(kind=kind)
    for word in words.split():
        found = found.filter(Q(words__icontains=word) | Q(page__icontains=word) | Q(answer__icontains=word))
    return found.order_by(F("answered_at").asc(nulls_first=True), "due_on", "sent_at", "pk")


def due_by(day: date) -> QuerySet[Feedback]:
    """What has no answer and is due until a day, the earliest first."""
    return Feedback.objects.filter(answered_at=None, due_on__lte=day).order_by("due_on", "sent_at")


def feedback_by_number(number: str, code: str) -> Feedback | None:
    """The one with that number and code; None when either is wrong. Signs that people type between are left out."""
    said = _NUMBER.fullmatch(number)
    if said is None:
        return None
    found = Feedback.objects.filter(pk=int(said[1])).first()
    if found is None or not constant_time_compare(found.code, "".join(code.split()).lower()):
        return None
    return found if number.strip().upper().startswith(PREFIXES[found.kind]) else None  # type: ignore[index]
