"""Writing checks: begun for each new version; ended by the job that joins."""

from __future__ import annotations

from django.utils import timezone

from kebao.model.report import Report
from kebao.report.json import report_json
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.storage.actions import put_bytes
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake.models import Version


def begin(version: Version) -> Check:
    """Check a version under its call's rulebooks.

    Effects: the row; the job `checking.begin`; `checking.begin`.
    """
    with audited():
        made = Check.objects.create(version=version, rulebooks=version.submission.call.file["rulebooks"])
        record(actor=SYSTEM, action="checking.begin", of=made, payload={"version": str(version.uuid)})
        enqueue("checking.begin", key=f"checking.begin:{made.uuid}", check=str(made.uuid))
    return made


def keep_report(check: Check, report: Report, *, media: int | None = None) -> None:
    """Keep a report as the newest of the check: the end of it, unless media are still to be measured.

    Effects: the stored file; the row.
    """
    stored = put_bytes(report_json(report).encode())
    verdict = report.verdict
    columns = {
        "report": stored.digest, "verdict": verdict.word, "errors": verdict.errors, "warnings": verdict.warnings,
        "undecided": verdict.cant_tell,
    }  # fmt: skip
    if media:
        columns |= {"state": CheckState.MEASURING, "media": media}
    else:
        columns |= {"state": CheckState.DONE, "ended_at": timezone.now(), "message": ""}
    with audited():
        Check.objects.filter(pk=check.pk).update(**columns)
        if not media:
            payload = {"report": stored.digest, "verdict": verdict.word}
            record(actor=SYSTEM, action="checking.done", of=check, payload=payload)


def give_up(check: Check, words: str) -> None:
    """The package cannot be checked; the words say why.

    Effects: the row; `checking.failed`.
    """
    with audited():
        Check.objects.filter(pk=check.pk).update(state=CheckState.FAILED, message=words[:1000], ended_at=timezone.now())
        record(actor=SYSTEM, action="checking.failed", of=check, payload={"why": words[:1000]})
