"""Announcing's share of a person's data: objections that were sent from an address of theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share
from ketang.selection.announcing.models import Objection, ObjectionState


def export(account: Account) -> Mapping[str, Any]:
    """What they said and what was answered."""
    fields = ("number", "name", "mail", "phone", "words", "sent_at", "state", "answer", "answered_at")
    return {"objections": list(_own(account).order_by("id").values(*fields))}


def forget(account: Account) -> None:
    """They name nobody and reach nobody any more; the words of an open one stay until it is answered."""
    own = _own(account)
    own.exclude(state=ObjectionState.OPEN).update(words=_("已注销"))
    own.update(name=_("已注销"), mail="", phone="—")


def erase(account: Account) -> Sequence[Kept]:
    """Nothing personal is left: `forget` came first."""
    del account
    return []


def _own(account: Account) -> QuerySet[Objection]:
    known = EmailAddress.objects.filter(user=account, verified=True).values_list("email", flat=True)
    addresses = [address for address in (*known, account.email) if address]
    return Objection.objects.filter(mail__in=addresses)


SHARE = Share(applet="announcing", export=export, erase=erase, first=forget)
