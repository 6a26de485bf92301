"""Taking apart by hand what a mail brought as one: chosen attachments become an arrival of their own."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.intake.models import Door
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, ArrivalState, Medium
from ketang.selection.ledger.permissions import may_keep_ledger
from ketang.selection.mail.models import MailArrival, MailPart
from ketang.selection.mail.packing import whole_of
from ketang.selection.mail.queries import parts_of


def split(*, actor: Actor, arrival: Arrival, parts: Sequence[MailPart], reason: str) -> Arrival:
    """Make an arrival of its own of some attachments; the first one keeps the rest.

    Args:
        parts: of `parts_of(arrival)`, some and not all.

    Raises:
        Refused: it came by no mail or is dealt with; none, all, or others' attachments; without a reason.

    Effects: an archive of several in the store; `ledger.register` for the new one, `ledger.change_file` for the first where its
    file was made of what left; `mail.split`.
    """
    require(may_keep_ledger(actor))
    if not reason.strip():
        raise Refused(_("请写明理由。"), field="reason")
    with audited():
        held = Arrival.objects.select_for_update().get(pk=arrival.pk)
        brought = MailArrival.objects.select_related("mail").filter(arrival=held).first()
        if brought is None or held.state not in (ArrivalState.UNCLAIMED, ArrivalState.ANSWERED):
            raise Refused(_("这一件已经处理过，或者不是邮件带来的，不能再拆开。"))
        own = list(parts_of(held))
        chosen = [part for part in own if part in parts]
        rest = [part for part in own if part not in parts]
        if not chosen or len(chosen) != len(parts):
            raise Refused(_("请选择要分出去的附件。"), field="parts")
        if not rest:
            raise Refused(_("至少要留下一个附件。"), field="parts")
        name, digest, size = whole_of(chosen)
        made = ledger.register(
            actor=actor, door=Door.MAIL, medium=Medium.ELECTRONIC, received_at=held.received_at, counts_at=held.counts_at,
            call=held.call, sender=held.sender, supplier=held.supplier, title=held.title, name=name, digest=digest,
            size=size, reason=reason,
        )  # fmt: skip
        MailArrival.objects.create(mail=brought.mail, arrival=made)
        MailPart.objects.filter(pk__in=[part.pk for part in chosen]).update(arrival=made)
        if held.digest not in {part.digest for part in rest}:
            name, digest, size = whole_of(rest)
            ledger.change_file(actor=actor, arrival=held, name=name, digest=digest, size=size, reason=reason)
        record(
            actor=actor, action="mail.split", of=held,
            payload={"into": made.number, "parts": [part.place for part in chosen], "reason": reason.strip()},
        )  # fmt: skip
    arrival.refresh_from_db()
    return made
