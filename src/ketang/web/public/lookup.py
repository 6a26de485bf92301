"""查结果: whoever holds a receipt sees how the submission stands, without an account."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ketang.classroom.catalogue.queries import course_of
from ketang.selection.announcing.queries import result_of
from ketang.selection.checking.queries import latest_check
from ketang.selection.intake.models import CODE_SIGNS, Receipt
from ketang.selection.intake.queries import receipt_by_paper

HOURLY = 30
"""Wrong answers from one address in an hour."""


class LookupForm(forms.Form):
    """What stands on the receipt."""

    number = forms.CharField(
        label=_("回执编号"),
        help_text=_("写在回执上，结尾是 R 和五位数字。"),
        max_length=80,
        error_messages={"required": _("请填写回执编号。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    code = forms.RegexField(
        label=_("查询码"),
        help_text=_("在同一张回执上，8 位，由数字和字母 a 到 f 组成。"),
        regex=rf"^\s*(?:[0-9a-fA-F]\s*){{{CODE_SIGNS}}}$",
        error_messages={
            "required": _("请填写查询码。"),
            "invalid": _("查询码是 8 位，只有数字和字母 a 到 f。请照回执再看一遍。"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """Ask for both, then show the state; a wrong pair never tells which half was wrong."""
    form = LookupForm(request.POST or None)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        if _too_many(request):
            form.add_error(None, _("这个地址一小时内查错的次数太多了。请一小时后再来，或者打电话给我们。"))
        elif (found := receipt_by_paper(form.cleaned_data["number"], form.cleaned_data["code"])) is None:
            _count(request)
            form.add_error(None, _("没有找到。请对照回执检查编号和查询码，两样都要一致。"))
        else:
            shown = _result(found)
    return render(request, "web/public/lookup.html", {"form": form, **shown})


def _result(receipt: Receipt) -> dict[str, Any]:
    """What the public may know of it: where it stands, what the check counted, what was decided; no person and no fee."""
    submission = receipt.version.submission
    result = result_of(submission)
    course = course_of(result.decision if result is not None else None)
    return {
        "receipt": receipt,
        "submission": submission,
        "is_latest": submission.latest == receipt.version,
        "check": latest_check(receipt.version),
        "result": result,
        "course": course if course is not None and course.is_published else None,
    }


def _key(request: HttpRequest) -> str:
    return f"lookup:{get_adapter().get_client_ip(request)}"


def _too_many(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) >= HOURLY


def _count(request: HttpRequest) -> None:
    cache.add(_key(request), 0, 3600)
    cache.incr(_key(request))
