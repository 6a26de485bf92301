"""培训中心 in the office: all of them, and a form for another. Its people come by invitation, on the organisation's page."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ketang.people.organisation.actions import register_centre
from ketang.people.organisation.models import OrganisationKind
from ketang.people.organisation.queries import organisations
from ketang.people.permissions import may_register_centre, require
from ketang.web.refusals import said_on

PAGE = 30


class CentreForm(forms.Form):
    """A centre's name."""

    name = forms.CharField(
        label=gettext_lazy("培训中心全称"), max_length=200, error_messages={"required": gettext_lazy("请填写全称。")}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def centres(request: HttpRequest) -> HttpResponse:
    """The latest first, with how many work and learn there."""
    require(may_register_centre(request.user))
    form = CentreForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            made = register_centre(actor=request.user, name=form.cleaned_data["name"])
            messages.success(request, _("已登记。下一步：邀请中心的工作人员。"))
            return HttpResponseRedirect(reverse("organisation", args=[made.uuid]))
    found = organisations().filter(kind=OrganisationKind.CENTRE)
    found = found.annotate(
        people=Count("memberships", filter=Q(memberships__left_at=None), distinct=True),
        classes=Count("groups", filter=Q(groups__closed_at=None), distinct=True),
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "web/office/centres.html", {"form": form, "page": page})
