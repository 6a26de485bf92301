"""A body's list: what waits to be recommended, what comes onto it and off it, and the letter for what is chosen; and how everything stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.platform.uploads.models import Upload, UploadState
from ketang.platform.uploads.storing import AT_ONCE, finish
from ketang.selection.intake.models import CODE_SIGNS
from ketang.selection.recommending import letters, packages
from ketang.selection.recommending.models import Listed, Recommender
from ketang.selection.recommending.progress import standings
from ketang.selection.recommending.queries import (
    letter_numbers,
    letters_of,
    list_of_listed,
    list_of_waiting,
    removed,
)
from ketang.web.chosen import chosen
from ketang.web.paging import page_of
from ketang.web.recommender.browser import body_of, by_link
from ketang.web.uploads import tus
from ketang.web.uploads.plain import sent_file

PAGE = 50
HOURLY = 20
"""Receipts that were not found, asked for by one body in an hour."""


class ReceiptForm(forms.Form):
    """What stands on the supplier's receipt."""

    number = forms.CharField(
        label=gettext_lazy("回执编号"), help_text=gettext_lazy("写在报送单位的回执上，结尾是 R 和五位数字。"), max_length=80,
        error_messages={"required": gettext_lazy("请填写回执编号。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    code = forms.RegexField(
        label=gettext_lazy("查询码"), help_text=gettext_lazy("在同一张回执上，8 位，由数字和字母 a 到 f 组成。"),
        regex=rf"^\s*(?:[0-9a-fA-F]\s*){{{CODE_SIGNS}}}$",
        error_messages={
            "required": gettext_lazy("请填写查询码。"),
            "invalid": gettext_lazy("查询码是 8 位，只有数字和字母 a 到 f。请照回执再看一遍。"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip


class ForwardForm(forms.Form):
    """The package."""

    package = forms.FileField(
        label=gettext_lazy("课程包（zip）"),
        help_text=gettext_lazy("报送单位交给您单位的压缩包，原样上传。单位和课程名称从包里读出，不用再填。"),
        error_messages={
            "required": gettext_lazy("请选择课程包文件。"),
            "empty": gettext_lazy("这个文件是空的，请重新选择。"),
        },
    )  # fmt: skip


class WordsForm(forms.Form):
    """What to look for."""

    words = forms.CharField(label=gettext_lazy("编号、课程或单位"), required=False, max_length=100)


@by_link
@require_safe
def listed(request: HttpRequest, body: Recommender) -> HttpResponse:
    """The list."""
    return _page(request, body)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, body: Recommender) -> HttpResponse:
    """Put a submission on the list by its receipt."""
    if request.method != "POST":  # whoever changed the language on a page with a mistake comes by here
        return HttpResponseRedirect(reverse("recommending"))
    form = ReceiptForm(request.POST)
    if form.is_valid() and _too_many(body):
        form.add_error(None, _("一小时内查错的次数太多了。请一小时后再来，或者打电话给我们。"))
    elif form.is_valid():
        try:
            made = packages.add_by_receipt(recommender=body, **form.cleaned_data)
        except Refused as refused:
            _count(body)
            form.add_error(refused.field, str(refused))
        else:
            title = made.submission.title if made.submission is not None else ""
            messages.success(request, _("“%(title)s”已列入名单。") % {"title": title})
            return HttpResponseRedirect(reverse("recommending"))
    return _page(request, body, receipt_form=form)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def forward(request: HttpRequest, body: Recommender) -> HttpResponse:
    """Take a package that the body passes on."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("recommending"))
    form = ForwardForm(request.POST, request.FILES)
    upload = sent_file(request, form, _owner(body))
    if upload is None:
        return _page(request, body, forward_form=form)
    if upload.length > AT_ONCE:
        enqueue(
            "recommending.forward", key=f"recommending.forward:{upload.uuid}", recommender=str(body.uuid),
            upload=str(upload.uuid),
        )  # fmt: skip
        messages.success(request, _("文件已传完，正在登记。文件较大，需要几分钟，登记好以后会出现在名单上。"))
        return HttpResponseRedirect(reverse("recommending"))
    finish(upload)
    if upload.state != UploadState.STORED or upload.whole_at is None:
        form.add_error(None, _("文件没有存好，请再选一次。"))
        return _page(request, body, forward_form=form)
    try:
        made = packages.forward(
            recommender=body, name=upload.name, digest=upload.digest, size=upload.length, at=upload.whole_at
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, body, forward_form=form)
    messages.success(request, _told(made, upload.name))
    return HttpResponseRedirect(reverse("recommending"))


def _told(made: packages.Forwarded, name: str) -> str:
    if made.by_supplier:
        return _("“%(name)s”和报送单位已经交来的文件完全相同，没有再存一份，已把那份申报列入名单。") % {"name": name}
    if made.known:
        return _("“%(name)s”以前已经收到过，内容完全相同，没有再存一份，已列入名单。") % {"name": name}
    return _("“%(name)s”已收到，列入名单。工作人员核对后归入申报。") % {"name": name}


@by_link
@require_POST
def change(request: HttpRequest, body: Recommender, uuid: UUID) -> HttpResponse:
    """Off the list, or back onto it."""
    one = get_object_or_404(Listed, uuid=uuid, recommender=body)
    try:
        if "back" in request.POST:
            packages.put_back(recommender=body, listed=one)
            messages.success(request, _("已放回名单。"))
        else:
            packages.remove(recommender=body, listed=one)
            messages.success(request, _("已从名单移除。移错了，可以在下面“移除的”里放回。"))
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("recommending"))


@by_link
@require_POST
def issue(request: HttpRequest, body: Recommender) -> HttpResponse:
    """One click makes the letter of what is chosen."""
    try:
        made = letters.issue(recommender=body, chosen=chosen(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("recommending"))
    messages.success(request, _("推荐函 %(number)s 已出具。请下载、盖章。") % {"number": made.number})
    return HttpResponseRedirect(reverse("recommending-letter", args=[made.uuid]))


@by_link
@require_safe
def status(request: HttpRequest, body: Recommender) -> HttpResponse:
    """How every package of the body stands, in plain words."""
    form = WordsForm(request.GET)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    page = page_of(list_of_listed(body, words), request.GET.get("page"), PAGE)
    on_letters = letter_numbers(list(page.object_list))
    rows = [(one, on_letters.get(one.listed.pk)) for one in standings(list(page.object_list))]
    shown = {"body": body, "form": form, "page": page, "rows": rows, "words": words}
    return render(request, "web/recommender/status.html", shown)


def collection(request: HttpRequest) -> HttpResponse:
    """tus: begin an upload of the body."""
    return tus.begin(request, _holder(request))


def upload(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """tus: go on with an upload of the body."""
    return tus.go_on(request, _holder(request), uuid)


def _holder(request: HttpRequest) -> tus.Holder:
    """Nobody's without a link that works."""
    body = body_of(request)
    owner = _owner(body) if body is not None else ""
    return tus.Holder(owner, settings.UPLOAD_BYTES, lambda uuid: reverse("recommending-upload", args=[uuid]))


def _owner(body: Recommender) -> str:
    return f"recommender:{body.uuid}"


def _page(
    request: HttpRequest,
    body: Recommender,
    *,
    receipt_form: ReceiptForm | None = None,
    forward_form: ForwardForm | None = None,
) -> HttpResponse:
    page = page_of(list_of_waiting(body), request.GET.get("page"), PAGE)
    coming = Upload.objects.filter(owner=_owner(body), state=UploadState.WHOLE, length__gt=AT_ONCE)
    shown: dict[str, Any] = {
        "body": body, "page": page, "rows": standings(list(page.object_list)), "removed": standings(removed(body)),
        "letters": list(letters_of(body)[:50]), "coming": list(coming[:20]), "receipt_form": receipt_form or ReceiptForm(),
        "forward_form": forward_form or ForwardForm(), "largest": settings.UPLOAD_BYTES,
    }  # fmt: skip
    return render(request, "web/recommender/list.html", shown)


def _count(body: Recommender) -> None:
    cache.add(f"recommending:{body.uuid}", 0, 3600)
    cache.incr(f"recommending:{body.uuid}")


def _too_many(body: Recommender) -> bool:
    return int(cache.get(f"recommending:{body.uuid}", 0)) >= HOURLY
