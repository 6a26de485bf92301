"""The share of what was brought back in a person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ketang.classroom.offline.models import BroughtBack
from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share


def _export(account: Account) -> Mapping[str, Any]:
    wanted = ("course__title", "record", "begun_ms", "work_ms", "counted_ms", "read", "told", "brought_at")
    return {"brought_back": list(BroughtBack.objects.filter(account=account).order_by("pk").values(*wanted))}


def _erase(account: Account) -> Sequence[Kept]:
    """All of it: hours are the learner's own."""
    BroughtBack.objects.filter(account=account).delete()
    return []


SHARE = Share(applet="offline", export=_export, erase=_erase)
