"""Scoring's share of a person's data: an expert's sheets, being filled in and submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share
from ketang.selection.scoring.models import Sheet, SubmittedSheet


def export(account: Account) -> Mapping[str, Any]:
    """Every sheet of the person's own, with private notes and the time spent; packages by their blind numbers."""
    kept = Sheet.objects.filter(assignment__expert__account=account).order_by("pk")
    submitted = SubmittedSheet.objects.filter(assignment__expert__account=account).order_by("id")
    alias = "assignment__version__blind_copy__alias"
    return {
        "sheets": list(kept.values(alias, "filled", "private", "seconds", "changed_at")),
        "submitted": list(
            submitted.values(alias, "index", "scores", "notes", "moments", "overall", "signed_as", "submitted_at", "reason")
        ),
    }  # fmt: skip


def erase(account: Account) -> Sequence[Kept]:
    """What was not submitted goes; submitted sheets stay with the name signed under them."""
    Sheet.objects.filter(assignment__expert__account=account).delete()
    submitted = SubmittedSheet.objects.filter(assignment__expert__account=account)
    return [Kept(gettext_lazy("已提交的评分表和署名"), gettext_lazy("遴选结果的依据"))] if submitted.exists() else []


SHARE = Share(applet="scoring", export=export, erase=erase)
