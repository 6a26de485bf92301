"""验证证书: whoever has a certificate's number and code sees whether it stands, and nothing that is not on the paper."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ketang.classroom.certificates.queries import certificate_by_paper

HOURLY = 30
"""Wrong answers from one address in an hour."""

_TYPED = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}


class CheckForm(forms.Form):
    """What stands on the paper."""

    number = forms.CharField(
        label=_("证书编号"), max_length=40, help_text=_("以 ZS 开头，后面是 10 位数字。"),
        error_messages={"required": _("请填写证书编号。")}, widget=forms.TextInput(attrs=_TYPED),
    )  # fmt: skip
    code = forms.CharField(
        label=_("验证码"), max_length=20, help_text=_("8 位字母和数字，写在编号下面。"),
        error_messages={"required": _("请填写验证码。")}, widget=forms.TextInput(attrs=_TYPED),
    )  # fmt: skip


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Ask for both, or read them from the address in the code on the paper. A wrong pair never tells which half was wrong."""
    form = CheckForm(request.GET if request.GET.keys() & {"number", "code"} else None)
    shown: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        key = f"certificates:{get_adapter().get_client_ip(request)}"
        if int(cache.get(key, 0)) >= HOURLY:
            form.add_error(None, _("这个地址一小时内查错的次数太多了。请一小时后再来，或者打电话给我们。"))
        elif (found := certificate_by_paper(form.cleaned_data["number"], form.cleaned_data["code"])) is None:
            cache.add(key, 0, 3600)
            cache.incr(key)
            form.add_error(None, _("没有这样的证书。请对照证书检查编号和验证码，两样都要一致。"))
        else:
            shown["certificate"] = found
    answer = render(request, "web/public/certificates.html", shown)
    answer["Referrer-Policy"] = "no-referrer"
    return answer
