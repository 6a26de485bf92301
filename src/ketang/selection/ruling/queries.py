"""Reading rulings, and what they make of a verdict."""

from __future__ import annotations

from django.db.models import QuerySet

from kebao.model.report import Verdict
from ketang.people.account.models import Account
from ketang.people.role.queries import Actor
from ketang.selection.checking.models import Check
from ketang.selection.checking.queries import report_of
from ketang.selection.intake.models import Submission, Version
from ketang.selection.ruling.effective import Ruled, ruled
from ketang.selection.ruling.models import Ruling
from ketang.selection.ruling.permissions import may_see_rulings


def rulings_of(actor: Actor, submission: Submission) -> QuerySet[Ruling]:
    """Every ruling of a submission, those taken back too, newest first; none for who may not see them."""
    if not isinstance(actor, Account) or not may_see_rulings(actor, submission):
        return Ruling.objects.none()
    return Ruling.objects.filter(submission=submission).select_related("check_of__version")


def standing_rulings(submission: Submission) -> list[Ruling]:
    """Those that were not taken back."""
    return list(Ruling.objects.filter(submission=submission, undone_at=None).select_related("check_of__version"))


def ruled_report(check: Check) -> Ruled | None:
    """The check's report beside the rulings; None for a trial, and before there is a whole report."""
    if check.version is None or not check.is_done:
        return None
    report = report_of(check)
    return None if report is None else ruled(check, report, standing_rulings(check.version.submission))


def effective_verdict(check: Check) -> Verdict | None:
    """The verdict with rulings; None where there are none, so that the machine's own counts. Reads the report only if it must."""
    if check.version is None or not standing_rulings(check.version.submission):
        return None
    found = ruled_report(check)
    return None if found is None else found.verdict


def newest_check(submission: Submission) -> Check | None:
    """The newest check of the version that counts: what is ruled on."""
    version: Version | None = submission.latest
    found = Check.objects.filter(version=version).select_related("version__submission")
    return found.order_by("-id").first() if version is not None else None
