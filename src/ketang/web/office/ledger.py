"""One arrival of the ledger (收件台账), and what can be said of it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.permissions import require
from ketang.platform.outbox.queries import can_send
from ketang.platform.refusal import Refused
from ketang.selection.answering.actions import answer_by_hand
from ketang.selection.answering.queries import answers_to, links_for
from ketang.selection.desk.queries import covers_of
from ketang.selection.importing.fields import Field
from ketang.selection.importing.models import SheetRow
from ketang.selection.importing.queries import row_of
from ketang.selection.intake.models import Door
from ketang.selection.ledger import actions
from ketang.selection.ledger.models import Arrival, ArrivalState, Medium
from ketang.selection.ledger.permissions import may_keep_ledger, may_see_ledger
from ketang.selection.ledger.queries import arrivals
from ketang.selection.mail.models import Mail
from ketang.selection.mail.queries import mail_of, parts_of
from ketang.selection.mail.splitting import split
from ketang.web.office.ledger_forms import ClaimForm, EnterForm, MergeForm, ReasonForm
from ketang.web.office.mail_forms import AnswerForm, SplitForm


@login_required
@require_safe
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """One arrival, what came with it, and what can be said of it."""
    require(may_see_ledger(request.user))
    return _shown(request, get_object_or_404(arrivals(), uuid=uuid))


@login_required
@require_http_methods(["POST"])
def act(request: HttpRequest, uuid: str) -> HttpResponse:
    """Enter, open a submission for it, merge, set aside, or let it wait again."""
    require(may_keep_ledger(request.user))
    arrival = get_object_or_404(arrivals(), uuid=uuid)
    how = request.POST.get("how", "")
    if how not in FORMS:
        return HttpResponseRedirect(reverse("office-ledger-one", args=[uuid]))
    form = FORMS[how](request.POST, arrival=arrival)
    if form.is_valid():
        try:
            ACTS[how](request, arrival, form)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            arrival.refresh_from_db()
            messages.success(request, _("已处理：%(state)s。") % {"state": arrival.get_state_display()})
            return HttpResponseRedirect(reverse("office-ledger-one", args=[uuid]))
    return _shown(request, arrival, **{how: form})


def _enter(request: HttpRequest, arrival: Arrival, form: EnterForm) -> None:
    reason = form.cleaned_data["reason"]
    actions.enter(actor=request.user, arrival=arrival, submission=form.submission, reason=reason)


def _claim(request: HttpRequest, arrival: Arrival, form: ClaimForm) -> None:
    asked = form.cleaned_data
    actions.claim(
        actor=request.user, arrival=arrival, call=form.call, supplier=asked["supplier"], kind=asked["kind"],
        title=asked["title"], category=asked["category"], reason=asked["reason"],
    )  # fmt: skip


def _merge(request: HttpRequest, arrival: Arrival, form: MergeForm) -> None:
    actions.merge(actor=request.user, arrival=arrival, into=form.into, reason=form.cleaned_data["reason"])


def _set_aside(request: HttpRequest, arrival: Arrival, form: ReasonForm) -> None:
    actions.set_aside(actor=request.user, arrival=arrival, reason=form.cleaned_data["reason"])


def _take_back(request: HttpRequest, arrival: Arrival, form: ReasonForm) -> None:
    actions.take_back(actor=request.user, arrival=arrival, reason=form.cleaned_data["reason"])


def _split(request: HttpRequest, arrival: Arrival, form: SplitForm) -> None:
    made = split(actor=request.user, arrival=arrival, parts=form.chosen, reason=form.cleaned_data["reason"])
    messages.info(request, _("分出的一件是 %(number)s。") % {"number": made.number})


def _answer(request: HttpRequest, arrival: Arrival, form: AnswerForm) -> None:
    asked = form.cleaned_data
    answer_by_hand(
        actor=request.user, arrival=arrival, text=asked["text"], with_link=asked["with_link"], reason=asked["reason"]
    )
    messages.info(request, _("答复已写好，马上发出。"))


FORMS: dict[str, Callable[..., EnterForm | ClaimForm | MergeForm | ReasonForm]] = {
    "enter": EnterForm, "claim": ClaimForm, "merge": MergeForm, "aside": ReasonForm, "back": ReasonForm,
    "split": SplitForm, "answer": AnswerForm,
}  # fmt: skip
ACTS: dict[str, Callable[..., None]] = {
    "enter": _enter, "claim": _claim, "merge": _merge, "aside": _set_aside, "back": _take_back,
    "split": _split, "answer": _answer,
}  # fmt: skip
_LEADS = {
    "enter": ArrivalState.ENTERED, "claim": ArrivalState.ENTERED, "merge": ArrivalState.MERGED,
    "aside": ArrivalState.SET_ASIDE, "back": ArrivalState.UNCLAIMED,
}  # fmt: skip


def _shown(request: HttpRequest, arrival: Arrival, **bound: object) -> HttpResponse:
    has_copy = bool(arrival.digest) or arrival.medium == Medium.PAPER
    offered = {
        how: bound.get(how) or FORMS[how](arrival=arrival)
        for how, state in _LEADS.items()
        if arrival.may_become(state) and (has_copy or state != ArrivalState.ENTERED)
    }
    mail = mail_of(arrival)
    row = row_of(arrival) if arrival.door == Door.BOOK else None
    if mail is not None:
        offered |= {how: bound.get(how) or FORMS[how](arrival=arrival) for how in _of_mail(arrival, mail)}
    shown: dict[str, object] = {
        "arrival": arrival,
        "mail": mail,
        "old": row,
        "old_words": _said(row),
        "offered": offered,
        "has_copy": has_copy,
        "can_send": can_send(),
        "covers": [one for one in covers_of(arrival) if one.removed_at is None] if arrival.door == Door.DESK else [],
    }
    if mail is not None:
        shown |= {"answers": answers_to(mail), "links": links_for(mail)}
    return render(request, "web/office/ledger_one.html", shown)


def _said(row: SheetRow | None) -> list[tuple[str, str]]:
    """What an old spreadsheet said of an arrival beside what stands above: field and words."""
    told = row.said if row is not None else {}
    return [(str(field.label), told[field]) for field in _OLD if told.get(field)]


_OLD = (Field.OLD, Field.POSTMARK, Field.COPIES, Field.PHONE, Field.NOTE)


def _of_mail(arrival: Arrival, mail: Mail) -> list[str]:
    """What can be done about the mail of an arrival: taken apart while it waits, answered where it has an address."""
    waits = arrival.state in (ArrivalState.UNCLAIMED, ArrivalState.ANSWERED)
    found = ["split"] if waits and parts_of(arrival)[:2].count() == 2 else []
    return [*found, "answer"] if mail.answer_to and not mail.automatic and can_send() else found
