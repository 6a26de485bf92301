"""The expert's declaration on avoiding conflicts (回避承诺): signing it, naming whom one is close to, and stepping back from a package.

Packages are told by what a blind expert may know: a number and a category. Nothing here names a supplier or a conflict's reason.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.people.permissions import require
from ketang.people.role.models import Role
from ketang.people.role.queries import holds
from ketang.platform.refusal import Refused
from ketang.selection.assigning.models import Assignment
from ketang.selection.experts import declaring
from ketang.selection.experts.conflicts import declare
from ketang.selection.experts.models import PanelSeat
from ketang.selection.experts.paper import declaration_paper
from ketang.selection.experts.permissions import may_declare
from ketang.selection.experts.queries import own_seats
from ketang.selection.papers.facts import category
from ketang.selection.scoring.models import BlindCopy
from ketang.web.office.expert_forms import listed
from ketang.web.papers import written
from ketang.web.refusals import said_on


class RelationsForm(forms.Form):
    """Whom and which units one is close to."""

    relations = forms.CharField(
        label=gettext_lazy("与我有关系的人和单位"), required=False, widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=gettext_lazy("一行一个：亲属、曾经任职或者有往来的单位。系统不会把相关的课程分给您。只有经办人员看得到。"),
    )  # fmt: skip


class SignForm(RelationsForm):
    """The same, and the name under the declaration."""

    signed_as = forms.CharField(
        label=gettext_lazy("署名（填写您的姓名）"), max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("请填写您的姓名。")},
    )  # fmt: skip


@login_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The panels on which one sits."""
    require(holds(request.user, Role.EXPERT))
    return render(request, "web/expert/declarations.html", {"seats": list(own_seats(request.user))})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """The declaration of one call: to sign, then to read, with what one may still say."""
    seat = _own(request, uuid)
    kind = RelationsForm if seat.is_declared else SignForm
    initial = {"relations": "\n".join(seat.expert.relations)}
    form = kind(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            named = listed(form.cleaned_data["relations"])
            if seat.is_declared:
                declaring.name_relations(actor=request.user, seat=seat, relations=named)
                messages.success(request, _("已保存。"))
            else:
                signed = form.cleaned_data["signed_as"]
                declaring.sign(actor=request.user, seat=seat, signed_as=signed, relations=named)
                messages.success(request, _("已承诺，可以开始评审。"))
            return _to(seat)
    shown = {"seat": seat, "form": form, "words": declaring.declaration(seat), "assigned": _assigned(seat)}
    return render(request, "web/expert/declaration.html", shown)


@login_required
@require_POST
def step_back(request: HttpRequest, uuid: str, assignment: str) -> HttpResponse:
    """Say that one has to do with a package."""
    seat = _own(request, uuid)
    found = get_object_or_404(
        Assignment.objects.select_related("submission"), uuid=assignment, expert=seat.expert, call=seat.call
    )
    try:
        declare(actor=request.user, seat=seat, submission=found.submission, reason=request.POST.get("reason", ""))
        messages.success(request, _("已申报回避，这件不再由您评审。"))
    except Refused as refused:
        messages.error(request, str(refused))
    return _to(seat)


@login_required
@require_safe
def paper(request: HttpRequest, uuid: str, kind: str) -> HttpResponse:
    """One's own declaration as PDF or Word."""
    return written(declaration_paper(_own(request, uuid)), kind, ("pdf", "docx"))


def _own(request: HttpRequest, uuid: str) -> PanelSeat:
    seat = own_seats(request.user).filter(uuid=uuid).first()
    if seat is None or not may_declare(request.user, seat):
        raise Http404  # whether another's seat is there is nobody's to know
    return seat


def _assigned(seat: PanelSeat) -> list[tuple[Assignment, int | None, str]]:
    """(assignment, blind number, category) of what stands, by number; without a number while the copy is being made."""
    standing = Assignment.objects.filter(expert=seat.expert, call=seat.call, ended_at=None).select_related(
        "submission__call"
    )
    rows = list(standing)
    aliases = dict(
        BlindCopy.objects.filter(version__in=[one.version_id for one in rows]).values_list("version", "alias")
    )
    found = [(one, aliases.get(one.version_id), category(one.submission)) for one in rows]
    return sorted(found, key=lambda row: (row[1] is None, row[1] or 0, str(row[0].uuid)))


def _to(seat: PanelSeat) -> HttpResponse:
    return HttpResponseRedirect(reverse("review-declaration", args=[seat.uuid]))
