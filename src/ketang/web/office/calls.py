"""The office's calls: list, make, import, edit with preview, export, clone, publish, close, archive."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.calls import actions
from ketang.selection.calls.callfile import FILE_BYTES, CallFile, NotACall, call_yaml, read_call
from ketang.selection.calls.models import Call, CallState
from ketang.selection.calls.permissions import may_edit_calls
from ketang.selection.calls.queries import every_call, list_of_calls
from ketang.selection.calls.standing import Standing
from ketang.web.paging import page_of
from ketang.web.public.calls import shown_call

PAGE = 25

MOVES: dict[str, Callable[..., Call]] = {
    CallState.PUBLISHED: actions.publish,
    CallState.CLOSED: actions.close,
    CallState.IN_REVIEW: actions.start_review,
    CallState.DECIDED: actions.decide,
    CallState.ARCHIVED: actions.archive,
}


class CallForm(forms.Form):
    """The call as its file; a file that is chosen takes the place of the text."""

    upload = forms.FileField(
        label=gettext_lazy("征集文件（YAML）"), required=False, help_text=gettext_lazy("可以不选，直接在下面修改。")
    )
    text = forms.CharField(
        label=gettext_lazy("征集内容"), required=False,
        widget=forms.Textarea(attrs={"rows": "24", "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip

    call: CallFile

    def clean(self) -> dict[str, object]:
        """Read the call; every problem is told with its place."""
        cleaned = super().clean() or {}
        chosen = cleaned.get("upload")
        if chosen is not None and chosen.size > FILE_BYTES:
            raise forms.ValidationError(_("文件超过 1 MB，不像一份征集文件。"))
        text = chosen.read() if chosen is not None else str(cleaned.get("text") or "")
        if not text:
            raise forms.ValidationError(_("请选择征集文件，或填写征集内容。"))
        try:
            self.call = read_call(text)
        except NotACall as refused:
            raise forms.ValidationError(
                [f"{place}：{words}" if place else words for place, words in refused.problems]
            ) from refused
        return cleaned


class SearchForm(forms.Form):
    """What to look for."""

    words = forms.CharField(label=gettext_lazy("名称或网址名"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False, choices=[("", gettext_lazy("全部")), *Standing.choices]
    )


@login_required
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Every call, a page at a time."""
    require(may_edit_calls(request.user))
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"words": "", "state": ""}
    page = page_of(list_of_calls(words=asked["words"], standing=asked["state"]), request.GET.get("page"), PAGE)
    shown = {"form": form, "page": page, "is_search": bool(asked["words"].strip() or asked["state"])}
    return render(request, "web/office/calls.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """A new call from a file or from text."""
    require(may_edit_calls(request.user))
    form = CallForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return _preview(request, form, None)
        try:
            call = actions.create(file=form.call, actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已建立草稿。"))
            return HttpResponseRedirect(reverse("office-call", args=[call.uuid]))
    return render(request, "web/office/call_edit.html", {"form": form, "call": None})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uuid: str) -> HttpResponse:
    """Change a call."""
    require(may_edit_calls(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    form = CallForm(request.POST or None, request.FILES or None, initial={"text": call_yaml(call.content)})
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return _preview(request, form, call)
        try:
            actions.edit(call=call, file=form.call, actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(reverse("office-call", args=[call.uuid]))
    return render(request, "web/office/call_edit.html", {"form": form, "call": call})


@login_required
@require_safe
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """A call as the public sees or will see it, with what can be done to it."""
    require(may_edit_calls(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    steps = [(state.value, _MOVE_WORDS[state]) for state in MOVES_IN_ORDER if call.may_become(state)]
    return render(request, "web/office/call.html", {**shown_call(call), "steps": steps})


MOVES_IN_ORDER = tuple(CallState(state) for state in MOVES)
_MOVE_WORDS = {
    CallState.PUBLISHED: gettext_lazy("发布"),
    CallState.CLOSED: gettext_lazy("截止收件"),
    CallState.IN_REVIEW: gettext_lazy("开始评审"),
    CallState.DECIDED: gettext_lazy("公布结果"),
    CallState.ARCHIVED: gettext_lazy("归档"),
}


@login_required
@require_POST
def move(request: HttpRequest, uuid: str) -> HttpResponse:
    """Publish, close …: the state asked for."""
    call = get_object_or_404(every_call(), uuid=uuid)
    act = MOVES.get(request.POST.get("state", ""))
    if act is None:
        return HttpResponseBadRequest()
    try:
        call = act(call=call, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("征集现在是“%(state)s”。") % {"state": call.standing().label})
    return HttpResponseRedirect(reverse("office-call", args=[call.uuid]))


@login_required
@require_POST
def clone(request: HttpRequest, uuid: str) -> HttpResponse:
    """A draft with the same content under another address name."""
    call = get_object_or_404(every_call(), uuid=uuid)
    try:
        made = actions.clone(call=call, slug=_free_slug(call.slug), actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("office-call", args=[call.uuid]))
    messages.success(request, _("已复制为草稿，请修改网址名和日期。"))
    return HttpResponseRedirect(reverse("office-call-edit", args=[made.uuid]))


@login_required
@require_safe
def export(request: HttpRequest, uuid: str) -> HttpResponse:
    """The call's file."""
    require(may_edit_calls(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    response = HttpResponse(call_yaml(call.content), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(call.slug)}.yaml"
    return response


def _free_slug(slug: str) -> str:
    number = 2
    while Call.objects.filter(slug=f"{slug[:55]}-{number}").exists():
        number += 1
    return f"{slug[:55]}-{number}"


def _preview(request: HttpRequest, form: CallForm, call: Call | None) -> HttpResponse:
    """The public page of what was typed, unsaved, above the form that still holds it."""
    seen = Call(
        slug=form.call.id,
        file=form.call.model_dump(mode="json"),
        opens_at=form.call.opens_at,
        closes_at=form.call.closes_at,
    )
    typed = CallForm(initial={"text": call_yaml(form.call)})
    return render(
        request, "web/office/call_edit.html", {**shown_call(seen), "form": typed, "call": call, "preview": seen}
    )
