"""Asking for bank data, giving it, looking at it, confirming, paying, returning. Finance alone; every step is in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.people.account.models import Account
from ketang.people.organisation.models import OrganisationKind
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.outbox.actions import post
from ketang.platform.outbox.queries import can_send
from ketang.platform.refusal import Refused
from ketang.selection.announcing.queries import is_final
from ketang.selection.answering.words import in_both
from ketang.selection.awarding.models import Decision
from ketang.selection.awarding.tax import Basis, tax_of
from ketang.selection.paying.details import checked, masked, seal, unsealed
from ketang.selection.paying.links import MARK, address_of, make_link
from ketang.selection.paying.models import InvoiceState, Payment, PaymentLink, PaymentState
from ketang.selection.paying.permissions import may_look_at_bank_data, may_pay
from ketang.selection.paying.words import link_words


def ask(*, actor: Actor, decision: Decision, mail: str = "") -> str:
    """Ask the supplier of an award for its bank data by a link for one use.

    Args:
        mail: where the link is sent; without one it is shown once, to be handed over.

    Returns:
        The link's address where it is not sent; empty otherwise.

    Raises:
        Refused: the award is not final, or of one person; confirmed or paid already; the letter cannot leave.

    Effects: the payment; the link, the one before ended; what was given before is gone; a letter; `paying.ask`.
    """
    require(may_pay(actor))
    if mail and not can_send():
        raise Refused(_("系统没有设置发信服务器，信发不出去。请不填邮箱，改为显示链接。"), field="mail")
    with audited():
        held_decision = Decision.objects.select_for_update().get(pk=decision.pk)
        if not (held_decision.is_selected and held_decision.is_confirmed and is_final(held_decision)):
            raise Refused(_("结果还没有生效，不能要收款信息。"))
        payment, _made = Payment.objects.get_or_create(decision=held_decision, defaults=_begun(held_decision))
        held = _held(payment)
        _step(held, PaymentState.ASKED)
        held.sealed, held.masked, held.given_at, held.asked_at = "", "", None, timezone.now()
        held.save()
        link, token = make_link(held, actor if isinstance(actor, Account) else None)
        if mail:
            with override("zh-hans"):
                subject = _("请填写收款信息：%(title)s") % {"title": held.decision.submission.title}
            text = in_both(lambda: link_words(link, MARK))
            link.letter = post(
                actor=SYSTEM, key=f"payment:{link.uuid}", recipient=mail.strip(), subject=subject, text=text
            )
            link.save(update_fields=["letter"])
        record(actor=actor, action="paying.ask", of=held, payload={"link": str(link.uuid), "sent": bool(mail)})
    return "" if mail else address_of(token)


def give(*, link: PaymentLink, given: Mapping[str, str]) -> None:
    """Whoever holds the link gives the data; the link has ended then.

    Raises:
        Refused: the link does not work any more; a field that cannot be right.

    Effects: the data, encrypted; state `given`; `paying.give` by the payment, without any of it.
    """
    with audited():
        held = _held(link.payment)
        if not PaymentLink.objects.select_for_update().get(pk=link.pk).works:
            raise Refused(_("这个链接不能用了。"))
        details = checked(held.decision.submission.organisation.kind, given)
        _step(held, PaymentState.GIVEN)
        held.sealed, held.masked, held.given_at = seal(details), masked(details["account"]), timezone.now()
        held.save()
        PaymentLink.objects.filter(pk=link.pk).update(ended_at=timezone.now())
        record(actor=held, action="paying.give", of=held)


def look(*, actor: Actor, payment: Payment) -> dict[str, str]:
    """The bank and identity data. Effects: `paying.look`. Refused where none was given."""
    require(may_look_at_bank_data(actor))
    with audited():
        held = _held(payment)
        if not held.sealed:
            raise Refused(_("还没有收款信息。"))
        record(actor=actor, action="paying.look", of=held)
        return unsealed(held.sealed)


def set_basis(*, actor: Actor, payment: Payment, basis: Basis) -> None:
    """As what a person's fee is taxed: finance's judgement. Effects: basis and tax; `paying.set_basis`. Refused for units and once paid."""
    require(may_pay(actor))
    with audited():
        held = _held(payment)
        if is_unit(held):
            raise Refused(_("供应单位开发票，不代扣个人所得税。"))
        if held.state in (PaymentState.PAID, PaymentState.CANCELLED):
            raise Refused(_("已经付款或取消，不能再改。"))
        assert held.decision.amount is not None  # noqa: S101 - a constraint of the table
        held.basis, held.tax = basis, tax_of(held.decision.amount, basis).tax
        held.save(update_fields=["basis", "tax"])
        record(actor=actor, action="paying.set_basis", of=held, payload={"basis": basis.value, "tax": str(held.tax)})
    payment.refresh_from_db()


def set_invoice(*, actor: Actor, payment: Payment, invoice: InvoiceState, number: str = "") -> None:
    """How a unit's invoice stands. Effects: the row; `paying.set_invoice`. Refused for persons; received without its number."""
    require(may_pay(actor))
    number = " ".join(number.split())[:40]
    with audited():
        held = _held(payment)
        if not is_unit(held):
            raise Refused(_("个人不用开发票。"))
        if invoice == InvoiceState.RECEIVED and not number:
            raise Refused(_("请填写发票号码。"), field="invoice_number")
        held.invoice, held.invoice_number = invoice, number
        held.save(update_fields=["invoice", "invoice_number"])
        record(actor=actor, action="paying.set_invoice", of=held, payload={"invoice": invoice.value, "number": number})
    payment.refresh_from_db()


def confirm(*, actor: Actor, payment: Payment) -> None:
    """Finance has compared the data. Effects: state `confirmed`; `paying.confirm`. Refused without a basis of tax for a person."""
    require(may_pay(actor))
    with audited():
        held = _held(payment)
        if not is_unit(held) and not held.basis:
            raise Refused(_("请先选定计税依据。"))
        _step(held, PaymentState.CONFIRMED)
        held.confirmed_at = timezone.now()
        held.save(update_fields=["state", "confirmed_at"])
        record(actor=actor, action="paying.confirm", of=held)
    payment.refresh_from_db()


def mark_paid(*, actor: Actor, payment: Payment, on: date, reference: str) -> None:
    """It was paid. Effects: the row; `paying.paid`. Refused without a reference; for a unit whose invoice is not here."""
    require(may_pay(actor))
    reference = " ".join(reference.split())[:80]
    if not reference:
        raise Refused(_("请填写付款凭证号。"), field="reference")
    with audited():
        held = _held(payment)
        if is_unit(held) and held.invoice != InvoiceState.RECEIVED:
            raise Refused(_("发票还没有收到，不能付款。"))
        _step(held, PaymentState.PAID)
        held.paid_on, held.reference, held.returned_because = on, reference, ""
        held.save(update_fields=["state", "paid_on", "reference", "returned_because"])
        record(actor=actor, action="paying.paid", of=held, payload={"on": on.isoformat(), "reference": reference})
    payment.refresh_from_db()


def mark_returned(*, actor: Actor, payment: Payment, reason: str) -> None:
    """The bank sent it back. Effects: the row; `paying.returned`. Refused without a reason."""
    require(may_pay(actor))
    reason = reason.strip()[:500]
    if not reason:
        raise Refused(_("请写明退回原因。"), field="reason")
    with audited():
        held = _held(payment)
        _step(held, PaymentState.RETURNED)
        held.returned_because = reason
        held.save(update_fields=["state", "returned_because"])
        record(actor=actor, action="paying.returned", of=held, payload={"reason": reason})
    payment.refresh_from_db()


def keep_paid(decision: Decision) -> None:
    """Before a decision is undone: refused while its money is out; otherwise the payment is cancelled and its data is gone."""
    held = Payment.objects.select_for_update().filter(decision=decision).first()
    if held is None or held.state == PaymentState.CANCELLED:
        return
    if held.state == PaymentState.PAID:
        raise Refused(_("这笔钱已经付出。请先由财务登记退回。"))
    held.state, held.sealed, held.masked = PaymentState.CANCELLED, "", ""
    held.save()
    held.links.filter(ended_at=None).update(ended_at=timezone.now())
    record(actor=SYSTEM, action="paying.cancel", of=held)


def is_unit(payment: Payment) -> bool:
    """Whether a unit is paid, which sends an invoice."""
    return payment.decision.submission.organisation.kind != OrganisationKind.PERSON


def _begun(decision: Decision) -> dict[str, str]:
    of_unit = decision.submission.organisation.kind != OrganisationKind.PERSON
    return {"invoice": InvoiceState.WAITING if of_unit else ""}


def _held(payment: Payment) -> Payment:
    found = Payment.objects.select_for_update(of=("self",)).select_related("decision__submission__organisation")
    return found.get(pk=payment.pk)


def _step(held: Payment, state: PaymentState) -> None:
    """Go to a state; Refused where the table of transitions has no such step."""
    if not held.may_become(state):
        words = {"now": held.get_state_display(), "then": state.label}
        raise Refused(_("这笔付款现在是“%(now)s”，不能改为“%(then)s”。") % words)
    held.state = state
