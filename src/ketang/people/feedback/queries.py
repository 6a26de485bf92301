"""Reading feedback."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from ketang.people.feedback.models import Feedback


def every_feedback(*, answered: bool | None = None, words: str = "") -> QuerySet[Feedback]:
    """All of it, unanswered first, the oldest of those first.

    Args:
        answered: only what has an answer, or only what has none.
        words: parts of what was said, of the page or of the answer, all of which must be found.
    """
    found = Feedback.objects.select_related("account", "answered_by")
    if answered is not None:
        found = found.filter(answered_at__isnull=not answered)
    for word in words.split():
        found = found.filter(Q(words__icontains=word) | Q(page__icontains=word) | Q(answer__icontains=word))
    return found.order_by(F("answered_at").asc(nulls_first=True), "sent_at", "pk")
