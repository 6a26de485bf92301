"""The list that is handed over to the panel (移交汇总表)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ketang.platform.official.model import Cell, Column, Facts, Official, Signatures, Table, Words
from ketang.selection.papers.facts import category, copies, issuer, language, local, verdict_words
from ketang.selection.papers.models import Transfer, TransferRow
from ketang.selection.papers.queries import rows_of


def transfer_list(transfer: Transfer) -> Official:
    """The paper of one list, with what each check had said when it was handed over."""
    call = transfer.call
    rows = list(rows_of(transfer))
    for row in rows:
        row.submission.call = call  # known; not asked for once a row
    made = local(transfer.made_at, call)
    parts: list[Facts | Table | Words | Signatures] = [
        Facts(((_("征集"), call.title), (_("件数"), len(rows)), (_("移交时间"), made))),
        Table(_columns(), tuple(_row(row) for row in rows), heading=_("移交的申报")),
    ]
    if transfer.withdrawn_at is not None:
        when = local(transfer.withdrawn_at, call)
        words = _("这张移交单已于 %(when)s 撤回，不再有效。理由：%(reason)s")
        parts.insert(0, Words(words % {"when": when, "reason": transfer.reason}))
    parts.append(Signatures((_("移交人（签字）"), _("接收人（签字）")), _("日期")))
    return Official(
        title=_("网络课程资源移交汇总表"), issuer=issuer(call), parts=tuple(parts), language=language(),
        number=transfer.number, landscape=True,
    )  # fmt: skip


def _columns() -> tuple[Column, ...]:
    titles = (
        (_("序号"), 0.5), (_("受理编号"), 1.7), (_("课程名称"), 2.6), (_("类别"), 1.6), (_("供应单位"), 2.2),
        (_("收到时间"), 1.4), (_("材料"), 0.9), (_("检查结论"), 1.7), (_("学时"), 0.7),
    )  # fmt: skip
    return tuple(Column(title, share) for title, share in titles)


def _row(row: TransferRow) -> tuple[Cell, ...]:
    submission = row.submission
    return (
        row.place,
        submission.number,
        submission.title,
        category(submission),
        submission.organisation.name,
        local(row.version.received_at, submission.call),
        copies(submission),
        verdict_words(row.verdict, row.errors, row.undecided),
        None if row.credit is None else float(row.credit),
    )
