"""Who acts for which organisation."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ketang.people.account.models import Account
from ketang.people.organisation.models import Membership, Organisation, OrganisationKind

SUPPLYING = (OrganisationKind.UNIT, OrganisationKind.PERSON)


def organisations_of(account: Account) -> QuerySet[Organisation]:
    """The organisations the account acts for now, by name."""
    return Organisation.objects.filter(memberships__account=account, memberships__left_at=None).order_by("name", "pk")


def suppliers_of(account: Account) -> QuerySet[Organisation]:
    """Those of them that supply courses."""
    return organisations_of(account).filter(kind__in=SUPPLYING)


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Current members with their accounts, managers first."""
    found = Membership.current.filter(organisation=organisation).select_related("account")
    return found.order_by("-manages", "joined_at", "pk")


def is_member(account: Account, organisation: Organisation) -> bool:
    """Whether the account acts for the organisation now."""
    return Membership.current.filter(account=account, organisation=organisation).exists()


def is_manager(account: Account, organisation: Organisation) -> bool:
    """Whether the account may invite and remove members."""
    return Membership.current.filter(account=account, organisation=organisation, manages=True).exists()


def organisations(words: str = "") -> QuerySet[Organisation]:
    """Every organisation, the latest first; with words, those whose name or credit code holds each."""
    found = Organisation.objects.order_by("-registered_at", "-pk")
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(credit_code__icontains=word))
    return found
