"""Paying's share of a person's data: what they gave to be paid for what they supplied in their own name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.people.account.models import Account
from ketang.people.organisation.models import OrganisationKind
from ketang.people.privacy.registry import Kept, Share
from ketang.selection.paying.details import unsealed
from ketang.selection.paying.models import Payment, PaymentLink, PaymentState


def export(account: Account) -> Mapping[str, Any]:
    """Their payments with the data they gave."""
    found = _own(account).select_related("decision__submission").order_by("id")
    return {
        "payments": [
            {
                "submission": one.decision.submission.number, "state": one.state, "basis": one.basis, "tax": one.tax,
                "paid_on": one.paid_on, "given": unsealed(one.sealed) if one.sealed else {},
            }
            for one in found
        ]
    }  # fmt: skip


def erase(account: Account) -> Sequence[Kept]:
    """Data of what was not paid is gone, and nobody can give any by a link; that of what was paid is an accounting record."""
    own = _own(account)
    paid = (PaymentState.PAID, PaymentState.RETURNED)
    own.exclude(state__in=paid).update(sealed="", masked="")
    PaymentLink.objects.filter(payment__in=own, ended_at=None).update(ended_at=timezone.now())
    if own.filter(state__in=paid).exists():
        return [Kept(_("已付款项的收款信息和税款"), _("《会计档案管理办法》规定的保管期限。"))]
    return []


def _own(account: Account) -> QuerySet[Payment]:
    own = Payment.objects.filter(
        decision__submission__organisation__kind=OrganisationKind.PERSON,
        decision__submission__organisation__memberships__account=account,
    )
    return Payment.objects.filter(pk__in=own.values("pk"))


SHARE = Share(applet="paying", export=export, erase=erase)
