"""A trolley of parcels: scan after scan on one page, the running list beside it, the last one taken back."""

from __future__ import annotations

import uuid as uuids
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.desk import actions
from ketang.selection.desk.codes import Kind, read
from ketang.selection.desk.models import Delivery, Trolley
from ketang.selection.desk.permissions import may_work_desk
from ketang.selection.desk.queries import last_courier, meant_by, rows_of
from ketang.selection.intake.models import Submission
from ketang.selection.ledger.models import ArrivalState
from ketang.web.office.desk_forms import DayField

SCANNED = {"autofocus": True, "autocomplete": "off", "spellcheck": "false"}


class BeginForm(forms.Form):
    """What is said once for the whole trolley."""

    delivery = forms.ChoiceField(
        label=gettext_lazy("送达方式"),
        widget=forms.RadioSelect,
        choices=Delivery.choices,
        initial=Delivery.POSTED.value,
    )
    courier = forms.CharField(
        label=gettext_lazy("快递公司"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    postmark = DayField(
        label=gettext_lazy("邮戳日期"),
        required=False,
        help_text=gettext_lazy("整车同一天收寄的才用连续登记；日期不同的单独登记。"),
    )


class LabelForm(forms.Form):
    """The label of the next parcel."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=gettext_lazy("扫下一件的标签"), max_length=600, widget=forms.TextInput(attrs=SCANNED),
        error_messages={"required": gettext_lazy("请扫标签或快递面单。")},
        help_text=gettext_lazy("没有标签的，直接扫快递面单，放入待认领。"),
    )  # fmt: skip


class WaybillForm(LabelForm):
    """The label is known; its courier's number follows."""

    code = forms.CharField(max_length=600, widget=forms.HiddenInput)
    tracking = forms.CharField(
        label=gettext_lazy("扫快递面单上的运单号"), max_length=60, required=False, widget=forms.TextInput(attrs=SCANNED),
        help_text=gettext_lazy("没有运单号就按回车。"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a trolley."""
    require(may_work_desk(request.user))
    begun = {"courier": last_courier(), "postmark": timezone.localdate()}
    form = BeginForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        try:
            made = actions.begin_trolley(
                actor=request.user, delivery=Delivery(asked["delivery"]), courier=asked["courier"],
                postmark=asked["postmark"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return HttpResponseRedirect(reverse("office-desk-trolley", args=[made.uuid]))
    return render(request, "web/office/desk_trolley_begin.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def trolley(request: HttpRequest, uuid: str) -> HttpResponse:
    """Scan after scan: a label, its waybill, the next label."""
    require(may_work_desk(request.user))
    found = get_object_or_404(Trolley, uuid=uuid)
    if request.method == "POST":
        form = _scan(request, found)
        if form is None:
            return HttpResponseRedirect(reverse("office-desk-trolley", args=[uuid]))
    else:
        form = LabelForm(initial={"key": uuids.uuid4()})
    return _shown(request, found, form)


def _scan(request: HttpRequest, trolley: Trolley) -> LabelForm | None:
    """Take one scan. None when a parcel was registered; else what is to be scanned next, or again."""
    waybill = "tracking" in request.POST
    form = WaybillForm(request.POST) if waybill else LabelForm(request.POST)
    if not form.is_valid():
        return form
    scanned = read(form.cleaned_data["code"])
    to, words = _meant(scanned)
    if words:
        form.add_error(None if waybill else "code", words)
        return form
    tracking = form.cleaned_data.get("tracking", scanned.value if scanned.kind is Kind.TRACKING else "")
    if to is not None and not waybill and trolley.delivery == Delivery.POSTED:
        return WaybillForm(initial=form.cleaned_data)
    try:
        late = to is not None and _is_late(trolley, to)
        if late:
            raise Refused(_("按这一车的邮戳日期，这一件已经逾期。请放在一边，用单件登记核对邮戳。"))
        parcel, is_new = actions.register_parcel(
            actor=request.user, key=form.cleaned_data["key"], delivery=Delivery(trolley.delivery), submission=to,
            courier=trolley.courier, tracking=tracking, postmark=trolley.postmark, trolley=trolley,
        )  # fmt: skip
    except Refused as refused:
        form.add_error("tracking" if waybill else "code", str(refused))
        return form
    if is_new:
        messages.success(request, _("已登记 %(number)s。") % {"number": parcel.arrival.number})
    return None


def _meant(scanned: Any) -> tuple[Submission | None, str]:
    """The submission of a label, or why the scan is of no use here; neither for a parcel without a label."""
    if scanned.kind is Kind.TRACKING:
        return None, ""
    if scanned.kind is Kind.NOTHING:
        return None, _("请扫标签或快递面单。")
    if scanned.kind is Kind.BROKEN:
        return None, _("标签代码不对：有一位读错或输错了。请再扫一次。")
    meant = meant_by(scanned)
    if meant.arrival is not None:
        return None, _("这是 %(number)s 的回执，已经登记过。") % {"number": meant.arrival.number}
    if len(meant.submissions) == 1 and scanned.kind is not Kind.WORDS:
        return meant.submissions[0], ""
    return None, _("没有认出这一件。请再扫一次，或者放在一边，用单件登记按单位、课程查找。")


def _is_late(trolley: Trolley, to: Submission) -> bool:
    if trolley.delivery != Delivery.POSTED:
        return False
    counted = actions.counts_at(trolley.delivery, trolley.postmark, timezone.now(), to.call)
    return counted > to.call.closes_at


def _shown(request: HttpRequest, trolley: Trolley, form: LabelForm) -> HttpResponse:
    rows = list(rows_of(trolley))
    to = None
    if isinstance(form, WaybillForm):
        code = form.cleaned_data["code"] if form.is_bound and form.is_valid() else form["code"].value()
        to = next(iter(meant_by(read(code or "")).submissions), None)
    waits = sum(row.arrival.state == ArrivalState.UNCLAIMED for row in rows)
    shown = {
        "trolley": trolley, "form": form, "to": to, "rows": rows, "last": rows[0] if rows else None, "waits": waits,
        "paired": len(rows) - waits,
    }  # fmt: skip
    return render(request, "web/office/desk_trolley.html", shown)
