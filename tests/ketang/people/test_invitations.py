"""One-time links: used once, for a time, taken back, and no longer good when their sender may not invite."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.invitation.actions import (
    Sent,
    accept_invitation,
    invite_member,
    invite_to_role,
    revoke_invitation,
)
from ketang.people.invitation.models import Invitation, InvitationState
from ketang.people.invitation.queries import invitation_by, invitations_to, invitations_to_roles
from ketang.people.organisation.models import Membership, Organisation
from ketang.people.organisation.queries import is_manager, is_member
from ketang.people.role.actions import appoint, end_appointment
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, roles_of
from ketang.platform.audit.models import AuditEntry
from ketang.platform.refusal import Refused


@pytest.fixture
def manager(unit: Organisation) -> Account:
    return Account.objects.get(login="manager")


@pytest.fixture
def guest(db: None) -> Account:
    return open_by_command(login="guest", name="受邀人").account


@pytest.fixture
def sent(manager: Account, unit: Organisation) -> Sent:
    return invite_member(actor=manager, organisation=unit, email="guest@example.org")


def test_used_once(sent: Sent, guest: Account, unit: Organisation) -> None:
    assert sent.invitation.state == InvitationState.OPEN
    used = accept_invitation(account=guest, token=sent.token)
    assert (used.state, is_member(guest, unit), is_manager(guest, unit)) == (InvitationState.ACCEPTED, True, False)
    other = open_by_command(login="other", name="乙").account
    with pytest.raises(Refused, match="已经用过"):
        accept_invitation(account=other, token=sent.token)
    assert not is_member(other, unit)
    assert list(invitations_to(unit)) == [used]


def test_the_token_is_kept_nowhere(sent: Sent) -> None:
    row = Invitation.objects.values().get()
    assert sent.token not in str(row)
    assert all(sent.token not in (entry.payload or "") for entry in AuditEntry.objects.all())
    assert invitation_by(sent.token) == sent.invitation
    assert invitation_by(row["token_digest"]) is None


def test_expired(sent: Sent, guest: Account, unit: Organisation) -> None:
    Invitation.objects.update(expires_at=timezone.now())
    with pytest.raises(Refused, match="已经过期"):
        accept_invitation(account=guest, token=sent.token)
    assert not is_member(guest, unit)


def test_good_for_two_weeks(sent: Sent) -> None:
    assert sent.invitation.expires_at - timezone.now() == pytest.approx(timedelta(days=14), abs=timedelta(minutes=1))


@pytest.mark.parametrize("days", [0, 91])
def test_not_good_for_ever(manager: Account, unit: Organisation, days: int) -> None:
    with pytest.raises(Refused, match="1 至 90 天"):
        invite_member(actor=manager, organisation=unit, days=days)


def test_revoked(sent: Sent, guest: Account, manager: Account, unit: Organisation) -> None:
    with pytest.raises(PermissionDenied):
        revoke_invitation(actor=guest, invitation=sent.invitation)
    revoke_invitation(actor=manager, invitation=sent.invitation)
    revoke_invitation(actor=manager, invitation=sent.invitation)
    with pytest.raises(Refused, match="已经撤销"):
        accept_invitation(account=guest, token=sent.token)
    assert not is_member(guest, unit)
    assert AuditEntry.objects.filter(action="people.revoke_invitation").count() == 1


def test_a_used_link_cannot_be_revoked(sent: Sent, guest: Account, manager: Account) -> None:
    accept_invitation(account=guest, token=sent.token)
    with pytest.raises(Refused, match="已经用过"):
        revoke_invitation(actor=manager, invitation=sent.invitation)


def test_an_unknown_link(guest: Account) -> None:
    with pytest.raises(Refused, match="没有这个邀请"):
        accept_invitation(account=guest, token="x" * 43)


def test_a_link_does_not_outlive_the_office_of_its_sender(administrator: Account, guest: Account) -> None:
    other = open_by_command(login="other", name="乙").account
    appoint(actor=administrator, account=other, role=Role.ADMINISTRATOR)
    sent = invite_to_role(actor=other, role=Role.FINANCE)
    end_appointment(actor=administrator, account=other, role=Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="已经撤销"):
        accept_invitation(account=guest, token=sent.token)
    assert roles_of(guest) == {Role.LEARNER}


def test_to_a_role(administrator: Account, guest: Account) -> None:
    sent = invite_to_role(actor=administrator, role=Role.EXPERT)
    accept_invitation(account=guest, token=sent.token)
    assert roles_of(guest) == {Role.EXPERT, Role.LEARNER}
    assert list(invitations_to_roles()) == [sent.invitation]
    assert Membership.objects.count() == 0


def test_nobody_invites_beyond_their_own_right(actors: dict[Role, Actor], unit: Organisation) -> None:
    for role, actor in actors.items():
        if role != Role.ADMINISTRATOR:
            with pytest.raises(PermissionDenied):
                invite_to_role(actor=actor, role=Role.CLERK)
            with pytest.raises(PermissionDenied):
                invite_member(actor=actor, organisation=unit)
    assert Invitation.objects.count() == 0
