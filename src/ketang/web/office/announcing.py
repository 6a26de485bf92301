"""公示 in the office: putting results on notice, objections, and their answers."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.permissions import require
from ketang.platform.storage.reading import read
from ketang.selection.announcing import actions
from ketang.selection.announcing.permissions import may_announce
from ketang.selection.announcing.queries import (
    list_of_objections,
    notices_of,
    objections,
    to_be_announced,
    unconfirmed,
)
from ketang.selection.calls.queries import every_call
from ketang.web.paging import page_of
from ketang.web.refusals import said_on

PAGE = 25


class NoticeForm(forms.Form):
    """Whether amounts are told."""

    shows_amounts = forms.BooleanField(label=gettext_lazy("公布金额"), required=False, initial=True)


class AnswerForm(forms.Form):
    """What came of an objection."""

    upheld = forms.ChoiceField(
        label=gettext_lazy("处理结果"), widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("成立")), ("no", gettext_lazy("不成立"))],
        error_messages={"required": gettext_lazy("请选择成立或不成立。")},
    )  # fmt: skip
    effect = forms.ChoiceField(
        label=gettext_lazy("对入选的影响"), widget=forms.RadioSelect, initial="none",
        choices=[("none", gettext_lazy("不改变结果")), ("withdraw", gettext_lazy("撤回这件入选，由候补递补"))],
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("答复"), widget=forms.Textarea(attrs={"rows": "6"}), max_length=5000,
        help_text=gettext_lazy("提出人会看到。留了邮箱的，会发邮件。"), error_messages={"required": gettext_lazy("请写明答复。")},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def announcing(request: HttpRequest, uuid: str) -> HttpResponse:
    """Notices of a call, what waits for the next one, and objections."""
    require(may_announce(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            made = actions.announce(actor=request.user, call=call, shows_amounts=form.cleaned_data["shows_amounts"])
            messages.success(request, _("已发布结果公示 %(number)s。") % {"number": made.number})
            return HttpResponseRedirect(reverse("office-announcing", args=[call.uuid]))
    page = page_of(list_of_objections(call), request.GET.get("page"), PAGE)
    shown = {
        "call": call, "form": form, "notices": list(notices_of(call)[:50]), "waiting": to_be_announced(call).count(),
        "unconfirmed": unconfirmed(call), "days": call.content.notice_days, "page": page,
    }  # fmt: skip
    return render(request, "web/office/announcing.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, uuid: str) -> HttpResponse:
    """One objection, and its answer."""
    require(may_announce(request.user))
    found = get_object_or_404(objections(), uuid=uuid)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        with said_on(form):
            actions.answer(
                actor=request.user, objection=found, upheld=got["upheld"] == "yes", words=got["words"],
                withdraws=got["effect"] == "withdraw",
            )  # fmt: skip
            messages.success(request, _("已答复。"))
            return HttpResponseRedirect(reverse("office-objection", args=[found.uuid]))
    return render(request, "web/office/objection.html", {"objection": found, "call": found.notice.call, "form": form})


@login_required
@require_safe
def evidence(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """What was sent as evidence, to be saved: a stranger's file is never shown in this site."""
    require(may_announce(request.user))
    found = get_object_or_404(objections(), uuid=uuid)
    if not found.evidence:
        raise Http404
    answer = StreamingHttpResponse(read(found.evidence), content_type="application/octet-stream")
    name = f"{found.number} {found.evidence_name}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
