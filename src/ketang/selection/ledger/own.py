"""The ledger's share of a person's data: the name of who supplies in their own name stands in it and in what is searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from ketang.people.account.models import Account
from ketang.people.organisation.models import OrganisationKind
from ketang.people.privacy.registry import Kept, Share
from ketang.selection.ledger.models import Arrival, ArrivalPassage


def export(account: Account) -> Mapping[str, Any]:
    """What arrived of the person's own submissions."""
    rows = _theirs(account).values("number", "door", "medium", "received_at", "supplier", "title", "name", "digest")
    return {"arrivals": list(rows.order_by("id"))}


def erase(account: Account) -> Sequence[Kept]:
    """Arrivals stay, as proof of what was here when, under the name that the supplier has by now."""
    found = _theirs(account).select_related("submission__organisation", "receipt")
    for arrival in found:
        assert arrival.submission is not None  # noqa: S101 - that is how they were found
        arrival.supplier, arrival.sender = arrival.submission.organisation.name, ""
        arrival.save(update_fields=["supplier", "sender"])
        ArrivalPassage.objects.filter(arrival=arrival).update(text=ArrivalPassage.text_of(arrival))
    return [Kept(_("收件台账"), _("证明什么时间收到了什么"))] if found else []


def _theirs(account: Account) -> Any:
    return Arrival.objects.filter(
        submission__organisation__kind=OrganisationKind.PERSON, submission__organisation__memberships__account=account
    ).distinct()


SHARE = Share(applet="ledger", export=export, erase=erase)
