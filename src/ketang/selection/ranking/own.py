"""The meeting's share of a person's data: what was said, and how it was voted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share
from ketang.selection.ranking.models import Remark, Vote


def export(account: Account) -> Mapping[str, Any]:
    """The person's own remarks and votes."""
    said = Remark.objects.filter(said_by=account).order_by("id")
    votes = Vote.objects.filter(seat__expert__account=account).order_by("id")
    return {
        "remarks": list(said.values("meeting__call__slug", "submission__number", "words", "signed_as", "said_at")),
        "votes": list(votes.values("meeting__call__slug", "submission__number", "choice", "voted_at")),
    }


def erase(account: Account) -> Sequence[Kept]:
    """The record of a meeting stays whole."""
    took_part = (
        Remark.objects.filter(said_by=account).exists() or Vote.objects.filter(seat__expert__account=account).exists()
    )
    return [Kept(gettext_lazy("评审会上的发言和表决"), gettext_lazy("遴选结果的依据"))] if took_part else []


SHARE = Share(applet="ranking", export=export, erase=erase)
