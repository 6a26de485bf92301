"""Giving a role and taking it back."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.people.account.models import Account
from ketang.people.permissions import may_appoint, require
from ketang.people.role.models import APPOINTED, Appointment, Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.refusal import Refused


def appoint(*, actor: Actor, account: Account, role: Role) -> Appointment:
    """Give a role. Effects: one current appointment (the standing one, if there is one); audit `people.appoint`."""
    require(may_appoint(actor))
    return _appoint(actor, account, role)


def appoint_first_administrator(*, account: Account) -> Appointment:
    """Give the administrator's role while nobody holds it: how an instance begins, from the command line alone."""
    with audited():
        if Appointment.objects.filter(role=Role.ADMINISTRATOR, ended_at=None, account__is_active=True).exists():
            raise Refused(_("已经有系统管理员，请由其任命。"))
        return _appoint(None, account, Role.ADMINISTRATOR)


def grant_by_invitation(*, invited_by: Account | None, account: Account, role: Role) -> Appointment:
    """Give the role that an accepted invitation carries, in the name of who sent it."""
    return _appoint(invited_by, account, role)


def _appoint(actor: Actor | None, account: Account, role: Role) -> Appointment:
    if role not in APPOINTED:
        raise ValueError(role)
    by = actor if isinstance(actor, Account) else None
    with audited():
        found, new = Appointment.objects.get_or_create(
            account=account, role=role, ended_at=None, defaults={"appointed_by": by}
        )
        if new:
            record(actor=by or SYSTEM, action="people.appoint", of=account, payload={"role": role})
    account.known_roles = None
    return found


def end_appointment(*, actor: Actor, account: Account, role: Role) -> None:
    """Take a role back. Effects: the appointment ends now; audit `people.end_appointment`. The last administrator stays."""
    require(may_appoint(actor))
    with audited():
        standing = Appointment.objects.select_for_update().filter(role=role, ended_at=None)
        if (
            role == Role.ADMINISTRATOR
            and not standing.exclude(account=account).filter(account__is_active=True).exists()
        ):
            raise Refused(_("这是最后一位系统管理员，请先任命另一位。"))
        if standing.filter(account=account).update(ended_at=timezone.now()):
            record(actor=actor, action="people.end_appointment", of=account, payload={"role": role})
    account.known_roles = None
