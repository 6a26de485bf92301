"""Learners of a class: names become logins on slips; one learner with progress, a new password, who may act for them."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ketang.classroom.groups import actions, assisting
from ketang.classroom.groups.models import Enrolment, Group
from ketang.classroom.groups.permissions import may_give_new_password
from ketang.classroom.groups.queries import enrolments_of, helpers_of
from ketang.classroom.learning.queries import studied_course
from ketang.people.account.actions import ONE_TIME_DAYS
from ketang.people.account.models import Account
from ketang.platform.refusal import Refused
from ketang.selection.importing.reading import MOST_BYTES
from ketang.web.centre.forms import FileForm, NamesForm, PaperForm, names_in
from ketang.web.centre.groups import own_group
from ketang.web.refusals import said_on


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, uuid: str) -> HttpResponse:
    """Names, typed or out of a spreadsheet, which are looked at before anything is made; then slips, shown once."""
    group = own_group(request, uuid)
    how = request.POST.get("how", "") if request.method == "POST" else ""
    form = NamesForm(request.POST if how == "names" else None)
    file_form = FileForm(request.POST, request.FILES) if how == "file" else FileForm()
    read = 0
    if how == "file" and file_form.is_valid():
        with said_on(file_form):
            sent = file_form.cleaned_data["file"]
            if sent.size > MOST_BYTES:
                raise Refused(_("文件超过 %(most)s MB，不能导入。") % {"most": MOST_BYTES >> 20}, field="file")
            names = names_in(sent, sent.name)
            form, read = NamesForm(initial={"names": "\n".join(names)}), len(names)
    if how == "names" and form.is_valid():
        with said_on(form):
            names = form.cleaned_data["names"].splitlines()
            return slips(request, group, actions.enrol_names(actor=request.user, group=group, names=names))
    shown = {"group": group, "form": form, "file_form": file_form, "read": read}
    return render(request, "web/centre/add.html", shown)


def slips(request: HttpRequest, group: Group, issued: Sequence[actions.Issued]) -> HttpResponse:
    """A slip for each learner: the one page on which the passwords stand."""
    shown = {"group": group, "issued": issued, "origin": settings.LETTER_ORIGIN, "days": ONE_TIME_DAYS}
    return render(request, "web/centre/slips.html", shown)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def learner(request: HttpRequest, uuid: str, account: str) -> HttpResponse:
    """One learner of the class: what they have done of its courses; a new password, leaving, consent on paper."""
    group = own_group(request, uuid)
    found = get_object_or_404(enrolments_of(group).select_related("group__centre"), account__uuid=account)
    how = request.POST.get("how", "") if request.method == "POST" else ""
    form = PaperForm(request.POST if how == "paper" else None)
    if how == "paper" and form.is_valid():
        with said_on(form):
            assisting.record_paper(actor=request.user, enrolment=found, **form.cleaned_data)
            messages.success(request, _("已记录。本人、协助人和培训中心都可以随时结束协助。"))
            return HttpResponseRedirect(reverse("centre-learner", args=[group.uuid, found.account.uuid]))
    elif how in ("password", "leave", "end"):
        return _pressed(request, group, found, how)
    courses = [studied_course(found.account, course) for course in group.courses.order_by("title", "pk")]
    shown = {
        "group": group, "enrolment": found, "courses": courses, "form": form, "helpers": list(helpers_of(found.account)),
        "may_give_password": may_give_new_password(request.user, found.account),
    }  # fmt: skip
    return render(request, "web/centre/learner.html", shown)


def _pressed(request: HttpRequest, group: Group, enrolment: Enrolment, how: str) -> HttpResponse:
    """One of the page's buttons."""
    account, back = enrolment.account, reverse("centre-learner", args=[group.uuid, enrolment.account.uuid])
    if how == "password":
        try:
            opened = actions.give_new_password(actor=request.user, account=account)
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(back)
        return slips(request, group, [actions.Issued(account.name, account.login, opened.password)])
    if how == "leave":
        actions.leave(actor=request.user, enrolment=enrolment)
        messages.success(request, _("已移出班级。学过的内容仍然是本人的。"))
        return HttpResponseRedirect(reverse("centre-group", args=[group.uuid]))
    wanted = request.POST.get("assistance")
    helper = next((one for one in helpers_of(account) if str(one.uuid) == wanted), None)
    if helper is None:
        raise Http404
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts work for a centre
    assisting.end(actor=request.user, assistance=helper)
    messages.success(request, _("协助已经结束。"))
    return HttpResponseRedirect(back)
