"""Rows of a review, made without the pages: an accepted submission, a seat on the panel, an assignment."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

import making
from ketang.people.account.models import Account
from ketang.platform.storage.actions import put_bytes
from ketang.selection.assigning.counting import recount_for
from ketang.selection.assigning.models import Assignment, Means
from ketang.selection.calls import actions as calls
from ketang.selection.calls.models import CallState
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.experts.models import Expert, PanelSeat
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Submission
from ketang.selection.scoring.actions import ask_for_copies


def accept(draft: Submission, administrator: Account, content: bytes) -> None:
    """Sent, found complete and accepted; its call is in review."""
    stored = put_bytes(content)
    intake.receive(
        actor=Account.objects.get(login="manager"), submission=draft, door=Door.WEB, name=f"{making.NAME}.zip",
        digest=stored.digest, size=stored.size,
    )  # fmt: skip
    Check.objects.filter(version=draft.latest).update(state=CheckState.DONE)
    intake.find_complete(actor=administrator, submission=draft)
    intake.accept(actor=administrator, submission=draft)
    draft.call.refresh_from_db()
    if draft.call.state == CallState.PUBLISHED:
        calls.close(call=draft.call, actor=administrator)
        calls.start_review(call=draft.call, actor=administrator)
    draft.refresh_from_db()


def seated(submission: Submission, account: Account, name: str = "评审甲") -> PanelSeat:
    """An expert of that account on the panel, the declaration signed an hour ago."""
    expert, _made = Expert.objects.get_or_create(account=account, defaults={"name": name})
    return PanelSeat.objects.create(
        call=submission.call, expert=expert, declared_at=timezone.now() - timedelta(hours=1), declared="…", signed_as=name
    )  # fmt: skip


def assigned(submission: Submission, seat: PanelSeat) -> Assignment:
    """The submission assigned by hand."""
    made = Assignment.objects.create(
        call=submission.call, submission=submission, version=submission.latest, expert=seat.expert, means=Means.HAND
    )
    recount_for([made])
    ask_for_copies([made])
    return made
