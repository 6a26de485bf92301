"""Reading calls."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from ketang.platform.listing import Listing
from ketang.selection.calls.models import Call, CallState
from ketang.selection.calls.standing import Standing, standing_is

_PUBLIC = (CallState.PUBLISHED, CallState.CLOSED, CallState.IN_REVIEW, CallState.DECIDED)


def public_calls() -> QuerySet[Call]:
    """Calls that anybody may read, the one closing last first."""
    return Call.objects.filter(state__in=_PUBLIC)


def list_of_public_calls() -> Listing[Call]:
    """The same to be read in pages: those that are open now before all others, then those to come, then the rest."""
    now = timezone.now()
    place = Case(
        When(standing_is(Standing.OPEN, at=now), then=Value(0)),
        When(standing_is(Standing.COMING, at=now), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return Listing(public_calls().order_by(place, "-closes_at", "-id"), Call.objects.all())


def current_calls(most: int) -> tuple[list[Call], list[Call]]:
    """Calls that take packages now, the one closing first first; and those that are to come, the one opening first first.

    Args:
        most: how many at most of both together: an office has a few.
    """
    now = timezone.now()
    either = standing_is(Standing.OPEN, at=now) | standing_is(Standing.COMING, at=now)
    found = list(Call.objects.filter(either).order_by("closes_at", "id")[:most])
    coming = [call for call in found if call.is_coming(now)]
    return [call for call in found if call.is_open(now)], sorted(coming, key=lambda call: (call.opens_at, call.pk))


def every_call() -> QuerySet[Call]:
    """All calls, for the office."""
    return Call.objects.all()


def list_of_calls(*, words: str = "", standing: str = "") -> Listing[Call]:
    """All calls to be read in pages, the one closing last first.

    Args:
        words: words of title (in either language) or slug, all of which must be found. An office has few calls:
            their files are looked through as they are, without an index of words.
        standing: only those that stand so now: a `Standing`.
    """
    found = every_call()
    if standing:
        found = found.filter(standing_is(Standing(standing), at=timezone.now()))
    for word in words.split():
        found = found.filter(
            Q(slug__icontains=word) | Q(file__title__zh__icontains=word) | Q(file__title__en__icontains=word)
        )
    return Listing(found, Call.objects.all())


def category_name(category: str, call: Call | None = None) -> dict[str, str]:
    """The name of a category in both languages, as the call has it, or the newest public one that has it; its id where none does."""
    if not category:
        return {}
    calls = [call] if call is not None else public_calls().order_by("-closes_at", "-id")[:20]
    for one in calls:
        for told in one.file.get("categories", ()):
            if told.get("id") == category:
                return {"zh": told["name"]["zh"], "en": told["name"].get("en") or told["name"]["zh"]}
    return {"zh": category, "en": category}
