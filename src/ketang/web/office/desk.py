"""The desk: one field for a scan or words, the parcel's form, the parcel itself, its slip."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.desk import actions
from ketang.selection.desk.codes import Kind, Scanned, read
from ketang.selection.desk.contents import checklist, missing
from ketang.selection.desk.cover_reading import proposals
from ketang.selection.desk.models import Cover, Delivery, Parcel
from ketang.selection.desk.permissions import may_work_desk
from ketang.selection.desk.queries import (
    Meant,
    cover_to_register,
    list_of_parcels,
    meant_by,
    notes_about,
    parcels,
    with_tracking,
)
from ketang.selection.intake.models import Submission
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import ArrivalState
from ketang.web.drawn_codes import bars, qr
from ketang.web.office.covers_shown import about_covers, beside, kept
from ketang.web.office.desk_forms import FindForm, PairForm, ParcelForm, PhotographForm, TallyForm
from ketang.web.paging import page_of

PAGE = 25


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The field; after a scan what it may mean, or the form of the parcel it means."""
    require(may_work_desk(request.user))
    text, to = request.GET.get("q", "")[:600], request.GET.get("to", "")
    cover = cover_to_register(request.GET.get("cover", ""))
    scanned = read(text)
    meant = meant_by(scanned)
    if meant.arrival is not None:
        return _where(meant.arrival)
    chosen = [one for one in meant.submissions if str(one.uuid) == to or (len(meant.submissions) == 1 and to != "none")]
    shown: dict[str, Any] = {"find": FindForm(initial={"q": text}), "scanned": scanned, "cover": cover}
    if chosen:
        shown["form"] = ParcelForm(to=chosen[0], cover=cover, initial={"q": text})
    elif scanned.kind is Kind.BROKEN and to != "none":
        shown["told"] = _("标签代码不对：有一位读错或输错了。请再扫一次，或者改用单位、课程查找。")
    elif meant.submissions and to != "none":
        shown |= {"choices": meant.submissions, "more": meant.more}
    elif scanned.kind is not Kind.NOTHING or to == "none" or cover is not None:
        shown |= {"form": ParcelForm(cover=cover, initial=_unknown(scanned, text)), "told": _told(scanned)}
    return _shown(request, **shown)


def _unknown(scanned: Scanned, text: str) -> Mapping[str, Any]:
    """With what the form of a parcel begins that nothing was found for."""
    begun = {Kind.NAME: {"supplier": scanned.unit, "title": scanned.title}, Kind.TRACKING: {"tracking": scanned.value}}
    return {"q": text} | begun.get(scanned.kind, {"supplier": scanned.value if scanned.kind is Kind.WORDS else ""})


def _told(scanned: Scanned) -> str:
    if scanned.kind is Kind.NOTHING:
        return ""
    if scanned.kind is Kind.TRACKING and (standing := with_tracking(scanned.value)) is not None:
        words = _("运单号 %(tracking)s 已经登记过：%(number)s。")
        return words % {"tracking": scanned.value, "number": standing.arrival.number}
    return _("没有找到对应的申报。登记后放入待认领，以后可以对上。")


def _where(arrival: Any) -> HttpResponse:
    """The page of an arrival whose own number was scanned."""
    parcel = Parcel.objects.filter(arrival=arrival).first()
    if parcel is not None:
        return HttpResponseRedirect(reverse("office-desk-parcel", args=[parcel.uuid]))
    return HttpResponseRedirect(reverse("office-ledger-one", args=[arrival.uuid]))


def _shown(request: HttpRequest, status: int = 200, **shown: Any) -> HttpResponse:
    shown |= beside(shown.get("cover"), shown.get("form"))
    done = request.GET.get("done", "")
    shown["page"] = page_of(list_of_parcels(), request.GET.get("page"), PAGE)
    shown["done"] = next((one for one in shown["page"] if str(one.uuid) == done), None)
    if "form" in shown or "choices" in shown:
        shown["find"].fields["q"].widget.attrs.pop("autofocus", None)
    return render(request, "web/office/desk.html", shown, status=status)


@login_required
@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """Register a parcel; then the field again, ready for the next one. A photograph is kept first: no browser sends it again."""
    require(may_work_desk(request.user))
    sent = request.POST.copy()
    cover = cover_to_register(sent.get("cover", ""))
    if "take" in sent:
        return _taken(request, sent, cover)
    wrong = ""
    if cover is None and (file := request.FILES.get("photograph")) is not None:
        try:
            cover = kept(request, sent.get("key", ""), file)
            sent["cover"] = str(cover.uuid)
        except Refused as refused:
            wrong = str(refused)
    to = _chosen(request)
    form = ParcelForm(sent, to=to, cover=cover)
    if wrong:
        form.add_error("photograph", wrong)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            parcel, _is_new = actions.register_parcel(
                actor=request.user, key=asked["key"], delivery=Delivery(asked["delivery"]), submission=to,
                call=form.call, supplier=asked.get("supplier", ""), title=asked.get("title", ""), courier=asked["courier"],
                tracking=asked["tracking"], postmark=asked["postmark"], contents=asked["contents"] or None,
                note=asked["note"], another=asked.get("another", False), cover=cover,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return HttpResponseRedirect(f"{reverse('office-desk')}?done={parcel.uuid}")
    text = request.POST.get("q", "")[:600]
    return _shown(request, find=FindForm(initial={"q": text}), form=form, scanned=read(text), cover=cover)


def _taken(request: HttpRequest, sent: QueryDict, cover: Cover | None) -> HttpResponse:
    """The form again as it was filled in, with one thing put in that was read from the photograph; nothing is registered."""
    part, _colon, value = str(sent["take"]).partition(":")
    known = {one.key for one in proposals(cover)} if cover is not None else set()
    if f"{part}:{value}" in known:
        sent["q" if part == "submission" else part] = value
        if part == "submission":
            meant = meant_by(read(value)).submissions
            sent["submission"] = str(meant[0].uuid) if len(meant) == 1 else ""
    text = sent.get("q", "")[:600]
    to = next((one for one in meant_by(read(text)).submissions if str(one.uuid) == sent.get("submission")), None)
    filled = {name: sent[name] for name in ParcelForm.base_fields if name in sent}
    form = ParcelForm(to=to, cover=cover, focus=part, initial=filled | {"contents": sent.getlist("contents")})
    return _shown(request, find=FindForm(initial={"q": text}), form=form, scanned=read(text), cover=cover)


def _chosen(request: HttpRequest) -> Submission | None:
    """The submission of the form: one that arrived, or one that the scan itself means (a draft whose label was scanned)."""
    key = request.POST.get("submission", "")
    for one in meant_by(read(request.POST.get("q", "")[:600])).submissions:
        if str(one.uuid) == key:
            return one
    return None


@login_required
@require_safe
def parcel(request: HttpRequest, uuid: str) -> HttpResponse:
    """One parcel: what is known of it, what it holds, and to what it belongs."""
    require(may_work_desk(request.user))
    return one_parcel(request, get_object_or_404(parcels(), uuid=uuid))


def one_parcel(request: HttpRequest, found: Parcel, **more: Any) -> HttpResponse:
    """The page of a parcel, with a form on it that has something to say."""
    names = checklist(found.arrival.call)
    shown = {
        "parcel": found, "arrival": found.arrival, "waits": found.arrival.state == ArrivalState.UNCLAIMED,
        "there": [names[key] for key in found.contents if key in names],
        "missing": missing(found.arrival.call, found.contents) if found.tallied_at else [],
        "tally": TallyForm(call=found.arrival.call, found=found.contents), "pair": PairForm(),
        "notes": notes_about(found.arrival), "photograph": PhotographForm(), **about_covers(found), **more,
    }  # fmt: skip
    return render(request, "web/office/desk_parcel.html", shown)


@login_required
@require_http_methods(["POST"])
def tally(request: HttpRequest, uuid: str) -> HttpResponse:
    """Say what was found in it."""
    require(may_work_desk(request.user))
    found = get_object_or_404(parcels(), uuid=uuid)
    form = TallyForm(request.POST, call=found.arrival.call, found=found.contents)
    if form.is_valid():
        try:
            actions.tally(actor=request.user, parcel=found, contents=form.cleaned_data["contents"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已清点。"))
            return HttpResponseRedirect(reverse("office-desk-parcel", args=[uuid]))
    return one_parcel(request, found, tally=form)


@login_required
@require_http_methods(["POST"])
def pair(request: HttpRequest, uuid: str) -> HttpResponse:
    """Enter a waiting parcel where a scan or words say; with several meanings somebody chooses."""
    require(may_work_desk(request.user))
    found = get_object_or_404(parcels(), uuid=uuid)
    form = PairForm(request.POST)
    choices: tuple[Submission, ...] = ()
    if form.is_valid():
        meant = meant_by(read(form.cleaned_data["q"]))
        choices = _narrowed(meant, request.POST.get("to", ""))
        if len(choices) != 1:
            words = (
                _("有几份申报都对得上，请选择一份。")
                if choices
                else _("没有找到申报。请核对，或者到台账里为它新建一份。")
            )
            form.add_error("q", words)
        else:
            try:
                ledger.enter(actor=request.user, arrival=found.arrival, submission=choices[0])
            except Refused as refused:
                form.add_error("q", str(refused))
            else:
                messages.success(request, _("已归入 %(number)s。") % {"number": choices[0].number})
                return HttpResponseRedirect(reverse("office-desk-parcel", args=[uuid]))
    return one_parcel(request, found, pair=form, choices=choices)


def _narrowed(meant: Meant, key: str) -> tuple[Submission, ...]:
    return tuple(one for one in meant.submissions if str(one.uuid) == key) or meant.submissions


@login_required
@require_http_methods(["POST"])
def undo(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take back what was registered by mistake."""
    require(may_work_desk(request.user))
    found = get_object_or_404(parcels(), uuid=uuid)
    try:
        actions.undo(actor=request.user, parcel=found)
    except Refused as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(reverse("office-desk-parcel", args=[uuid]))
    messages.success(request, _("已撤销 %(number)s。") % {"number": found.arrival.number})
    back = reverse("office-desk-trolley", args=[found.trolley.uuid]) if found.trolley else reverse("office-desk")
    return HttpResponseRedirect(back)


@login_required
@require_safe
def slip(request: HttpRequest, uuid: str) -> HttpResponse:
    """The slip that is given or sent to who brought it; bars and QR code hold its number."""
    require(may_work_desk(request.user))
    found = get_object_or_404(parcels(), uuid=uuid)
    number = found.arrival.number
    names = checklist(found.arrival.call)
    shown = {
        "parcel": found, "arrival": found.arrival, "there": [names[key] for key in found.contents if key in names],
        "bars": bars(number, _("收件编号的条码")), "qr": qr(number, _("收件编号的二维码")),
    }  # fmt: skip
    return render(request, "web/office/desk_slip.html", shown)
