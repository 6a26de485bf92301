"""The share of learning in a person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ketang.classroom.learning.models import Progress, Sitting, Study
from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share


def _export(account: Account) -> Mapping[str, Any]:
    wanted = (
        "course__title",
        "lesson__title",
        "watched",
        "read_ms",
        "counted_ms",
        "by_class",
        "began_at",
        "studied_at",
        "finished_at",
    )
    return {
        "progress": list(Progress.objects.filter(account=account).order_by("pk").values(*wanted)),
        "study": list(Study.objects.filter(account=account).values("claims")),
        "sittings": list(Sitting.objects.filter(account=account).values("uuid", "last", "begun_at")),
    }


def _erase(account: Account) -> Sequence[Kept]:
    """All of it: hours are the learner's own."""
    for kind in (Progress, Sitting, Study):
        kind.objects.filter(account=account).delete()
    return []


SHARE = Share(applet="learning", export=_export, erase=_erase)
