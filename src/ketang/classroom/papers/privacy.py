"""The share of exams on paper in a person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ketang.classroom.papers.models import Keyed, Printing, Sheet
from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share


def _export(account: Account) -> Mapping[str, Any]:
    wanted = ("printing__paper__title", "sheet__number", "chosen", "sat_on", "entered_at", "checked_at", "undone_at")
    return {
        "sheets": list(Keyed.objects.filter(account=account).order_by("pk").values(*wanted)),
        "entered_for_others": list(Keyed.objects.filter(entered_by=account).order_by("pk").values("entered_at")),
        "checked_for_others": list(Keyed.objects.filter(checked_by=account).order_by("pk").values("checked_at")),
    }


def _erase(account: Account) -> Sequence[Kept]:
    """Sheets lose the name and what was entered of them; what they entered for others stays, unsigned."""
    Keyed.objects.filter(account=account).delete()
    Sheet.objects.filter(account=account).update(account=None)
    for name in ("entered_by", "checked_by", "undone_by"):
        Keyed.objects.filter(**{name: account}).update(**{name: None})
    Printing.objects.filter(made_by=account).update(made_by=None)
    return []


SHARE = Share(applet="papers", export=_export, erase=_erase)
