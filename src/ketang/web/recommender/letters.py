"""A letter of a body: its rows, its papers, the stamped copy, and taking it back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ketang.selection.recommending import letters
from ketang.selection.recommending.models import Recommendation, Recommender
from ketang.selection.recommending.paper import letter_paper
from ketang.selection.recommending.queries import recommendations
from ketang.web.papers import written
from ketang.web.recommender.browser import by_link
from ketang.web.refusals import said_on


class BackForm(forms.Form):
    """Why a letter is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("撤回的理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": gettext_lazy("请写明撤回的理由。")},
    )  # fmt: skip


class ScanForm(forms.Form):
    """The stamped copy."""

    scan = forms.FileField(
        label=gettext_lazy("盖章后的扫描件"), help_text=gettext_lazy("PDF、JPG 或 PNG，最多 20 MB。再传一次，会代替上一份。"),
        error_messages={
            "required": gettext_lazy("请选择扫描件。"), "empty": gettext_lazy("这个文件是空的，请重新选择。"),
        },
    )  # fmt: skip


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, body: Recommender, uuid: str) -> HttpResponse:
    """One letter and what can be done with it."""
    letter = _own(body, uuid)
    how = request.POST.get("how", "") if request.method == "POST" else ""
    back = BackForm(request.POST if how == "back" else None)
    scan = ScanForm(request.POST if how == "scan" else None, request.FILES if how == "scan" else None)
    if how == "back" and back.is_valid():
        with said_on(back):
            letters.withdraw(recommender=body, recommendation=letter, reason=back.cleaned_data["reason"])
            messages.success(request, _("推荐函已撤回，上面的课程包回到名单。更正后可以另出一封。"))
            return HttpResponseRedirect(reverse("recommending"))
    if how == "scan" and scan.is_valid():
        with said_on(scan):
            sent = scan.cleaned_data["scan"]
            content = sent.read(letters.SCAN_BYTES + 1)
            letters.keep_scan(recommender=body, recommendation=letter, name=sent.name, content=content)
            messages.success(request, _("盖章件已收到。"))
            return HttpResponseRedirect(reverse("recommending-letter", args=[letter.uuid]))
    rows = list(letter.rows.order_by("place"))
    shown = {"body": body, "letter": letter, "rows": rows, "back_form": back, "scan_form": scan}
    return render(request, "web/recommender/letter.html", shown)


@by_link
@require_safe
def paper(request: HttpRequest, body: Recommender, uuid: str, kind: str) -> HttpResponse:
    """The letter as PDF or Word."""
    return written(letter_paper(_own(body, uuid)), kind, ("pdf", "docx"))


def _own(body: Recommender, uuid: str) -> Recommendation:
    return get_object_or_404(recommendations(), uuid=uuid, recommender=body)
