"""Reading payments. Whoever calls asks `permissions` first; bank data is read by `actions.look` alone."""

from __future__ import annotations

from django.db.models import QuerySet

from ketang.platform.listing import Listing
from ketang.selection.announcing.models import NoticeEntry
from ketang.selection.awarding.models import Decision, Outcome
from ketang.selection.paying.models import Payment, PaymentState

SHOWN = ("submission__organisation", "submission__call", "payment")


def payable() -> QuerySet[Decision]:
    """Awards that stand, are final and are of two people."""
    final = NoticeEntry.objects.filter(notice__final_at__isnull=False)
    return Decision.objects.filter(
        outcome=Outcome.SELECTED, undone_at=None, confirmed_at__isnull=False, entry__in=final
    )


def list_of_payable(state: str = "") -> Listing[Decision]:
    """The same to be read in pages; of one state only, `none` for those nobody was asked for.

    The newest call first, and its awards by number: an award keeps its line whatever becomes of its payment.
    """
    rows = payable().order_by("-submission__call_id", "submission__number", "id")
    if state == "none":
        rows = rows.filter(payment=None)
    elif state in PaymentState.values:
        rows = rows.filter(payment__state=state)
    return Listing(rows, Decision.objects.select_related(*SHOWN))


def one_payable() -> QuerySet[Decision]:
    """Awards with what a page of one shows."""
    return payable().select_related(*SHOWN)


def payments_to_list() -> QuerySet[Payment]:
    """Payments whose data was confirmed, in the order of `list_of_payable`: what a payment list holds."""
    states = (PaymentState.CONFIRMED, PaymentState.PAID, PaymentState.RETURNED)
    found = Payment.objects.filter(state__in=states, decision__undone_at=None)
    return found.select_related("decision__submission__organisation", "decision__submission__call").order_by(
        "-decision__submission__call_id", "decision__submission__number", "id"
    )
