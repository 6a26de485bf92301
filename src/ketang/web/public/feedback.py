"""意见反馈: the form, and the page under which its answer is read."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.feedback.actions import send_feedback
from ketang.people.feedback.models import Feedback

HOURLY = 10
"""Messages from one address in an hour; a class behind one address can still complain."""


class FeedbackForm(forms.Form):
    """What, and where to answer."""

    words = forms.CharField(
        label=_("您想说什么"),
        help_text=_("比如：哪里看不到、听不到、用不了，或者怎样会更好。请不要写身份证号等个人信息。"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": "6"}),
        error_messages={"required": _("请写下您想说的话。")},
    )
    reply_to = forms.CharField(
        label=_("电子邮箱或电话"),
        help_text=_("需要我们答复时填写。也可以不填，以后用下一页的地址查看答复。"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    page = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """Show the form; keep what was said and say under which number."""
    form = FeedbackForm(
        request.POST if request.method == "POST" else None, initial={"page": request.GET.get("page", "")[:300]}
    )
    if request.method == "POST" and form.is_valid():
        if _too_many(request):
            form.add_error(None, _("这个地址一小时内已经提交了很多条。请稍后再试，或者打电话、写信给我们。"))
        else:
            sent = send_feedback(actor=request.user, **form.cleaned_data)
            return HttpResponseRedirect(reverse("feedback-received", args=[sent.uuid]))
    return render(request, "web/public/feedback.html", {"form": form})


@require_safe
def received(request: HttpRequest, uuid: str) -> HttpResponse:
    """The number, the words, and the answer once there is one. Whoever has the address may read it."""
    return render(request, "web/public/feedback_received.html", {"feedback": get_object_or_404(Feedback, uuid=uuid)})


def _too_many(request: HttpRequest) -> bool:
    key = f"feedback:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, 3600)
    return cache.incr(key) > HOURLY
