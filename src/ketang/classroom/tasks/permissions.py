"""Who marks and sees what was handed in."""

from __future__ import annotations

from ketang.classroom.groups.models import Group
from ketang.classroom.groups.permissions import may_act_for
from ketang.classroom.tasks.models import Work
from ketang.people.account.models import Account
from ketang.people.organisation.models import OrganisationKind
from ketang.people.organisation.queries import organisations_of
from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_mark(actor: Actor, work: Work) -> bool:
    """Mark a piece of work: the office, and the centre of an open class in which the learner learns this course. Never one's own."""
    if not isinstance(actor, Account) or not actor.is_active or actor.pk == work.account_id:
        return False
    if holds(actor, Role.CLERK, Role.ADMINISTRATOR):
        return True
    centres = organisations_of(actor).filter(kind=OrganisationKind.CENTRE).values("pk")
    learns = {"enrolments__account": work.account_id, "enrolments__left_at": None}
    return Group.objects.filter(centre__in=centres, courses=work.course_id, closed_at=None, **learns).exists()


@permission
def may_see_work(actor: Actor, work: Work) -> bool:
    """See a piece of work with its files: whose it is, who acts for them, who may mark it."""
    if not isinstance(actor, Account) or not actor.is_active:
        return False
    return actor.pk == work.account_id or may_mark(actor, work) or may_act_for(actor, work.account)
