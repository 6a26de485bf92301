"""The whole table role × permission, and that no permission of the product is left out of a table."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from ketang.people import permissions
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.permitting import PERMISSIONS
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, roles_of

V, L, S, R, C, E, F, A, T = Role
SIGNED_IN = {L, S, R, C, E, F, A, T}

PLAIN = {
    permissions.may_appoint: {A},
    permissions.may_read_audit: {A},
    permissions.may_see_people: {C, A},
    permissions.may_open_account: {C, A},
    permissions.may_answer_feedback: {C, A},
    permissions.may_register_organisation: SIGNED_IN,
    permissions.may_register_recommender: {C, A},
    permissions.may_register_centre: {C, A},
    permissions.may_register_supplier: {C, A},
}
ABOUT = {
    ("may_invite_to", "the expert's role"): {C, A},
    ("may_invite_to", "the clerk's role"): {A},
    ("may_see_organisation", "the supplier's unit"): {S, C, F, A},
    ("may_see_organisation", "the recommender's body"): {R, C, F, A},
    ("may_see_organisation", "the training centre"): {T, C, F, A},
    ("may_manage_organisation", "the training centre"): {C, A},  # who works there does not manage
    ("may_manage_organisation", "the supplier's unit"): {A},  # the supplier is a member who does not manage
    ("may_manage_organisation", "the recommender's body"): {R, C, A},
    ("may_export", "the supplier"): {S, A},
    ("may_erase", "the supplier"): {S, A},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", PLAIN, ids=lambda permission: permission.__name__)
def test_plain(actors: dict[Role, Actor], role: Role, permission: object) -> None:
    assert permission(actors[role]) is (role in PLAIN[permission])  # type: ignore[operator, index]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("name", "thing"), ABOUT)
def test_about_something(actors: dict[Role, Actor], unit: Organisation, role: Role, name: str, thing: str) -> None:
    things = {
        "the supplier's unit": unit,
        "the recommender's body": Organisation.objects.get(kind=OrganisationKind.BUREAU),
        "the training centre": Organisation.objects.get(kind=OrganisationKind.CENTRE),
        "the supplier": actors[Role.SUPPLIER],
        "the expert's role": Role.EXPERT,
        "the clerk's role": Role.CLERK,
    }
    assert getattr(permissions, name)(actors[role], things[thing]) is (role in ABOUT[name, thing])


def test_a_manager_manages(actors: dict[Role, Actor], unit: Organisation) -> None:
    assert permissions.may_manage_organisation(Account.objects.get(login="manager"), unit)


def test_the_table_is_whole() -> None:
    listed = {permission.__name__ for permission in PLAIN} | {name for name, _thing in ABOUT}
    here = {name.rpartition(".")[2] for name in PERMISSIONS if name.startswith("ketang.people.")}
    assert listed == here


def test_one_account_may_hold_several_roles_and_everybody_signed_in_learns(
    actors: dict[Role, Actor], administrator: Account
) -> None:
    assert {role: roles_of(actor) for role, actor in actors.items()} == {
        role: frozenset({role}) if role == Role.VISITOR else frozenset({role, Role.LEARNER}) for role in Role
    }


def test_an_account_that_may_not_sign_in_may_nothing(actors: dict[Role, Actor]) -> None:
    clerk = actors[Role.CLERK]
    assert isinstance(clerk, Account)
    clerk.is_active = False
    assert roles_of(clerk) == frozenset()
    with pytest.raises(PermissionDenied):
        permissions.require(permissions.may_see_people(clerk))
