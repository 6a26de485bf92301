"""结果公示: what was decided, for anybody to read; and the form to object, which works without scripts and without an account."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ketang.selection.announcing.actions import send_objection
from ketang.selection.announcing.evidence import MOST_BYTES
from ketang.selection.announcing.models import NoticeEntry, Objection, PublicNotice
from ketang.selection.announcing.queries import entries_of, list_of_notices
from ketang.selection.announcing.queries import notices as every_notice
from ketang.selection.announcing.queries import objections as every_objection
from ketang.web.paging import page_of
from ketang.web.refusals import said_on

PAGE, HOURLY = 50, 10
"""Entries of a page; objections from one address in an hour."""
CHOICES = 500
"""Entries that are offered to be chosen; of a longer notice the number is written into the words."""


class ObjectionForm(forms.Form):
    """Who objects to what, and why."""

    about = forms.ChoiceField(
        label=gettext_lazy("针对哪一件"), required=False, help_text=gettext_lazy("针对整个公示的，不用选。")
    )
    words = forms.CharField(
        label=gettext_lazy("异议和理由"), max_length=5000, widget=forms.Textarea(attrs={"rows": "8"}),
        help_text=gettext_lazy("请写清事实和依据。请不要写身份证号等个人信息。"),
        error_messages={"required": gettext_lazy("请写明异议和理由。")},
    )  # fmt: skip
    evidence = forms.FileField(
        label=gettext_lazy("证据"), required=False, help_text=gettext_lazy("可以不传。PDF 或照片（JPG、PNG、WebP），一个文件，最多 10 MB。"),
        error_messages={"empty": gettext_lazy("这个文件是空的，请重新选择。")},
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("您的姓名"), max_length=100, help_text=gettext_lazy("真实姓名。只有经办人员能看到，不公开。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("请填写真实姓名。匿名的异议不能受理。")},
    )  # fmt: skip
    mail = forms.CharField(
        label=gettext_lazy("电子邮箱"), required=False, max_length=254, help_text=gettext_lazy("邮箱和电话至少填一样。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("联系电话"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, entries: list[NoticeEntry], **more: Any) -> None:
        super().__init__(*args, **more)
        found = [(str(one.place), f"{one.place}. {one.title} · {one.supplier}") for one in entries]
        self.fields["about"].widget = forms.Select()
        self.fields["about"].choices = [("", _("整个公示")), *found]  # type: ignore[attr-defined]  # a choice field


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """All notices, the latest first."""
    page = page_of(list_of_notices(), request.GET.get("page"), PAGE)
    return render(request, "web/public/announcements.html", {"page": page})


@require_safe
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """One notice with its entries; an award that was withdrawn since says so."""
    notice = get_object_or_404(every_notice(), uuid=uuid)
    page = page_of(entries_of(notice), request.GET.get("page"), PAGE)
    return render(request, "web/public/announcement.html", {"notice": notice, "call": notice.call, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, uuid: str) -> HttpResponse:
    """The form; afterwards the page of its number."""
    notice = get_object_or_404(every_notice(), uuid=uuid)
    entries = list(notice.entries.order_by("place")[:CHOICES])
    posted = request.method == "POST"
    form = ObjectionForm(request.POST if posted else None, request.FILES if posted else None, entries=entries)
    if posted and form.is_valid():
        if _too_many(request):
            form.add_error(None, _("这个地址一小时内已经提交了很多条。请稍后再试，或者打电话、写信给主办单位。"))
        elif (made := _sent(form, notice, entries)) is not None:
            return HttpResponseRedirect(reverse("objection", args=[made.uuid]))
    shown = {"form": form, "notice": notice, "call": notice.call}
    return render(request, "web/public/object.html", shown)


@require_safe
def objection(request: HttpRequest, uuid: str) -> HttpResponse:
    """The number, the words, and the answer once there is one. Whoever has the address may read it: it names nobody."""
    found = get_object_or_404(every_objection(), uuid=uuid)
    answer = render(request, "web/public/objection.html", {"objection": found, "notice": found.notice})
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _sent(form: ObjectionForm, notice: PublicNotice, entries: list[NoticeEntry]) -> Objection | None:
    got = form.cleaned_data
    file = got["evidence"]
    made: Objection | None = None
    with said_on(form):
        made = send_objection(
            notice=notice, name=got["name"], words=got["words"], mail=got["mail"], phone=got["phone"],
            entry=next((one for one in entries if str(one.place) == got["about"]), None),
            evidence=(file.name, file.read(MOST_BYTES + 1)) if file is not None else None,
        )  # fmt: skip
    return made  # noqa: RET504 - what is refused inside is said on the form, and nothing was made


def _too_many(request: HttpRequest) -> bool:
    key = f"objection:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, 3600)
    return cache.incr(key) > HOURLY
