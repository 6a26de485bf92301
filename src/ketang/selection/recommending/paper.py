"""A letter of recommendation as a paper (推荐函), in the words that stood when it was issued."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ketang.platform.official.model import Cell, Column, Official, Part, Signatures, Table, Words
from ketang.selection.papers.facts import issuer, language, local
from ketang.selection.recommending.models import Recommendation, RecommendationRow


def letter_paper(recommendation: Recommendation) -> Official:
    """To whom, which packages, and room for the stamp."""
    body = recommendation.recommender
    call = body.call
    rows = list(recommendation.rows.order_by("place"))
    words = {"title": call.title, "count": len(rows), "body": body.organisation.name}
    parts: list[Part] = [
        Words(_("%(organiser)s：") % {"organiser": issuer(call)}),
        Words(_("根据“%(title)s”的要求，%(body)s推荐下列课程资源，共 %(count)s 件，请予遴选。") % words),
        Table(_columns(), tuple(_row(row) for row in rows), heading=_("推荐的课程资源")),
        Signatures((_("推荐单位（盖章）"), _("经办人（签字）")), _("日期")),
    ]
    if recommendation.withdrawn_at is not None:
        told = {"when": local(recommendation.withdrawn_at, call), "reason": recommendation.reason}
        parts.insert(0, Words(_("这封推荐函已于 %(when)s 撤回，不再有效。理由：%(reason)s") % told))
    return Official(
        title=_("推荐函"), issuer=body.organisation.name, parts=tuple(parts), language=language(),
        number=recommendation.number, issued=f"{local(recommendation.issued_at, call):%Y-%m-%d}",
    )  # fmt: skip


def _columns() -> tuple[Column, ...]:
    titles = (
        (_("序号"), 0.8), (_("回执或收件编号"), 2.4), (_("供应单位"), 2.4), (_("课程名称"), 2.6), (_("类别"), 1.8), (_("学时"), 0.9),
    )  # fmt: skip
    return tuple(Column(title, share) for title, share in titles)


def _row(row: RecommendationRow) -> tuple[Cell, ...]:
    credit = None if row.credit is None else float(row.credit)
    return (row.place, row.receipt, row.supplier, row.title, row.category, credit)
