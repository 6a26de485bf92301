"""Reading calls."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from ketang.platform.listing import Listing
from ketang.selection.calls.models import Call, CallState

_PUBLIC = (CallState.PUBLISHED, CallState.CLOSED, CallState.IN_REVIEW, CallState.DECIDED)


def public_calls() -> QuerySet[Call]:
    """Calls that anybody may read, the one closing last first."""
    return Call.objects.filter(state__in=_PUBLIC)


def list_of_public_calls() -> Listing[Call]:
    """The same to be read in pages: those that are open now before all others."""
    now = timezone.now()
    is_open = Q(state=CallState.PUBLISHED, closes_at__gte=now) & (Q(opens_at=None) | Q(opens_at__lte=now))
    place = Case(When(is_open, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Listing(public_calls().order_by(place, "-closes_at", "-id"), Call.objects.all())


def open_calls() -> QuerySet[Call]:
    """Published calls, the one closing first first: what a supplier can answer."""
    return Call.objects.filter(state=CallState.PUBLISHED).order_by("closes_at", "id")


def every_call() -> QuerySet[Call]:
    """All calls, for the office."""
    return Call.objects.all()


def list_of_calls(*, words: str = "", state: str = "") -> Listing[Call]:
    """All calls to be read in pages, the one closing last first.

    Args:
        words: words of title (in either language) or slug, all of which must be found. An office has few calls:
            their files are looked through as they are, without an index of words.
        state: of this state only.
    """
    found = every_call()
    if state:
        found = found.filter(state=state)
    for word in words.split():
        found = found.filter(
            Q(slug__icontains=word) | Q(file__title__zh__icontains=word) | Q(file__title__en__icontains=word)
        )
    return Listing(found, Call.objects.all())
