"""外部记录库: whether results are sent, how many, what was refused; and every result of a course as a table."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams.permissions import may_keep_exams
from ketang.classroom.exams.queries import results_of
from ketang.classroom.exchange.actions import send_again
from ketang.classroom.exchange.permissions import may_keep_exchange
from ketang.classroom.exchange.queries import receiver, refused_ones, state
from ketang.people.permissions import require
from ketang.platform.workbook import Head, Kind
from ketang.web.office.handed_out import MAKERS, handed_out


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest) -> HttpResponse:
    """How sending stands; what was refused can be sent again."""
    require(may_keep_exchange(request.user))
    if request.method == "POST":
        count = send_again(actor=request.user)
        words = ngettext("%(count)d 条会重新发送。", "%(count)d 条会重新发送。", count)
        messages.success(request, words % {"count": count})
        return HttpResponseRedirect(reverse("office-exchange"))
    shown = {"receiver": receiver(), "state": state(), "refused": refused_ones()}
    return render(request, "web/office/exchange.html", shown)


@login_required
@require_safe
def results(request: HttpRequest, uuid: str, ending: str) -> HttpResponseBase:
    """Every exam of a course that was handed in, with the marks that count, as xlsx or CSV."""
    require(may_keep_exams(request.user))
    course = get_object_or_404(Course, uuid=uuid)
    if ending not in MAKERS:
        raise Http404
    heads = [
        Head(_("登录号"), Kind.CODE), Head(_("姓名"), Kind.OWN), Head(_("试卷"), Kind.OWN, 24), Head(_("开始"), Kind.MOMENT, 20), Head(_("交卷"), Kind.MOMENT, 20),
        Head(_("怎样交卷"), Kind.TEXT), Head(_("用时（秒）"), Kind.COUNT, 10), Head(_("得分"), Kind.CODE, 10), Head(_("总分"), Kind.CODE, 10), Head(_("及格"), Kind.TEXT, 10),
    ]  # fmt: skip
    rows = (
        (
            one.account.login, one.account.name, one.paper.title, one.begun_at, one.submitted_at, one.get_submitted_how_display(),
            None if one.used_ms is None or one.submitted_how == "pen" else one.used_ms // 1000,
            str(marking.total), str(one.paper.total), _("及格") if marking.passed else _("没有及格"),
        )
        for one, marking in results_of(course)
    )  # fmt: skip
    return handed_out(ending, f"{_('考试成绩')} {course.title}", heads, rows)
