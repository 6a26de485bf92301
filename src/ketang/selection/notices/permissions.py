"""Who may send notices, and who reads them."""

from __future__ import annotations

from ketang.people.permitting import permission
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor, holds
from ketang.selection.intake.permissions import may_edit_submission
from ketang.selection.notices.models import Notice, NoticeState


@permission
def may_send_notices(actor: Actor) -> bool:
    """Draft, change, send and withdraw notices; see every one."""
    return holds(actor, Role.CLERK, Role.ADMINISTRATOR)


@permission
def may_read_notice(actor: Actor, notice: Notice) -> bool:
    """The office, and the supplier once it was sent."""
    return may_send_notices(actor) or (
        notice.state != NoticeState.DRAFT and may_edit_submission(actor, notice.submission)
    )
