"""Reading blind copies and score sheets. Whoever calls asks `permissions` first."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from ketang.people.account.models import Account
from ketang.platform.listing import Listing
from ketang.platform.queue.models import UNFINISHED, Job
from ketang.selection.assigning.models import Assignment
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Submission
from ketang.selection.scoring.models import BlindCopy, Sheet, SubmittedSheet


def counting_sheets(call: Call) -> QuerySet[SubmittedSheet]:
    """The submitted sheets of a call that count: superseded by none, of an assignment that stands."""
    found = SubmittedSheet.objects.filter(call=call, superseded_by=None, assignment__ended_at=None)
    return found.select_related("assignment__expert", "submission").order_by("id")


def sheets_on(submission: Submission) -> QuerySet[SubmittedSheet]:
    """The sheets of one submission that count, in the order of submitting."""
    found = SubmittedSheet.objects.filter(submission=submission, superseded_by=None, assignment__ended_at=None)
    return found.select_related("assignment__expert").order_by("id")


def sheets_of(assignment: Assignment) -> list[SubmittedSheet]:
    """Every sheet that was submitted for an assignment, the newest first."""
    return list(SubmittedSheet.objects.filter(assignment=assignment).order_by("-index"))


def newest_sheet(assignment: Assignment) -> SubmittedSheet | None:
    """The submitted sheet that counts."""
    return SubmittedSheet.objects.filter(assignment=assignment, superseded_by=None).first()


def copy_of(assignment: Assignment) -> BlindCopy | None:
    """The blind copy of what was assigned."""
    return BlindCopy.objects.filter(version=assignment.version_id).first()


def copy_progress(copy: BlindCopy) -> dict[str, int]:
    """`done` and `of` of the job that makes a copy; empty when none runs."""
    job = Job.objects.filter(key=job_key(copy), state__in=UNFINISHED).first()
    return dict(job.progress) if job is not None else {}


def job_key(copy: BlindCopy) -> str:
    """The key under which a copy is made at most once at a time."""
    return f"scoring.copy:{copy.uuid}"


def assignment_of(uuid: UUID | str) -> QuerySet[Assignment]:
    """The assignment of that uuid, with what a page of it shows."""
    return Assignment.objects.filter(uuid=uuid).select_related("call", "expert", "submission__organisation", "version")


def list_of_own(account: Account, call: Call | None = None) -> Listing[Assignment]:
    """What is assigned to an expert and stands, the newest call first; with `is_submitted` and `is_begun`."""
    found = Assignment.objects.filter(expert__account=account, ended_at=None)
    if call is not None:
        found = found.filter(call=call)
    submitted = SubmittedSheet.objects.filter(assignment=OuterRef("pk"))
    begun = Sheet.objects.filter(assignment=OuterRef("pk"), revision__gt=0)
    shown = Assignment.objects.select_related("call").annotate(is_submitted=Exists(submitted), is_begun=Exists(begun))
    return Listing(found.order_by("-call_id", "id"), shown)


def copies_of(assignments: Iterable[Assignment]) -> dict[int, BlindCopy]:
    """Blind copies by the version's key, without their words."""
    versions = [assignment.version_id for assignment in assignments]
    found = BlindCopy.objects.filter(version__in=versions)
    return {copy.version_id: copy for copy in found.defer("words", "masks", "hidden", "shown")}
