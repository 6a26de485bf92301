"""Keeping settings. Looks are nobody's business but the person's: no audit entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ketang.people.account.models import Account
from ketang.people.preference.models import Preference
from ketang.people.preference.queries import display_of
from ketang.people.privacy.registry import Kept, Share


def keep_display(*, account: Account, display: str) -> None:
    """Remember how pages look to the account. Effects: one row is written."""
    Preference.objects.update_or_create(account=account, defaults={"display": display})


def _export(account: Account) -> Mapping[str, Any]:
    return {"display": display_of(account)}


def _erase(account: Account) -> Sequence[Kept]:
    Preference.objects.filter(account=account).delete()
    return []


SHARE = Share(applet="preference", export=_export, erase=_erase)
