"""Who holds which role."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet

from ketang.people.account.models import Account
from ketang.people.organisation.models import RECOMMENDING, Membership, Organisation, OrganisationKind
from ketang.people.role.models import APPOINTED, SECOND_FACTOR, Appointment, Role

Actor = Account | AnonymousUser
"""Whoever asks: an account, or a visitor."""
_OF_KIND = {kind.value: Role.RECOMMENDER if kind in RECOMMENDING else Role.SUPPLIER for kind in OrganisationKind} | {
    OrganisationKind.CENTRE.value: Role.CENTRE
}
"""What membership in an organisation of a kind makes of an account. No kind is called as a role is."""
_HELD = (
    f"SELECT role FROM {Appointment._meta.db_table} WHERE account_id = %s AND ended_at IS NULL "  # noqa: S608 - names of our own tables
    f"UNION ALL SELECT o.kind FROM {Membership._meta.db_table} m "
    f"JOIN {Organisation._meta.db_table} o ON o.id = m.organisation_id WHERE m.account_id = %s AND m.left_at IS NULL"
)
"""Written out, for every page asks it: to put two querysets together takes longer than to answer them."""


def roles_of(actor: Actor) -> frozenset[Role]:
    """Every role of the actor; one query for the first call on one instance of an account, none after it."""
    if not isinstance(actor, Account):
        return frozenset({Role.VISITOR})
    if not actor.is_active:
        return frozenset()
    if actor.known_roles is None:
        with connection.cursor() as cursor:
            cursor.execute(_HELD, [actor.pk, actor.pk])
            held = {_OF_KIND.get(word) or Role(word) for (word,) in cursor.fetchall()}
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
