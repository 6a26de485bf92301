"""Handing submissions over to the panel, and taking a list back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.checking.queries import latest_check, report_of
from ketang.selection.intake.models import Submission, Version
from ketang.selection.papers.models import Transfer, TransferRow
from ketang.selection.papers.permissions import may_hand_over
from ketang.selection.papers.queries import ready
from ketang.selection.ruling.effective import ruled
from ketang.selection.ruling.queries import standing_rulings

MOST = 200
"""Submissions on one list: more than a panel takes at once."""


class Told(NamedTuple):
    """What a check says of a version, with the rulings counted; nothing before it is whole. `credit` is in hours of 45 minutes."""

    verdict: str = ""
    errors: int = 0
    undecided: int = 0
    credit: Decimal | None = None


def hand_over(*, actor: Actor, call: Call, numbers: Sequence[str]) -> Transfer:
    """Put accepted submissions on a new list.

    Args:
        actor: who hands over.
        call: of which they are.
        numbers: of the submissions.

    Raises:
        Refused: none or too many; one of them is not accepted, or stands on a list already.

    Effects: the list and its rows, in the order of the submissions' numbers; `papers.hand_over`.
    """
    require(may_hand_over(actor))
    wanted = sorted(set(numbers))
    if not wanted:
        raise Refused(_("请选择要移交的申报。"), field="numbers")
    if len(wanted) > MOST:
        raise Refused(_("一张移交单最多 %(most)s 件，请分几次移交。") % {"most": MOST}, field="numbers")
    # Reports are read before anything is locked: a list of two hundred takes seconds.
    seen = {submission.pk: _checked(submission) for submission in ready(call).filter(number__in=wanted)}
    with audited():
        held = Call.objects.select_for_update().get(pk=call.pk)  # two clerks at once never hand over the same one twice
        chosen = list(ready(held).filter(number__in=wanted))
        if missing := sorted(set(wanted) - {submission.number for submission in chosen}):
            words = {"numbers": "、".join(missing[:5])}
            raise Refused(_("%(numbers)s 不能移交：没有进入评审，或已在另一张移交单上。") % words, field="numbers")
        count = Transfer.objects.filter(call=held).count() + 1
        made = Transfer.objects.create(
            call=held, number=f"{held.slug.upper()}-T{count:03d}", made_by=actor if isinstance(actor, Account) else None
        )
        TransferRow.objects.bulk_create(
            _row(made, place, submission, *(seen.get(submission.pk) or _checked(submission)))
            for place, submission in enumerate(chosen, start=1)
        )
        record(actor=actor, action="papers.hand_over", of=made, payload={"number": made.number, "submissions": wanted})
    return made


def withdraw(*, actor: Actor, transfer: Transfer, reason: str) -> None:
    """Take a list back; it stays on record, and what stood on it waits again.

    Raises:
        Refused: without a reason.

    Effects: the row; `papers.withdraw`. Nothing when it was withdrawn before.
    """
    require(may_hand_over(actor))
    if not reason.strip():
        raise Refused(_("请写明撤回的理由。"), field="reason")
    with audited():
        held = Transfer.objects.select_for_update().get(pk=transfer.pk)
        if held.withdrawn_at is None:
            held.withdrawn_at, held.reason = timezone.now(), reason.strip()[:1000]
            held.save(update_fields=["withdrawn_at", "reason"])
            record(actor=actor, action="papers.withdraw", of=held, payload={"reason": held.reason})
    transfer.refresh_from_db()


def _row(transfer: Transfer, place: int, submission: Submission, version: Version, told: Told) -> TransferRow:
    if submission.latest_id != version.pk:  # another version came in between
        version, told = _checked(submission)
    return TransferRow(
        transfer=transfer, place=place, submission=submission, version=version, verdict=told.verdict,
        errors=told.errors, undecided=told.undecided, credit=told.credit,
    )  # fmt: skip


def _checked(submission: Submission) -> tuple[Version, Told]:
    """The version that counts, and what its newest check says of it, as far as it has come."""
    version = submission.latest
    if version is None:
        raise ValueError(f"submission {submission.pk} has no version that could be handed over")
    check = latest_check(version)
    report = report_of(check) if check is not None and check.is_done else None
    if check is None or report is None:
        return version, Told()
    verdict = ruled(check, report, standing_rulings(submission)).verdict
    return version, Told(verdict.word, verdict.errors, verdict.cant_tell, report.summary.hours)
