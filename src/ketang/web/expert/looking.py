"""Looking at a package blind: what it is, a suggested viewing plan, each of its parts, its papers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kebao.model.location import clock
from kebao.player.page import Lesson, Line, Track, render_player
from ketang.selection.assigning.models import Assignment
from ketang.selection.calls.models import in_language
from ketang.selection.papers.facts import category
from ketang.selection.scoring.models import BlindPart
from ketang.selection.scoring.queries import copy_progress
from ketang.selection.scoring.viewing import PLAN_SECONDS, Stretch, Timed, viewing_plan
from ketang.web.expert.asked import blind, looked_at
from ketang.web.expert.findings import marks_of
from ketang.web.language import kebao_language

FACTS = {
    "occupation": gettext_lazy("职业和等级"), "standard": gettext_lazy("依据的标准"), "module": gettext_lazy("模块"),
    "audience": gettext_lazy("适用学习对象"), "content": gettext_lazy("主要学习内容"), "hours": gettext_lazy("申报学时"),
}  # fmt: skip
FORM = {
    "source": gettext_lazy("课程资源来源"), "occupation": gettext_lazy("培训的职业工种"), "standard": gettext_lazy("依据的职业标准"),
    "outline": gettext_lazy("培训大纲"), "resources": gettext_lazy("培训资源"), "format": gettext_lazy("培训形式"),
    "process": gettext_lazy("培训流程"), "hours": gettext_lazy("培训课时"), "picture": gettext_lazy("画面质量"),
}  # fmt: skip
KINDS = {
    "video": gettext_lazy("视频"), "audio": gettext_lazy("音频"), "text": gettext_lazy("文本"), "chart": gettext_lazy("图表"),
    "simulation": gettext_lazy("仿真"), "animation": gettext_lazy("动画"),
}  # fmt: skip
QUESTIONS = {
    "single": gettext_lazy("单项选择题"), "multiple": gettext_lazy("多项选择题"), "truefalse": gettext_lazy("是非判断题"),
    "other": gettext_lazy("其他题型"),
}  # fmt: skip


@login_required
@require_safe
def package(request: HttpRequest, uuid: str) -> HttpResponse:
    """The package: what is read of it, the plan, its parts, what was hidden."""
    assignment, copy = looked_at(request, uuid)
    shown: dict[str, Any] = {"assignment": assignment, "category": category(assignment.submission)}
    if copy is None or not copy.is_made:
        progress = copy_progress(copy) if copy is not None else {}
        return blind(request, "web/expert/package.html", copy, shown | {"progress": progress})
    parts = list(copy.parts.defer("text", "transcript"))
    plan = viewing_plan(timed(parts), marks_of(assignment, parts))
    words = copy.words
    shown |= {
        "parts": [(part, KINDS.get(part.kind, part.kind)) for part in parts],
        "plan": [shown_stretch(assignment, stretch, parts) for stretch in plan],
        "plan_minutes": max(1, round(sum(stretch.seconds for stretch in plan) / 60)),
        "whole_minutes": max(1, round(float(sum(part.seconds for part in parts if part.is_played)) / 60)),
        "is_whole": sum(float(part.seconds) for part in parts if part.is_played) <= PLAN_SECONDS,
        "facts": [(FACTS[name], said) for name, said in words.get("facts", ()) if name in FACTS],
        "form": [(FORM[name], said) for name, said in words.get("form", ()) if name in FORM],
        "words": words,
        "closed": sum(part.is_closed for part in parts),
        "catalogue": words.get("catalogue", ()),
        "questions": sum(len(paper["questions"]) for paper in words.get("papers", ())),
        "out_of_reach": [(place, in_language(why)) for place, why in copy.shown],
    }
    return blind(request, "web/expert/package.html", copy, shown)


@login_required
@require_safe
def progress(request: HttpRequest, uuid: str) -> JsonResponse:
    """How far the copy is, for the page's script."""
    _assignment, copy = looked_at(request, uuid)
    told = copy_progress(copy) if copy is not None else {}
    over = copy is not None and (copy.is_made or bool(copy.why))
    return JsonResponse(
        {"over": over, "state": _("正在准备盲评副本"), "media": told.get("of", 0), "done": told.get("done", 0)}
    )


@login_required
@require_safe
def part(request: HttpRequest, uuid: str, number: int) -> HttpResponse:
    """One part with its player and transcript, the stretches of the plan in it, the next and the one before."""
    assignment, copy = looked_at(request, uuid)
    if copy is None or not copy.is_made:
        raise Http404
    parts = list(copy.parts.defer("text", "transcript"))
    found = get_object_or_404(copy.parts, number=number)
    plan = viewing_plan(timed(parts), marks_of(assignment, parts))
    near = {one.number: one for one in parts if one.number in (number - 1, number + 1)}
    shown = {
        "assignment": assignment, "part": found, "kind": KINDS.get(found.kind, found.kind),
        "player": _player(assignment, found, _start(request)) if found.is_played else "",
        "plan": [shown_stretch(assignment, stretch, parts) for stretch in plan if stretch.part == number],
        "pages": list(found.pages.all()) if found.kept_pages else [],
        "previous": near.get(number - 1), "next": near.get(number + 1),
    }  # fmt: skip
    return blind(request, "web/expert/part.html", copy, shown)


@login_required
@require_safe
def papers(request: HttpRequest, uuid: str) -> HttpResponse:
    """The papers with their questions and keys."""
    assignment, copy = looked_at(request, uuid)
    if copy is None or not copy.is_made:
        raise Http404
    found = [
        (paper, [(question, QUESTIONS.get(question["kind"], "")) for question in paper["questions"]])
        for paper in copy.words.get("papers", ())
    ]
    return blind(request, "web/expert/papers.html", copy, {"assignment": assignment, "papers": found})


def timed(parts: Sequence[BlindPart]) -> list[Timed]:
    """Parts that are played."""
    return [Timed(part.number, float(part.seconds)) for part in parts if part.is_played]


def shown_stretch(assignment: Assignment, stretch: Stretch, parts: Sequence[BlindPart]) -> dict[str, Any]:
    """A stretch in words, with the address where it plays."""
    title = next((part.title for part in parts if part.number == stretch.part), "")
    place = reverse("review-part", args=[assignment.uuid, stretch.part])
    return {
        "part": stretch.part, "title": title, "from": clock(Fraction(stretch.start)), "to": clock(Fraction(stretch.end)),
        "start": stretch.start, "why": "；".join(stretch.why) or _("抽看"), "address": f"{place}?from={stretch.start}#lesson",
        "is_found": bool(stretch.why),
    }  # fmt: skip


def _start(request: HttpRequest) -> int:
    """The second from which an address asks to play."""
    asked = request.GET.get("from", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 0


def _player(assignment: Assignment, part: BlindPart, start: int) -> SafeString:
    """The player's HTML, escaped by its own template. It begins at `start` without a script, too (media fragment)."""
    place = [assignment.uuid, part.number]
    captions = reverse("review-captions", args=place)
    played = Lesson(
        id="lesson",
        title=part.title,
        sources=((reverse("review-medium", args=place) + (f"#t={start}" if start else ""), part.content_type),),
        captions=(Track(captions, "zh-Hans", _("中文字幕")),) if part.captions_id else (),
        transcript=tuple(Line(Fraction(x["start"]), Fraction(x["end"]), x["text"]) for x in part.transcript),
        is_sound=part.is_sound,
    )
    return SafeString(render_player(played, kebao_language()))
