"""Putting results on public notice; objecting; answering; and the end of the period."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.outbox.actions import post
from ketang.platform.outbox.models import Letter
from ketang.platform.outbox.queries import can_send
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.platform.storage.actions import put_bytes
from ketang.selection.announcing.evidence import read_evidence
from ketang.selection.announcing.models import NoticeEntry, Objection, ObjectionState, PublicNotice
from ketang.selection.announcing.permissions import may_announce
from ketang.selection.announcing.queries import to_be_announced
from ketang.selection.announcing.words import answer_words
from ketang.selection.answering.words import in_both
from ketang.selection.awarding.actions import undo
from ketang.selection.awarding.approving import withdraw_award
from ketang.selection.awarding.queries import list_of_call
from ketang.selection.calls.models import Call


def announce(*, actor: Actor, call: Call, shows_amounts: bool) -> PublicNotice:
    """Put on public notice what two people decided and no notice has told yet, for the call's days of notice.

    Raises:
        Refused: nothing to tell; the list of awards is being revised.

    Effects: the notice and its entries; the job `announcing.settle` at its end; `announcing.announce`.
    """
    require(may_announce(actor))
    with audited():
        held = Call.objects.select_for_update().get(pk=call.pk)
        made_list = list_of_call(held)
        if made_list is not None and made_list.is_draft:
            raise Refused(_("入选名单还没有两个人批准，不能公示。"))
        found = list(to_be_announced(held))
        if not found:
            raise Refused(_("没有可以公示的结果：要么都已公示，要么还没有第二个人复核。"))
        now = timezone.now()
        count = PublicNotice.objects.filter(call=held).count() + 1
        made = PublicNotice.objects.create(
            call=held, number=f"{held.slug.upper()}-G{count:02d}", shows_amounts=shows_amounts, starts_at=now,
            ends_at=ends_at(now, held), published_by=actor if isinstance(actor, Account) else None,
        )  # fmt: skip
        NoticeEntry.objects.bulk_create(
            NoticeEntry(
                notice=made, place=place, decision=one, supplier=one.submission.organisation.name,
                title=one.submission.title, outcome=one.outcome, amount=one.amount,
            )
            for place, one in enumerate(found, start=1)
        )  # fmt: skip
        key = f"announcing.settle:{made.uuid}"
        enqueue("announcing.settle", key=key, not_before=made.ends_at, notice=str(made.uuid))
        payload = {"number": made.number, "entries": len(found), "ends_at": made.ends_at.isoformat()}
        record(actor=actor, action="announcing.announce", of=made, payload=payload)
    return made


def ends_at(start: datetime, call: Call) -> datetime:
    """The end of the period: whole days on the call's calendar after the day of publication; at once for none."""
    days = call.content.notice_days
    if days == 0:
        return start
    last = start.astimezone(call.zone).date() + timedelta(days=days + 1)
    return datetime.combine(last, time.min, tzinfo=call.zone)


def send_objection(
    *,
    notice: PublicNotice,
    name: str,
    words: str,
    mail: str = "",
    phone: str = "",
    entry: NoticeEntry | None = None,
    evidence: tuple[str, bytes] | None = None,
) -> Objection:
    """Somebody objects.

    Args:
        evidence: name and content of a file.

    Raises:
        Refused: the period is over; no name, no words, no way to answer; a file that is none of those taken.

    Effects: the stored file; the row; `announcing.object` by a visitor, without name and words.
    """
    name, words, mail, phone = " ".join(name.split()), words.strip(), mail.strip(), " ".join(phone.split())
    if not name or len(name) > 100:
        raise Refused(_("请填写真实姓名，最多 100 个字。匿名的异议不能受理。"), field="name")
    if not words or len(words) > 5000:
        raise Refused(_("请写明异议和理由，最多 5000 个字。"), field="words")
    if not mail and not phone:
        raise Refused(_("请填写电子邮箱或电话，至少一样，好把处理结果告诉您。"), field="mail")
    if len(phone) > 40:
        raise Refused(_("电话最多 40 个字。"), field="phone")
    try:
        if mail:
            validate_email(mail)
    except ValidationError:
        raise Refused(_("邮箱地址写错了，请照 name@example.com 的样子填写。"), field="mail") from None
    kept_name, digest = "", ""
    if evidence is not None:
        kept_name, content = read_evidence(*evidence)
        digest = put_bytes(content).digest
    with audited():
        held = PublicNotice.objects.select_for_update().get(pk=notice.pk)
        if not held.is_running:
            raise Refused(_("公示期已经结束，不再受理异议。有疑问请联系主办单位。"))
        count = Objection.objects.filter(notice=held).count() + 1
        made = Objection.objects.create(
            notice=held, number=f"{held.number}-Y{count:03d}", name=name, mail=mail, phone=phone, words=words, entry=entry,
            evidence=digest, evidence_name=kept_name,
        )  # fmt: skip
        record(actor=None, action="announcing.object", of=made, payload={"number": made.number})
    return made


def answer(*, actor: Actor, objection: Objection, upheld: bool, words: str, withdraws: bool = False) -> None:
    """Answer an objection.

    Args:
        withdraws: whether the award that it is about is withdrawn; only of one that is upheld.

    Raises:
        Refused: no words; answered before; nothing to withdraw; what was built on the award stands.

    Effects: the row; the award withdrawn and the next of the reserve put up for approval (`withdraw_award`), or the single
    decision undone; a letter where there is an address; `announcing.answer`; the notice becomes final where its time is over.
    """
    require(may_announce(actor))
    words = words.strip()
    if not words:
        raise Refused(_("请写明答复。"), field="words")
    with audited():
        notice = PublicNotice.objects.select_for_update().get(pk=objection.notice_id)
        held = (
            Objection.objects.select_for_update(of=("self",))
            .select_related("entry__decision__row")
            .get(pk=objection.pk)
        )
        if not held.is_open:
            raise Refused(_("这份异议已经答复。"))
        if withdraws:
            _withdraw(actor, held, upheld)
        held.state = ObjectionState.UPHELD if upheld else ObjectionState.REJECTED
        held.answer, held.answered_at, held.withdrew = words, timezone.now(), withdraws
        held.answered_by = actor if isinstance(actor, Account) else None
        if held.mail and can_send():
            held.letter = _write(held)
        held.save()
        payload = {"upheld": upheld, "withdrew": withdraws}
        record(actor=actor, action="announcing.answer", of=held, payload=payload)
        _settle(notice)
    objection.refresh_from_db()


def settle(*, notice: PublicNotice) -> bool:
    """Make a notice's results final: its time is over, and no objection is open. Returns whether they are.

    Effects: the row; `announcing.final` by the system. Nothing when they are final, or not yet.
    """
    with audited():
        return _settle(PublicNotice.objects.select_for_update().get(pk=notice.pk))


def _settle(held: PublicNotice) -> bool:
    if held.final_at is None:
        waiting = held.objections.filter(state=ObjectionState.OPEN).exists()
        if held.is_running or waiting:
            return False
        held.final_at = timezone.now()
        held.save(update_fields=["final_at"])
        record(actor=SYSTEM, action="announcing.final", of=held)
    return True


def _withdraw(actor: Actor, held: Objection, upheld: bool) -> None:
    decision = held.entry.decision if held.entry is not None else None
    if not upheld:
        raise Refused(_("异议不成立，不能撤回入选。"), field="effect")
    if decision is None or not decision.is_selected:
        raise Refused(_("这份异议没有针对一件生效的入选，没有可以撤回的。"), field="effect")
    reason = _("公示期间的异议 %(number)s 成立") % {"number": held.number}
    if hasattr(decision, "row"):
        withdraw_award(actor=actor, row=decision.row, reason=reason)
    else:
        undo(actor=actor, decision=decision, reason=reason)


def _write(held: Objection) -> Letter:
    text = in_both(lambda: answer_words(held))
    with override("zh-hans"):
        subject = _("%(number)s：对您所提异议的答复") % {"number": held.number}
    return post(actor=SYSTEM, key=f"objection:{held.uuid}", recipient=held.mail, subject=subject, text=text)
