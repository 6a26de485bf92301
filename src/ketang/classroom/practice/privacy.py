"""The share of practice in a person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ketang.classroom.practice.models import Tried
from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share


def _export(account: Account) -> Mapping[str, Any]:
    wanted = ("course__title", "question__stem", "chosen", "at")
    return {
        "practice": list(Tried.objects.filter(account=account).order_by("pk").values(*wanted)),
        "practised_for_others": list(Tried.objects.filter(by=account).order_by("pk").values("at")),
    }


def _erase(account: Account) -> Sequence[Kept]:
    """What somebody practised goes; what they entered for others stays, unsigned."""
    Tried.objects.filter(account=account).delete()
    Tried.objects.filter(by=account).update(by=None)
    return []


SHARE = Share(applet="practice", export=_export, erase=_erase)
