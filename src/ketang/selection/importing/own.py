"""The share of a person's data in imported spreadsheets: the rows that became arrivals of their own submissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ketang.people.account.models import Account
from ketang.people.organisation.models import OrganisationKind
from ketang.people.privacy.registry import Kept, Share
from ketang.selection.importing.fields import Field
from ketang.selection.importing.models import SheetRow

KEPT = (Field.RECEIVED, Field.POSTMARK, Field.MEDIUM, Field.COPIES, Field.TITLE)
"""What says nothing of a person."""


def export(account: Account) -> Mapping[str, Any]:
    """What the office's old spreadsheets said of the person's submissions, telephone numbers included."""
    rows = _theirs(account).order_by("id").values("of__name", "line", "said")
    return {"old_ledger_rows": [{"file": one["of__name"], "line": one["line"], **one["said"]} for one in rows]}


def erase(account: Account) -> Sequence[Kept]:
    """Names, telephone numbers and remarks go; that and when something came stays, as proof."""
    rows = list(_theirs(account))
    for row in rows:
        row.said, row.cells = {key: words for key, words in row.said.items() if key in KEPT}, []
    SheetRow.objects.bulk_update(rows, ["said", "cells"], batch_size=500)
    return [Kept(_("旧台账里导入的行"), _("证明什么时间收到了什么"))] if rows else []


def _theirs(account: Account) -> QuerySet[SheetRow]:
    found = SheetRow.objects.filter(
        arrival__submission__organisation__kind=OrganisationKind.PERSON,
        arrival__submission__organisation__memberships__account=account,
    )
    return found.distinct()


SHARE = Share(applet="importing", export=export, erase=erase)
