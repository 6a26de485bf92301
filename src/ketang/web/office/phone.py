"""The telephone log: who called about what, what was said, and what has to be followed up."""

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
from django.views.decorators.http import require_http_methods, require_POST

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.desk.codes import read
from ketang.selection.desk.models import PhoneNote
from ketang.selection.desk.permissions import may_work_desk
from ketang.selection.desk.phone import follow_up, write_note
from ketang.selection.desk.queries import list_of_notes, meant_by, to_follow
from ketang.selection.intake.models import Submission
from ketang.selection.ledger.models import Arrival
from ketang.web.office.desk_forms import DayField
from ketang.web.paging import page_of

PAGE = 25
MOST = 1000
"""Up to how many that are to be followed up are counted."""


class NoteForm(forms.Form):
    """One call."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    caller = forms.CharField(
        label=gettext_lazy("来电人"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label=gettext_lazy("电话"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )  # fmt: skip
    about = forms.CharField(
        label=gettext_lazy("关于"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("受理编号、收件编号、标签代码；没有编号就写单位。"),
    )  # fmt: skip
    words = forms.CharField(label=gettext_lazy("说了什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": "4"}))
    follow_on = DayField(
        label=gettext_lazy("跟进日期"),
        required=False,
        ahead=True,
        help_text=gettext_lazy("到这一天再看。可以只写月日，例如 0302。"),
    )

    def about_what(self) -> tuple[str, Submission | None, Arrival | None]:
        """The supplier's name, or the submission or arrival that the number means."""
        text = str(self.cleaned_data["about"]).strip()
        meant = meant_by(read(text))
        if meant.arrival is not None:
            return "", meant.arrival.submission, meant.arrival
        exact = len(meant.submissions) == 1 and read(text).kind.value != "words"
        return ("", meant.submissions[0], None) if exact else (text, None, None)


class SearchForm(forms.Form):
    """What to look for."""

    words = forms.CharField(label=gettext_lazy("来电人、电话、单位、编号或内容"), required=False, max_length=100)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest) -> HttpResponse:
    """The log with its search, and the form of a new call."""
    require(may_work_desk(request.user))
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={"key": uuids.uuid4(), "about": request.GET.get("about", "")[:200]},
    )
    if form.is_bound and form.is_valid():
        asked: dict[str, Any] = form.cleaned_data
        supplier, submission, arrival = form.about_what()
        try:
            write_note(
                actor=request.user, key=asked["key"], caller=asked["caller"], words=asked["words"], phone=asked["phone"],
                supplier=supplier, submission=submission, arrival=arrival, follow_on=asked["follow_on"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("已记录。"))
            return HttpResponseRedirect(reverse("office-desk-calls"))
    search = SearchForm(request.GET, auto_id="search-%s")
    words = search.cleaned_data["words"] if search.is_valid() else ""
    due = request.GET.get("due") == "1"
    page = page_of(list_of_notes(words=words, due=due), request.GET.get("page"), PAGE)
    shown = {
        "form": form, "search": search, "page": page, "due": due, "words": words, "today": timezone.localdate(),
        "waiting": to_follow()[:MOST].count(),
    }  # fmt: skip
    return render(request, "web/office/desk_calls.html", shown)


@login_required
@require_POST
def followed(request: HttpRequest, uuid: str) -> HttpResponse:
    """The follow-up was done."""
    require(may_work_desk(request.user))
    note = get_object_or_404(PhoneNote, uuid=uuid)
    follow_up(actor=request.user, note=note)
    messages.success(request, _("已跟进。"))
    return HttpResponseRedirect(reverse("office-desk-calls"))
