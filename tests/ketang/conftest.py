"""What tests of the product ask for: an account of each role, made through the product's own actions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.actions import add_member, register_organisation, register_recommender
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.role.actions import appoint, appoint_first_administrator
from ketang.people.role.models import APPOINTED, Role
from ketang.people.role.queries import Actor
from ketang_accounts import credit_code


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Counts of rate limits do not go from one test into the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def administrator(db: None) -> Account:
    account = open_by_command(login="administrator", name="管理员甲").account
    appoint_first_administrator(account=account)
    return account


@pytest.fixture
def unit(db: None) -> Organisation:
    """A supplying unit with the manager `manager`."""
    manager = open_by_command(login="manager", name="单位管理员").account
    return register_organisation(
        actor=manager, kind=OrganisationKind.UNIT, name="示例培训学校", credit_code=credit_code(1)
    )


@pytest.fixture
def actors(administrator: Account, unit: Organisation) -> dict[Role, Actor]:
    """Somebody of each role who has no other role that was given (everybody signed in learns)."""
    found: dict[Role, Actor] = {Role.VISITOR: AnonymousUser(), Role.ADMINISTRATOR: administrator}
    for role in Role:
        if role in found:
            continue
        account = open_by_command(login=f"a-{role}", name=str(role.label)).account
        if role in APPOINTED:
            appoint(actor=administrator, account=account, role=role)
        found[role] = account
    supplier, recommender = found[Role.SUPPLIER], found[Role.RECOMMENDER]
    assert isinstance(supplier, Account)
    assert isinstance(recommender, Account)
    add_member(invited_by=None, account=supplier, organisation=unit)
    body = register_recommender(actor=administrator, kind=OrganisationKind.BUREAU, name="示例人社局")
    add_member(invited_by=administrator, account=recommender, organisation=body, manages=True)
    return found
