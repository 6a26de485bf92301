"""Background work of checking. Every job may be killed and begun anew: what it made lies under digests, and ends once.

The web server imports this to put a job into the queue; what works on one (numpy, the decoders) is imported by its worker alone.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from kebao.model.errors import KebaoError
from kebao.model.text import Text
from ketang.platform.queue.actions import enqueue_group
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.selection.checking.actions import begin_again, forget_trial, give_up, keep_report, tell_judged, tell_read
from ketang.selection.checking.drafts import put_together
from ketang.selection.checking.models import Check
from ketang.selection.intake.models import SubmissionState, Version

GONE = (SubmissionState.WITHDRAWN, SubmissionState.REFUSED)
"""Submissions that are not checked again with their call."""

OUR_FAULT = Text(
    zh="检查程序出错，没有完成。这不是课程包的问题，请联系主办单位。",
    en="The checker itself failed and the check was not completed. This is no fault of the package; tell the organiser.",
)


@job("checking.begin", limit_seconds=3600, when_failed="checking.fail")
def begin(running: Running, *, check: str) -> None:
    """Judge the structure at once, then one job a medium, and one that joins them."""
    from ketang.selection.checking.measuring import media_of
    from ketang.selection.checking.opening import judged, lay_over, opened_as_sent

    found = Check.objects.select_related("version__submission__call").filter(uuid=check).first()
    if found is None or found.is_over:
        return
    try:
        with opened_as_sent(found) as package:
            if found.version is not None:
                tell_read(found.version, package.package.manifest)
            lay_over(found, package)
            media = media_of(package.package)
            report = judged(found, package, media=False)
    except KebaoError as refusal:
        give_up(found, refusal.message)
        return
    keep_report(found, report, media=len(media))
    if media:
        with running.finish():
            works = [("checking.measure", {"check": check, "path": path}) for path in media]
            enqueue_group(works, then="checking.join", arguments={"check": check})


@job("checking.draft", limit_seconds=7200, attempts=3, when_failed="checking.fail")
def check_files(running: Running, *, check: str, files: list[list[str]]) -> None:
    """Put a draft's files together, then check them."""
    del running  # one long copy: nothing to tell on the way
    put_together(check, files)


@job("checking.measure", limit_seconds=14_400, attempts=3)
def measure_medium(running: Running, *, check: str, path: str) -> None:
    """Measure one medium; the result lies in the measurements under the medium's digest."""
    from ketang.selection.checking.measuring import measure_in
    from ketang.selection.checking.opening import opened

    del running  # the lease is kept by its own heartbeat
    found = Check.objects.select_related("version__submission__call").filter(uuid=check).first()
    if found is None or found.is_over:
        return
    with opened(found) as package:
        measure_in(package.package, path)


@job("checking.join", limit_seconds=14_400, when_failed="checking.fail")
def join(running: Running, *, check: str, group: str) -> None:
    """Judge everything, with what was measured."""
    from ketang.selection.checking.laying_out import laid_out
    from ketang.selection.checking.opening import judged, opened

    del running, group  # whose jobs they were does not matter: the measurements lie under digests
    found = Check.objects.select_related("version__submission__call").filter(uuid=check).first()
    if found is None or found.is_over:
        return
    with opened(found) as package:
        report = judged(found, package, media=True)
        tell_judged(found, package.package)
        keep_report(found, report, checked_media=laid_out(found, package.package, report))


@job("checking.recheck_call", limit_seconds=3600)
def recheck_call(running: Running, *, call: str, rulebooks: list[str], since: str) -> None:
    """Begin a check of the version that counts of every submission in the call; those begun since are left alone."""
    del running  # each check is begun in a transaction of its own, so a second attempt goes on where the first ended
    asked = datetime.fromisoformat(since)
    taken = Version.objects.filter(submission__call__uuid=call, submission__latest=F("pk"))
    for version in taken.exclude(submission__state__in=GONE).select_related("submission__call").iterator(200):
        begin_again(version, rulebooks, asked)


@job("checking.fail", limit_seconds=600)
def fail(running: Running, *, check: str, group: str = "") -> None:
    """The checking itself failed for good: say so, instead of letting the page wait."""
    del running, group
    found = Check.objects.filter(uuid=check).first()
    if found is not None and not found.is_over:
        give_up(found, OUR_FAULT)


@job("checking.forget", limit_seconds=600)
def forget(running: Running, *, check: str) -> None:
    """The time of a trial is over: report and package go, unless something else holds the same bytes."""
    del running  # short
    forget_trial(check)
