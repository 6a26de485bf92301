"""Photographs of parcels' covers: those without a parcel yet, each as a picture, taken away and put back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.platform.storage.reading import read_whole
from ketang.selection.desk import covers as actions
from ketang.selection.desk.models import Cover, Parcel, Reading
from ketang.selection.desk.permissions import may_work_desk
from ketang.selection.desk.queries import list_of_covers, parcels
from ketang.web.office import desk
from ketang.web.office.covers_shown import kept
from ketang.web.office.desk_forms import PhotographForm
from ketang.web.paging import page_of

PAGE = 25
ACTS = {
    "away": actions.take_away, "back": actions.put_back, "again": actions.read_again,
}  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest) -> HttpResponse:
    """A new photograph, after which its parcel is registered; and those whose parcels are not."""
    require(may_work_desk(request.user))
    form = PhotographForm(request.POST, request.FILES) if request.method == "POST" else PhotographForm()
    if form.is_bound and (made := _kept(request, form)) is not None:
        return HttpResponseRedirect(f"{reverse('office-desk')}?cover={made.uuid}")
    shown = {"form": form, "page": page_of(list_of_covers(), request.GET.get("page"), PAGE)}
    return render(request, "web/office/desk_covers.html", shown)


def _kept(request: HttpRequest, form: PhotographForm, parcel: Parcel | None = None) -> Cover | None:
    """The photograph of a form; None when the form says why there is none."""
    if not form.is_valid():
        return None
    try:
        return kept(request, str(form.cleaned_data["key"]), form.cleaned_data["photograph"], parcel)
    except Refused as refused:
        form.add_error("photograph", str(refused))
        return None


@login_required
@require_POST
def add(request: HttpRequest, uuid: str) -> HttpResponse:
    """A photograph of a parcel that is registered."""
    require(may_work_desk(request.user))
    found = get_object_or_404(parcels(), uuid=uuid)
    form = PhotographForm(request.POST, request.FILES)
    if _kept(request, form, found) is None:
        return desk.one_parcel(request, found, photograph=form)
    messages.success(request, _("照片已保存。"))
    return HttpResponseRedirect(reverse("office-desk-parcel", args=[uuid]) + "#covers-title")


@login_required
@require_POST
def act(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take it away, put it back, or have it read again."""
    require(may_work_desk(request.user))
    found = get_object_or_404(Cover.objects.select_related("arrival__parcel"), uuid=uuid)
    how = ACTS.get(request.POST.get("how", ""))
    if how is not None:
        try:
            how(actor=request.user, cover=found)
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _said(request.POST["how"]))
    if found.arrival is not None:
        return HttpResponseRedirect(reverse("office-desk-parcel", args=[found.arrival.parcel.uuid]) + "#covers-title")
    if how is actions.read_again:
        return HttpResponseRedirect(f"{reverse('office-desk')}?cover={uuid}")
    return HttpResponseRedirect(reverse("office-desk-covers"))


def _said(how: str) -> str:
    return {
        "away": _("照片已拿掉，7 天内可以放回。"), "back": _("照片已放回。"), "again": _("正在重新读字。"),
    }[how]  # fmt: skip


@login_required
@require_safe
def picture(request: HttpRequest, uuid: str) -> HttpResponse:
    """The picture: drawn by us from what was sent, so it may be shown in this site."""
    require(may_work_desk(request.user))
    return _jpeg(get_object_or_404(Cover, uuid=uuid).digest)


@login_required
@require_safe
def small(request: HttpRequest, uuid: str) -> HttpResponse:
    """The same for lists."""
    require(may_work_desk(request.user))
    return _jpeg(get_object_or_404(Cover, uuid=uuid).small)


def _jpeg(digest: str) -> HttpResponse:
    answer = HttpResponse(read_whole(digest), content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_safe
def progress(request: HttpRequest, uuid: str) -> JsonResponse:
    """Whether it has been read, for the page's script."""
    require(may_work_desk(request.user))
    found = get_object_or_404(Cover, uuid=uuid)
    return JsonResponse({"over": found.reading != Reading.WAITING})
