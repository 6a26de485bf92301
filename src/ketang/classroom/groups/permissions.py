"""Who may do what with classes and for learners."""

from __future__ import annotations

from django.db.models import Q

from ketang.classroom.groups.models import Assistance, CentreLearner, Enrolment, Group
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.organisation.queries import is_member
from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_keep_groups(actor: Actor, centre: Organisation) -> bool:
    """Keep the classes of a centre: names, courses, learners, what they are told; and see what their learners have done of these courses."""
    if not isinstance(actor, Account) or not actor.is_active or centre.kind != OrganisationKind.CENTRE:
        return False
    return is_member(actor, centre)


@permission
def may_give_new_password(actor: Actor, account: Account) -> bool:
    """Give a new one-time password to an account that one's own centre opened."""
    login = CentreLearner.objects.select_related("centre").filter(account=account).first()
    return login is not None and may_keep_groups(actor, login.centre)


@permission
def may_read_group(actor: Actor, group: Group) -> bool:
    """Read what a class is told, and its courses: who is in it, and its centre."""
    if not isinstance(actor, Account) or not actor.is_active:
        return False
    return (
        may_keep_groups(actor, group.centre)
        or Enrolment.objects.filter(group=group, account=actor, left_at=None).exists()
    )


@permission
def may_act_for(actor: Actor, learner: Account) -> bool:
    """Study in a learner's name: themselves, and whoever they agreed to."""
    if not isinstance(actor, Account) or not actor.is_active or not learner.is_active:
        return False
    stands = Q(consent=None) | Q(consent__withdrawn_at=None)
    return actor == learner or Assistance.objects.filter(stands, helper=actor, learner=learner, ended_at=None).exists()


@permission
def may_see_learning(actor: Actor) -> bool:
    """See how courses are used, in numbers of ten and more."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
