"""The panel's meeting: opened and closed by the office; what is said and voted in it is only ever added."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.experts.queries import seat_of
from ketang.selection.intake.models import Submission
from ketang.selection.ranking.models import Choice, Meeting, Remark, Vote
from ketang.selection.ranking.permissions import may_attend, may_hold_meeting, may_vote

MOST_WORDS = 4000


def open_meeting(*, actor: Actor, call: Call) -> Meeting:
    """Open the meeting of a call. From now on members see each other's sheets, where they have no conflict.

    Raises:
        Refused: there is one already.

    Effects: the row; `ranking.open_meeting`.
    """
    require(may_hold_meeting(actor))
    with audited():
        held = Call.objects.select_for_update().get(pk=call.pk)
        if Meeting.objects.filter(call=held).exists():
            raise Refused(_("这个征集的评审会已经开始过。"))
        made = Meeting.objects.create(call=held, opened_by=actor if isinstance(actor, Account) else None)
        record(actor=actor, action="ranking.open_meeting", of=made, payload={"call": held.slug})
    return made


def close_meeting(*, actor: Actor, meeting: Meeting) -> None:
    """Close it: nothing is added any more.

    Effects: the row; `ranking.close_meeting` with how much was said and voted. Nothing when it was closed before.
    """
    require(may_hold_meeting(actor))
    with audited():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if held.closed_at is None:
            held.closed_at = timezone.now()
            held.save(update_fields=["closed_at"])
            counted = {"remarks": held.remarks.count(), "votes": held.votes.count()}
            record(actor=actor, action="ranking.close_meeting", of=held, payload=counted)
    meeting.refresh_from_db()


def remark(*, actor: Actor, meeting: Meeting, words: str, submission: Submission | None = None) -> Remark:
    """Put on record what somebody says, of a submission or of all, under the name of their account.

    Raises:
        Refused: no words; the meeting is closed.

    Effects: the row; `ranking.remark`.
    """
    if submission is None:
        require(may_hold_meeting(actor) or may_attend(actor, meeting.call))
    else:
        require(may_hold_meeting(actor) or may_vote(actor, submission))
    words = words.strip()
    if not words:
        raise Refused(_("请写下发言。"), field="words")
    if len(words) > MOST_WORDS:
        raise Refused(_("发言最多 %(count)s 个字。") % {"count": MOST_WORDS}, field="words")
    with audited():
        held = _open(meeting, submission)
        said_by = actor if isinstance(actor, Account) else None
        made = Remark.objects.create(
            meeting=held, submission=submission, said_by=said_by, signed_as=_name(actor), words=words
        )
        record(actor=actor, action="ranking.remark", of=made)
    return made


def vote(*, actor: Actor, meeting: Meeting, submission: Submission, choice: Choice) -> Vote:
    """Vote on a submission. A later vote counts in place of an earlier one; both are kept.

    Raises:
        Refused: the meeting is closed.

    Effects: the row; `ranking.vote`.
    """
    require(may_vote(actor, submission))
    seat = seat_of(actor, meeting.call)
    assert seat is not None  # noqa: S101 - who may vote has one
    with audited():
        held = _open(meeting, submission)
        made = Vote.objects.create(meeting=held, submission=submission, seat=seat, choice=Choice(choice))
        payload = {"submission": str(submission.uuid), "choice": str(made.choice)}
        record(actor=actor, action="ranking.vote", of=made, payload=payload)
    return made


def _open(meeting: Meeting, submission: Submission | None) -> Meeting:
    """The meeting locked, so that nothing is added while it is closed."""
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.closed_at is not None:
        raise Refused(_("评审会已经结束，不能再添加。"))
    if submission is not None and submission.call_id != held.call_id:
        raise Refused(_("这份申报不属于这个征集。"))
    return held


def _name(actor: Actor) -> str:
    return (actor.name or actor.login or "")[:150] if isinstance(actor, Account) else ""
