"""How the scoring of a call goes: packages with enough sheets, what each expert has still to do, and blind copies. Whoever calls asks `permissions` first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ketang.platform.listing import Listing
from ketang.selection.assigning.models import Assignment
from ketang.selection.assigning.queries import wanted_in
from ketang.selection.calls.models import Call
from ketang.selection.experts.models import Expert, PanelSeat
from ketang.selection.experts.sayings import reviewed
from ketang.selection.intake.models import Submission
from ketang.selection.scoring.models import BlindCopy, SubmittedSheet

HELD = Q(made_at=None) & ~Q(message={})
"""Copies that could not be made."""
SUBMITTED = Count("submitted", filter=Q(submitted__index=1))
"""Of assignments: those with a sheet. Each has one first sheet at most; others only take its place."""


class Only(StrEnum):
    """Which packages are listed."""

    ALL = ""
    FEW = "few"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Totals:
    """A call in numbers. `enough`: packages with at least `wanted` sheets that count."""

    wanted: int
    packages: int
    enough: int
    assigned: int
    submitted: int
    copies_going: int
    copies_failed: int

    @property
    def lacking(self) -> int:
        """Packages without enough sheets."""
        return self.packages - self.enough


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A package in review: sheets that count, experts that are assigned, and its newest blind copy, if there is one."""

    submission: Submission
    sheets: int
    assigned: int
    copy: BlindCopy | None


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """An expert of a call: how much is assigned and submitted, when the expert last kept or submitted a sheet, and whether they left."""

    expert: Expert
    assigned: int
    submitted: int
    last: datetime | None
    left: bool = False


@dataclass(frozen=True, slots=True)
class Experts:
    """Experts in order, to be read in pages. Panels are small: their keys are all at hand."""

    keys: Sequence[int]

    @property
    def far(self) -> int:
        """All are counted."""
        return len(self.keys)

    def count(self, most: int) -> int:
        """How many there are, `most` at most."""
        return min(most, len(self.keys))

    def part(self, start: int, stop: int) -> list[Expert]:
        """Those from `start` to before `stop`."""
        found = Expert.objects.in_bulk(self.keys[start:stop])
        return [found[key] for key in self.keys[start:stop]]


def totals(call: Call) -> Totals:
    """The numbers of a call."""
    wanted = wanted_in(call)
    packages = reviewed(call).annotate(sheets=_sheets()).aggregate(
        all=Count("pk"), enough=Count("pk", filter=Q(sheets__gte=wanted))
    )  # fmt: skip
    standing = _standing(call=call).aggregate(assigned=Count("pk", distinct=True), submitted=SUBMITTED)
    copies = BlindCopy.objects.filter(call=call).aggregate(
        going=Count("pk", filter=Q(made_at=None, message={})), failed=Count("pk", filter=HELD)
    )
    return Totals(
        wanted, packages["all"], packages["enough"], standing["assigned"], standing["submitted"], copies["going"],
        copies["failed"],
    )  # fmt: skip


def list_of_packages(call: Call, only: Only, wanted: int) -> Listing[Submission]:
    """Packages in review to be read in pages, by number.

    Args:
        only: which of them.
        wanted: sheets that are enough.
    """
    rows = reviewed(call)
    if only == Only.FEW:
        rows = rows.annotate(sheets=_sheets()).filter(sheets__lt=wanted)
    if only == Only.FAILED:
        rows = rows.filter(pk__in=BlindCopy.objects.filter(HELD, call=call).values("submission"))
    return Listing(rows.order_by("number", "id"), Submission.objects.select_related("call"))


def package_rows(submissions: Sequence[Submission]) -> list[PackageRow]:
    """What the board tells of packages; two queries, however many."""
    keys = [one.pk for one in submissions]
    counted = (
        _standing(submission__in=keys)
        .values_list("submission")
        .annotate(all=Count("pk", distinct=True), sent=SUBMITTED)
    )
    numbers = {key: (submitted, assigned) for key, assigned, submitted in counted}
    copies = {copy.submission_id: copy for copy in _copies().filter(submission__in=keys).order_by("id")}
    return [PackageRow(one, *numbers.get(one.pk, (0, 0)), copies.get(one.pk)) for one in submissions]


def list_of_experts(call: Call) -> Experts:
    """Experts with standing assignments in a call, those with most left to do first; one query counts them all."""
    left = Count("pk", filter=Q(submitted=None))
    counted = dict(_standing(call=call).values_list("expert").annotate(left=left))
    return Experts(sorted(counted, key=lambda key: (-counted[key], key)))


def expert_rows(call: Call, experts: Sequence[Expert]) -> list[ExpertRow]:
    """What the board tells of experts; three queries, however many."""
    standing = _standing(call=call, expert__in=[one.pk for one in experts])
    numbers = standing.values_list("expert").annotate(assigned=Count("pk", distinct=True), sent=SUBMITTED)
    told = {expert: (assigned, submitted) for expert, assigned, submitted in numbers}
    kept = standing.values_list("expert").annotate(
        sent_at=Max("submitted__submitted_at"), kept_at=Max("sheet__changed_at", filter=Q(sheet__revision__gt=0))
    )
    last = {expert: max((at for at in times if at is not None), default=None) for expert, *times in kept}
    sits = PanelSeat.objects.filter(call=call, left_at=None, expert__in=[one.pk for one in experts])
    seated = set(sits.values_list("expert", flat=True))
    return [ExpertRow(one, *told.get(one.pk, (0, 0)), last.get(one.pk), left=one.pk not in seated) for one in experts]


def _sheets() -> Coalesce:
    """How many sheets of a package count; of each assignment the first is counted, as others only take its place."""
    scored = SubmittedSheet.objects.filter(submission=OuterRef("pk"), index=1, assignment__ended_at=None).order_by()
    return Coalesce(Subquery(scored.values("submission").annotate(count=Count("pk")).values("count")), 0)


def _standing(**of: Any) -> QuerySet[Assignment]:
    """Assignments that stand, for counting."""
    return Assignment.objects.filter(ended_at=None, **of).order_by()


def _copies() -> QuerySet[BlindCopy]:
    """Blind copies without the words of their packages."""
    return BlindCopy.objects.defer("words", "masks")
