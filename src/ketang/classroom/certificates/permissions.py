"""Who may do what with certificates."""

from __future__ import annotations

from ketang.classroom.certificates.models import Certificate
from ketang.classroom.groups.models import Enrolment
from ketang.classroom.groups.permissions import may_act_for, may_keep_groups
from ketang.people.account.models import Account
from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_keep_certificates(actor: Actor) -> bool:
    """Say what courses ask, see every certificate, and revoke one."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_take_certificate(actor: Actor, learner: Account) -> bool:
    """Have a learner's certificate issued: they themselves, who may act for them, and the centre of a class that they are in."""
    if may_act_for(actor, learner):
        return True
    return any(
        may_keep_groups(actor, one.group.centre)
        for one in Enrolment.objects.select_related("group__centre").filter(account=learner, left_at=None)
    )


@permission
def may_read_certificate(actor: Actor, certificate: Certificate) -> bool:
    """Read and print one: its holder, who may act for them, the centre of a class of theirs with this course, the office."""
    if may_keep_certificates(actor):
        return True
    if certificate.account is None:
        return False
    if may_act_for(actor, certificate.account):
        return True
    of_course = Enrolment.objects.select_related("group__centre").filter(
        account=certificate.account, left_at=None, group__courses=certificate.course_id
    )
    return any(may_keep_groups(actor, one.group.centre) for one in of_course)
