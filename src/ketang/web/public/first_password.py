"""The page on which somebody with a one-time password chooses their own."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ketang.people.account.actions import choose_password
from ketang.people.account.models import Account
from ketang.web.refusals import said_on


class PasswordForm(forms.Form):
    """One field, which can be shown: to type a password twice unseen is hard for many."""

    password = forms.CharField(
        label=gettext_lazy("新密码"), max_length=128, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("至少 10 个字，不能全是数字。可以用一句自己记得住的话。按“显示”能看到写的是什么。"),
        error_messages={"required": gettext_lazy("请写一个新密码。")},
    )  # fmt: skip


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """Choose it, and go on to one's learning."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    if request.user.password_until is None:
        return HttpResponseRedirect(reverse("learn"))
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            choose_password(account=request.user, password=form.cleaned_data["password"])
            update_session_auth_hash(request, request.user)
            messages.success(request, _("新密码已保存。以后用登录号和新密码登录。"))
            return HttpResponseRedirect(reverse("learn"))
    return render(request, "web/public/first_password.html", {"form": form})
