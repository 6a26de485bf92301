"""Writing checks: begun for each new version; ended by the job that joins."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kebao.model.report import Report
from kebao.model.text import Text
from kebao.report.json import report_json
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.queue.models import Job
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes, remove
from ketang.platform.storage.models import StoredFile
from ketang.selection.checking.models import Check, CheckedMedium, CheckState
from ketang.selection.intake.models import DraftFile, Version

KEPT = timedelta(hours=24)
"""How long a trial is kept."""
AT_ONCE = 3
"""Trials of one visitor that may be under way."""


def begin(version: Version) -> Check:
    """Check a version under its call's rulebooks.

    Effects: the row; the job `checking.begin`; `checking.begin`.
    """
    with audited():
        made = Check.objects.create(
            version=version,
            name=version.name,
            digest=version.digest,
            rulebooks=version.submission.call.file["rulebooks"],
        )
        record(actor=SYSTEM, action="checking.begin", of=made, payload={"version": str(version.uuid)})
        enqueue("checking.begin", key=f"checking.begin:{made.uuid}", check=str(made.uuid))
    return made


def keep_report(
    check: Check, report: Report, *, media: int | None = None, checked_media: Sequence[CheckedMedium] = ()
) -> None:
    """Keep a report as the newest of the check: the end of it, unless media are still to be measured.

    Args:
        check: whose report it is.
        report: of the structure, or of all.
        media: how many are still to be measured; none at the end.
        checked_media: what the report's page plays, not saved yet.

    Effects: the stored file; the rows of the media in place of earlier ones; the row; at the end `checking.done`.
    """
    stored = put_bytes(report_json(report).encode())
    verdict = report.verdict
    columns = {
        "report": stored.digest, "verdict": verdict.word, "errors": verdict.errors, "warnings": verdict.warnings,
        "undecided": verdict.cant_tell,
    }  # fmt: skip
    if media:
        columns |= {"state": CheckState.MEASURING, "media": media, "early_report": stored.digest}
    else:
        columns |= {"state": CheckState.DONE, "ended_at": timezone.now()}
    with audited():
        Check.objects.filter(pk=check.pk).update(**columns)
        CheckedMedium.objects.filter(check_of=check).delete()
        CheckedMedium.objects.bulk_create(checked_media)
        if not media:
            payload = {"report": stored.digest, "verdict": verdict.word}
            record(actor=SYSTEM, action="checking.done", of=check, payload=payload)


def give_up(check: Check, words: Text) -> None:
    """The package cannot be checked; the words say why.

    Effects: the row; `checking.failed`.
    """
    with audited():
        message = {"zh": words.zh, "en": words.en}
        Check.objects.filter(pk=check.pk).update(state=CheckState.FAILED, message=message, ended_at=timezone.now())
        record(actor=SYSTEM, action="checking.failed", of=check, payload=message)


def try_out(*, owner: str, name: str, digest: str, rulebooks: tuple[str, ...]) -> Check:
    """Check what a visitor brought, without account; it is kept for a day.

    Raises:
        Refused: too many of this visitor's trials are under way.

    Effects: the row; the jobs `checking.begin` and, a day later, `checking.forget`; `checking.try`.
    """
    with audited():
        under_way = Check.objects.filter(owner=owner, state__in=(CheckState.WAITING, CheckState.MEASURING))
        if under_way.count() >= AT_ONCE:
            raise Refused(_("同时检查的课程包太多了。请等前面的检查完成。"))
        until = timezone.now() + KEPT
        made = Check.objects.create(owner=owner, name=name, digest=digest, rulebooks=list(rulebooks), expires_at=until)
        record(actor=None, action="checking.try", of=made)
        enqueue("checking.begin", key=f"checking.begin:{made.uuid}", check=str(made.uuid))
        later = enqueue("checking.forget", key=f"checking.forget:{made.uuid}", check=str(made.uuid))
        Job.objects.filter(pk=later.pk).update(not_before=until)
    return made


def forget_trial(uuid: str) -> None:
    """Remove a trial whose time is over, with its report and package.

    Effects: the row is gone, and each stored file that nothing else refers to; `checking.forget`.
    """
    found = Check.objects.filter(uuid=uuid, version=None, expires_at__lte=timezone.now()).first()
    if found is None:
        return
    copies = found.checked_media.exclude(stored=None).values_list("stored", flat=True)
    digests = {found.digest, found.report, found.early_report, *copies} - {""}
    with audited():
        record(actor=SYSTEM, action="checking.forget", of=found)
        found.delete()
    for digest in digests:
        held = (
            Version.objects.filter(digest=digest).exists()
            or Check.objects.filter(Q(digest=digest) | Q(report=digest) | Q(early_report=digest)).exists()
            or DraftFile.objects.filter(upload__digest=digest).exists()
        )
        stored = None if held else StoredFile.objects.filter(digest=digest).first()
        if stored is not None:
            with suppress(ProtectedError):  # something else plays the same bytes
                remove(stored)
