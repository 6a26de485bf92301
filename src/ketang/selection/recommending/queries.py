"""Reading what recommending bodies did. Pages by link ask only for what is the body's own; the office's ask `permissions` first."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ketang.platform.listing import Listing
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission
from ketang.selection.recommending.models import (
    Listed,
    Recommendation,
    RecommendationRow,
    Recommender,
    RecommenderLink,
)

_PLACES = ("submission__organisation", "submission__latest", "arrival__merged_into__submission")
_LONG = ("submission__draft", "submission__latest__form")
"""What was filled in is long, and not read for a list."""


def recommenders() -> QuerySet[Recommender]:
    """Every one, with what its page shows."""
    return Recommender.objects.select_related("organisation", "call")


def list_of_recommenders(call: Call, words: str = "") -> Listing[Recommender]:
    """Those of a call, the one registered last first, with `packages` and `letters` that stand, and whether a link `works`."""
    rows = Recommender.objects.filter(call=call).order_by("-id")
    for word in words.split():
        rows = rows.filter(organisation__name__icontains=word)
    links = RecommenderLink.objects.filter(recommender=OuterRef("pk"), ended_at=None)
    shown = Recommender.objects.select_related("organisation").annotate(
        packages=Count("listed", filter=Q(listed__removed_at=None), distinct=True),
        letters=Count("recommendations", filter=Q(recommendations__withdrawn_at=None), distinct=True),
        linked=Exists(links),
    )
    return Listing(rows, shown)


def newest_link(recommender: Recommender) -> RecommenderLink | None:
    """The link that was given last, whatever became of it."""
    return recommender.links.select_related("letter").order_by("-id").first()


def _listed(recommender: Recommender) -> QuerySet[Listed]:
    return Listed.objects.filter(recommender=recommender)


def _on_a_letter() -> Exists:
    rows = RecommendationRow.objects.filter(listed=OuterRef("pk"), recommendation__withdrawn_at=None)
    return Exists(rows)


def shown_listed() -> QuerySet[Listed]:
    """What a page shows of each package."""
    return Listed.objects.select_related(*_PLACES, "recommender__call").defer(*_LONG)


def list_of_listed(recommender: Recommender, words: str = "") -> Listing[Listed]:
    """Everything on a body's list, the one added last first; of some words, those whose course or supplier has them all."""
    rows = _listed(recommender).filter(removed_at=None).order_by("-id")
    for word in words.split():
        of = Q(submission__title__icontains=word) | Q(submission__organisation__name__icontains=word)
        of |= (
            Q(arrival__title__icontains=word) | Q(arrival__supplier__icontains=word) | Q(arrival__name__icontains=word)
        )
        rows = rows.filter(of | Q(submission__number__iexact=word) | Q(arrival__number__iexact=word))
    return Listing(rows, shown_listed())


def waiting(recommender: Recommender) -> QuerySet[Listed]:
    """What stands on the list and on no standing letter, in the order in which it was added."""
    return _listed(recommender).filter(removed_at=None).exclude(_on_a_letter()).order_by("id")


def list_of_waiting(recommender: Recommender) -> Listing[Listed]:
    """The same, to be read in pages."""
    return Listing(waiting(recommender), shown_listed())


def removed(recommender: Recommender) -> list[Listed]:
    """The last ten that were removed and whose package is not on the list again."""
    again = _listed(recommender).filter(removed_at=None)
    gone = _listed(recommender).exclude(removed_at=None).order_by("-removed_at", "-id")
    gone = gone.exclude(submission__in=again.exclude(submission=None).values("submission"))
    gone = gone.exclude(arrival__in=again.exclude(arrival=None).values("arrival"))
    keys = list(gone.values_list("pk", flat=True)[:10])
    found = shown_listed().in_bulk(keys)
    return [found[key] for key in keys]


def letters_of(recommender: Recommender) -> QuerySet[Recommendation]:
    """A body's letters, the newest first, with `count` of what stands on each."""
    return Recommendation.objects.filter(recommender=recommender).annotate(count=Count("rows")).order_by("-id")


def recommendations() -> QuerySet[Recommendation]:
    """Every letter, with what its page and its paper show."""
    return Recommendation.objects.select_related("recommender__organisation", "recommender__call")


def recommended_by(submission: Submission) -> list[Recommendation]:
    """Standing letters on which a submission stands, the first first."""
    standing = RecommendationRow.objects.filter(listed__submission=submission, recommendation__withdrawn_at=None)
    keys = standing.values("recommendation")
    return list(recommendations().filter(pk__in=keys).order_by("id"))


def letter_numbers(listed: list[Listed]) -> dict[int, Recommendation]:
    """The standing letter of each package that has one."""
    rows = RecommendationRow.objects.filter(listed__in=listed, recommendation__withdrawn_at=None)
    return {row.listed_id: row.recommendation for row in rows.select_related("recommendation")}


def holds(digest: str) -> bool:
    """Whether these bytes are the stamped copy of a letter."""
    return Recommendation.objects.filter(scan=digest).exists()
