"""题目分析: how a paper's questions have done, which keys may be wrong, as plots and tables."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ketang.classroom.exams.itemising import LEAST_PEOPLE, Doubt
from ketang.classroom.exams.measured import Measured, measures_of
from ketang.classroom.exams.models import Paper
from ketang.classroom.exams.permissions import may_keep_exams
from ketang.people.permissions import require
from ketang.web.plots import Axis, Plot, Strip, around_zero, ticks


@login_required
@require_safe
def statistics(request: HttpRequest, uuid: str) -> HttpResponse:
    """Of one paper."""
    require(may_keep_exams(request.user))
    paper = get_object_or_404(Paper.objects.select_related("edition__course"), uuid=uuid)
    found = measures_of(paper)
    shown = {
        "paper": paper, "course": paper.edition.course, "found": found, "least": LEAST_PEOPLE,
        "rows": [(row, [_said(row, doubt) for doubt in row.analysis.doubts]) for row in found.rows],
        "suspicious": [(row, [_said(row, doubt) for doubt in row.analysis.doubts]) for row in found.suspicious],
        "difficulty": _difficulty(found.rows), "discrimination": _discrimination(found.rows),
    }  # fmt: skip
    return render(request, "web/office/exam_statistics.html", shown)


def _said(row: Measured, doubt: Doubt) -> str:
    """A doubt in words."""
    told = {"suspect": row.suspect}
    words = {
        Doubt.OTHER_RIGHT: _("成绩好的人选“%(suspect)s”比选正确答案的多，正确答案可能写错了。"),
        Doubt.REVERSED: _("别的题答得好的人，这一题反而答得差：答案可能写错了，或者题目有歧义。"),
        Doubt.HARD: _("答对的人比随便选一个还少：答案可能写错了，或者课里没有讲到。"),
        Doubt.EASY: _("几乎人人答对，看不出谁学得好。"),
        Doubt.WEAK: _("成绩好的人和成绩差的人答得差不多，建议修改题目。"),
    }
    return words[doubt] % told


def _name(row: Measured) -> str:
    return _("第 %(order)s 题") % {"order": row.place.order}


def _difficulty(rows: Sequence[Measured]) -> Plot | None:
    """Share of the points by question; None without rows."""
    if not rows:
        return None
    axis = Axis(0, 1)
    strips = [
        Strip(
            _name(row), f"{row.analysis.difficulty:.0%}",
            _("%(name)s：得分率 %(share)s") % {"name": _name(row), "share": f"{row.analysis.difficulty:.0%}"},
            at=axis.at(row.analysis.difficulty), low=axis.at(0), high=axis.at(row.analysis.difficulty),
        )
        for row in rows
    ]  # fmt: skip
    marks = ticks(axis, [(fifth / 5, f"{fifth * 20}%") for fifth in range(6)])
    return Plot("difficulty-plot", _("难度：每一题的得分率，越靠右越容易"), strips, marks)


def _discrimination(rows: Sequence[Measured]) -> Plot | None:
    """Both measures by question: D as a hollow dot, r as a full one; None without rows."""
    if not rows:
        return None
    reach = max(abs(one) for row in rows for one in (row.analysis.index, row.analysis.correlation or 0.0))
    axis, values = around_zero(min(1.0, max(reach, 0.5)))
    strips = []
    for row in rows:
        found = row.analysis
        told = {"name": _name(row), "index": _number(found.index), "correlation": _number(found.correlation)}
        strips.append(
            Strip(
                _name(row), f"{_number(found.index)} · {_number(found.correlation)}",
                _("%(name)s：区分度 D %(index)s，相关 r %(correlation)s") % told,
                at=axis.at(found.correlation) if found.correlation is not None else "", was=axis.at(found.index),
            )
        )  # fmt: skip
    marks = ticks(axis, [(value, f"{value:g}") for value in values])
    rule = ticks(axis, [(0.0, _("竖线是 0：在左边的题，成绩好的人反而答得差。"))])[0]
    return Plot("discrimination-plot", _("区分度：每一题能不能分出谁学得好"), strips, marks, rule)


def _number(value: float | None) -> str:
    """Two decimals, never -0.00."""
    return "—" if value is None else f"{round(value, 2) + 0.0:.2f}"
