"""Who may do what with exams on paper."""

from __future__ import annotations

from ketang.classroom.groups.models import Group
from ketang.classroom.groups.permissions import may_keep_groups
from ketang.classroom.papers.models import Keyed
from ketang.people.account.models import Account
from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds


@permission
def may_keep_sheets(actor: Actor, group: Group) -> bool:
    """Print papers for a class, enter answers from its sheets, undo that: its centre."""
    return may_keep_groups(actor, group.centre)


@permission
def may_read_sheets(actor: Actor, group: Group) -> bool:
    """See what was entered of a class: its centre, and the office."""
    return may_keep_sheets(actor, group) or holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_check_sheet(actor: Actor, keyed: Keyed) -> bool:
    """Say that what was entered stands on the sheet: its centre and the office, but nobody who entered it."""
    return isinstance(actor, Account) and keyed.entered_by != actor and may_read_sheets(actor, keyed.printing.group)
