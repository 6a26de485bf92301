"""Who may do what with exams."""

from __future__ import annotations

from ketang.classroom.exams.models import Paper
from ketang.people.account.models import Account
from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_keep_exams(actor: Actor) -> bool:
    """See papers with their keys, draw papers from the bank, open and close them, correct keys, answer appeals."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_sit(actor: Actor, paper: Paper) -> bool:
    """Begin a paper: everybody with an account, while it is open and its edition is what a public course shows."""
    if not isinstance(actor, Account) or not actor.is_active:
        return False
    course = paper.edition.course
    return paper.is_open and course.is_published and course.current_id == paper.edition_id
