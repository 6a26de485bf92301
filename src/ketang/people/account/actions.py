"""Opening accounts for people who cannot do it themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from ketang.people.account.models import LOGIN_FORM, Account
from ketang.people.permissions import may_appoint, may_open_account, require
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, roles_of
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.refusal import Refused

LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not taken for one another on paper."""
NUMBER_SIGNS = 8
"""Digits of a login name that is a number."""
ONE_TIME_DAYS = 60
"""So long a one-time password opens the door."""


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


def open_with_number(*, actor: Actor, name: str) -> Opened:
    """An account without e-mail whose login name is a number, with a one-time password. Whoever calls has asked for permission.

    Effects: the account; audit `people.open_account`.
    """
    with audited():
        for _again in range(20):
            login = get_random_string(NUMBER_SIGNS, "0123456789")
            if not Account.objects.filter(login=login).exists():
                break
        else:
            raise Refused(_("没有空的登录号了，请联系系统管理员。"))
        password = one_time_password()
        account = Account(login=login, name=" ".join(name.split()), password_until=_until())
        account.set_password(password)
        account.save()
        payload = {"login": login, "name": account.name, "one_time": True}
        record(actor=actor, action="people.open_account", of=account, payload=payload)
    return Opened(account, password)


def new_one_time_password(*, actor: Actor, account: Account) -> Opened:
    """Another one-time password; every session of the account ends. Whoever calls has asked for permission.

    Effects: the password; audit `people.set_password`. Refused: an account with an address or a role, which is somebody's own by now.
    """
    if account.email or roles_of(account) != frozenset({Role.LEARNER}):
        raise Refused(_("这个账号已经有邮箱或者工作角色，请本人自己修改密码。"))
    password = one_time_password()
    with audited():
        account.set_password(password)
        account.password_until = _until()
        account.save(update_fields=["password", "password_until"])
        record(actor=actor, action="people.set_password", of=account, payload={"one_time": True})
    return Opened(account, password)


def choose_password(*, account: Account, password: str) -> None:
    """The person chooses their own password in the place of a one-time one.

    Effects: the password; audit `people.choose_password`. Refused: one that is easily guessed, or the one-time one again.
    """
    if account.check_password(password):
        raise Refused(_("请换一个密码，不要用纸条上的那个。"), field="password")
    try:
        validate_password(password, account)
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages), field="password") from None
    with audited():
        account.set_password(password)
        account.password_until = None
        account.save(update_fields=["password", "password_until"])
        record(actor=account, action="people.choose_password", of=account)


def one_time_password() -> str:
    """Eight legible characters in two groups: 39 bits, for days only, and guesses at one account are limited."""
    return "-".join(get_random_string(4, LEGIBLE) for _part in range(2))


def _until() -> datetime:
    return timezone.now() + timedelta(days=ONE_TIME_DAYS)


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
