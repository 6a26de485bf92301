"""The page of settings, and the small panel beside a lesson: for everybody, with or without an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ketang.people.account.models import Account
from ketang.people.preference.actions import keep_display
from ketang.people.preference.display import Display
from ketang.web.display import COOKIE, WORDS, keep

LABELS: dict[str, Promise] = {
    "size": gettext_lazy("文字大小"),
    "theme": gettext_lazy("颜色"),
    "spacing": gettext_lazy("字距和行距"),
    "reading": gettext_lazy("阅读方式"),
    "motion": gettext_lazy("动画"),
    "captions": gettext_lazy("字幕"),
    "sign": gettext_lazy("手语视频"),
    "description": gettext_lazy("口述画面"),
    "time": gettext_lazy("考试多给时间"),
}
HINTS: dict[str, Promise] = {
    "sign": gettext_lazy("有手语的课，打开时一起播放。"),
    "description": gettext_lazy("读出画面里发生了什么。有时会先停下视频，读完再放。"),
    "time": gettext_lazy("限时的考试里有效。不需要任何证明。"),
}
IN_LESSONS = ("captions", "sign", "description", "size", "theme", "reading")
"""What the small panel beside a lesson offers."""


class DisplayForm(forms.Form):
    """One choice of each; what is not sent stays as it is."""

    next = forms.CharField(required=False, widget=forms.HiddenInput)
    quiet = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, now: Display, names: Sequence[str] = tuple(LABELS), **more: Any
    ) -> None:
        there = {name: getattr(now, name) for name in names}
        super().__init__(None if data is None else {**there, **data.dict()}, **more)
        for name in names:
            whole = len(names) == len(LABELS)
            # Folded away, a list loses its label in the eyes of some checkers: it has its name itself, too.
            widget = forms.RadioSelect() if whole else forms.Select(attrs={"aria-label": str(LABELS[name])})
            self.fields[name] = forms.ChoiceField(
                label=str(LABELS[name]), choices=list(WORDS[name].items()), widget=widget,
                initial=there[name], help_text=str(HINTS.get(name, "")) if whole else "",
            )  # fmt: skip
        self.now = now

    @property
    def looks(self) -> list[forms.BoundField]:
        """Choices that hold on every page."""
        return [self[name] for name in ("size", "theme", "spacing", "reading", "motion")]

    @property
    def lessons(self) -> list[forms.BoundField]:
        """Choices that hold in lessons and exams."""
        return [self[name] for name in ("captions", "sign", "description", "time")]

    @property
    def chosen(self) -> Display:
        """What was there with what was sent."""
        return replace(self.now, **{name: word for name, word in self.cleaned_data.items() if name in LABELS})


def panel(request: HttpRequest) -> DisplayForm:
    """The form of the small panel, which brings one back to the page."""
    now = Display.read(request.COOKIES.get(COOKIE, ""))
    return DisplayForm(initial={"next": request.path}, now=now, names=IN_LESSONS, auto_id="panel-%s")


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Show the settings; keep what was chosen and go back to the page before. A script that sends `quiet` is answered 204."""
    now = Display.read(request.COOKIES.get(COOKIE, ""))
    start = {"next": request.GET.get("next", "")}
    form = DisplayForm(request.POST if request.method == "POST" else None, initial=start, now=now)
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/public/display.html", {"form": form})
    chosen = form.chosen
    if isinstance(request.user, Account):
        keep_display(account=request.user, display=str(chosen))
        request.session["display"] = str(chosen)
    if form.cleaned_data["quiet"]:
        response = HttpResponse(status=204)
    else:
        messages.success(request, _("设置已保存。"))
        response = HttpResponseRedirect(_back(request, form.cleaned_data["next"]))
    keep(response, chosen, secure=request.is_secure())
    return response


def _back(request: HttpRequest, wanted: str) -> str:
    """The page before, when it is one of ours."""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and ours else reverse("display")
