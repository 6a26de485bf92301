"""Who may practise what."""

from __future__ import annotations

from ketang.classroom.catalogue.models import Course
from ketang.people.account.models import Account
from ketang.people.permitting import permission
from ketang.people.role.queries import Actor


@permission
def may_practise(actor: Actor, course: Course) -> bool:
    """Practise questions of a course: everybody with an account, while it is public. Which questions: `queries.practisable`."""
    return isinstance(actor, Account) and actor.is_active and course.is_published
