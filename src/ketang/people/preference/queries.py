"""What an account keeps."""

from __future__ import annotations

from django.db.models import QuerySet

from ketang.people.account.models import Account
from ketang.people.preference.models import Preference


def display_of(account: Account) -> str | None:
    """The kept display as text; None when the account never chose one."""
    return Preference.objects.filter(account=account).values_list("display", flat=True).first() or None


def every_columns_of(account: Account) -> dict[str, list[str]]:
    """The kept columns by the name of the list."""
    return Preference.objects.filter(account=account).values_list("columns", flat=True).first() or {}


def columns_of(account: Account, of: str) -> list[str]:
    """The kept columns of one list; none when the account never chose."""
    return every_columns_of(account).get(of, [])


def wants_digest(account: Account) -> bool:
    """Whether a letter tells the account each day what waits."""
    return Preference.objects.filter(account=account, digest=True).exists()


def who_want_digest() -> QuerySet[Account]:
    """Active accounts that want the daily letter and have an address."""
    return Account.objects.filter(preference__digest=True, is_active=True).exclude(email="").order_by("pk")
