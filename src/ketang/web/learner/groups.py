"""A learner's classes: what they are told, their courses, coming in by a code, leaving."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ketang.classroom.groups import actions
from ketang.classroom.groups.models import Enrolment, Group
from ketang.classroom.groups.permissions import may_read_group
from ketang.classroom.groups.queries import announcements_of
from ketang.classroom.learning.queries import studied_course
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.web.learner.who import learner_of
from ketang.web.refusals import said_on


class CodeForm(forms.Form):
    """A class's code, and the word that its centre may look."""

    code = forms.CharField(
        label=gettext_lazy("加入码"), max_length=20, help_text=gettext_lazy("培训中心会告诉您，8 位字母和数字。"),
        error_messages={"required": gettext_lazy("请填写加入码。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=gettext_lazy("我同意"), error_messages={"required": gettext_lazy("请先看清上面的说明，同意再加入。")}
    )


def consent_text() -> str:
    """What somebody agrees to who comes in by a code."""
    return _(
        "加入以后，这个班所在的培训中心能看到：我的姓名、登录名，以及我在这个班所选课程里的学时和进度。"
        "看不到我学的其他课程，也看不到我的显示设置。我可以随时退出，退出以后就看不到了。"
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Code and consent, then the class. Only for oneself: nobody agrees for another."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    form, text = CodeForm(request.POST if request.method == "POST" else None), consent_text()
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            code, language = form.cleaned_data["code"], get_language() or ""
            found = actions.join(account=request.user, code=code, language=language, text=text)
            messages.success(request, _("已加入“%(title)s”。") % {"title": found.title})
            return HttpResponseRedirect(reverse("learn-group", args=[found.uuid]))
    return render(request, "web/learner/join.html", {"form": form, "text": text})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, uuid: str) -> HttpResponse:
    """A class one is in; leaving it."""
    learner = learner_of(request)
    found = get_object_or_404(Group.objects.select_related("centre"), uuid=uuid)
    require(may_read_group(learner, found))
    if request.method == "POST":
        mine = Enrolment.objects.select_related("group__centre", "account")
        actions.leave(actor=learner, enrolment=get_object_or_404(mine, group=found, account=learner, left_at=None))
        messages.success(request, _("已退出“%(title)s”。") % {"title": found.title})
        return HttpResponseRedirect(reverse("learn"))
    courses = [studied_course(learner, course) for course in found.courses.order_by("title", "pk")]
    shown = {"group": found, "courses": courses, "told": list(announcements_of(found)[:20])}
    return render(request, "web/learner/group.html", shown)
