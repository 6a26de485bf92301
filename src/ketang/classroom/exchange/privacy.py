"""The share of exchange in a person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from ketang.classroom.exchange.models import Statement
from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share


def _export(account: Account) -> Mapping[str, Any]:
    wanted = ("body", "made_at", "sent_at")
    return {"statements": list(Statement.objects.filter(account=account).order_by("pk").values(*wanted))}


def _erase(account: Account) -> Sequence[Kept]:
    """Nothing stays here; what was sent is with the receiver, which the person is told."""
    found = Statement.objects.filter(account=account)
    was_sent = found.filter(sent_at__isnull=False).exists()
    found.delete()
    if not was_sent:
        return []
    return [Kept(_("已经发给外部学习记录库的学习结果（只有编号，不含姓名）"), _("在对方那里，请向对方要求删除。"))]


SHARE = Share(applet="exchange", export=_export, erase=_erase)
