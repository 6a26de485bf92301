"""One's own data: taking a copy, closing the account."""

from __future__ import annotations

from urllib.parse import quote

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.account.models import Account
from ketang.people.privacy.actions import erase_account, export_personal_data
from ketang.web.refusals import said_on


class CloseForm(forms.Form):
    """A tick that says it is meant."""

    sure = forms.BooleanField(
        label=_("我知道账号注销后不能恢复"), error_messages={"required": _("请勾选，表示您知道账号不能恢复。")}
    )


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What can be done with one's data."""
    return render(request, "web/public/own_data.html")


@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # the library has no types
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest) -> HttpResponse:
    """Everything known of the person, as a zip. The password is asked for first when signing in was long ago."""
    if request.method != "POST":
        return render(request, "web/public/own_data.html")
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    whole = export_personal_data(actor=request.user, account=request.user)
    name = f"ketang-{request.user.login}.zip"
    answer = HttpResponse(whole, content_type="application/zip")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # the library has no types
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Close the account; say what had to be kept, and on which ground."""
    form = CloseForm(request.POST if request.method == "POST" else None)
    person = request.user
    assert isinstance(person, Account)  # noqa: S101 - only accounts sign in
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            kept = erase_account(actor=person, account=person, reason="own wish")
            logout(request)
            return render(request, "web/public/closed.html", {"kept": kept})
    return render(request, "web/public/close.html", {"form": form})
