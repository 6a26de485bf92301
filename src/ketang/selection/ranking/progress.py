"""How the scoring of a call goes: packages with enough sheets, what each expert has still to do, and blind copies. Whoever calls asks `permissions` first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet, Sum

from ketang.platform.listing import Listing
from ketang.selection.assigning.models import MemberCount, PackageCount
from ketang.selection.assigning.queries import wanted_in
from ketang.selection.calls.models import Call
from ketang.selection.experts.models import Expert, PanelSeat
from ketang.selection.intake.models import Submission
from ketang.selection.scoring.models import BlindCopy


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
    packages = PackageCount.objects.filter(call=call).aggregate(
        all=Count("pk"), enough=Count("pk", filter=Q(sheets__gte=wanted))
    )  # fmt: skip
    members = MemberCount.objects.filter(call=call).aggregate(assigned=Sum("assigned"), submitted=Sum("sheets"))
    copies = BlindCopy.objects.filter(call=call, made_at=None).aggregate(all=Count("pk"), failed=Count("failed_at"))
    return Totals(
        wanted, packages["all"], packages["enough"], members["assigned"] or 0, members["submitted"] or 0,
        copies["all"] - copies["failed"], copies["failed"],
    )  # fmt: skip


def list_of_packages(call: Call, only: Only, wanted: int) -> Listing[Submission]:
    """Packages in review to be read in pages, by number; those with few sheets the fewest first.

    Args:
        only: which of them.
        wanted: sheets that are enough.
    """
    rows = PackageCount.objects.filter(call=call).order_by("number")
    if only == Only.FEW:
        rows = rows.filter(sheets__lt=wanted).order_by("sheets", "number")
    if only == Only.FAILED:
        failed = BlindCopy.objects.filter(call=call, made_at=None, failed_at__isnull=False)
        rows = rows.filter(pk__in=failed.values("submission"))
    return Listing(rows, Submission.objects.defer("draft").select_related("counts"))


def package_rows(submissions: Sequence[Submission]) -> list[PackageRow]:
    """What the board tells of packages as they were listed; one query, however many."""
    copies = {copy.submission_id: copy for copy in _copies().filter(submission__in=submissions).order_by("id")}
    return [PackageRow(one, one.counts.sheets, one.counts.assigned, copies.get(one.pk)) for one in submissions]


def list_of_experts(call: Call) -> Experts:
    """Experts with standing assignments in a call, those with most left to do first; one query."""
    left = MemberCount.objects.filter(call=call).order_by(F("sheets") - F("assigned"), "expert")
    return Experts(list(left.values_list("expert", flat=True)))


def expert_rows(call: Call, experts: Sequence[Expert]) -> list[ExpertRow]:
    """What the board tells of experts; two queries, however many."""
    counts = {one.expert_id: one for one in MemberCount.objects.filter(call=call, expert__in=experts)}
    sits = PanelSeat.objects.filter(call=call, left_at=None, expert__in=experts)
    seated = set(sits.values_list("expert", flat=True))
    found = ((one, counts.get(one.pk) or MemberCount()) for one in experts)
    return [ExpertRow(one, of.assigned, of.sheets, of.last_at, left=one.pk not in seated) for one, of in found]


def _copies() -> QuerySet[BlindCopy]:
    """Blind copies without the words of their packages."""
    return BlindCopy.objects.defer("words", "masks")
