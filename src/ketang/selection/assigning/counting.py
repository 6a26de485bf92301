"""Counts of a call in review, kept so that pages read them: how far each package and each member has come.

They are counted anew from the assignments, for the packages and members that something happened to, inside the transaction in which it
happens. Whoever writes holds the lock of the call, so that nobody counts beside another.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from ketang.selection.assigning.models import Assignment, MemberCount, PackageCount
from ketang.selection.calls.models import Call
from ketang.selection.experts.sayings import reviewed
from ketang.selection.intake.models import Submission

BATCH = 1000
_ASSIGNED, _SHEETS = Count("pk", distinct=True), Count("submitted", filter=Q(submitted__index=1))
"""Each assignment has one first sheet at most; others only take its place."""

Packages = dict[int, tuple[str, int, int]]
"""Number, assigned, sheets, by submission."""
Members = dict[int, tuple[int, int, datetime | None]]
"""Assigned, sheets, last activity, by expert."""


def counted(
    call: Call | int, packages: Collection[int] | None = None, members: Collection[int] | None = None
) -> tuple[Packages, Members]:
    """The counts as the rows have them now.

    Args:
        packages: keys of submissions; all without.
        members: keys of experts; all without.
    """
    in_review, of_package, of_member = reviewed(call), _standing(call), _standing(call)
    if packages is not None:
        in_review, of_package = in_review.filter(pk__in=packages), of_package.filter(submission__in=packages)
    if members is not None:
        of_member = of_member.filter(expert__in=members)
    numbers = {
        key: (assigned, sheets)
        for key, assigned, sheets in of_package.values_list("submission").annotate(a=_ASSIGNED, b=_SHEETS)
    }
    kept = Max("sheet__changed_at", filter=Q(sheet__revision__gt=0))
    by_member = of_member.values_list("expert").annotate(
        a=_ASSIGNED, b=_SHEETS, c=Max("submitted__submitted_at"), d=kept
    )
    return (
        {key: (number, *numbers.get(key, (0, 0))) for key, number in in_review.order_by().values_list("pk", "number")},
        {
            key: (assigned, sheets, max((at for at in times if at is not None), default=None))
            for key, assigned, sheets, *times in by_member
        },
    )


def recount(call: Call | int, packages: Collection[int] | None = None, members: Collection[int] | None = None) -> None:
    """Bring the kept counts up to date, as of `counted`. Inside a transaction; the call is locked. Effects: rows of counts."""
    key = call if isinstance(call, int) else call.pk
    of_packages, of_members = counted(key, packages, members)
    kept, held = PackageCount.objects.filter(call=key), MemberCount.objects.filter(call=key)
    (kept if packages is None else kept.filter(pk__in=set(packages) - set(of_packages))).delete()
    (held if members is None else held.filter(expert__in=members)).exclude(expert__in=list(of_members)).delete()
    PackageCount.objects.bulk_create(
        [PackageCount(submission_id=one, call_id=key, number=n, assigned=a, sheets=s) for one, (n, a, s) in of_packages.items()],
        batch_size=BATCH, update_conflicts=True, unique_fields=["submission"], update_fields=["number", "assigned", "sheets"],
    )  # fmt: skip
    MemberCount.objects.bulk_create(
        [MemberCount(call_id=key, expert_id=one, assigned=a, sheets=s, last_at=at) for one, (a, s, at) in of_members.items()],
        batch_size=BATCH, update_conflicts=True, unique_fields=["call", "expert"], update_fields=["assigned", "sheets", "last_at"],
    )  # fmt: skip


def recount_for(assignments: Sequence[Assignment]) -> None:
    """The same for what these assignments of one call are about."""
    if assignments:
        packages, members = ({getattr(one, name) for one in assignments} for name in ("submission_id", "expert_id"))
        recount(assignments[0].call_id, packages, members)


def recount_package(submission: Submission) -> None:
    """The same for a package that moved into review or out of it; its assignments have ended by then."""
    recount(submission.call_id, {submission.pk}, ())


def tell_kept(assignment: Assignment, at: datetime) -> None:
    """A member kept a sheet. Effects: the row of the member."""
    MemberCount.objects.filter(call=assignment.call_id, expert=assignment.expert_id).update(last_at=at)


def _standing(call: Call | int) -> QuerySet[Assignment]:
    return Assignment.objects.filter(call=call, ended_at=None).order_by()
