"""The pool of experts: the list, one expert, and the list as a workbook."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.permissions import require
from ketang.platform.outbox.queries import can_send
from ketang.platform.refusal import Refused
from ketang.selection.experts import actions
from ketang.selection.experts.inviting import invite
from ketang.selection.experts.models import Expert
from ketang.selection.experts.permissions import may_keep_experts
from ketang.selection.experts.queries import every_seat, heads, list_of_experts, rows
from ketang.selection.experts.queries import experts as chosen_experts
from ketang.selection.ledger.actions import say_exported
from ketang.web.office.expert_forms import ExpertForm, ReasonForm, SearchForm
from ketang.web.office.handed_out import handed_out
from ketang.web.paging import page_of
from ketang.web.refusals import said_on

PAGE = 25


@login_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The pool; who is in it unless something else is asked for."""
    require(may_keep_experts(request.user))
    form, asked = _asked(request)
    page = page_of(list_of_experts(**asked), request.GET.get("page"), PAGE)
    shown = {"form": form, "page": page, "asked": asked, "query": request.GET.urlencode()}
    return render(request, "web/office/experts.html", shown)


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """What was asked for, as a workbook of the same columns as the template."""
    require(may_keep_experts(request.user))
    _form, asked = _asked(request)
    say_exported(actor=request.user, what="experts", ending="xlsx", columns=[], chosen=asked)
    return handed_out("xlsx", _("专家库"), heads(), rows(chosen_experts(**asked)))


def _asked(request: HttpRequest) -> tuple[SearchForm, dict[str, str]]:
    form = SearchForm({"standing": "in", **request.GET.dict()})
    got = form.cleaned_data if form.is_valid() else {"words": "", "category": "", "standing": "in"}
    return form, {name: str(got[name]) for name in ("words", "category", "standing")}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take somebody into the pool."""
    require(may_keep_experts(request.user))
    form = ExpertForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            made = actions.add(actor=request.user, details=form.details)
            messages.success(request, _("已入库。"))
            return _to(made)
    return render(request, "web/office/expert_new.html", {"form": form})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """One expert: what is known, the account, the panels; leaving and coming back. A link that is not sent is shown once."""
    require(may_keep_experts(request.user))
    found = get_object_or_404(Expert.objects.select_related("account", "invitation"), uuid=uuid)
    how = request.POST.get("how", "") if request.method == "POST" else ""
    form = ExpertForm(request.POST if how == "change" else None, expert=found)
    reason = ReasonForm(request.POST if how == "leave" else None)
    if how == "change" and form.is_valid():
        with said_on(form):
            actions.change(actor=request.user, expert=found, details=form.details)
            messages.success(request, _("已保存。"))
            return _to(found)
    if how == "leave" and reason.is_valid():
        with said_on(reason):
            actions.leave(actor=request.user, expert=found, reason=reason.cleaned_data["reason"])
            messages.success(request, _("已出库。"))
            return _to(found)
    if how in ("send", "show", "back"):
        return _acted(request, found, how, form, reason)
    return _page(request, found, form, reason)


def _acted(request: HttpRequest, found: Expert, how: str, form: ExpertForm, reason: ReasonForm) -> HttpResponse:
    try:
        if how == "show":
            return _page(request, found, form, reason, link=invite(actor=request.user, expert=found, by_mail=False))
        if how == "send":
            invite(actor=request.user, expert=found, by_mail=True)
            messages.success(request, _("邀请已发出，以前的链接作废。"))
        else:
            actions.come_back(actor=request.user, expert=found)
            messages.success(request, _("已重新入库。"))
    except Refused as refused:
        messages.error(request, str(refused))
    return _to(found)


def _page(request: HttpRequest, found: Expert, form: ExpertForm, reason: ReasonForm, *, link: str = "") -> HttpResponse:
    shown: dict[str, Any] = {
        "expert": found, "form": form, "reason": reason, "link": link, "can_send": can_send() and found.mail,
        "seats": list(every_seat().filter(expert=found).order_by("-id")[:50]),
    }  # fmt: skip
    return render(request, "web/office/expert.html", shown)


def _to(found: Expert) -> HttpResponse:
    return HttpResponseRedirect(reverse("office-expert", args=[found.uuid]))
