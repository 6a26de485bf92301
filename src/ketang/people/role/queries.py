"""Who holds which role."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from ketang.people.account.models import Account
from ketang.people.organisation.models import RECOMMENDING, Membership
from ketang.people.role.models import APPOINTED, SECOND_FACTOR, Role

Actor = Account | AnonymousUser
"""Whoever asks: an account, or a visitor."""


def roles_of(actor: Actor) -> frozenset[Role]:
    """Every role of the actor; two queries for the first call on one instance of an account, none after it."""
    if not isinstance(actor, Account):
        return frozenset({Role.VISITOR})
    if not actor.is_active:
        return frozenset()
    if actor.known_roles is None:
        held = {Role(role) for role in actor.appointments.filter(ended_at=None).values_list("role", flat=True)}
        kinds = set(Membership.current.filter(account=actor).values_list("organisation__kind", flat=True))
        held |= {Role.RECOMMENDER if kind in RECOMMENDING else Role.SUPPLIER for kind in kinds}
        actor.known_roles = frozenset(held | {Role.LEARNER})
    return actor.known_roles


def holds(actor: Actor, *roles: Role) -> bool:
    """Whether the actor has one of the roles."""
    return not roles_of(actor).isdisjoint(roles)


def needs_second_factor(actor: Actor) -> bool:
    """Whether the actor has a role that works only with a second factor."""
    return holds(actor, *SECOND_FACTOR)


def holders(role: Role) -> QuerySet[Account]:
    """The active accounts appointed to a role, by name. ValueError for a role that is not held by appointment."""
    if role not in APPOINTED:
        raise ValueError(role)
    found = Account.objects.filter(is_active=True, appointments__role=role, appointments__ended_at=None)
    return found.order_by("name", "pk")
