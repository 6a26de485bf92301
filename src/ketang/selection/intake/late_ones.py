"""Accepting what came late, and taking that back. Every action is one audited transaction."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import CallState
from ketang.selection.intake.acceptance import LateAcceptance
from ketang.selection.intake.models import Lateness, Submission, SubmissionState, Version
from ketang.selection.intake.permissions import may_handle_arrivals
from ketang.selection.intake.weighing import weigh_again

BEFORE_THE_RESULT = (CallState.PUBLISHED, CallState.CLOSED, CallState.IN_REVIEW)


def accept_late(*, actor: Actor, submission: Submission, version: Version | None, reason: str) -> LateAcceptance:
    """Let a late copy count as if it had been in time; that it was late stays to be seen.

    Args:
        version: the late version; None for what came late on paper.

    Raises:
        Refused: without a reason; the copy is not late; the result of the call is out.

    Effects: the row; the copies are weighed anew; `intake.accept_late`.
    """
    require(may_handle_arrivals(actor))
    assert isinstance(actor, Account)  # noqa: S101 - only an account has the permission
    if not reason.strip():
        raise Refused(_("请写明理由。"), field="reason")
    with audited():
        held = _held(submission)
        lateness = held.paper_lateness if version is None else held.versions.get(pk=version.pk).lateness
        if lateness != Lateness.LATE:
            raise Refused(_("这一件不是逾期的，不用另外同意。"))
        made = LateAcceptance.objects.create(
            submission=held, version=version, reason=reason.strip()[:2000], made_by=actor, signed_as=str(actor),
            role=Role.CLERK if holds(actor, Role.CLERK) else Role.ADMINISTRATOR,
        )  # fmt: skip
        weigh_again(held)
        payload = {"version": None if version is None else version.index, "reason": made.reason}
        record(actor=actor, action="intake.accept_late", of=held, payload=payload)
    submission.refresh_from_db()
    return made


def undo_acceptance(*, actor: Actor, acceptance: LateAcceptance, reason: str) -> None:
    """Take an acceptance back: the copy is late again.

    Raises:
        Refused: without a reason; taken back already; the submission is in review; the result is out.

    Effects: the row stays and says so; the copies are weighed anew; `intake.undo_acceptance`.
    """
    require(may_handle_arrivals(actor))
    if not reason.strip():
        raise Refused(_("请写明理由。"), field="reason")
    with audited():
        held = _held(acceptance.submission)
        standing = LateAcceptance.objects.filter(pk=acceptance.pk, undone_at=None)
        if held.state == SubmissionState.ACCEPTED:
            raise Refused(_("这份申报已进入评审，不能再撤回接收。可以改为不予受理。"))
        because = reason.strip()[:2000]
        if not standing.update(undone_at=timezone.now(), undone_as=str(actor), undone_because=because):
            raise Refused(_("已经撤回过了。"))
        weigh_again(held)
        record(actor=actor, action="intake.undo_acceptance", of=held, payload={"reason": because})
    acceptance.refresh_from_db()


def _held(submission: Submission) -> Submission:
    """The row, locked, while lateness may still be decided on."""
    held = Submission.objects.select_for_update(of=("self",)).select_related("call").get(pk=submission.pk)
    if held.call.state not in BEFORE_THE_RESULT:
        raise Refused(_("这个征集的结果已经公布，不能再改。"))
    return held
