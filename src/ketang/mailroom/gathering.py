"""Pieces of one archive that came with several mails of one sender: joined once all are here, however often it is tried."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.mailroom.joining import piece_in, whole_archive
from ketang.platform.audit.actions import SYSTEM, audited
from ketang.platform.refusal import Refused
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang.selection.mail.models import Mail, MailPart
from ketang.selection.mail.queries import waiting_parts


def gather(mail: Mail) -> list[Arrival]:
    """Join what the mail completes.

    Returns:
        The arrivals that are whole now: of each archive the one that came last, as the package is here since then.

    Effects: the joined file in the store; for each archive `ledger.change_file` and `ledger.merge` of the others, at once or
    not at all; nothing while pieces are missing, or when a person was quicker.
    """
    if not mail.sender_address:
        return []
    # The latest first: a piece that was sent again, mended, counts in place of the earlier one.
    waiting = list(waiting_parts(mail.sender_address))
    keys = {piece.key for part in waiting if part.mail_id == mail.pk and (piece := piece_in(part, waiting)) is not None}
    found = []
    for key in sorted(keys):
        mine = [part for part in waiting if (piece := piece_in(part, waiting)) is not None and piece.key == key]
        if len({part.arrival_id for part in mine}) > 1 and (whole := _joined(mine)) is not None:
            found.append(whole)
    return found


def _joined(parts: Sequence[MailPart]) -> Arrival | None:
    whole = whole_archive(parts)
    if whole is None:
        return None
    with override("zh-hans"):
        count = len({part.mail_id for part in parts})
        reason = _("分卷已到齐，来自 %(count)s 封邮件，已合并成一个文件。") % {"count": count}
        if not whole.opened:
            reason = _("分卷已到齐，来自 %(count)s 封邮件，各卷放在一个压缩包里，要用解压软件打开。") % {"count": count}
        into = _("分卷，已并入到齐后的一件。")
    try:
        with audited():
            keys = {part.arrival_id for part in parts if part.arrival_id is not None}
            held = list(Arrival.objects.select_for_update().filter(pk__in=keys).order_by("received_at", "pk"))
            if any(one.state not in (ArrivalState.UNCLAIMED, ArrivalState.ANSWERED) for one in held):
                return None
            *earlier, last = held
            ledger.change_file(
                actor=SYSTEM, arrival=last, name=whole.name, digest=whole.digest, size=whole.size, reason=reason
            )
            for one in earlier:
                ledger.merge(actor=SYSTEM, arrival=one, into=last, reason=into)
    except Refused:  # a person has said something of one of them meanwhile
        return None
    return last
