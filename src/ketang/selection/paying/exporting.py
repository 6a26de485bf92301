"""The payment list that leaves for the bank, as a workbook. It holds bank data: its making is in the audit log, by whom and how many."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import IO

from django.utils.translation import gettext as _

from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.platform.workbook import Head, Kind, Value, workbook
from ketang.selection.paying.details import unsealed
from ketang.selection.paying.models import Payment
from ketang.selection.paying.permissions import may_look_at_bank_data
from ketang.selection.paying.queries import payments_to_list


def export(*, actor: Actor) -> IO[bytes]:
    """The workbook of every payment whose data was confirmed.

    Raises:
        Refused: there is none.

    Effects: `paying.export` of each payment.
    """
    require(may_look_at_bank_data(actor))
    with audited():
        found = list(payments_to_list())
        if not found:
            raise Refused(_("还没有核对过的付款，没有可以导出的。"))
        for one in found:
            record(actor=actor, action="paying.export", of=one)
        return workbook(_("付款清单"), heads(), _rows(found))


def heads() -> list[Head]:
    """Its columns."""
    return [
        Head(_("受理编号"), Kind.CODE, 20), Head(_("课程名称"), Kind.OWN, 24), Head(_("收款人"), Kind.OWN, 20),
        Head(_("证件号码"), Kind.CODE, 22), Head(_("银行账号"), Kind.CODE, 24), Head(_("开户银行"), Kind.OWN, 26),
        Head(_("联行号"), Kind.CODE, 16), Head(_("金额（元）"), Kind.CODE, 14), Head(_("计税依据"), Kind.TEXT, 16),
        Head(_("代扣税款（元）"), Kind.CODE, 14), Head(_("实付（元）"), Kind.CODE, 14), Head(_("发票号码"), Kind.CODE, 16),
        Head(_("状态"), Kind.TEXT, 14), Head(_("付款日期"), Kind.CODE, 12), Head(_("凭证号"), Kind.CODE, 16),
    ]  # fmt: skip


def _rows(found: list[Payment]) -> Iterator[tuple[Value, ...]]:
    for one in found:
        submission, given = one.decision.submission, unsealed(one.sealed) if one.sealed else {}
        gross, tax = one.decision.amount or Decimal(0), one.tax or Decimal("0.00")
        yield (
            submission.number, submission.title, given.get("name", ""),
            given.get("resident_number") or given.get("credit_code", ""), given.get("account", ""), given.get("bank", ""),
            given.get("bank_code", ""), str(gross), one.get_basis_display() if one.basis else "", str(tax),
            str(gross - tax), one.invoice_number, one.get_state_display(),
            "" if one.paid_on is None else one.paid_on.isoformat(), one.reference,
        )  # fmt: skip
