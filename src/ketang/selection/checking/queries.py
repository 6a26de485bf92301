"""Reading checks."""

from __future__ import annotations

from kebao.model.report import Report
from kebao.report.json import read_report
from ketang.platform.queue.models import UNFINISHED, Job
from ketang.platform.storage.reading import read_whole
from ketang.selection.checking.models import Check
from ketang.selection.intake.models import Submission, Version


def latest_check(version: Version) -> Check | None:
    """The newest check of a version."""
    return Check.objects.filter(version=version).order_by("-id").first()


def checks_of(submission: Submission) -> list[Check]:
    """Every check of a submission, newest first."""
    return list(Check.objects.filter(version__submission=submission).select_related("version").order_by("-id"))


def report_of(check: Check) -> Report | None:
    """The newest report; None before there is one."""
    return read_report(read_whole(check.report).decode()) if check.report else None


def media_done(check: Check) -> int:
    """How many of the check's media are measured."""
    waiting = Job.objects.filter(
        name="checking.measure", arguments__check=str(check.uuid), state__in=UNFINISHED
    ).count()
    return max(0, check.media - waiting)
