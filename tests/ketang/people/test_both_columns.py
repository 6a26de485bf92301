"""One journey through the people of an instance on both columns: what the other tests prove on SQLite holds on PostgreSQL."""

from __future__ import annotations

import pytest

from ketang.people.account.actions import open_by_command
from ketang.people.consent.actions import give_consent, withdraw_consent
from ketang.people.consent.models import Purpose
from ketang.people.consent.queries import has_consented
from ketang.people.invitation.actions import accept_invitation, invite_member, invite_to_role, revoke_invitation
from ketang.people.organisation.actions import register_organisation, remove_member, set_manager
from ketang.people.organisation.models import OrganisationKind
from ketang.people.organisation.queries import members_of
from ketang.people.privacy.actions import erase_account, export_personal_data
from ketang.people.role.actions import appoint, appoint_first_administrator, end_appointment
from ketang.people.role.models import Role
from ketang.people.role.queries import roles_of
from ketang.platform.audit.queries import Whole, verify
from ketang.platform.refusal import Refused
from ketang_accounts import credit_code
from ketang_columns import Column


def test_a_journey(column: Column) -> None:
    chief, head, member, clerk = (
        open_by_command(login=name, name=name).account for name in ("chief", "head", "member", "clerk")
    )
    appoint_first_administrator(account=chief)
    appoint(actor=chief, account=clerk, role=Role.CLERK)
    unit = register_organisation(actor=head, kind=OrganisationKind.UNIT, name="示例学校", credit_code=credit_code(3))
    with pytest.raises(Refused, match="已经登记过"):
        register_organisation(actor=member, kind=OrganisationKind.UNIT, name="另一所", credit_code=credit_code(3))
    sent = invite_member(actor=head, organisation=unit)
    accept_invitation(account=member, token=sent.token)
    with pytest.raises(Refused, match="已经用过"):
        accept_invitation(account=clerk, token=sent.token)
    set_manager(actor=head, account=member, organisation=unit, manages=True)
    remove_member(actor=member, account=head, organisation=unit)
    assert [row.account for row in members_of(unit)] == [member]
    taken_back = invite_to_role(actor=chief, role=Role.EXPERT)
    revoke_invitation(actor=chief, invitation=taken_back.invitation)
    with pytest.raises(Refused, match="已经撤销"):
        accept_invitation(account=member, token=taken_back.token)
    with pytest.raises(Refused, match="最后一位系统管理员"):
        end_appointment(actor=chief, account=chief, role=Role.ADMINISTRATOR)
    for _again in range(2):
        give_consent(account=member, purpose=Purpose.NEEDS, language="zh-hans", text="同意。")
    withdraw_consent(account=member, purpose=Purpose.NEEDS)
    assert not has_consented(member, Purpose.NEEDS)
    assert export_personal_data(actor=member, account=member)[:2] == b"PK"
    erase_account(actor=member, account=member, reason="本人要求")
    assert (roles_of(member), members_of(unit).count()) == (frozenset(), 0)
    assert isinstance(verify(), Whole)
