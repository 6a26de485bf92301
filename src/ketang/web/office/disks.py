"""Disks at the desk: chosen below the folder where they are mounted, copied in the background, with a receipt at the end."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.people.permissions import require
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused
from ketang.selection.desk.codes import read
from ketang.selection.desk.copying import begin_copy
from ketang.selection.desk.models import CopyState, DiskCopy, Parcel
from ketang.selection.desk.mounted import place_below, places
from ketang.selection.desk.permissions import may_work_desk
from ketang.selection.desk.queries import bytes_read, list_of_disks, meant_by
from ketang.selection.intake.models import Submission
from ketang.web.drawn_codes import qr
from ketang.web.paging import page_of

PAGE = 25


def _plain(label: Any, length: int, hint: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, help_text=hint)


class DiskForm(forms.Form):
    """To what a disk belongs."""

    path = forms.CharField(max_length=1000, widget=forms.HiddenInput)
    q = _plain(gettext_lazy("属于哪份申报"), 600, gettext_lazy("扫标签，或输入受理编号。不知道就空着，放入待认领。"))
    parcel = _plain(
        gettext_lazy("随哪个包裹来"), 20, gettext_lazy("收件编号。填了就按那个包裹的时间计算截止，不填按现在。")
    )
    supplier = _plain(gettext_lazy("写明的单位或个人"), 200)
    title = _plain(gettext_lazy("写明的课程"), 200)
    submission: Submission | None = None
    with_parcel: Parcel | None = None

    def clean_q(self) -> str:
        """The one submission that the scan means."""
        text = str(self.cleaned_data["q"])
        if text.strip():
            found = meant_by(read(text)).submissions
            if len(found) != 1:
                raise forms.ValidationError(_("没有对上一份申报。请扫标签或输入受理编号。"))
            self.submission = found[0]
        return text

    def clean_parcel(self) -> str:
        """The parcel of this number."""
        number = str(self.cleaned_data["parcel"]).strip().upper()
        if number:
            standing = Parcel.objects.select_related("arrival__call").filter(undone_at=None)
            self.with_parcel = standing.filter(arrival__number=number).first()
            if self.with_parcel is None:
                raise forms.ValidationError(_("没有这个收件编号的包裹，请核对。"))
        return number


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def disks(request: HttpRequest) -> HttpResponse:
    """What lies on the disks, a folder at a time; the form for a chosen one; what was copied."""
    require(may_work_desk(request.user))
    if request.method == "POST":
        return _begin(request)
    return _shown(request, request.GET.get("in", ""), request.GET.get("path", ""))


def _begin(request: HttpRequest) -> HttpResponse:
    form = DiskForm(request.POST)
    path = request.POST.get("path", "")
    if form.is_valid():
        asked = form.cleaned_data
        try:
            made, _is_new = begin_copy(
                actor=request.user, place=place_below(asked["path"]), submission=form.submission,
                supplier=asked["supplier"], title=asked["title"], parcel=form.with_parcel,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _copied(made)
    parent = str(PurePosixPath(path).parent)
    return _shown(request, "" if parent == "." else parent, path, form)


def _copied(made: DiskCopy) -> HttpResponse:
    """The page of a copy, which goes on in the background."""
    enqueue("desk.copy", key=f"desk.copy:{made.uuid}", disk=str(made.uuid))
    return HttpResponseRedirect(reverse("office-desk-disk", args=[made.uuid]))


def _shown(request: HttpRequest, below: str, path: str, form: DiskForm | None = None) -> HttpResponse:
    told, found = "", []
    try:
        found = places(below)
        if path and form is None:
            place_below(path)
            form = DiskForm(initial={"path": path})
    except Refused as refused:
        told = str(refused)
    steps = [str(PurePosixPath(*PurePosixPath(below).parts[: n + 1])) for n in range(len(PurePosixPath(below).parts))]
    shown = {
        "below": below, "steps": [(PurePosixPath(step).name, step) for step in steps] if not told else [], "places": found,
        "told": told, "form": form, "chosen": PurePosixPath(path).name,
        "page": page_of(list_of_disks(), request.GET.get("page"), PAGE),
    }  # fmt: skip
    return render(request, "web/office/desk_disks.html", shown)


@login_required
@require_safe
def disk(request: HttpRequest, uuid: str) -> HttpResponse:
    """How far the copy is; at the end its receipt, to be printed."""
    require(may_work_desk(request.user))
    found = _one(uuid)
    rows = list(found.rows.select_related("arrival__submission__organisation", "arrival__receipt"))
    arrivals = sorted({row.arrival for row in rows if row.arrival is not None}, key=lambda one: one.number)
    beside = [row for row in rows if row.arrival is None] if found.state == CopyState.WHOLE else []
    number = arrivals[0].number if arrivals else ""
    shown = {
        "disk": found, "arrivals": arrivals, "beside": beside, "percent": _percent(found),
        "qr": qr(number, _("收件编号的二维码")) if number else "",
    }  # fmt: skip
    return render(request, "web/office/desk_disk.html", shown)


@login_required
@require_safe
def progress(request: HttpRequest, uuid: str) -> JsonResponse:
    """How far it is, for the page's script."""
    require(may_work_desk(request.user))
    found = _one(uuid)
    words = _("已复制 %(percent)s%%") % {"percent": _percent(found)}
    return JsonResponse({"over": found.state != CopyState.COPYING, "state": words, "media": 0, "done": 0})


@login_required
@require_POST
def again(request: HttpRequest, uuid: str) -> HttpResponse:
    """Go on where it stopped."""
    require(may_work_desk(request.user))
    found = _one(uuid)
    if found.state == CopyState.WHOLE:
        return HttpResponseRedirect(reverse("office-desk-disk", args=[uuid]))
    DiskCopy.objects.filter(pk=found.pk, state=CopyState.STOPPED).update(state=CopyState.COPYING, fault="")
    return _copied(found)


def _one(uuid: str) -> DiskCopy:
    return get_object_or_404(
        DiskCopy.objects.select_related("submission__organisation", "parcel__arrival", "begun_by"), uuid=uuid
    )


def _percent(disk: DiskCopy) -> int:
    return bytes_read(disk) * 100 // disk.size if disk.size else 100
