"""Reading assignments and plans. Whoever calls asks `permissions` first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from ketang.platform.listing import Listing
from ketang.platform.queue.models import Job
from ketang.selection.assigning.models import Assignment, MemberCount, PackageCount, Plan
from ketang.selection.calls.models import Call
from ketang.selection.experts.models import Expert, PanelSeat
from ketang.selection.intake.models import Submission

WANTED = 3
"""Experts a package unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Load:
    """A member's load, as a bar."""

    name: str
    count: int
    limit: int

    @property
    def hundredths(self) -> int:
        """Of the limit, a hundred at most."""
        return min(100, round(100 * self.count / self.limit)) if self.limit else 0


@dataclass(frozen=True, slots=True)
class Left:
    """A member who left the panel, with how many of their sheets still count."""

    seat: PanelSeat
    sheets: int


def left_with_sheets(call: Call) -> list[Left]:
    """Members who left the panel and whose submitted sheets count all the same, by name; two queries."""
    sits = PanelSeat.objects.filter(call=call, left_at=None).values("expert")
    counted = dict(
        MemberCount.objects.filter(call=call, sheets__gt=0).exclude(expert__in=sits).values_list("expert", "sheets")
    )
    seats = PanelSeat.objects.filter(call=call, expert__in=list(counted)).select_related("expert").order_by("id")
    last = {seat.expert_id: seat for seat in seats}
    return [
        Left(seat, counted[key]) for key, seat in sorted(last.items(), key=lambda one: (one[1].expert.name, one[0]))
    ]


def sheets_left_by(seat: PanelSeat) -> int:
    """How many sheets of somebody who left the panel still count; 0 while they sit on it again."""
    if PanelSeat.objects.filter(call=seat.call_id, expert=seat.expert_id, left_at=None).exists():
        return 0
    standing = Assignment.objects.filter(call=seat.call_id, expert=seat.expert_id, ended_at=None, submitted__index=1)
    return standing.count()


def plans() -> QuerySet[Plan]:
    """Every plan, with its call."""
    return Plan.objects.select_related("call", "asked_by")


def list_of_plans(call: Call) -> QuerySet[Plan]:
    """Plans of a call without their rows, the latest first."""
    return plans().filter(call=call).defer("rows", "lacking").order_by("-id")


def wanted_in(call: Call) -> int:
    """How many experts a package the last plan wanted."""
    last = Plan.objects.filter(call=call).order_by("-id").values_list("asked", flat=True).first()
    return int(last.get("wanted", WANTED)) if last else WANTED


def step_of(plan: Plan) -> str:
    """Which step its job is at."""
    found = Job.objects.filter(key=f"assigning.solve:{plan.uuid}").order_by("-id").first()
    return str(found.progress.get("step", "")) if found is not None else ""


def assignments_of(submission: Submission) -> QuerySet[Assignment]:
    """Every assignment of a package, ended ones too, with `sheets`: how many were submitted."""
    found = Assignment.objects.filter(submission=submission).select_related("expert", "made_by")
    return found.annotate(sheets=Count("submitted")).order_by("ended_at", "id")


def list_of_packages(call: Call, *, few: int = 0) -> Listing[Submission]:
    """Packages in review to be read in pages, with `assigned`; by number.

    Args:
        few: only those with fewer experts than this, the fewest first.
    """
    rows = PackageCount.objects.filter(call=call)
    rows = rows.filter(assigned__lt=few).order_by("assigned", "number") if few else rows.order_by("number")
    return Listing(rows, Submission.objects.select_related("organisation").annotate(assigned=F("counts__assigned")))


def standing_of(submissions: Sequence[Submission]) -> dict[int, list[Assignment]]:
    """The standing assignments of packages, by their keys."""
    found: dict[int, list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.filter(submission__in=submissions, ended_at=None).select_related("expert").order_by("id")
    for one in rows:
        found[one.submission_id].append(one)
    return found


def totals(call: Call, wanted: int) -> dict[str, int]:
    """Packages in review, standing assignments, packages that lack experts."""
    packages = PackageCount.objects.filter(call=call).aggregate(
        packages=Count("pk"), lacking=Count("pk", filter=Q(assigned__lt=wanted))
    )
    assigned = MemberCount.objects.filter(call=call).aggregate(sum=Sum("assigned"))["sum"]
    return {**packages, "assignments": assigned or 0}


def rows_by_package(plan: Plan) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """The plan's rows by package: (expert, why)."""
    found: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for package, expert, why in plan.rows:
        found[package].append((expert, why))
    return found


def named(uuids: Sequence[str]) -> dict[str, Expert]:
    """Experts by uuid."""
    return {str(one.uuid): one for one in Expert.objects.filter(uuid__in=set(uuids))}


def packages_named(uuids: Sequence[str]) -> dict[str, Submission]:
    """Packages by uuid."""
    return {str(one.uuid): one for one in Submission.objects.filter(uuid__in=set(uuids))}
