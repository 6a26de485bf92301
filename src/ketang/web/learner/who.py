"""Who learns on a page."""

from __future__ import annotations

from django.http import HttpRequest

from ketang.people.account.models import Account


def learner_of(request: HttpRequest) -> Account:
    """Whose learning a page is about; only for who is signed in."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    return request.user
