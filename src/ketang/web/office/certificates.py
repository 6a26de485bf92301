"""证书 in the office: every certificate, one with the form to revoke it, and what a course asks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ketang.classroom.catalogue.models import Course
from ketang.classroom.certificates import actions
from ketang.classroom.certificates.models import Certificate, Upheld
from ketang.classroom.certificates.permissions import may_keep_certificates
from ketang.classroom.certificates.queries import doubtful, every_certificate, lost_of, terms_of
from ketang.classroom.learning.queries import hours
from ketang.people.permissions import require
from ketang.platform.workbook import Head, Kind
from ketang.web.office.handed_out import handed_out
from ketang.web.paging import page_of
from ketang.web.refusals import said_on

PAGE = 30


class SearchForm(forms.Form):
    """What to look for."""

    words = forms.CharField(label=gettext_lazy("编号、姓名或课程"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False,
        choices=[("", gettext_lazy("全部")), ("valid", gettext_lazy("有效")), ("revoked", gettext_lazy("已撤销")), ("doubtful", gettext_lazy("等待决定"))],
    )  # fmt: skip


class RevokeForm(forms.Form):
    """Why a certificate is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("撤销的理由"), max_length=500, widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=gettext_lazy("本人会看到；留了邮箱的，同时发到邮箱。验证证书的人只看到已撤销，看不到理由。"),
        error_messages={"required": gettext_lazy("请写明撤销的理由。")},
    )  # fmt: skip


class UpholdForm(forms.Form):
    """Why a certificate stands though the exam is no longer passed."""

    kept_because = forms.CharField(
        label=gettext_lazy("保留的理由"), max_length=500, widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=gettext_lazy("只记在这里，本人看不到。"),
        error_messages={"required": gettext_lazy("请写明保留的理由。")},
    )  # fmt: skip


class TermsForm(forms.Form):
    """What a course asks for its certificate."""

    is_offered = forms.BooleanField(label=gettext_lazy("这门课颁发证书"), required=False)
    every_lesson = forms.BooleanField(label=gettext_lazy("要求学完每一课"), required=False)
    exam = forms.BooleanField(
        label=gettext_lazy("要求考试及格"),
        required=False,
        help_text=gettext_lazy("课程有可以考的试卷时才要求；考过一套就行。"),
    )
    tasks = forms.BooleanField(
        label=gettext_lazy("要求实操任务通过"),
        required=False,
        help_text=gettext_lazy("课程有任务单时才要求：每张任务单都要有老师评定为“通过”的作业。请先确认有人评定。"),
    )
    hours = forms.DecimalField(
        label=gettext_lazy("至少学时"), required=False, min_value=0, max_digits=5, decimal_places=1,
        help_text=gettext_lazy("每 45 分钟计 1 学时。0 表示不要求。"),
        error_messages={
            "invalid": gettext_lazy("请填数字，最多一位小数。"), "max_decimal_places": gettext_lazy("最多一位小数。"),
            "min_value": gettext_lazy("不能小于 0。"),
        },
    )  # fmt: skip


def _asked(request: HttpRequest) -> tuple[SearchForm, str, str]:
    form = SearchForm(request.GET)
    found = form.cleaned_data if form.is_valid() else {"words": "", "state": ""}
    return form, found["words"], found["state"]


@login_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """A page at a time."""
    require(may_keep_certificates(request.user))
    form, words, state = _asked(request)
    page = page_of(every_certificate(words, state), request.GET.get("page"), PAGE)
    shown = {"form": form, "page": page, "query": request.GET.urlencode()}
    return render(request, "web/office/certificates.html", shown)


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """What was found as a workbook."""
    require(may_keep_certificates(request.user))
    _form, words, state = _asked(request)
    heads = [
        Head(_("证书编号"), Kind.CODE), Head(_("姓名"), Kind.OWN, 16), Head(_("课程"), Kind.OWN, 36),
        Head(_("提供单位或个人"), Kind.OWN, 28), Head(_("学时"), Kind.CODE), Head(_("颁发时间"), Kind.MOMENT, 20),
        Head(_("撤销时间"), Kind.MOMENT, 20), Head(_("撤销的理由"), Kind.OWN, 40),
    ]  # fmt: skip
    rows = (
        (
            one.number, one.holder, one.title, one.supplier, str(one.hours), one.issued_at, one.revoked_at, one.revoked_because,
        )
        for one in every_certificate(words, state).rows.iterator(chunk_size=500)
    )  # fmt: skip
    return handed_out("xlsx", _("结业证书"), heads, rows)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """One, and the form to take it back."""
    require(may_keep_certificates(request.user))
    known = Certificate.objects.select_related("course", "account", "issued_by", "revoked_by")
    found = get_object_or_404(known, uuid=uuid)
    keeps = request.method == "POST" and request.POST.get("decision") == "uphold"
    form = RevokeForm(request.POST if request.method == "POST" and not keeps else None)
    kept = UpholdForm(request.POST if keeps else None)
    if keeps and kept.is_valid():
        with said_on(kept):
            actions.uphold(actor=request.user, certificate=found, reason=kept.cleaned_data["kept_because"])
        if kept.is_valid():
            messages.success(request, _("证书 %(number)s 保留。") % {"number": found.number})
            return HttpResponseRedirect(reverse("office-certificate", args=[found.uuid]))
    if request.method == "POST" and not keeps and form.is_valid():
        with said_on(form):
            actions.revoke(actor=request.user, certificate=found, reason=form.cleaned_data["reason"])
        if form.is_valid():
            messages.success(request, _("证书 %(number)s 已撤销。") % {"number": found.number})
            return HttpResponseRedirect(reverse("office-certificate", args=[found.uuid]))
    waits = doubtful().filter(pk=found.pk).exists()
    shown = {
        "certificate": found, "form": form, "kept": kept, "waits": waits, "lost": lost_of(found) if waits else [],
        "wrong": kept if keeps else form, "upheld": Upheld.objects.select_related("by").filter(certificate=found).first(),
    }  # fmt: skip
    return render(request, "web/office/certificate.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, uuid: str) -> HttpResponse:
    """What a course asks."""
    require(may_keep_certificates(request.user))
    course = get_object_or_404(Course, uuid=uuid)
    held = terms_of(course)
    began = {
        "is_offered": held.is_offered,
        "every_lesson": held.every_lesson,
        "exam": held.exam,
        "tasks": held.tasks,
        "hours": held.hours,
    }
    form = TermsForm(request.POST if request.method == "POST" else None, initial=began)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with said_on(form):
            actions.set_terms(
                actor=request.user, course=course, is_offered=told["is_offered"], every_lesson=told["every_lesson"],
                exam=told["exam"], tasks=told["tasks"], least=told["hours"] or Decimal(0),
            )  # fmt: skip
        if form.is_valid():
            messages.success(request, _("证书条件已保存。以后领取的按新条件，已经颁发的不变。"))
            return HttpResponseRedirect(reverse("office-course-certificate", args=[course.uuid]))
    of_course = hours(sum(course.lessons.values_list("counts_ms", flat=True)))
    shown: dict[str, Any] = {
        "course": course, "form": form, "of_course": of_course, "count": Certificate.objects.filter(course=course).count(),
    }  # fmt: skip
    return render(request, "web/office/certificate_terms.html", shown)
