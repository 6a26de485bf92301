"""Numbers for accounts and organisations of tests: well-formed, and of nobody."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kebao.identity.credit_code import check_character

if TYPE_CHECKING:
    from django.test import Client

    from ketang.people.account.models import Account


def credit_code(number: int) -> str:
    """A well-formed credit code of no registered unit (`number` below 100)."""
    first = f"91120000MA00000{number:02d}"
    return first + check_character(first)


def signed_in(account: Account) -> Client:
    """A browser in which the account has signed in with its second factor, which it is given where it has none."""
    from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.test import Client

    if not Authenticator.objects.filter(user=account).exists():
        TOTP.activate(account, generate_totp_secret())
    client = Client()
    client.force_login(account)
    session = client.session
    session["account_authentication_methods_user"] = str(account.pk)  # allauth's own name for whose they are
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session.save()
    return client
