"""Who learns on a page: oneself, or somebody for whom one acts."""

from __future__ import annotations

from django.http import HttpRequest

from ketang.classroom.groups.permissions import may_act_for
from ketang.people.account.models import Account

ACTING = "acting_for"
"""Key of the session: the identity of the learner for whom the signed-in helper acts."""


def learner_of(request: HttpRequest) -> Account:
    """Whose learning a page is about; only for who is signed in. Asked anew at each page: consent may have been taken back."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    acting = request.session.get(ACTING)
    if not acting:
        return request.user
    found = Account.objects.filter(uuid=acting).first()
    if found is None or not may_act_for(request.user, found):
        request.session.pop(ACTING, None)
        return request.user
    return found


def helper_of(request: HttpRequest) -> Account | None:
    """Who acts for the learner of a page; None when they do so themselves."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    return request.user if learner_of(request) != request.user else None
