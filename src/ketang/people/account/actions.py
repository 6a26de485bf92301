"""Opening accounts for people who cannot do it themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from ketang.people.account.models import LOGIN_FORM, Account
from ketang.people.permissions import may_appoint, may_open_account, require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.refusal import Refused

LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not taken for one another on paper."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A new account and its first password, which is shown once and kept nowhere."""

    account: Account
    password: str


def open_account(*, actor: Actor, login: str, name: str) -> Opened:
    """Open an account without e-mail, for a learner of a training centre.

    Effects: the account with a random password; audit `people.open_account`. Refused: a login name that is taken or malformed.
    """
    require(may_open_account(actor))
    return open_by_command(login=login, name=name, actor=actor)


def open_by_command(*, login: str, name: str, actor: Actor | None = None) -> Opened:
    """The same from the command line, where there is nobody to ask for permission."""
    try:
        LOGIN_FORM(login)
    except ValidationError as wrong:
        raise Refused(wrong.message, field="login") from None
    password = random_password()
    with audited():
        if Account.objects.filter(login__iexact=login).exists():
            raise Refused(_("这个登录名已经有人使用。"), field="login")
        account = Account(login=login, name=" ".join(name.split()))
        account.set_password(password)
        account.save()
        record(actor=actor or SYSTEM, action="people.open_account", of=account, payload={"login": login, "name": name})
    return Opened(account, password)


def set_password_by_command(*, account: Account) -> str:
    """A new random password, from the command line, for somebody who lost theirs; every session of theirs ends.

    Effects: the password; audit `people.set_password`. Returns it; it is kept nowhere.
    """
    password = random_password()
    with audited():
        account.set_password(password)
        account.save(update_fields=["password"])
        record(actor=SYSTEM, action="people.set_password", of=account)
    return password


def random_password() -> str:
    """Sixteen legible characters in four groups: 79 bits."""
    return "-".join(get_random_string(4, LEGIBLE) for _part in range(4))


def remove_second_factor(*, actor: Actor, account: Account) -> None:
    """Take away every second factor of somebody who lost theirs; whoever must have one sets it up at the next sign-in.

    Effects: one-time passwords, passkeys and recovery codes of the account are gone; audit `people.remove_second_factor`.
    """
    require(may_appoint(actor))
    _remove_second_factor(actor, account)


def remove_second_factor_by_command(*, account: Account) -> None:
    """The same from the command line, for an administrator who is locked out."""
    _remove_second_factor(SYSTEM, account)


def _remove_second_factor(actor: Actor | str, account: Account) -> None:
    from allauth.mfa.models import Authenticator

    with audited():
        Authenticator.objects.filter(user=account).delete()
        record(actor=actor, action="people.remove_second_factor", of=account, payload={"kind": "all"})
