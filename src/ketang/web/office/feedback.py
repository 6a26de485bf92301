"""意见和投诉 in the office: what people said, what is due first without an answer first, and the answer to each."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.feedback.actions import MOST, answer_feedback
from ketang.people.feedback.models import FeedbackKind
from ketang.people.feedback.queries import every_feedback
from ketang.people.permissions import may_answer_feedback, require
from ketang.web.refusals import said_on

PAGE = 30


class SearchForm(forms.Form):
    """What to look for."""

    words = forms.CharField(label=gettext_lazy("意见、页面或答复里的字"), required=False, max_length=100)
    answered = forms.ChoiceField(
        label=gettext_lazy("答复"), required=False,
        choices=[
            ("", gettext_lazy("全部")), ("no", gettext_lazy("还没有答复")), ("overdue", gettext_lazy("已超过期限")),
            ("yes", gettext_lazy("已答复")),
        ],
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("种类"), required=False, choices=[("", gettext_lazy("全部")), *FeedbackKind.choices]
    )


class AnswerForm(forms.Form):
    """The answer, which whoever asked reads under the address of the feedback."""

    answer = forms.CharField(
        label=gettext_lazy("答复"), max_length=MOST, widget=forms.Textarea(attrs={"rows": "6"}),
        help_text=gettext_lazy("提交的人会看到；留了邮箱的，同时发到邮箱。请不要写个人信息。"),
        error_messages={"required": gettext_lazy("请写下答复。")},
    )  # fmt: skip


@login_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """A page at a time."""
    require(may_answer_feedback(request.user))
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"words": "", "answered": "", "kind": ""}
    found = every_feedback(
        answered={"yes": True, "no": False}.get(asked["answered"]), overdue=asked["answered"] == "overdue",
        kind=asked["kind"], words=asked["words"],
    )  # fmt: skip
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "web/office/feedback.html", {"form": form, "page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """One, with its answer to be written or mended."""
    require(may_answer_feedback(request.user))
    found = get_object_or_404(every_feedback(), uuid=uuid)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": found.answer})
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            answer_feedback(actor=request.user, feedback=found, answer=form.cleaned_data["answer"])
        if form.is_valid():
            messages.success(request, _("已答复 %(number)s。") % {"number": found.number})
            return HttpResponseRedirect(reverse("office-feedback"))
    return render(request, "web/office/feedback_one.html", {"form": form, "feedback": found})
