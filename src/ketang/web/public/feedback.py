"""意见和投诉: the form, the page under which the answer is read, and the way back to it by number and code."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.feedback.actions import send_feedback
from ketang.people.feedback.models import CODE_SIGNS, Feedback, FeedbackKind
from ketang.people.feedback.queries import feedback_by_number

HOURLY = 10
"""Messages from one address in an hour; a class behind one address can still complain."""
WRONG_HOURLY = 30
"""Wrong codes from one address in an hour."""


class FeedbackForm(forms.Form):
    """Which kind, what, and where to answer."""

    kind = forms.ChoiceField(
        label=_("这是"), choices=FeedbackKind.choices, widget=forms.RadioSelect, initial=FeedbackKind.OPINION
    )  # fmt: skip
    words = forms.CharField(
        label=_("您想说什么"),
        help_text=_("比如：哪里看不到、听不到、用不了，或者怎样会更好。请不要写身份证号等个人信息。"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": "6"}),
        error_messages={"required": _("请写下您想说的话。")},
    )
    reply_to = forms.CharField(
        label=_("电子邮箱或电话"),
        help_text=_("填邮箱，答复会发到邮箱。也可以不填，以后凭编号和查询码查看答复。"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    page = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)


class NumberForm(forms.Form):
    """What was noted when it was sent."""

    number = forms.CharField(
        label=_("编号"), help_text=_("比如 TS2026-00012。"), max_length=40,
        error_messages={"required": _("请填写编号。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    code = forms.RegexField(
        label=_("查询码"), help_text=_("和编号在同一页上，8 位，由数字和字母 a 到 f 组成。"),
        regex=rf"^\s*(?:[0-9a-fA-F]\s*){{{CODE_SIGNS}}}$",
        error_messages={
            "required": _("请填写查询码。"), "invalid": _("查询码是 8 位，只有数字和字母 a 到 f。请再看一遍。"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """Show the form; keep what was said and say under which number."""
    data = None
    if request.method == "POST":
        data = request.POST.copy()
        data.setdefault("kind", FeedbackKind.OPINION)
    form = FeedbackForm(
        data,
        initial={"page": request.GET.get("page", "")[:300], "kind": request.GET.get("kind") or FeedbackKind.OPINION},
    )
    if request.method == "POST" and form.is_valid():
        if _counted(request, "feedback") > HOURLY:
            form.add_error(None, _("这个地址一小时内已经提交了很多条。请稍后再试，或者打电话、写信给我们。"))
        else:
            sent = send_feedback(actor=request.user, **form.cleaned_data)
            return HttpResponseRedirect(reverse("feedback-received", args=[sent.uuid]))
    days = {"opinion_days": settings.OPINION_DAYS, "complaint_days": settings.COMPLAINT_DAYS}
    return render(request, "web/public/feedback.html", {"form": form, **days})


@require_safe
def received(request: HttpRequest, uuid: str) -> HttpResponse:
    """The number, the words, by when there is an answer, and the answer. Whoever has the address may read it."""
    return render(request, "web/public/feedback_received.html", {"feedback": get_object_or_404(Feedback, uuid=uuid)})


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Number and code lead to the page; a wrong pair never tells which half was wrong."""
    form = NumberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if int(cache.get(_key(request, "feedback-code"), 0)) >= WRONG_HOURLY:
            form.add_error(None, _("这个地址一小时内查错的次数太多了。请一小时后再来，或者打电话给我们。"))
        elif (found := feedback_by_number(**form.cleaned_data)) is None:
            _counted(request, "feedback-code")
            form.add_error(None, _("没有找到。请检查编号和查询码，两样都要一致。"))
        else:
            return HttpResponseRedirect(reverse("feedback-received", args=[found.uuid]))
    return render(request, "web/public/feedback_find.html", {"form": form})


def _key(request: HttpRequest, what: str) -> str:
    return f"{what}:{get_adapter().get_client_ip(request)}"


def _counted(request: HttpRequest, what: str) -> int:
    """How many there are from this address in an hour, with this one."""
    cache.add(_key(request, what), 0, 3600)
    return cache.incr(_key(request, what))
