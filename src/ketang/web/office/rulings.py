"""The office rules: on a finding, on a clause that the text calls 原则上, on clauses that no rule judges; and takes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kebao.model.report import Report
from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.checking.models import Check
from ketang.selection.checking.queries import report_of
from ketang.selection.ruling import actions
from ketang.selection.ruling.effective import may_be_waived, ruled, waits_for_a_look
from ketang.selection.ruling.models import OF_FINDINGS, OF_LOOKING, Ruling, RulingKind
from ketang.selection.ruling.permissions import may_rule
from ketang.selection.ruling.queries import standing_rulings
from ketang.web.language import kebao_language

POST = require_http_methods(["GET", "HEAD", "POST"])
APART = "\n"
"""Between rulebook and clause in the value of a choice; neither holds a line break."""


class ReasonForm(forms.Form):
    """The reason, which every ruling has and its supplier reads."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=gettext_lazy("和署名、时间一起记录，报送者和专家会看到。"),
        error_messages={"required": gettext_lazy("请写明理由。")},
    )  # fmt: skip


class FindingForm(ReasonForm):
    """Whether a finding is one."""

    kind = forms.ChoiceField(
        label=gettext_lazy("裁定"), choices=[(k.value, k.label) for k in OF_FINDINGS], widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择裁定。")},
    )  # fmt: skip
    field_order = ("kind", "reason")


class LookForm(ReasonForm):
    """Which clauses somebody looked over, and what came of it."""

    clauses = forms.MultipleChoiceField(
        label=gettext_lazy("核对过的条款"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请选择核对过的条款。")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("结果"), choices=[(k.value, k.label) for k in OF_LOOKING], widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择符合或不符合。")},
    )  # fmt: skip
    field_order = ("clauses", "kind", "reason")

    def __init__(self, *args: object, clauses: Sequence[tuple[str, str]], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]  # as forms.Form takes them
        self.fields["clauses"].choices = clauses  # type: ignore[attr-defined]  # a choice field


@login_required
@POST
def finding(request: HttpRequest, uuid: str, fingerprint: str) -> HttpResponse:
    """Confirm a finding, or dismiss it."""
    check, report = _asked(request, uuid)
    found = next((one for one in report.findings if one.fingerprint == fingerprint), None)
    if found is None:
        raise Http404
    language, form = kebao_language(), FindingForm(request.POST or None)

    def act(got: dict[str, Any]) -> None:
        kind = RulingKind(got["kind"])
        actions.rule_on(actor=request.user, check=check, fingerprint=fingerprint, kind=kind, reason=got["reason"])

    shown = {
        "heading": found.title.to(language), "said": found.message.to(language), "where": found.at.words.to(language),
        "anchor": f"f-{fingerprint}",
    }  # fmt: skip
    return _answer(request, check, form, act, shown)


@login_required
@POST
def waive(request: HttpRequest, uuid: str) -> HttpResponse:
    """Waive a clause for what was found under it."""
    check, report = _asked(request, uuid)
    rulebook, clause = request.GET.get("rulebook", ""), request.GET.get("clause", "")
    found = next((one for one in report.clauses if (one.rulebook, one.id) == (rulebook, clause)), None)
    if found is None or not may_be_waived(found):
        raise Http404
    language, form = kebao_language(), ReasonForm(request.POST or None)
    covered = {fingerprint for result in found.rules for fingerprint in result.findings}

    def act(got: dict[str, Any]) -> None:
        actions.waive(actor=request.user, check=check, rulebook=rulebook, clause=clause, reason=got["reason"])

    shown = {
        "heading": _("豁免条款 %(clause)s") % {"clause": clause}, "said": found.text.to(language),
        "covered": [one.message.to(language) for one in report.findings if one.fingerprint in covered],
    }  # fmt: skip
    return _answer(request, check, form, act, shown)


@login_required
@POST
def look(request: HttpRequest, uuid: str) -> HttpResponse:
    """Say of clauses that no rule judges whether they are met."""
    check, report = _asked(request, uuid)
    assert check.version is not None  # noqa: S101 - `_asked` has looked
    language, held = kebao_language(), ruled(check, report, standing_rulings(check.version.submission)).clauses
    clauses = [
        (f"{clause.rulebook}{APART}{clause.id}", f"{clause.id} {clause.text.to(language)}")
        for clause in report.clauses
        if waits_for_a_look(clause) and (clause.rulebook, clause.id) not in held
    ]
    form = LookForm(request.POST or None, clauses=clauses)

    def act(got: dict[str, Any]) -> None:
        chosen = [tuple(value.split(APART, 1)) for value in got["clauses"]]
        kind = RulingKind(got["kind"])
        actions.look_over(actor=request.user, check=check, clauses=chosen, kind=kind, reason=got["reason"])

    return _answer(request, check, form, act, {"heading": _("核对要由人看的条款"), "nothing": not clauses})


@login_required
@POST
def undo(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take a ruling back."""
    require(may_rule(request.user))
    ruling = get_object_or_404(Ruling.objects.select_related("check_of__version__submission"), uuid=uuid)
    form = ReasonForm(request.POST or None)

    def act(got: dict[str, Any]) -> None:
        actions.undo(actor=request.user, ruling=ruling, reason=got["reason"])

    shown = {"heading": _("撤回裁定"), "said": ruling.words, "ruling": ruling}
    return _answer(request, ruling.check_of, form, act, shown, told=_("裁定已撤回，原来的记录保留。"))


def _asked(request: HttpRequest, uuid: str) -> tuple[Check, Report]:
    require(may_rule(request.user))
    check = get_object_or_404(Check.objects.exclude(version=None).select_related("version__submission"), uuid=uuid)
    report = report_of(check) if check.is_done else None
    if report is None:
        raise Http404
    return check, report


def _answer(
    request: HttpRequest,
    check: Check,
    form: forms.Form,
    act: Callable[[dict[str, Any]], None],
    shown: dict[str, Any],
    told: str = "",
) -> HttpResponse:
    """Do it and go to the rulings; or show the form, with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, told or _("裁定已记录。"))
            return HttpResponseRedirect(reverse("rulings", args=[check.uuid]))
    return render(request, "web/office/ruling.html", {"form": form, "check": check, **shown})
