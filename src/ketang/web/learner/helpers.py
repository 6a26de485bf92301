"""Who may act for me, for whom I may act, and acting."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ketang.classroom.groups import assisting
from ketang.classroom.groups.queries import helped_by, helpers_of
from ketang.people.account.models import Account
from ketang.platform.refusal import Refused
from ketang.web.learner.who import ACTING, learner_of
from ketang.web.refusals import said_on


class HelperForm(forms.Form):
    """Who, and the word that they may."""

    login = forms.CharField(
        label=gettext_lazy("协助我的人的登录名"), max_length=64,
        error_messages={"required": gettext_lazy("请填写登录名。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=gettext_lazy("我同意"), error_messages={"required": gettext_lazy("请先看清上面的说明，同意再确定。")}
    )


def consent_text() -> str:
    """What somebody agrees to who lets a helper act for them."""
    return _(
        "这个人可以用自己的登录，替我打开课程、学习、确认学完，学时记在我的名下；能看到我的学习进度和学时。"
        "不能修改我的密码和个人信息，不能注销我的账号。每一次开始和结束都有记录。我可以随时取消。"
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def helpers(request: HttpRequest) -> HttpResponse:
    """Both lists, and a form for another helper. Only for oneself: a helper lets nobody else in."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    own, text = request.user, consent_text()
    form = HelperForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            assisting.allow(learner=own, login=form.cleaned_data["login"], language=get_language() or "", text=text)
            messages.success(request, _("已确定。您可以随时在这一页取消。"))
            return HttpResponseRedirect(reverse("learn-helpers"))
    shown = {"form": form, "text": text, "helpers": list(helpers_of(own)), "helped": list(helped_by(own))}
    return render(request, "web/learner/helpers.html", shown)


@login_required
@require_POST
def end(request: HttpRequest, uuid: str) -> HttpResponse:
    """The learner or the helper takes it back."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    own = request.user
    found = next((one for one in (*helpers_of(own), *helped_by(own)) if str(one.uuid) == str(uuid)), None)
    if found is None:
        raise Http404
    assisting.end(actor=own, assistance=found)
    messages.success(request, _("协助已经结束。"))
    return HttpResponseRedirect(reverse("learn-helpers"))


@login_required
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Begin to act for somebody, or stop."""
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    before = learner_of(request)
    if before != request.user:
        request.session.pop(ACTING, None)
        assisting.end_acting(helper=request.user, learner=before)
    if wanted := request.POST.get("for"):
        found = next((one for one in helped_by(request.user) if str(one.uuid) == wanted), None)
        if found is None:
            messages.error(request, _("您现在不能协助这个人：同意已经取消。"))
            return HttpResponseRedirect(reverse("learn-helpers"))
        try:
            assisting.begin_acting(helper=request.user, learner=found.learner)
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("learn-helpers"))
        request.session[ACTING] = str(found.learner.uuid)
    return HttpResponseRedirect(reverse("learn"))
