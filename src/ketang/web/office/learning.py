"""学习情况 in the office: how courses are used, by course and by what learners set; never of fewer than ten people."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ketang.classroom.exchange.permissions import may_keep_exchange
from ketang.classroom.groups.permissions import may_see_learning
from ketang.classroom.learning.queries import hours
from ketang.classroom.lti.permissions import may_keep_platforms
from ketang.classroom.usage.counting import NEEDS
from ketang.classroom.usage.models import UsageRow
from ketang.classroom.usage.releasing import LEAST
from ketang.people.permissions import require
from ketang.platform.workbook import Head, Kind
from ketang.web.office.handed_out import handed_out

PAGE = 50


def _rows() -> QuerySet[UsageRow]:
    found = UsageRow.objects.filter(is_latest=True).select_related("course")
    return found.order_by("-learners", "course__title", "pk")


@login_required
@require_safe
def learning(request: HttpRequest) -> HttpResponse:
    """Courses by how many study them."""
    require(may_see_learning(request.user))
    page = Paginator(_rows(), PAGE).get_page(request.GET.get("page"))
    rows = [(row, hours(row.counted_ms), [row.needs.get(name) for name in NEEDS]) for row in page]
    shown = {
        "page": page,
        "rows": rows,
        "needs": list(NEEDS.values()),
        "least": LEAST,
        "sends": may_keep_exchange(request.user),
        "connects": may_keep_platforms(request.user),
    }
    return render(request, "web/office/learning.html", shown)


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook; what is not told is an empty cell."""
    require(may_see_learning(request.user))
    heads = [
        Head(_("课程"), Kind.OWN, 36), Head(_("提供单位或个人"), Kind.OWN, 28), Head(_("学习人数"), Kind.COUNT),
        Head(_("学时合计"), Kind.CODE), Head(_("同意统计"), Kind.COUNT), *(Head(str(words), Kind.COUNT) for words in NEEDS.values()),
        Head(_("统计日期"), Kind.CODE),
    ]  # fmt: skip
    rows = (
        (
            row.course.title, row.course.supplier, row.learners, str(hours(row.counted_ms)), row.agreed,
            *(row.needs.get(name) for name in NEEDS), f"{timezone.localtime(row.released_at):%Y-%m-%d}",
        )
        for row in _rows().iterator(chunk_size=500)
    )  # fmt: skip
    return handed_out("xlsx", _("课程使用统计"), heads, rows)
