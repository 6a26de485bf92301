"""Finding accounts."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ketang.people.account.models import Account


def accounts(words: str = "") -> QuerySet[Account]:
    """Accounts that were not erased, the latest first; with words, those whose name, login name or address holds each."""
    found = Account.objects.filter(erased_at=None).order_by("-joined_at", "-pk")
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(login__icontains=word) | Q(email__icontains=word))
    return found
