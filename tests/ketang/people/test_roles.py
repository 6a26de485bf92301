"""Appointments: given, taken back, audited; the last administrator stays."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ketang.people.account.actions import open_account, open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.models import Membership, Organisation, OrganisationKind
from ketang.people.role.actions import appoint, appoint_first_administrator, end_appointment
from ketang.people.role.models import Appointment, Role
from ketang.people.role.queries import holders, needs_second_factor, roles_of
from ketang.platform.audit.models import AuditEntry
from ketang.platform.refusal import Refused


def acts() -> list[tuple[str, object]]:
    return [(entry.action, entry.details) for entry in AuditEntry.objects.all()]


def test_given_and_taken_back(administrator: Account) -> None:
    clerk = open_account(actor=administrator, login="clerk", name="经办").account
    AuditEntry.objects.all().delete()
    appoint(actor=administrator, account=clerk, role=Role.CLERK)
    appoint(actor=administrator, account=clerk, role=Role.CLERK)
    assert (roles_of(clerk), needs_second_factor(clerk)) == (frozenset({Role.CLERK, Role.LEARNER}), True)
    assert list(holders(Role.CLERK)) == [clerk]
    end_appointment(actor=administrator, account=clerk, role=Role.CLERK)
    end_appointment(actor=administrator, account=clerk, role=Role.CLERK)
    assert (roles_of(clerk), needs_second_factor(clerk)) == (frozenset({Role.LEARNER}), False)
    assert acts() == [("people.appoint", {"role": "clerk"}), ("people.end_appointment", {"role": "clerk"})]
    assert Appointment.objects.filter(account=clerk).count() == 1


def test_only_an_administrator_appoints(administrator: Account) -> None:
    clerk = open_account(actor=administrator, login="clerk", name="经办").account
    appoint(actor=administrator, account=clerk, role=Role.CLERK)
    with pytest.raises(PermissionDenied):
        appoint(actor=clerk, account=clerk, role=Role.FINANCE)
    assert roles_of(clerk) == {Role.CLERK, Role.LEARNER}


def test_the_last_administrator_stays(administrator: Account) -> None:
    with pytest.raises(Refused, match="最后一位系统管理员"):
        end_appointment(actor=administrator, account=administrator, role=Role.ADMINISTRATOR)
    other = open_account(actor=administrator, login="other", name="乙").account
    appoint(actor=administrator, account=other, role=Role.ADMINISTRATOR)
    end_appointment(actor=administrator, account=administrator, role=Role.ADMINISTRATOR)
    assert list(holders(Role.ADMINISTRATOR)) == [other]


def test_the_first_administrator_comes_by_command_and_only_once(administrator: Account) -> None:
    other = open_by_command(login="other", name="乙").account
    with pytest.raises(Refused, match="已经有系统管理员"):
        appoint_first_administrator(account=other)


def test_roles_that_come_by_membership_are_not_appointed(administrator: Account) -> None:
    with pytest.raises(ValueError, match="supplier"):
        appoint(actor=administrator, account=administrator, role=Role.SUPPLIER)


@pytest.mark.parametrize("login", ["clerk", "CLERK"])
def test_a_login_name_is_taken_once(administrator: Account, login: str) -> None:
    open_account(actor=administrator, login="clerk", name="经办")
    with pytest.raises(Refused, match="已经有人使用"):
        open_account(actor=administrator, login=login, name="另一位")


@pytest.mark.parametrize("login", ["", "a b", "a@example.org"])
def test_a_login_name_is_no_address(administrator: Account, login: str) -> None:
    with pytest.raises(Refused, match="登录名只能用"):
        open_account(actor=administrator, login=login, name="某人")


def test_the_first_password_works(administrator: Account) -> None:
    opened = open_account(actor=administrator, login="学员01", name="学员")
    assert opened.account.check_password(opened.password)
    assert len(opened.password) == 19


def test_each_kind_of_membership_makes_its_role_until_it_ends(administrator: Account) -> None:
    """Kinds and roles come from one query: none is called as the other, or a membership would appoint."""
    assert set(OrganisationKind.values) & set(Role.values) == set()
    made = {}
    for kind in OrganisationKind:
        account = open_account(actor=administrator, login=f"of-{kind}", name="某人").account
        body = Organisation.objects.create(kind=kind, name=f"示例{kind}")
        membership = Membership.objects.create(account=account, organisation=body)
        made[kind] = roles_of(Account.objects.get(pk=account.pk))
        membership.left_at = timezone.now()
        membership.save()
        assert roles_of(Account.objects.get(pk=account.pk)) == frozenset({Role.LEARNER})
    supplies, recommends = frozenset({Role.LEARNER, Role.SUPPLIER}), frozenset({Role.LEARNER, Role.RECOMMENDER})
    assert made == {
        OrganisationKind.UNIT: supplies,
        OrganisationKind.PERSON: supplies,
        OrganisationKind.BUREAU: recommends,
        OrganisationKind.AUTHORITY: recommends,
        OrganisationKind.ASSOCIATION: recommends,
        OrganisationKind.CENTRE: frozenset({Role.LEARNER, Role.CENTRE}),
    }
