"""The receipt of a version (回执), as a paper."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ketang.platform.official.model import Facts, Official, Words
from ketang.selection.intake.models import Lateness, Receipt
from ketang.selection.papers.facts import issuer, language, local


def receipt_paper(receipt: Receipt, address: str) -> Official:
    """The paper of one receipt.

    Args:
        receipt: with its version, submission, call and supplier.
        address: where it can be looked up.
    """
    version, submission = receipt.version, receipt.version.submission
    call = submission.call
    late = str(Lateness(version.lateness).label)
    return Official(
        title=_("网络课程资源收件回执"), issuer=issuer(call), language=language(), number=receipt.number,
        code=f"{address}\n{receipt.number}\n{version.digest}", code_words=_("扫码核对：%(address)s") % {"address": address},
        parts=(
            Words(_("下列课程包已经收到。")),
            Facts((
                (_("征集"), call.title),
                (_("查询码"), receipt.code),
                (_("受理编号"), submission.number),
                (_("课程名称"), submission.title),
                (_("供应单位"), submission.organisation.name),
                (_("收到时间"), local(receipt.issued_at, call)),
                (_("是否按时"), late),
                (_("文件"), _("%(name)s，第 %(index)s 版，%(size)s 字节") % {"name": version.name, "index": version.index, "size": f"{version.size:,}"}),
                (_("校验值（SHA-256）"), version.digest),
            )),
        ),
    )  # fmt: skip
