"""The page of display settings: works for everybody, with or without an account."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ketang.people.account.models import Account
from ketang.people.preference.actions import keep_display
from ketang.web.display import COOKIE, SIZES, SPACINGS, THEMES, Display, keep


class DisplayForm(forms.Form):
    """One choice of each."""

    size = forms.ChoiceField(label=gettext_lazy("文字大小"), choices=list(SIZES.items()), widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=gettext_lazy("颜色"), choices=list(THEMES.items()), widget=forms.RadioSelect)
    spacing = forms.ChoiceField(
        label=gettext_lazy("字距和行距"), choices=list(SPACINGS.items()), widget=forms.RadioSelect
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Show the settings; keep what was chosen and go back to the page before."""
    now = Display.read(request.COOKIES.get(COOKIE, ""))
    start = {"size": now.size, "theme": now.theme, "spacing": now.spacing, "next": request.GET.get("next", "")}
    form = DisplayForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/public/display.html", {"form": form})
    chosen = Display(form.cleaned_data["size"], form.cleaned_data["theme"], form.cleaned_data["spacing"])
    if isinstance(request.user, Account):
        keep_display(account=request.user, display=str(chosen))
        request.session["display"] = str(chosen)
    messages.success(request, _("显示设置已保存。"))
    response = HttpResponseRedirect(_back(request, form.cleaned_data["next"]))
    keep(response, chosen, secure=request.is_secure())
    return response


def _back(request: HttpRequest, wanted: str) -> str:
    """The page before, when it is one of ours."""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and ours else reverse("display")
