"""The panel of a call: its members, seating experts of the pool, one member, and conflicts of interest."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.assigning import actions as assigning
from ketang.selection.assigning.queries import sheets_left_by, wanted_in
from ketang.selection.calls.models import Call
from ketang.selection.calls.queries import every_call
from ketang.selection.experts import panel
from ketang.selection.experts.conflicts import recompute
from ketang.selection.experts.paper import declaration_paper
from ketang.selection.experts.permissions import may_keep_experts
from ketang.selection.experts.queries import every_seat, left_seats, list_of_conflicts, list_of_seats, seatable
from ketang.web.chosen import chosen
from ketang.web.office.expert_forms import DropForm, LeaveOutForm, SearchForm, SeatForm
from ketang.web.paging import page_of
from ketang.web.papers import written
from ketang.web.refusals import said_on

PAGE, OFFERED, LEFT = 25, 50, 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, uuid: str) -> HttpResponse:
    """Who sits on the panel, and who of the pool could."""
    require(may_keep_experts(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    if request.method == "POST":
        try:
            made = panel.seat(actor=request.user, call=call, experts=chosen(request))
            messages.success(request, _("入组 %(count)s 人。") % {"count": len(made)})
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("office-panel", args=[call.uuid]))
    form = SearchForm(request.GET, auto_id="search-%s")
    del form.fields["standing"]
    got = form.cleaned_data if form.is_valid() else {"words": "", "category": ""}
    pool = seatable(call, words=got["words"], category=got["category"])
    offered = page_of(pool, request.GET.get("pool"), OFFERED)
    page = page_of(list_of_seats(call), request.GET.get("page"), PAGE)
    shown = {
        "call": call,
        "page": page,
        "form": form,
        "offered": offered,
        "asked": got["words"] or got["category"],
        "left": list(left_seats(call)[:LEFT]),
    }
    return render(request, "web/office/panel.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest, uuid: str) -> HttpResponse:
    """One member: the limit here, the chair, the declaration, dropping out."""
    require(may_keep_experts(request.user))
    found = get_object_or_404(every_seat(), uuid=uuid)
    how = request.POST.get("how", "") if request.method == "POST" else ""
    initial = {"load_limit": found.load_limit, "chairs": found.chairs}
    form = SeatForm(request.POST if how == "change" else None, initial=initial)
    drop = DropForm(request.POST if how == "drop" else None)
    leave = LeaveOutForm(request.POST if how == "leave" else None)
    if how == "change" and form.is_valid():
        with said_on(form):
            panel.change_seat(actor=request.user, seat=found, **form.cleaned_data)
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(reverse("office-panel", args=[found.call.uuid]))
    if how == "drop" and drop.is_valid():
        with said_on(drop):
            wanted, reason = wanted_in(found.call), drop.cleaned_data["reason"]
            plan = assigning.drop_out(actor=request.user, seat=found, reason=reason, wanted=wanted)
            messages.success(request, _("已退出评审组。"))
            if plan is not None:
                return HttpResponseRedirect(reverse("office-plan", args=[plan.uuid]))
            return HttpResponseRedirect(reverse("office-panel", args=[found.call.uuid]))
    if how == "leave" and leave.is_valid():
        with said_on(leave):
            count = assigning.leave_out(actor=request.user, seat=found, reason=leave.cleaned_data["reason"])
            messages.success(request, _("%(count)s 份评分表不再计入。请重新计算排名。") % {"count": count})
            return HttpResponseRedirect(reverse("office-ranking", args=[found.call.uuid]))
    waiting = found.expert.assignments.filter(call=found.call, ended_at=None, submitted=None).count()
    counting = 0 if found.left_at is None else sheets_left_by(found)
    shown = {"seat": found, "form": form, "drop": drop, "leave": leave, "waiting": waiting, "counting": counting}
    return render(request, "web/office/seat.html", shown)


@login_required
@require_safe
def paper(request: HttpRequest, uuid: str, kind: str) -> HttpResponse:
    """The declaration of a member as PDF or Word."""
    require(may_keep_experts(request.user))
    return written(declaration_paper(get_object_or_404(every_seat(), uuid=uuid)), kind, ("pdf", "docx"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: HttpRequest, uuid: str) -> HttpResponse:
    """Standing conflicts of the panel, and looking for them again."""
    require(may_keep_experts(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    if request.method == "POST":
        messages.success(request, _("已重新计算，新发现 %(count)s 条。") % {"count": recompute(call=call)})
        return HttpResponseRedirect(reverse("office-conflicts", args=[call.uuid]))
    return _conflicts(request, call)


def _conflicts(request: HttpRequest, call: Call) -> HttpResponse:
    page = page_of(list_of_conflicts(call), request.GET.get("page"), PAGE)
    return render(request, "web/office/conflicts.html", {"call": call, "page": page})
