"""The result notice (公示) as a paper."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ketang.platform.official.model import Cell, Column, Official, Seal, Table, Words
from ketang.selection.announcing.models import PublicNotice
from ketang.selection.papers.facts import issuer, language, local


def notice_paper(notice: PublicNotice, number: str = "") -> Official:
    """What the public page says, to be sealed and put up; under the notice's own number where the office gives it none."""
    call = notice.call
    start, end = local(notice.starts_at, call), local(notice.ends_at, call)
    assert start is not None  # noqa: S101 - a notice has a beginning
    heads = [Column(_("序号"), 0.6), Column(_("课程名称"), 3), Column(_("供应单位或个人"), 2.6), Column(_("结果"), 1)]
    heads += [Column(_("金额（元）"), 1.3)] if notice.shows_amounts else []
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.place, one.title, one.supplier, one.get_outcome_display(), *([str(one.amount or "—")] if notice.shows_amounts else []))
        for one in notice.entries.order_by("place")
    )  # fmt: skip
    words = {"call": call.title, "from": f"{start:%Y-%m-%d %H:%M}", "until": f"{end:%Y-%m-%d %H:%M}"}
    parts = (
        Words(_("“%(call)s”的遴选结果现予公示，公示期为 %(from)s 至 %(until)s。") % words),
        Table(tuple(heads), rows),
        Words(_("对公示结果有异议的，请在公示期内实名向主办单位提出，并附证据。公示期满没有未答复的异议，结果生效。")),
        Seal(issuer(call), _("%(year)s 年 %(month)s 月 %(day)s 日") % {"year": start.year, "month": start.month, "day": start.day}),
    )  # fmt: skip
    return Official(
        title=_("遴选结果公示"),
        issuer=issuer(call),
        parts=parts,
        language=language(),
        number=number or notice.number,
        letter=True,
    )
