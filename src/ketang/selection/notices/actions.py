"""Writing notices: drafted from what is missing, changed by hand, sent once, ticked off as things come, withdrawn with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.outbox.actions import post
from ketang.platform.queue.actions import enqueue, enqueue_group
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check
from ketang.selection.checking.queries import report_of
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Submission, SubmissionState
from ketang.selection.notices.lacking import found_faults, missing_copies, standing_fingerprints
from ketang.selection.notices.models import OPEN, ItemKind, Notice, NoticeItem, NoticeState
from ketang.selection.notices.paper import asked, letter_words, notice_paper, reminder_words, withdrawn_words
from ketang.selection.notices.permissions import may_send_notices
from ketang.selection.ruling.effective import ruled
from ketang.selection.ruling.models import RulingKind
from ketang.selection.ruling.queries import newest_check, standing_rulings

MAY_ASK = (SubmissionState.SUBMITTED, SubmissionState.COMPLETE, SubmissionState.INCOMPLETE)
REMINDERS = (timedelta(days=3), timedelta(days=1))
"""How long before its date a notice is remembered; each once."""


def due_by_default(call: Call, now: datetime | None = None) -> datetime:
    """The end of the last day that the call gives for mending, on its clock."""
    day = (now or timezone.now()).astimezone(call.zone).date() + timedelta(days=int(call.file.get("mend_days", 15)))
    return datetime.combine(day, time(23, 59, 59), tzinfo=call.zone)


def draft(*, actor: Actor, submission: Submission) -> Notice:
    """Draft the notice of what is missing and what failed.

    Raises:
        Refused: nothing is missing; there is an open notice; the submission is not one that can be asked.

    Effects: the rows; `notices.draft`. Nobody outside the office sees it.
    """
    require(may_send_notices(actor))
    with audited():
        held = Submission.objects.select_for_update(of=("self",)).select_related("call", "latest").get(pk=submission.pk)
        if held.state not in MAY_ASK:
            raise Refused(_("这份申报现在是“%(state)s”，不能请它补正。") % {"state": held.get_state_display()})
        if Notice.objects.filter(submission=held, state__in=OPEN).exists():
            raise Refused(_("这份申报已有一份没有办完的补正通知。"))
        check, faults = found_faults(held)
        items = [*missing_copies(held), *faults]
        if not items:
            raise Refused(_("没有缺的材料，检查也没有要改的问题，不用补正。"))
        count = Notice.objects.filter(submission=held).count() + 1
        made = Notice.objects.create(
            submission=held, number=f"{held.number}-B{count:02d}", check_of=check, due_at=due_by_default(held.call),
            made_by_id=getattr(actor, "pk", None),
        )  # fmt: skip
        NoticeItem.objects.bulk_create(
            NoticeItem(notice=made, order=order, **one) for order, one in enumerate(items, 1)
        )
        record(actor=actor, action="notices.draft", of=made, payload={"number": made.number, "items": len(items)})
    return made


def change(*, actor: Actor, notice: Notice, due_at: datetime, words: str, left_out: Mapping[int, str]) -> None:
    """Change a draft.

    Args:
        due_at: aware.
        words: added by hand.
        left_out: of each item that is not asked for, by its order, why.

    Raises:
        Refused: it is no draft any more; the date has passed; nothing is left to ask for.

    Effects: the rows; `notices.change`.
    """
    require(may_send_notices(actor))
    if due_at <= timezone.now():
        raise Refused(_("补正截止时间已经过了，请写以后的日期。"), field="due")
    with audited():
        held = _held(notice, NoticeState.DRAFT)
        held.due_at, held.words = due_at, words.strip()[:5000]
        held.save(update_fields=["due_at", "words"])
        for item in held.items.all():
            item.left_out = left_out.get(item.order, "").strip()[:1000]
            item.save(update_fields=["left_out"])
        if not asked(held) and not held.words:
            raise Refused(_("没有要补正的内容了。请至少留下一项，或者删除草稿。"))
        payload = {"due": due_at, "left_out": {str(order): why for order, why in left_out.items() if why.strip()}}
        record(actor=actor, action="notices.change", of=held, payload=payload)
    notice.refresh_from_db()


def discard(*, actor: Actor, notice: Notice) -> None:
    """Throw a draft away; nobody outside the office has seen it. Effects: the rows are gone; `notices.discard`."""
    require(may_send_notices(actor))
    with audited():
        held = _held(notice, NoticeState.DRAFT)
        record(actor=actor, action="notices.discard", of=held, payload={"number": held.number})
        held.delete()


def send(*, actor: Actor, notice: Notice) -> None:
    """Send a draft: its supplier reads it, gets it by mail, and has until its date.

    Raises:
        Refused: it was sent already; the date has passed; the submission cannot be asked any more.

    Effects: submission `incomplete` until then (`intake.find_incomplete`); a letter with the paper to each member with an address,
    once; jobs that remind; `notices.send`.
    """
    require(may_send_notices(actor))
    with audited():
        held = _held(notice, NoticeState.DRAFT)
        if held.due_at <= timezone.now():
            raise Refused(_("补正截止时间已经过了，请写以后的日期。"), field="due")
        submission = held.submission
        held.state, held.sent_at, held.sent_as = NoticeState.SENT, timezone.now(), str(actor)
        held.save(update_fields=["state", "sent_at", "sent_as"])
        with override("zh-hans"):
            reason = _("见补正通知 %(number)s，共 %(n)s 项。") % {"number": held.number, "n": len(asked(held))}
        if submission.state == SubmissionState.INCOMPLETE:
            intake.take_back_request(actor=actor, submission=submission)
        intake.find_incomplete(actor=actor, submission=submission, reason=reason, until=held.due_at)
        letters = _tell(held, "sent", letter_words, with_paper=True)
        for before in REMINDERS:
            if held.due_at - before > timezone.now():
                key = f"notices.remind:{held.uuid}:{before.days}"
                enqueue(
                    "notices.remind", key=key, not_before=held.due_at - before, notice=str(held.uuid), days=before.days
                )
        record(actor=actor, action="notices.send", of=held, payload={"number": held.number, "letters": letters})
    notice.refresh_from_db()


def send_many(*, actor: Actor, uuids: list[str]) -> str:
    """Send drafts in the background. Returns the group's uuid. Effects: a job for each; `notices.send_many` on the first."""
    require(may_send_notices(actor))
    found = list(Notice.objects.filter(uuid__in=uuids, state=NoticeState.DRAFT))
    if not found:
        raise Refused(_("请选择要发出的草稿。"), field="chosen")
    with audited():
        works: list[tuple[str, Mapping[str, Any]]] = [
            ("notices.send", {"notice": str(one.uuid), "account": str(getattr(actor, "uuid", ""))}) for one in found
        ]
        group = enqueue_group(works, then="notices.sent")
        record(actor=actor, action="notices.send_many", of=found[0], payload={"count": len(found)})
    return str(group.uuid)


def withdraw(*, actor: Actor, notice: Notice, reason: str) -> None:
    """Take a sent notice back.

    Raises:
        Refused: without a reason; it is not one that was sent and is unanswered.

    Effects: the submission is as before it (`intake.take_back_request`); a letter says so; `notices.withdraw`.
    """
    require(may_send_notices(actor))
    if not reason.strip():
        raise Refused(_("请写明理由。"), field="reason")
    with audited():
        held = _held(notice, NoticeState.SENT)
        held.state, held.withdrawn_at, held.withdrawn_as = NoticeState.WITHDRAWN, timezone.now(), str(actor)
        held.withdrawn_because = reason.strip()[:2000]
        held.save(update_fields=["state", "withdrawn_at", "withdrawn_as", "withdrawn_because"])
        if held.submission.state == SubmissionState.INCOMPLETE:
            intake.take_back_request(actor=actor, submission=held.submission)
        _tell(held, "withdrawn", withdrawn_words)
        record(actor=actor, action="notices.withdraw", of=held, payload={"reason": held.withdrawn_because})
    notice.refresh_from_db()


def remind(notice: Notice, days: int) -> None:
    """Remind of what is still missing. Effects: letters, once for each occasion; none when it is answered or withdrawn."""
    with audited():
        held = Notice.objects.select_for_update().get(pk=notice.pk)
        if held.state == NoticeState.SENT:
            letters = _tell(held, f"remind-{days}", reminder_words)
            record(actor=SYSTEM, action="notices.remind", of=held, payload={"days": days, "letters": letters})


def copies_came(submission: Submission, call: Call) -> None:
    """Tick off the copies that are here now, inside the transaction that took them. Effects: the items; `notices.tick`."""
    del call
    here = [ItemKind.PAPER] * (submission.paper_at is not None) + [ItemKind.ELECTRONIC] * (
        submission.latest is not None
    )
    for notice in Notice.objects.filter(submission=submission, state=NoticeState.SENT):
        _tick(notice, [one for one in notice.items.all() if one.is_open and one.kind in here])


def check_ended(check: Check) -> None:
    """Tick off what a check no longer finds, inside the transaction that ended it. Effects: the items; `notices.tick`."""
    version = check.version
    if version is None:
        return
    notice = Notice.objects.filter(submission=version.submission_id, state=NoticeState.SENT).first()
    report = report_of(check)
    if notice is None or report is None or newest_check(version.submission) != check:
        return
    if notice.check_of is not None and notice.check_of.pk >= check.pk:
        return
    found = ruled(check, report, standing_rulings(version.submission))
    standing = standing_fingerprints(report, found)
    met = {place for place, one in found.clauses.items() if one.kind in (RulingKind.MET, RulingKind.WAIVE)}
    done = []
    for item in notice.items.all():
        mended = item.kind == ItemKind.FINDING and not set(item.fingerprints) & standing
        looked = item.kind == ItemKind.CLAUSE and (item.rulebook, item.clause) in met
        if item.is_open and (mended or looked):
            done.append(item)
    _tick(notice, done)


def _tick(notice: Notice, done: list[NoticeItem]) -> None:
    if not done:
        return
    with audited():
        now = timezone.now()
        NoticeItem.objects.filter(pk__in=[one.pk for one in done]).update(done_at=now)
        payload: dict[str, Any] = {"items": [one.order for one in done]}
        if not any(one.is_open for one in NoticeItem.objects.filter(notice=notice)):
            Notice.objects.filter(pk=notice.pk).update(state=NoticeState.ANSWERED, answered_at=now)
            payload["answered"] = True
        record(actor=SYSTEM, action="notices.tick", of=notice, payload=payload)


def _held(notice: Notice, state: NoticeState) -> Notice:
    """The row, locked, in that state."""
    held = (
        Notice.objects.select_for_update(of=("self",))
        .select_related("submission__call", "submission__organisation")
        .get(pk=notice.pk)
    )
    if held.state != state:
        raise Refused(_("这份补正通知现在是“%(state)s”，不能这样处理。") % {"state": held.get_state_display()})
    return held


def _tell(notice: Notice, what: str, words: Callable[[Notice], str], *, with_paper: bool = False) -> int:
    """Letters to the supplier's members, one an address and occasion. Returns how many."""
    members = notice.submission.organisation.memberships.filter(left_at=None, account__is_active=True)
    verified = EmailAddress.objects.filter(user__in=members.values("account"), verified=True)
    addresses = sorted({one.lower() for one in verified.values_list("email", flat=True)})
    with override("zh-hans"):
        text, subject = words(notice), _("补正通知 %(number)s") % {"number": notice.number}
        files = [_paper(notice)] if with_paper and addresses else []
    for address in addresses:
        post(
            actor=SYSTEM,
            key=f"notice:{notice.uuid}:{what}:{address}"[:200],
            recipient=address,
            subject=subject,
            text=text,
            files=files,
        )
    return len(addresses)


def _paper(notice: Notice) -> tuple[str, str, str]:
    from ketang.platform.official.word import TYPE, write_docx  # the library of documents: pages do without

    return f"{notice.number}.docx", TYPE, put_bytes(write_docx(notice_paper(notice))).digest
