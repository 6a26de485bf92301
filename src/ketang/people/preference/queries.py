"""What an account keeps."""

from __future__ import annotations

from ketang.people.account.models import Account
from ketang.people.preference.models import Preference


def display_of(account: Account) -> str | None:
    """The kept display as text; None when the account never chose one."""
    return Preference.objects.filter(account=account).values_list("display", flat=True).first()
