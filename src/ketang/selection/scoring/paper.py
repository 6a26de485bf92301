"""The submitted score sheet as a paper to be printed and signed by hand."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ketang.platform.official.model import Column, Facts, Official, Signatures, Table, Words
from ketang.selection.calls.callfile import Rubric
from ketang.selection.calls.models import in_language
from ketang.selection.papers.facts import issuer, language, local
from ketang.selection.scoring.models import BlindCopy, SubmittedSheet
from ketang.selection.scoring.rubric import plain


def score_sheet(sheet: SubmittedSheet, copy: BlindCopy | None) -> Official:
    """The paper of one sheet, under the blind number: it names no supplier.

    Args:
        sheet: with its assignment and call.
        copy: whose number and title stand on it; None before it was made.
    """
    call, rubric = sheet.call, Rubric.model_validate(sheet.rubric)
    rows = tuple(
        (in_language(c.name.model_dump()), plain(c.weight), sheet.scores[c.id], sheet.notes.get(c.id, ""))
        for c in rubric.criteria
    )
    columns = (Column(_("评审项目"), 2.6), Column(_("权重"), 0.7), Column(_("评分"), 0.7), Column(_("评语"), 4))
    parts: list[Any] = [
        Facts((
            (_("征集"), call.title),
            (_("盲评编号"), str(copy.alias) if copy is not None else ""),
            (_("课程名称"), copy.title if copy is not None else ""),
            (_("第几次提交"), sheet.index),
            (_("提交时间"), local(sheet.submitted_at, call)),
            (_("加权平均"), f"{sheet.total:.2f} / {plain(rubric.highest)}"),
            (_("修改的理由"), sheet.reason),
            (_("校验值（SHA-256）"), sheet.digest),
        )),
        Table(columns, rows, heading=_("逐项评分")),
    ]  # fmt: skip
    if sheet.overall:
        parts.append(Words(sheet.overall, heading=_("总评")))
    parts.append(Signatures((_("评审专家（签字）"),), _("日期")))
    return Official(
        title=_("网络课程资源专家评分表"), issuer=issuer(call), language=language(), parts=tuple(parts),
        number=f"{call.slug.upper()}-{copy.alias if copy is not None else ''}",
    )  # fmt: skip
