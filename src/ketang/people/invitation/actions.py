"""Sending, accepting and revoking invitations."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketang.people.account.models import Account
from ketang.people.invitation.models import Invitation, InvitationState
from ketang.people.invitation.queries import digest_of, token_of
from ketang.people.organisation.actions import add_member
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.permissions import may_invite_to, may_manage_organisation, require
from ketang.people.role.actions import grant_by_invitation
from ketang.people.role.models import APPOINTED, Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused

VALID_DAYS = 14

REASONS = {
    InvitationState.ACCEPTED: _("这个邀请已经用过。"),
    InvitationState.REVOKED: _("这个邀请已经撤销，请与邀请人联系。"),
    InvitationState.EXPIRED: _("这个邀请已经过期，请让邀请人重新发送。"),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation and the token of its link, which is shown once and kept nowhere."""

    invitation: Invitation
    token: str


_accepted: list[Callable[[Invitation, Account], None]] = []


def on_accepted(act: Callable[[Invitation, Account], None]) -> None:
    """Have `act` called in the transaction in which an invitation is accepted; what it refuses refuses the acceptance."""
    if act not in _accepted:
        _accepted.append(act)


def invite_member(
    *, actor: Actor, organisation: Organisation, email: str = "", manages: bool = False, days: int = VALID_DAYS
) -> Sent:
    """Invite somebody into an organisation. Effects: the invitation; audit `people.invite`. Refused: a person's own registration."""
    require(may_manage_organisation(actor, organisation))
    if organisation.kind == OrganisationKind.PERSON:
        raise Refused(_("以个人身份登记的报送者不能再加成员。"))
    return _send(actor, Invitation(organisation=organisation, manages=manages, email=email), days)


def invite_to_role(
    *, actor: Actor, role: Role, email: str = "", days: int = VALID_DAYS, by_letter: bool = False
) -> Sent:
    """Invite somebody to a role.

    Args:
        by_letter: the link goes out in a letter: its token is one that `token_of` makes again as the letter leaves, so that
            the kept letter need not hold it.

    Effects: the invitation; audit `people.invite`.
    """
    require(may_invite_to(actor, role))
    if role not in APPOINTED:
        raise Refused(_("这个角色不需要邀请。"), field="role")
    return _send(actor, Invitation(role=role, email=email), days, by_letter=by_letter)


def _send(actor: Actor, invitation: Invitation, days: int, *, by_letter: bool = False) -> Sent:
    if not 1 <= days <= 90:
        raise Refused(_("有效期为 1 至 90 天。"), field="days")
    token = token_of(invitation) if by_letter else secrets.token_urlsafe(32)
    invitation.token_digest = digest_of(token)
    invitation.invited_by = actor if isinstance(actor, Account) else None
    invitation.expires_at = timezone.now() + timedelta(days=days)
    with audited():
        invitation.save()
        to = str(invitation.organisation.uuid) if invitation.organisation else invitation.role
        record(actor=actor, action="people.invite", of=invitation, payload={"to": to})
    return Sent(invitation, token)


def accept_invitation(*, account: Account, token: str) -> Invitation:
    """Use a link, once. Effects: the membership or appointment; the invitation is used up; audit `people.accept_invitation`;
    whoever asked by `on_accepted` is called.

    Refused: an unknown, used, revoked or expired link; one whose sender may no longer invite.
    """
    with audited():
        found = Invitation.objects.select_for_update().filter(token_digest=digest_of(token)).first()
        if found is None:
            raise Refused(_("没有这个邀请，请检查链接是否完整。"))
        if found.state != InvitationState.OPEN:
            raise Refused(REASONS[found.state])
        if not _still_invited(found):
            raise Refused(REASONS[InvitationState.REVOKED])
        found.accepted_by, found.accepted_at = account, timezone.now()
        found.save(update_fields=["accepted_by", "accepted_at"])
        record(actor=account, action="people.accept_invitation", of=found)
        if found.organisation is not None:
            add_member(
                invited_by=found.invited_by or account, account=account, organisation=found.organisation,
                manages=found.manages,
            )  # fmt: skip
        else:
            grant_by_invitation(invited_by=found.invited_by, account=account, role=Role(found.role))
        for act in _accepted:
            act(found, account)
    return found


def _still_invited(invitation: Invitation) -> bool:
    """Whether who sent it could send it today: a link outlives neither its sender's account nor their office."""
    by = invitation.invited_by
    if by is None or not by.is_active:
        return False
    to = invitation.organisation
    return may_invite_to(by, Role(invitation.role)) if to is None else may_manage_organisation(by, to)


def revoke_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Take a link back. Effects: it no longer works; audit `people.revoke_invitation`. Refused: one that was used."""
    to = invitation.organisation
    require(may_invite_to(actor, Role(invitation.role)) if to is None else may_manage_organisation(actor, to))
    with audited():
        found = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if found.accepted_at is not None:
            raise Refused(REASONS[InvitationState.ACCEPTED])
        if found.revoked_at is None:
            Invitation.objects.filter(pk=found.pk).update(revoked_at=timezone.now())
            record(actor=actor, action="people.revoke_invitation", of=found)
