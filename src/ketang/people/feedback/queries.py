"""Reading feedback."""

from __future__ import annotations

from django.db.models import QuerySet

from ketang.people.feedback.models import Feedback


def every_feedback() -> QuerySet[Feedback]:
    """All of it, unanswered first, the oldest of those first."""
    return Feedback.objects.select_related("account", "answered_by").order_by("answered_at", "sent_at", "pk")
