"""The share of certificates in a person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from ketang.classroom.certificates.models import Certificate, Terms, Upheld
from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share

_TOLD = (
    "number", "code", "holder", "title", "supplier", "issuer", "hours", "by_class", "has_passed", "has_done", "issued_at", "revoked_at", "revoked_because",
)  # fmt: skip


def _export(account: Account) -> Mapping[str, Any]:
    own = Certificate.objects.filter(account=account).order_by("pk")
    return {"certificates": [one | {"hours": str(one["hours"])} for one in own.values(*_TOLD)]}


def _erase(account: Account) -> Sequence[Kept]:
    """Certificates stay checkable by who has the paper, without a name and without an account."""
    Terms.objects.filter(set_by=account).update(set_by=None)
    Certificate.objects.filter(issued_by=account).update(issued_by=None)
    Certificate.objects.filter(revoked_by=account).update(revoked_by=None)
    Upheld.objects.filter(by=account).update(by=None)
    if not Certificate.objects.filter(account=account).update(account=None, holder=""):
        return []
    return [Kept(_("颁发过的证书（不含姓名）"), _("持有证书的人可能还要请别人核验。"))]


SHARE = Share(applet="certificates", export=_export, erase=_erase)
