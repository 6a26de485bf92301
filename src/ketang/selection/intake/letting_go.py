"""Letting go of single files of drafts when the time in which they could be wanted back is over."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.uploads.actions import drop
from ketang.selection.intake.actions import come_for_files
from ketang.selection.intake.models import REMOVED_KEPT, WITHDRAWN_KEPT, DraftFile, Submission, SubmissionState


def let_files_go() -> None:
    """Let go of every file that was removed 7 days ago, and of those of submissions withdrawn 30 days ago. Twice is harmless.

    Versions keep their packages. What a sending that is under way may still need is asked about again later.

    Effects: for each file its row and upload are gone, `intake.let_go_file`, and the job `storage.release`.
    """
    now = timezone.now()
    due = DraftFile.objects.filter(
        Q(removed_at__lte=now - REMOVED_KEPT)
        | Q(submission__state=SubmissionState.WITHDRAWN, submission__changed_at__lte=now - WITHDRAWN_KEPT)
    )
    for key in due.order_by("submission_id").values_list("submission_id", flat=True).distinct():
        with audited():
            held = Submission.objects.select_for_update().get(pk=key)  # who puts a file back takes the same lock
            if held.assemblies.filter(receipt=None, refused="").exists():
                come_for_files(REMOVED_KEPT)
                continue
            for file in due.filter(submission=held).select_related("upload").order_by("id"):
                record(actor=SYSTEM, action="intake.let_go_file", of=held, payload={"path": file.path})
                drop(upload=file.upload)
