"""Who may do what with people. Each permission is a function; the tests walk the whole table role × permission."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.organisation.queries import is_manager, is_member
from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


def require(permitted: bool) -> None:
    """PermissionDenied (a 403 page) unless permitted."""
    if not permitted:
        raise PermissionDenied


@permission
def may_appoint(actor: Actor) -> bool:
    """Give and take back roles; invite staff."""
    return holds(actor, Role.ADMINISTRATOR)


@permission
def may_invite_to(actor: Actor, role: Role) -> bool:
    """Invite somebody to a role by a link. The office invites experts: their role opens nothing without a seat that it gives."""
    return may_appoint(actor) or (role == Role.EXPERT and holds(actor, Role.CLERK))


@permission
def may_read_audit(actor: Actor) -> bool:
    """See the audit log."""
    return holds(actor, Role.ADMINISTRATOR)


@permission
def may_see_people(actor: Actor) -> bool:
    """See the lists of accounts and organisations."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_open_account(actor: Actor) -> bool:
    """Open an account for somebody without e-mail."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_answer_feedback(actor: Actor) -> bool:
    """Read what people say about the site, and answer it."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_register_organisation(actor: Actor) -> bool:
    """Register a unit, or oneself, as a supplier."""
    return holds(actor, Role.LEARNER)


@permission
def may_register_recommender(actor: Actor) -> bool:
    """Register a recommending body and invite its people."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_register_centre(actor: Actor) -> bool:
    """Register a training centre and invite its people."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_register_supplier(actor: Actor) -> bool:
    """Register a supplier whose package came by another door than the web."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_see_organisation(actor: Actor, organisation: Organisation) -> bool:
    """See an organisation with its members."""
    if holds(actor, Role.CLERK, Role.FINANCE, Role.ADMINISTRATOR):
        return True
    return isinstance(actor, Account) and actor.is_active and is_member(actor, organisation)


@permission
def may_manage_organisation(actor: Actor, organisation: Organisation) -> bool:
    """Invite and remove members of an organisation."""
    if organisation.recommends and may_register_recommender(actor):
        return True
    if organisation.kind == OrganisationKind.CENTRE and may_register_centre(actor):
        return True
    if holds(actor, Role.ADMINISTRATOR):
        return True
    return isinstance(actor, Account) and actor.is_active and is_manager(actor, organisation)


@permission
def may_export(actor: Actor, account: Account) -> bool:
    """Have the personal data of an account: one's own, or as administrator on the person's written request."""
    return actor == account or holds(actor, Role.ADMINISTRATOR)


@permission
def may_erase(actor: Actor, account: Account) -> bool:
    """Close an account and erase its personal data: one's own, or as administrator on the person's written request."""
    return actor == account or holds(actor, Role.ADMINISTRATOR)
