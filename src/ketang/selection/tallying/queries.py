"""Which tallies are missing or out of date, and of which districts."""

from __future__ import annotations

import hashlib
import json

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from ketang.selection.calls.callfile import Region
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake.models import Submission
from ketang.selection.recommending.models import Listed
from ketang.selection.ruling.models import Ruling
from ketang.selection.tallying.models import ClauseWords

COUNTED_AS = "1"
"""The way of counting: another one, and every tally is made anew."""


def region() -> Region | None:
    """The districts as the call that closes last and has some tells them: a city's are the same for all of its calls."""
    for told in Call.objects.order_by("-closes_at", "-id").values_list("file__region", flat=True):
        if told:
            return Region.model_validate(told)
    return None


def basis_of(found: Region | None) -> str:
    """What tallies are made by besides their own submission, as a digest."""
    told = None if found is None else found.model_dump(mode="json")
    return hashlib.sha256(json.dumps([COUNTED_AS, told], ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def arrived() -> QuerySet[Submission]:
    """What statistics count: everything that has a number, whatever became of it."""
    return Submission.objects.exclude(number="")


def out_of_date(basis: str) -> QuerySet[Submission]:
    """Submissions without a tally, or of which something has changed since it was made.

    Rulings are never changed, only taken back: the same number of them with the same newest is the same rulings.
    """
    done = Check.objects.filter(version=OuterRef("latest"), state=CheckState.DONE).order_by("-id")
    standing = Ruling.objects.filter(submission=OuterRef("pk"), undone_at=None).order_by().values("submission")
    listed = Listed.objects.filter(submission=OuterRef("pk"), removed_at=None).order_by("-id")
    seen = arrived().annotate(
        done_check=Coalesce(Subquery(done.values("id")[:1]), Value(0)),
        standing_rulings=Coalesce(Subquery(standing.annotate(of=Count("id")).values("of")), Value(0)),
        standing_newest=Coalesce(Subquery(standing.annotate(of=Max("id")).values("of")), Value(0)),
        on_list=Coalesce(Subquery(listed.values("id")[:1]), Value(0)),
    )
    return seen.filter(
        Q(tally=None)
        | ~Q(tally__basis=basis)
        | ~Q(tally__change=F("changed_at"))
        | ~Q(done_check=Coalesce(F("tally__check_of_id"), Value(0)))
        | ~Q(standing_rulings=F("tally__rulings"))
        | ~Q(standing_newest=F("tally__newest_ruling"))
        | ~Q(on_list=F("tally__newest_listed"))
    )


def clause_words() -> dict[tuple[str, str, str], ClauseWords]:
    """Words of every clause and rule that was ever told, by (rulebook, clause, rule)."""
    return {(one.rulebook, one.clause, one.rule): one for one in ClauseWords.objects.all()}
