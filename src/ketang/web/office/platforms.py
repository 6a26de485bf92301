"""Other learning platforms (LTI 1.3) in the office: what to enter there, which are entered here, how their marks stand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from ketang.classroom.lti import actions
from ketang.classroom.lti.addresses import LONGEST
from ketang.classroom.lti.models import Platform
from ketang.classroom.lti.permissions import may_keep_platforms
from ketang.classroom.lti.queries import key_since, ours, platforms, refused_of
from ketang.people.permissions import require
from ketang.web.refusals import said_on

_ADDRESS = {"autocomplete": "off", "spellcheck": "false", "inputmode": "url", "autocapitalize": "none"}
_PLAIN = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}


def _address(label: Any, where: Any) -> forms.CharField:
    """The field of an address that is copied; whether it is one is the action's to say."""
    return forms.CharField(
        label=label, help_text=where, max_length=LONGEST, widget=forms.TextInput(_ADDRESS),
        error_messages={"required": gettext_lazy("请填写地址，从对方平台复制过来。")},
    )  # fmt: skip


class PlatformForm(forms.Form):
    """What the other platform shows when our tool is entered there. What is missing is said by the action."""

    name = forms.CharField(
        label=gettext_lazy("平台名称"), max_length=100, empty_value="", required=True,
        help_text=gettext_lazy("学员会看到它，例如“示例职业学院网络课堂”。"),
        error_messages={"required": gettext_lazy("请填写名称，学员会看到它。")},
    )  # fmt: skip
    issuer = _address(gettext_lazy("平台标识（issuer）"), gettext_lazy("Moodle 里叫 Platform ID。通常就是平台的网址。"))
    client_id = forms.CharField(
        label=gettext_lazy("客户端编号（client ID）"), max_length=255, widget=forms.TextInput(_PLAIN),
        error_messages={"required": gettext_lazy("请填写客户端编号。它由对方平台生成。")},
    )  # fmt: skip
    deployments = forms.CharField(
        label=gettext_lazy("部署编号（deployment ID）"), widget=forms.Textarea({"rows": 2, **_PLAIN}),
        help_text=gettext_lazy("每行一个。"),
        error_messages={"required": gettext_lazy("请填写部署编号，每行一个。它由对方平台生成。")},
    )  # fmt: skip
    auth_url = _address(gettext_lazy("登录地址"), gettext_lazy("Moodle 里叫 Authentication request URL。"))
    token_url = _address(gettext_lazy("令牌地址"), gettext_lazy("Moodle 里叫 Access token URL。"))
    keys_url = _address(gettext_lazy("公钥地址"), gettext_lazy("Moodle 里叫 Public keyset URL。"))

    def __init__(self, *args: Any, platform: Platform | None = None, **more: Any) -> None:
        if platform is not None:
            names = ("name", "issuer", "client_id", "auth_url", "token_url", "keys_url")
            more["initial"] = {name: getattr(platform, name) for name in names}
            more["initial"]["deployments"] = "\n".join(platform.deployments)
        super().__init__(*args, **more)

    @property
    def details(self) -> actions.Details:
        """What was typed."""
        told = dict(self.cleaned_data)
        return actions.Details(**told | {"deployments": told["deployments"].splitlines()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest) -> HttpResponse:
    """The platforms, and our own addresses; the key can be renewed."""
    require(may_keep_platforms(request.user))
    if request.method == "POST":
        actions.renew_key(actor=request.user)
        messages.success(request, _("已换新的密钥。旧的公钥还保留 30 天，正在用的平台不受影响。"))
        return HttpResponseRedirect(reverse("office-platforms"))
    shown = {"platforms": list(platforms()), "ours": ours(), "since": key_since()}
    return render(request, "web/office/platforms.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a platform."""
    require(may_keep_platforms(request.user))
    form = PlatformForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            made = actions.add(actor=request.user, details=form.details)
            messages.success(request, _("已登记。下一步：在对方平台打开课程试一试。"))
            return HttpResponseRedirect(reverse("office-platform", args=[made.uuid]))
    return render(request, "web/office/platform_new.html", {"form": form, "ours": ours()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """One platform: how it stands, what is known of it, switched on and off; marks that were refused can be sent again."""
    require(may_keep_platforms(request.user))
    found = get_object_or_404(platforms(), uuid=uuid)
    how = request.POST.get("how", "") if request.method == "POST" else ""
    form = PlatformForm(request.POST if how == "change" else None, platform=found)
    if how == "change" and form.is_valid():
        with said_on(form):
            actions.change(actor=request.user, platform=found, details=form.details)
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(reverse("office-platform", args=[found.uuid]))
    if how in ("on", "off", "again"):
        _act(request, found, how)
        return HttpResponseRedirect(reverse("office-platform", args=[found.uuid]))
    shown = {"platform": found, "form": form, "refused": refused_of(found)}
    return render(request, "web/office/platform.html", shown)


def _act(request: HttpRequest, found: Platform, how: str) -> None:
    if how == "again":
        count = actions.send_again(actor=request.user, platform=found)
        words = ngettext("%(count)d 个成绩会重新发送。", "%(count)d 个成绩会重新发送。", count)
        messages.success(request, words % {"count": count})
        return
    actions.switch(actor=request.user, platform=found, is_on=how == "on")
    messages.success(request, _("已启用。") if how == "on" else _("已停用：学员不能再从这个平台进来，成绩也不再送。"))
