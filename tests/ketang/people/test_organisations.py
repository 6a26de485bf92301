"""Units and persons, and who acts for them."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.actions import (
    add_member,
    register_organisation,
    register_recommender,
    remove_member,
    set_manager,
)
from ketang.people.organisation.models import Membership, Organisation, OrganisationKind
from ketang.people.organisation.queries import is_manager, is_member, members_of, suppliers_of
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, roles_of
from ketang.platform.audit.models import AuditEntry
from ketang.platform.refusal import Refused
from ketang_accounts import credit_code


@pytest.fixture
def somebody(db: None) -> Account:
    return open_by_command(login="somebody", name="某人").account


def test_a_unit_registers_with_its_credit_code(somebody: Account) -> None:
    code = credit_code(7)
    unit = register_organisation(
        actor=somebody, kind=OrganisationKind.UNIT, name="  示例  学校 ", credit_code=f" {code[:9]} {code[9:].lower()}"
    )
    assert (unit.name, unit.credit_code, list(suppliers_of(somebody))) == ("示例 学校", code, [unit])
    assert roles_of(somebody) == {Role.SUPPLIER, Role.LEARNER}
    assert is_manager(somebody, unit)
    actions = AuditEntry.objects.order_by("number").values_list("action", flat=True)
    assert list(actions) == ["people.open_account", "people.register_organisation", "people.join"]


def test_a_person_registers_once_and_alone(somebody: Account) -> None:
    person = register_organisation(actor=somebody, kind=OrganisationKind.PERSON, name="某人", credit_code="不看")
    assert person.credit_code == ""
    with pytest.raises(Refused, match="已经以个人身份"):
        register_organisation(actor=somebody, kind=OrganisationKind.PERSON, name="某人")
    other = open_by_command(login="other", name="乙").account
    with pytest.raises(Refused, match="不能再加成员"):
        add_member(invited_by=somebody, account=other, organisation=person)
    assert not is_member(other, person)


REFUSALS = {
    "no name": (OrganisationKind.UNIT, "  ", credit_code(1), "name", "请填写名称"),
    "no code": (OrganisationKind.UNIT, "示例", "", "credit_code", "没有填写统一社会信用代码"),
    "wrong check": (OrganisationKind.UNIT, "示例", credit_code(1)[:-1] + "I", "credit_code", "没有 I"),
    "a recommender": (OrganisationKind.BUREAU, "示例局", "", "kind", "由主办单位登记"),
}


@pytest.mark.parametrize(("kind", "name", "code", "field", "words"), REFUSALS.values(), ids=REFUSALS.keys())
def test_refused_with_the_field_it_is_about(
    somebody: Account, kind: OrganisationKind, name: str, code: str, field: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refused:
        register_organisation(actor=somebody, kind=kind, name=name, credit_code=code)
    assert (refused.value.field, Organisation.objects.count(), Membership.objects.count()) == (field, 0, 0)


def test_the_fault_of_a_code_is_told_in_english_too(somebody: Account) -> None:
    with translation.override("en"), pytest.raises(Refused, match="has 18 characters"):
        register_organisation(actor=somebody, kind=OrganisationKind.UNIT, name="示例", credit_code="9112")


def test_a_code_is_registered_once(unit: Organisation, somebody: Account) -> None:
    with pytest.raises(Refused, match="已经登记过"):
        register_organisation(actor=somebody, kind=OrganisationKind.UNIT, name="另一所", credit_code=unit.credit_code)


def test_members_come_and_go_and_the_last_manager_stays(unit: Organisation, somebody: Account) -> None:
    manager = Account.objects.get(login="manager")
    add_member(invited_by=manager, account=somebody, organisation=unit)
    assert [row.account for row in members_of(unit)] == [manager, somebody]
    with pytest.raises(Refused, match="最后一位管理员"):
        remove_member(actor=manager, account=manager, organisation=unit)
    with pytest.raises(Refused, match="最后一位管理员"):
        set_manager(actor=manager, account=manager, organisation=unit, manages=False)
    with pytest.raises(PermissionDenied):
        set_manager(actor=somebody, account=somebody, organisation=unit, manages=True)
    set_manager(actor=manager, account=somebody, organisation=unit, manages=True)
    remove_member(actor=manager, account=manager, organisation=unit)
    assert [row.account for row in members_of(unit)] == [somebody]
    assert roles_of(manager) == {Role.LEARNER}
    add_member(invited_by=somebody, account=manager, organisation=unit)
    assert Membership.objects.filter(account=manager, organisation=unit).count() == 2


def test_a_member_may_leave(unit: Organisation, somebody: Account) -> None:
    add_member(invited_by=None, account=somebody, organisation=unit)
    remove_member(actor=somebody, account=somebody, organisation=unit)
    assert not is_member(somebody, unit)


def test_the_office_registers_recommenders(actors: dict[Role, Actor], somebody: Account) -> None:
    body = register_recommender(actor=actors[Role.CLERK], kind=OrganisationKind.ASSOCIATION, name="示例协会")
    assert body.recommends
    with pytest.raises(Refused, match="请选择推荐单位的种类"):
        register_recommender(actor=actors[Role.CLERK], kind=OrganisationKind.UNIT, name="示例")
    with pytest.raises(PermissionDenied):
        register_recommender(actor=somebody, kind=OrganisationKind.BUREAU, name="示例局")
