"""Keeping settings. Looks are nobody's business but the person's: no audit entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from ketang.people.account.models import Account
from ketang.people.preference.models import Preference
from ketang.people.preference.queries import display_of, every_columns_of, wants_digest
from ketang.people.privacy.registry import Kept, Share


def keep_display(*, account: Account, display: str) -> None:
    """Remember how pages look to the account. Effects: one row is written."""
    Preference.objects.update_or_create(account=account, defaults={"display": display})


def keep_columns(*, account: Account, of: str, columns: Sequence[str]) -> None:
    """Remember which columns the list `of` shows to the account. Effects: one row is written."""
    with transaction.atomic():
        Preference.objects.get_or_create(account=account)
        held = Preference.objects.select_for_update().get(account=account)
        held.columns = {**held.columns, of: list(columns)}
        held.save(update_fields=["columns"])


def choose_digest(*, account: Account, wanted: bool) -> None:
    """Have a letter each day, or no longer. Effects: one row is written."""
    Preference.objects.update_or_create(account=account, defaults={"digest": wanted})


def _export(account: Account) -> Mapping[str, Any]:
    return {
        "display": display_of(account), "columns": every_columns_of(account), "digest": wants_digest(account)
    }  # fmt: skip


def _erase(account: Account) -> Sequence[Kept]:
    Preference.objects.filter(account=account).delete()
    return []


SHARE = Share(applet="preference", export=_export, erase=_erase)
