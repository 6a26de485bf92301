"""Work that waits for a mark, for a training centre and, on pages of the same words, for the office."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ketang.classroom.tasks import actions
from ketang.classroom.tasks.models import Work
from ketang.classroom.tasks.permissions import may_mark
from ketang.classroom.tasks.queries import works_for
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.models import Role
from ketang.people.role.queries import holds
from ketang.web.refusals import said_on

PAGE = 50
WHO = {"centre": (Role.CENTRE,), "office": (Role.CLERK, Role.ADMINISTRATOR)}
"""Audience of the pages → roles."""


class MarkForm(forms.Form):
    """Good, or once more; and why."""

    passed = forms.ChoiceField(
        label=gettext_lazy("评定"), widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("通过")), ("no", gettext_lazy("再做一次"))],
        error_messages={"required": gettext_lazy("请选择“通过”或“再做一次”。")},
    )  # fmt: skip
    comment = forms.CharField(
        label=gettext_lazy("评语"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("学员会看到。再做一次的，请写明哪里要改。"),
    )  # fmt: skip


@login_required
@require_safe
def every(request: HttpRequest, audience: str) -> HttpResponse:
    """What waits, the longest first; with `?marked=1` what was marked."""
    require(holds(request.user, *WHO[audience]))
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts have a role
    marked = bool(request.GET.get("marked"))
    page = Paginator(works_for(request.user, waiting=not marked), PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "marked": marked, "audience": audience, "layout": f"web/layouts/{audience}.html"}
    return render(request, "web/centre/works.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, audience: str, uuid: str) -> HttpResponse:
    """A piece of work with the sheet it was done for; the mark."""
    found = get_object_or_404(Work.objects.select_related("account", "course", "lesson", "marked_by"), uuid=uuid)
    require(holds(request.user, *WHO[audience]) and may_mark(request.user, found))
    form = MarkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            told = form.cleaned_data
            actions.mark(actor=request.user, work=found, passed=told["passed"] == "yes", comment=told["comment"])
            messages.success(request, _("已经评定，学员能看到了。"))
            return HttpResponseRedirect(reverse(f"{audience}-works"))
    before = list(
        Work.objects.filter(account=found.account, course=found.course, thread=found.thread).exclude(pk=found.pk)
    )
    shown = {
        "work": found, "files": list(found.files.all()), "before": before, "form": form, "audience": audience,
        "layout": f"web/layouts/{audience}.html",
    }  # fmt: skip
    return render(request, "web/centre/work.html", shown)
