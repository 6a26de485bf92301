"""The panel's meeting as pages of the office and of experts: the same agenda and package, with what each may see and do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call, in_language
from ketang.selection.experts.models import Conflict, PanelSeat
from ketang.selection.intake.models import Submission
from ketang.selection.ranking import meeting as actions
from ketang.selection.ranking.models import Choice, Meeting
from ketang.selection.ranking.queries import (
    aliases,
    list_of_rows,
    meeting_of,
    remarks_of,
    sheets_of,
    shown_ranking,
    votes_of,
)
from ketang.web.paging import page_of

PAGE = 25


class RemarkForm(forms.Form):
    """What somebody says."""

    words = forms.CharField(
        label=gettext_lazy("发言"), max_length=actions.MOST_WORDS, widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={"required": gettext_lazy("请写下发言。")},
    )  # fmt: skip


def agenda(call: Call, page: str | None, seat: PanelSeat | None) -> dict[str, Any]:
    """Packages in the order of the ranking, with blind numbers, votes, and those on which `seat` has a conflict."""
    opened, ranking = meeting_of(call), shown_ranking(call)
    shown: dict[str, Any] = {"call": call, "meeting": opened, "ranking": ranking, "form": RemarkForm()}
    if opened is not None:
        shown["remarks"] = list(remarks_of(opened, None)[:200])
    if ranking is None:
        return shown
    part = page_of(list_of_rows(ranking), page, PAGE)
    keys = [row.submission_id for row in part.object_list]
    numbers, votes = aliases(keys), votes_of(opened, keys) if opened is not None else {}
    avoided: set[int] = set()
    if seat is not None:
        held = Conflict.objects.filter(expert=seat.expert_id, submission__in=keys, lifted_at=None)
        avoided = set(held.values_list("submission", flat=True))
    shown["page"] = part
    shown["rows"] = [
        (row, numbers.get(row.submission_id), _counted(votes.get(row.submission_id)), row.submission_id in avoided)
        for row in part.object_list
    ]
    return shown


def package(submission: Submission, opened: Meeting | None) -> dict[str, Any]:
    """All sheets of a package side by side, what was said of it, and how its votes stand."""
    sheets = sheets_of(submission)
    sits = PanelSeat.objects.filter(
        call=submission.call_id, left_at=None, expert__in=[one.assignment.expert_id for one in sheets]
    )
    seated = set(sits.values_list("expert", flat=True))
    criteria = submission.call.content.rubric.criteria
    lines = [
        (in_language(one.name.model_dump()), [(sheet.scores.get(one.id, "—"), sheet.notes.get(one.id, "")) for sheet in sheets])
        for one in criteria
    ]  # fmt: skip
    votes = votes_of(opened, [submission]).get(submission.pk) if opened is not None else None
    return {
        "submission": submission, "call": submission.call, "meeting": opened, "sheets": sheets, "lines": lines,
        "signed": [(one.signed_as, one.assignment.expert_id not in seated) for one in sheets],
        "alias": aliases([submission]).get(submission.pk), "form": RemarkForm(), "choices": Choice.choices,
        "remarks": list(remarks_of(opened, submission)) if opened is not None else [], "votes": votes,
        "count": _counted(votes),
    }  # fmt: skip


def said(request: HttpRequest, opened: Meeting, submission: Submission | None = None) -> None:
    """Do what a form of the meeting asks for, and say how it went."""
    how = request.POST.get("how", "")
    try:
        if how == "close":
            actions.close_meeting(actor=request.user, meeting=opened)
            messages.success(request, _("评审会已结束。"))
        elif how in Choice.values and submission is not None:
            actions.vote(actor=request.user, meeting=opened, submission=submission, choice=Choice(how))
            messages.success(request, _("已表决。结束以前可以改，以最后一次为准。"))
        else:
            actions.remark(
                actor=request.user, meeting=opened, submission=submission, words=request.POST.get("words", "")
            )
            messages.success(request, _("已记入。"))
    except Refused as refused:
        messages.error(request, str(refused))


def _counted(votes: Any) -> list[tuple[str, int]]:
    return [] if votes is None else [(str(choice.label), count) for choice, count in votes.counts.items()]
