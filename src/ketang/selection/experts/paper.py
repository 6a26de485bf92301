"""The declaration on avoiding conflicts as a paper (回避承诺书)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ketang.platform.official.model import Facts, Official, Part, Signatures, Words
from ketang.selection.experts.declaring import declaration
from ketang.selection.experts.models import PanelSeat
from ketang.selection.papers.facts import issuer, language, local


def declaration_paper(seat: PanelSeat) -> Official:
    """The paper of one member, with room for a signature by hand. Relations are not printed: they are the office's alone."""
    expert, call = seat.expert, seat.call
    parts: list[Part] = [
        Facts(((_("姓名"), expert.name), (_("工作单位"), expert.unit), (_("职称或职务"), expert.title))),
        *(Words(words) for words in declaration(seat)),
    ]
    if seat.is_declared:
        told = {"name": seat.signed_as, "when": local(seat.declared_at, call)}
        parts.append(Words(_("%(name)s 已于 %(when)s 在网上承诺。") % told))
    parts.append(Signatures((_("承诺人（签字）"),), _("日期")))
    return Official(
        title=_("评审专家回避承诺书"), issuer=issuer(call), parts=tuple(parts), language=language(), number=call.slug.upper()
    )  # fmt: skip
