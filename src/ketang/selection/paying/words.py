"""The letter that asks for bank data, in the language that is active."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.selection.paying.models import PaymentLink


def link_words(link: PaymentLink, mark: str) -> str:
    """Its text, with the mark where the link will stand."""
    submission = link.payment.decision.submission
    until = timezone.localtime(link.expires_at).strftime("%Y-%m-%d")
    lines = [
        _("“%(title)s”（%(number)s）入选，结果已经生效。请打开下面的链接填写收款信息：") % {"title": submission.title, "number": submission.number},
        "", mark, "",
        _("链接在 %(until)s 以前有效，只能用一次，不要转给别人。收款信息加密保存，只有财务人员能看到。") % {"until": until},
        _("我们不会通过电话或邮件向您要银行卡密码和验证码。"),
    ]  # fmt: skip
    return "\n".join(lines)
