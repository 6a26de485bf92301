"""What waits for whom today. Each kind of work is counted as far as anybody looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketang.classroom.certificates.queries import doubtful
from ketang.classroom.exams.models import Appeal
from ketang.people.feedback.models import Feedback, today
from ketang.people.feedback.queries import due_by
from ketang.people.role.models import Role
from ketang.platform.outbox.models import Letter, LetterState
from ketang.platform.queue.models import Job, JobState
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake.models import Submission, SubmissionState
from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang.selection.papers.models import TransferRow

MOST = 999
"""Up to so many are counted; beyond, the page says "and more"."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work.

    Attributes:
        words: what waits.
        whose: whose work it is: a role, or None for the machine's own.
        rows: what waits, the one that has waited longest first.
        since: the field that tells since when.
        page: name of the page where it is done; empty where there is none.
        query: of that page's address.
        urgent: whether it should not be there at all.
    """

    words: str | Promise
    whose: Role | None
    rows: Callable[[], QuerySet]  # type: ignore[type-arg]  # of any model
    since: str
    page: str = ""
    query: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work of one kind that waits now. `is_more` says that more than `count` wait; `oldest` since when the first does."""

    kind: Kind
    count: int
    is_more: bool
    oldest: datetime | None = field(default=None)


def _handed_over() -> Exists:
    return Exists(TransferRow.objects.filter(submission=OuterRef("pk"), transfer__withdrawn_at=None))


def _failed_checks() -> QuerySet[Check]:
    """Of versions that count still, without a newer check."""
    newer = Check.objects.filter(version=OuterRef("version"), id__gt=OuterRef("id"))
    counts = Submission.objects.filter(latest=OuterRef("version"))
    return Check.objects.filter(Exists(counts), ~Exists(newer), state=CheckState.FAILED).order_by("started_at")


KINDS: tuple[Kind, ...] = (
    Kind(
        _("待认领的收件"), Role.CLERK, lambda: Arrival.objects.filter(state=ArrivalState.UNCLAIMED).order_by("received_at"),
        "received_at", "office-ledger", "state=unclaimed",
    ),
    Kind(
        _("等待核对材料的申报"), Role.CLERK,
        lambda: Submission.objects.filter(state=SubmissionState.SUBMITTED).order_by("submitted_at"),
        "submitted_at", "office", "state=submitted",
    ),
    Kind(
        _("材料齐全、等待转入评审的申报"), Role.CLERK,
        lambda: Submission.objects.filter(state=SubmissionState.COMPLETE).order_by("changed_at"),
        "changed_at", "office", "state=complete",
    ),
    Kind(
        _("等待移交评审的申报"), Role.CLERK,
        lambda: Submission.objects.filter(~_handed_over(), state=SubmissionState.ACCEPTED).order_by("changed_at"),
        "changed_at", "office-calls",
    ),
    Kind(
        _("没有答复的意见和投诉"), Role.CLERK, lambda: Feedback.objects.filter(answered_at=None).order_by("sent_at"),
        "sent_at", "office-feedback", "answered=no",
    ),
    Kind(
        _("超过答复期限的意见和投诉"), Role.CLERK, lambda: due_by(today() - timedelta(days=1)),
        "sent_at", "office-feedback", "answered=overdue", urgent=True,
    ),
    Kind(
        _("没有答复的考试申诉"), Role.CLERK, lambda: Appeal.objects.filter(answered_at=None).order_by("asked_at"),
        "asked_at", "office-appeals",
    ),
    Kind(
        _("超过答复期限的考试申诉"), Role.CLERK,
        lambda: Appeal.objects.filter(answered_at=None, due_on__lt=today()).order_by("asked_at"),
        "asked_at", "office-appeals", urgent=True,
    ),
    Kind(
        _("考试成绩变了、等待决定的证书"), Role.CLERK, doubtful, "lost_at", "office-certificates", "state=doubtful",
    ),
    Kind(
        _("没有完成的检查"), Role.CLERK, _failed_checks, "started_at", "office", "", urgent=True,
    ),
    Kind(
        _("等待报送者补正的申报"), Role.SUPPLIER,
        lambda: Submission.objects.filter(state=SubmissionState.INCOMPLETE).order_by("changed_at"),
        "changed_at", "office", "state=incomplete",
    ),
    Kind(
        _("没有发出的信"), Role.ADMINISTRATOR,
        lambda: Letter.objects.filter(state__in=(LetterState.FAILED, LetterState.UNCERTAIN)).order_by("written_at"),
        "written_at", urgent=True,
    ),
    Kind(
        _("失败的后台工作"), Role.ADMINISTRATOR,
        lambda: Job.objects.filter(state=JobState.FAILED).order_by("pk"), "finished_at", urgent=True,
    ),
    Kind(
        _("正在检查的课程包"), None,
        lambda: Check.objects.filter(
            version__isnull=False, state__in=(CheckState.WAITING, CheckState.MEASURING)
        ).order_by("started_at"),
        "started_at", "office",
    ),
)  # fmt: skip
"""Every kind of work, in the order in which it is shown."""


def waiting(*, whose: frozenset[Role] | None = None) -> list[Waiting]:
    """What waits now, kind by kind; kinds of which nothing waits are left out.

    Args:
        whose: only work of these roles; None for everybody's and the machine's.
    """
    found = []
    for kind in KINDS:
        if whose is not None and kind.whose not in whose:
            continue
        count = kind.rows()[: MOST + 1].count()
        if count:
            oldest = kind.rows().values_list(kind.since, flat=True).first()
            found.append(Waiting(kind, min(count, MOST), count > MOST, oldest))
    return found
