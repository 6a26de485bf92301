"""The score sheet: filled in, kept with every change, looked over, signed and submitted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.platform.refusal import Refused
from ketang.selection.assigning.models import Assignment
from ketang.selection.calls.models import in_language
from ketang.selection.scoring.actions import Stale, save, signer_of, submit
from ketang.selection.scoring.models import BlindCopy, Sheet
from ketang.selection.scoring.paper import score_sheet
from ketang.selection.scoring.queries import copy_of, newest_sheet, sheets_of
from ketang.selection.scoring.rubric import plain, weighted
from ketang.web.expert.asked import blind, looked_at, own_assignment
from ketang.web.papers import written

_CLOCK = re.compile(r"(?:(?:([0-9]{1,3})[:：])?([0-9]{1,3})[:：])?([0-9]{1,5})(?:\.[0-9]+)?")
BODY_BYTES = 1 << 20


class SignForm(forms.Form):
    """Who signs, and why another sheet takes the place of the one before."""

    signed_as = forms.CharField(
        label=gettext_lazy("签名（姓名）"), max_length=150, error_messages={"required": gettext_lazy("请签上姓名。")}
    )
    reason = forms.CharField(
        label=gettext_lazy("修改的理由"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=gettext_lazy("已经提交过：这一次会取代上一次，两次都留存。"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, uuid: str) -> HttpResponse:
    """The form. Sent without a script, it is kept; `next` goes on to submitting."""
    assignment, copy = looked_at(request, uuid)
    kept = Sheet.objects.filter(assignment=assignment).first() or Sheet(assignment=assignment)
    if request.method != "POST":
        return _page(request, assignment, copy, kept)
    filled, private = posted(request.POST), request.POST.get("private", "")
    try:
        save(
            actor=request.user, assignment=assignment, revision=_number(request.POST.get("revision")), filled=filled,
            private=private,
        )  # fmt: skip
    except Refused as refused:
        wrong = Sheet(assignment=assignment, filled=filled, private=private, revision=kept.revision)
        return _page(request, assignment, copy, wrong, refused)
    if request.POST.get("how") == "next":
        return HttpResponseRedirect(reverse("review-submit", args=[assignment.uuid]))
    messages.success(request, _("评分表已保存，还没有提交。"))
    return HttpResponseRedirect(reverse("review-sheet", args=[assignment.uuid]))


@login_required
@require_POST
def keep(request: HttpRequest, uuid: str) -> JsonResponse:
    """The same for the page's script: `{revision, seconds}`; 409 with what another window kept; 422 with what is wrong."""
    assignment, _copy = looked_at(request, uuid)
    try:
        said = json.loads(request.body[:BODY_BYTES])
        filled, private = dict(said["filled"]), str(said.get("private", ""))
        revision, seconds = int(said["revision"]), int(said.get("seconds", 0))
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"words": _("没有看懂发来的内容，请刷新页面。")}, status=400)
    try:
        kept = save(
            actor=request.user,
            assignment=assignment,
            revision=revision,
            filled=filled,
            private=private,
            seconds=seconds,
        )
    except Stale as stale:
        now = {"filled": stale.sheet.filled, "private": stale.sheet.private, "revision": stale.sheet.revision}
        return JsonResponse({"words": str(stale), "now": now}, status=409)
    except Refused as refused:
        return JsonResponse({"words": str(refused), "field": refused.field}, status=422)
    return JsonResponse({"revision": kept.revision, "seconds": kept.seconds})


@login_required
@require_POST
def moment(request: HttpRequest, uuid: str, number: int) -> HttpResponse:
    """A note at a second of a part, from the part's own page."""
    assignment, copy = looked_at(request, uuid)
    if copy is None or not copy.parts.filter(number=number).exists():
        raise Http404
    kept = Sheet.objects.filter(assignment=assignment).first() or Sheet(assignment=assignment)
    filled = dict(kept.filled)
    second = seconds_of(request.POST.get("time", ""))
    added = {"part": number, "second": -1 if second is None else second, "words": request.POST.get("words", "")}
    filled["moments"] = [*filled.get("moments", ()), added]
    try:
        save(actor=request.user, assignment=assignment, revision=kept.revision, filled=filled, private=kept.private)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已记入评分表。"))
    return HttpResponseRedirect(reverse("review-part", args=[assignment.uuid, number]) + f"?from={second or 0}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, uuid: str) -> HttpResponse:
    """Everything once more, then the signature."""
    assignment, copy = looked_at(request, uuid)
    before = newest_sheet(assignment)
    form = SignForm(request.POST or None, initial={"signed_as": signer_of(request.user)})
    if before is None:
        del form.fields["reason"]
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        try:
            submit(actor=request.user, assignment=assignment, signed_as=got["signed_as"], reason=got.get("reason", ""))
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("评分表已提交。"))
            return HttpResponseRedirect(reverse("review-submitted", args=[assignment.uuid]))
    kept = Sheet.objects.filter(assignment=assignment).first() or Sheet(assignment=assignment)
    shown = {"assignment": assignment, "form": form, "before": before}
    shown["view_summary"] = _summary(assignment, copy, kept.filled)
    return blind(request, "web/expert/submit.html", copy, shown)


@login_required
@require_safe
def submitted(request: HttpRequest, uuid: str) -> HttpResponse:
    """What was submitted, every time."""
    assignment = own_assignment(request, uuid)
    copy, sheets = copy_of(assignment), sheets_of(assignment)
    shown = [(one, _summary(assignment, copy, _filled(one))) for one in sheets]
    return blind(request, "web/expert/submitted.html", copy, {"assignment": assignment, "sheets": shown})


@login_required
@require_safe
def paper(request: HttpRequest, uuid: str, kind: str) -> HttpResponse:
    """The submitted sheet to be printed and signed by hand."""
    assignment = own_assignment(request, uuid)
    found = newest_sheet(assignment)
    if found is None:
        raise Http404
    return written(score_sheet(found, copy_of(assignment)), kind, ("pdf", "docx"))


def posted(data: Mapping[str, Any]) -> dict[str, Any]:
    """The form's fields as a sheet keeps them; a note whose words were emptied is gone."""
    scores = {name.removeprefix("score-"): data[name] for name in data if name.startswith("score-")}
    notes = {name.removeprefix("note-"): data[name] for name in data if name.startswith("note-")}
    moments = []
    for name in data:
        if name.startswith("moment-words-") and str(data[name]).strip():
            row = name.removeprefix("moment-words-")
            second = seconds_of(str(data.get(f"moment-time-{row}", "")))
            moments.append(
                {
                    "part": _number(data.get(f"moment-part-{row}")),
                    "second": -1 if second is None else second,
                    "words": data[name],
                }
            )
    return {"scores": scores, "notes": notes, "moments": moments, "overall": data.get("overall", "")}


def seconds_of(words: str) -> int | None:
    """Seconds of a time as people write it: `3:25`, `1:03:25`, `205`; None for anything else."""
    found = _CLOCK.fullmatch(words.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def time_of(second: int) -> str:
    """The other way round: `3:25`."""
    minutes, seconds = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def _number(words: Any) -> int:
    said = str(words or "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0


def _filled(sheet: Any) -> dict[str, Any]:
    return {"scores": sheet.scores, "notes": sheet.notes, "moments": sheet.moments, "overall": sheet.overall}


def _summary(assignment: Assignment, copy: BlindCopy | None, filled: Mapping[str, Any]) -> dict[str, Any]:
    """Criteria with score and note, the weighted mean where all are there, notes at a time."""
    rubric, scores = assignment.call.content.rubric, filled.get("scores", {})
    rows = [
        (in_language(c.name.model_dump()), plain(c.weight), scores.get(c.id, ""), filled.get("notes", {}).get(c.id, ""))
        for c in rubric.criteria
    ]
    whole = all(c.id in scores for c in rubric.criteria)
    titles = dict(copy.parts.values_list("number", "title")) if copy is not None else {}
    moments = [
        (one, f"{one['part']}. {titles.get(one['part'], '')}", time_of(one["second"]))
        for one in filled.get("moments", ())
    ]
    return {
        "criteria": rows, "total": f"{weighted(rubric, scores):.2f}" if whole else "", "moments": moments,
        "overall": filled.get("overall", ""), "highest": plain(rubric.highest),
    }  # fmt: skip


def _page(
    request: HttpRequest, assignment: Assignment, copy: BlindCopy | None, sheet: Sheet, refused: Refused | None = None
) -> HttpResponse:
    rubric, filled = assignment.call.content.rubric, sheet.filled
    criteria = [
        {
            "id": c.id, "name": in_language(c.name.model_dump()), "weight": plain(c.weight), "clauses": "、".join(c.clauses),
            "anchors": [(plain(a.score), in_language(a.words.model_dump())) for a in c.anchors],
            "score": filled.get("scores", {}).get(c.id, ""), "note": filled.get("notes", {}).get(c.id, ""),
            "error": str(refused) if refused is not None and refused.field == f"score-{c.id}" else "",
        }
        for c in rubric.criteria
    ]  # fmt: skip
    moments = [
        {
            "n": n,
            "part": one.get("part"),
            "time": time_of(one["second"]) if one.get("second", -1) >= 0 else "",
            "words": one.get("words", ""),
        }
        for n, one in enumerate(filled.get("moments", ()), start=1)
    ]
    moments.append({"n": len(moments) + 1, "part": 0, "time": "", "words": ""})
    parts = list(copy.parts.values_list("number", "title")) if copy is not None else []
    shown = {
        "assignment": assignment, "criteria": criteria, "moments": moments, "parts": parts, "sheet": sheet,
        "overall": filled.get("overall", ""), "refused": refused, "before": newest_sheet(assignment),
        "lowest": plain(rubric.lowest), "highest": plain(rubric.highest), "step": plain(rubric.step),
        "note": in_language(rubric.note.model_dump()) if rubric.note is not None else "",
        "minutes": sheet.seconds // 60,
    }  # fmt: skip
    return blind(request, "web/expert/sheet.html", copy, shown)
