"""The board of completeness (齐全情况): of a call's submissions, which copies are here and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from ketang.people.permissions import require
from ketang.platform.listing import Listing
from ketang.platform.workbook import Head, Kind, Value
from ketang.selection.calls.models import Call
from ketang.selection.ledger.actions import say_exported
from ketang.selection.ledger.models import Board, Holding
from ketang.selection.ledger.permissions import may_see_ledger
from ketang.selection.ledger.queries import board as counted
from ketang.selection.ledger.queries import list_of_board
from ketang.web.office.handed_out import MAKERS, handed_out
from ketang.web.office.ledger_forms import calls_to_choose
from ketang.web.paging import page_of

PAGE = 25
AT_ONCE = 500


class CallForm(forms.Form):
    """Of which call."""

    call = forms.ChoiceField(label=gettext_lazy("征集"))

    def __init__(self, *args: object, calls: dict[str, Call], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]  # as forms.Form takes them
        self.fields["call"].choices = [(slug, call.title) for slug, call in calls.items()]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class _Asked:
    calls: dict[str, Call]
    call: Call | None
    place: Board


def _asked(request: HttpRequest) -> _Asked:
    """The call of the address, else the one that closes last; the place, else the first one."""
    require(may_see_ledger(request.user))
    calls = calls_to_choose()
    call = calls.get(request.GET.get("call", ""), next(iter(calls.values()), None))
    place = request.GET.get("place", "")
    return _Asked(calls, call, Board(place) if place in Board.values else Board.ELECTRONIC_ONLY)


@login_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Counts of each place, and the submissions of one."""
    asked = _asked(request)
    if asked.call is None:
        return render(request, "web/office/board.html", {})
    shown = {
        "call": asked.call, "place": asked.place, "counts": counted(asked.call).items(),
        "page": page_of(list_of_board(asked.call, asked.place), request.GET.get("page"), PAGE),
        "form": CallForm(initial={"call": asked.call.slug}, calls=asked.calls) if len(asked.calls) > 1 else None,
    }  # fmt: skip
    return render(request, "web/office/board.html", shown)


@login_required
@require_GET
def export(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The submissions of one place as a file."""
    asked = _asked(request)
    if ending not in MAKERS or asked.call is None:
        raise Http404
    heads = [
        Head(_("受理编号"), Kind.CODE, 22), Head(_("课程名称"), Kind.OWN, 36), Head(_("单位"), Kind.OWN, 30),
        Head(_("电子版收到时间"), Kind.MOMENT, 20), Head(_("书面版收到时间"), Kind.MOMENT, 20),
        Head(_("还缺"), Kind.TEXT, 20), Head(_("请报送者补正的内容"), Kind.OWN, 40),
    ]  # fmt: skip
    say_exported(
        actor=request.user, what="board", ending=ending, columns=[], chosen={"place": asked.place}, call=asked.call
    )
    title = _("齐全情况 %(place)s") % {"place": asked.place.label}
    return handed_out(ending, title, heads, _rows(list_of_board(asked.call, asked.place)))


def _rows(listing: Listing[Holding]) -> Iterator[tuple[Value, ...]]:
    start = 0
    while part := listing.part(start, start + AT_ONCE):
        for held in part:
            of = held.submission
            yield (
                of.number, of.title, of.organisation.name, held.electronic_at, held.paper_at,
                _("、").join(held.absent), held.to_mend,
            )  # fmt: skip
        start += AT_ONCE
