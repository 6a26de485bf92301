"""Reading checks."""

from __future__ import annotations

from django.db.models import Q

from kebao.model.report import Report
from kebao.report.json import read_report
from ketang.platform.queue.models import UNFINISHED, Job
from ketang.platform.storage.reading import read_whole
from ketang.selection.checking.models import Check, CheckedMedium, CheckState
from ketang.selection.checking.samples import sample_before, sample_digests
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


def earlier_of(check: Check) -> Check | None:
    """The check to compare with: the earlier one of the same version, or of the version before, or what the same visitor tried before of the same package.

    None before both are over: a report of the structure alone has no findings in media, which would look mended.
    """
    if check.state != CheckState.DONE:
        return None
    over = Check.objects.filter(state=CheckState.DONE, id__lt=check.pk)
    if check.version is not None:
        if (again := over.filter(version=check.version).select_related("version").order_by("-id").first()) is not None:
            return again
        earlier = over.filter(version__submission=check.version.submission_id, version__index__lt=check.version.index)
        return earlier.select_related("version").order_by("-version__index", "-id").first()
    same = Q(name=check.name)
    if (before := sample_before(check.digest)) is not None:
        same |= Q(digest=before)
    return over.filter(same, version=None, owner=check.owner).order_by("-id").first()


def checked_media_of(check: Check) -> list[CheckedMedium]:
    """Its media in which something was found, in the report's order."""
    return list(check.checked_media.all())


def media_done(check: Check) -> int:
    """How many of the check's media are measured."""
    waiting = Job.objects.filter(
        name="checking.measure", arguments__check=str(check.uuid), state__in=UNFINISHED
    ).count()
    return max(0, check.media - waiting)


def holds(digest: str) -> bool:
    """Whether these bytes are a check's package or report, or a sample. What its page plays is kept by a foreign key."""
    named = Q(digest=digest) | Q(report=digest) | Q(early_report=digest)
    return Check.objects.filter(named).exists() or digest in sample_digests()
