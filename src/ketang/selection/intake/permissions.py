"""Who may do what with submissions."""

from __future__ import annotations

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.organisation.queries import is_member
from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds
from ketang.selection.intake.models import Submission


@permission
def may_submit_for(actor: Actor, organisation: Organisation) -> bool:
    """Start a submission in the name of a supplier."""
    if not isinstance(actor, Account) or not actor.is_active or organisation.recommends:
        return False
    return is_member(actor, organisation)


@permission
def may_edit_submission(actor: Actor, submission: Submission) -> bool:
    """Fill in, send versions of and withdraw a submission: the supplier's own members."""
    return may_submit_for(actor, submission.organisation)


@permission
def may_see_submission(actor: Actor, submission: Submission) -> bool:
    """See a submission with its versions, receipts and reports; a draft is the supplier's alone."""
    if may_submit_for(actor, submission.organisation):
        return True
    return bool(submission.number) and holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_list_arrivals(actor: Actor) -> bool:
    """See every submission that has arrived."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_handle_arrivals(actor: Actor) -> bool:
    """Receive by other doors than the web; call complete or incomplete, accept, refuse."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)
