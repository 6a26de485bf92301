"""Register a unit, or oneself, as a supplier."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ketang.people.organisation.actions import register_organisation
from ketang.people.organisation.models import OrganisationKind
from ketang.people.organisation.queries import SUPPLYING
from ketang.platform.refusal import Refused


class RegisterForm(forms.Form):
    """Which kind, which name, and a unit's credit code."""

    kind = forms.ChoiceField(
        label=gettext_lazy("供应者"), choices=[(kind.value, kind.label) for kind in SUPPLYING], widget=forms.RadioSelect,
        initial=OrganisationKind.UNIT,
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("单位全称或本人姓名"), max_length=200)
    credit_code = forms.CharField(
        label=gettext_lazy("统一社会信用代码"), required=False, max_length=30,
        help_text=gettext_lazy("单位填写，18 位；个人不填。"), widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Show the form; register, and go on to the submissions."""
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        try:
            register_organisation(
                actor=request.user, kind=OrganisationKind(got["kind"]), name=got["name"], credit_code=got["credit_code"]
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("已登记。现在可以申报了。"))
            return HttpResponseRedirect(reverse("submissions"))
    return render(request, "web/supplier/register.html", {"form": form})
