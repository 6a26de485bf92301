"""Checks of a draft (草稿检查): its supplier sees the report before anything is handed in, and mends."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake.assembling import package_of
from ketang.selection.intake.models import Submission
from ketang.selection.intake.permissions import may_edit_submission
from ketang.selection.intake.queries import files_of, unready

KEPT = timedelta(days=14)
"""How long the newest check of a draft is kept."""
_UNDER_WAY = (CheckState.WAITING, CheckState.MEASURING)


def check_draft(*, actor: Actor, submission: Submission) -> Check:
    """Check a draft's files as they are now. Nothing is handed in; handed in later, media are not decoded again.

    Raises:
        Refused: the files are not all there, or do not go together; the draft is being checked already.

    Effects: the row; the jobs `checking.draft` and, when its time is over, `checking.forget`; earlier checks of the draft go,
    but for the newest that is over, with which this one is compared; `checking.try_draft`.
    """
    require(may_edit_submission(actor, submission))
    if (why := unready(submission)) is not None:
        raise Refused(why)
    until = timezone.now() + KEPT
    with audited():
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        if not held.takes_versions:
            raise Refused(_("这份申报现在是“%(state)s”，不能再检查草稿。") % {"state": held.get_state_display()})
        if held.draft_checks.filter(state__in=_UNDER_WAY).exists():
            raise Refused(_("这份草稿正在检查。请等它完成，再检查一次。"))
        for old in held.draft_checks.order_by("-id")[1:]:
            _let_go(old)
        rows = [[one.path, str(one.upload.uuid)] for one in files_of(held)]
        made = Check.objects.create(
            draft_of=held, owner=f"draft:{held.uuid}", name=held.title, form=held.draft, expires_at=until,
            rulebooks=list(held.call.file["rulebooks"]),
        )  # fmt: skip
        record(actor=actor, action="checking.try_draft", of=made, payload={"submission": str(held.uuid)})
        enqueue("checking.draft", key=f"checking.draft:{made.uuid}", check=str(made.uuid), files=rows)
        enqueue("checking.forget", key=f"checking.forget:{made.uuid}", not_before=until, check=str(made.uuid))
    return made


def put_together(uuid: str, files: list[list[str]]) -> None:
    """Make the package of a draft's check; nothing when that was done.

    Args:
        uuid: of the check.
        files: [path, uuid of its upload] as they stood when it was asked for.

    Effects: the stored package; name and digest on the row; the job `checking.begin`.
    """
    found = Check.objects.select_related("draft_of__organisation").filter(uuid=uuid, digest="").first()
    if found is None or found.is_over or found.draft_of is None:
        return
    found.draft_of.draft = found.form  # as it was filled in then; not saved
    name, digest, _size = package_of(found.draft_of, files)
    with audited():
        if Check.objects.filter(pk=found.pk, digest="").update(name=name[-255:], digest=digest):
            record(actor=SYSTEM, action="checking.begin_draft", of=found, payload={"digest": digest})
            enqueue("checking.begin", key=f"checking.begin:{uuid}", check=uuid)


def newest_of(submission: Submission) -> Check | None:
    """The newest check of the draft."""
    return submission.draft_checks.order_by("-id").first()


def _let_go(old: Check) -> None:
    old.expires_at = timezone.now()
    old.save(update_fields=["expires_at"])
    enqueue("checking.forget", key=f"checking.forget:{old.uuid}:superseded", check=str(old.uuid))
