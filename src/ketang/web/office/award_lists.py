"""入选名单 in the office: bands, the machine's proposal, each row, approval by two people, withdrawal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.awarding import actions, approving, lists
from ketang.selection.awarding.bands import MOST, Band, read_bands
from ketang.selection.awarding.models import AwardList, AwardRow, Decision, Outcome
from ketang.selection.awarding.permissions import may_approve_awards, may_decide
from ketang.selection.awarding.queries import (
    approvals_of,
    chosen_of,
    counts_of,
    digest_of,
    is_going,
    limits_of,
    list_of_call,
    listing_of,
)
from ketang.selection.awarding.queries import lists as every_list
from ketang.selection.awarding.queries import rows as every_row
from ketang.selection.awarding.words import ground, next_yuan
from ketang.selection.calls.queries import every_call
from ketang.selection.ranking.queries import final_ranking
from ketang.web.paging import page_of
from ketang.web.refusals import said_on

PAGE = 50


class BandsForm(forms.Form):
    """Bands, one a line, as an office writes them down; and how many places of reserve."""

    bands = forms.CharField(
        label=gettext_lazy("质量档次"), widget=forms.Textarea(attrs={"rows": "5", "spellcheck": "false"}),
        help_text=gettext_lazy("每行一档：起点分数 金额，或者 起点分数 最低金额-最高金额。例如：9 20000，或 8 12000-15000。"),
        error_messages={"required": gettext_lazy("至少要有一档。")},
    )  # fmt: skip
    reserves = forms.IntegerField(label=gettext_lazy("候补件数"), min_value=0, max_value=lists.RESERVES)

    def clean_bands(self) -> list[Band]:
        """Read each line."""
        lines = [line.split() for line in str(self.cleaned_data["bands"]).splitlines() if line.strip()]
        try:
            return [_band(*line) for line in lines[: MOST + 1]]
        except (ArithmeticError, TypeError, ValueError):
            raise forms.ValidationError(_("有一行看不懂。请照例子写：9 20000，或 8 12000-15000。")) from None


def _band(score: str, amounts: str) -> Band:
    lowest, _dash, highest = amounts.partition("-")
    return Band(Decimal(score), Decimal(lowest), Decimal(highest or lowest))


class RowForm(forms.Form):
    """What becomes of one submission."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("决定"), choices=Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择入选、候补或未入选。")},
    )  # fmt: skip
    amount = forms.DecimalField(
        label=gettext_lazy("金额（元）"), required=False, max_digits=12, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}), help_text=gettext_lazy("入选时填写。"),
    )  # fmt: skip
    reserve_place = forms.IntegerField(
        label=gettext_lazy("候补次序"), required=False, min_value=1, max_value=lists.RESERVES,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}), help_text=gettext_lazy("候补时填写；不填排在最后。"),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("理由"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=gettext_lazy("未入选时必须填写，报送者会看到。"),
    )  # fmt: skip
    despite = forms.CharField(
        label=gettext_lazy("检查有问题仍入选的理由"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )  # fmt: skip


class WithdrawAwardForm(forms.Form):
    """Why an award is withdrawn."""

    withdraw_reason = forms.CharField(
        label=gettext_lazy("撤回的理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": gettext_lazy("请写明撤回的理由。")},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def award(request: HttpRequest, uuid: str) -> HttpResponse:
    """The list of a call; before there is one, the button that draws it up."""
    require(may_decide(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    if request.method == "POST":
        try:
            lists.make_list(actor=request.user, call=call)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("名单已拟订。下一步：核对质量档次，再测算。"))
        return HttpResponseRedirect(reverse("office-award", args=[call.uuid]))
    made, ranking = list_of_call(call), final_ranking(call)
    if made is None:
        return render(request, "web/office/award_none.html", {"call": call, "ranking": ranking})
    return render(request, "web/office/award_list.html", _shown(request, made, ranking))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bands(request: HttpRequest, uuid: str) -> HttpResponse:
    """Quality bands of a list."""
    require(may_decide(request.user))
    made = get_object_or_404(every_list(), uuid=uuid)
    initial = {"bands": "\n".join(_line(one) for one in read_bands(made.bands)), "reserves": made.reserves}
    form = BandsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            lists.set_bands(actor=request.user, award_list=made, **form.cleaned_data)
            messages.success(request, _("档次已保存。要按新的档次分配，请再测算一次。"))
            return HttpResponseRedirect(reverse("office-award", args=[made.call.uuid]))
    shown = {"form": form, "award_list": made, "call": made.call, "fee": made.call.content.fee}
    return render(request, "web/office/award_bands.html", shown)


@login_required
@require_POST
def act(request: HttpRequest, uuid: str) -> HttpResponse:
    """Ask for a proposal, or approve."""
    made = get_object_or_404(every_list(), uuid=uuid)
    try:
        if request.POST.get("how") == "approve":
            require(may_approve_awards(request.user))
            approving.approve(actor=request.user, award_list=made, digest=request.POST.get("digest", ""))
            words = _("还要由另一个人批准。") if made.is_draft else _("两个人都已批准，名单生效。")
            messages.success(request, words)
        else:
            lists.ask_proposal(actor=request.user, award_list=made)
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("office-award", args=[made.call.uuid]))


@login_required
@require_safe
def progress(request: HttpRequest, uuid: str) -> JsonResponse:
    """Whether a proposal is still being worked out, for the page's script."""
    require(may_decide(request.user))
    made = get_object_or_404(every_list(), uuid=uuid)
    return JsonResponse({"over": not is_going(made), "state": _("正在测算"), "media": 0, "done": 0})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, uuid: str) -> HttpResponse:
    """One submission of a list: change it while it may be changed, withdraw an award that stands."""
    require(may_decide(request.user))
    found = get_object_or_404(every_row(), uuid=uuid)
    how = request.POST.get("how", "") if request.method == "POST" else ""
    initial = {name: getattr(found, name) for name in RowForm.base_fields}
    form = RowForm(request.POST if how == "edit" else None, initial=initial)
    back = WithdrawAwardForm(request.POST if how == "withdraw" else None)
    if how == "edit" and form.is_valid():
        got = form.cleaned_data
        with said_on(form):
            lists.edit_row(actor=request.user, row=found, **{**got, "outcome": Outcome(got["outcome"])})
            messages.success(request, _("已保存。以前的批准作废，要重新批准。"))
            return HttpResponseRedirect(reverse("office-award", args=[found.award_list.call.uuid]))
    if how == "withdraw" and back.is_valid():
        with said_on(back):
            called = approving.withdraw_award(
                actor=request.user, row=found, reason=back.cleaned_data["withdraw_reason"]
            )
            if called is None:
                messages.success(request, _("入选已撤回。没有可以递补的候补。"))
            else:
                words = {"number": called.submission.number}
                messages.success(request, _("入选已撤回。候补 %(number)s 待递补：请两个人重新批准名单。") % words)
            return HttpResponseRedirect(reverse("office-award", args=[found.award_list.call.uuid]))
    stands = found.decision is not None and found.decision.is_selected
    papers = [("letter", _("入选通知书")), ("agreement", _("课程资源免费使用协议"))] if stands else []
    if found.decision is not None and not stands and found.decision.undone_at is None:
        papers = [("thanks", _("感谢信"))]
    shown = {
        "row": found, "call": found.award_list.call, "award_list": found.award_list, "ground": ground(found),
        "form": form if found.award_list.is_draft and not stands else None, "back_form": back if stands else None, "papers": papers,
    }  # fmt: skip
    return render(request, "web/office/award_row.html", shown)


@login_required
@require_POST
def confirm(request: HttpRequest, uuid: str) -> HttpResponse:
    """A second person confirms a single decision."""
    require(may_approve_awards(request.user))
    decision = get_object_or_404(Decision.objects.select_related("submission"), uuid=uuid)
    try:
        actions.confirm(actor=request.user, decision=decision)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("决定已复核。"))
    return HttpResponseRedirect(reverse("office-arrival", args=[decision.submission.uuid]))


def _shown(request: HttpRequest, made: AwardList, ranking: Any) -> dict[str, Any]:
    asked = request.GET.get("outcome", "")
    outcome = asked if asked in Outcome.values else ""
    page = page_of(listing_of(made, outcome), request.GET.get("page"), PAGE)
    limits, chosen, counts = limits_of(made), chosen_of(made), counts_of(made)
    approvals = approvals_of(made)
    standing = [one for one in approvals if one.voided_at is None]
    return {
        "call": made.call, "award_list": made, "page": page, "rows": [(one, ground(one)) for one in page],
        "limits": limits, "used": sum((amount for _key, amount in chosen), Decimal("0.00")), "left": limits.left(chosen),
        "outside": sum(limits.outside.values(), Decimal("0.00")), "bands": read_bands(made.bands),
        "outcomes": [(value, label, counts[value]) for value, label in Outcome.choices], "outcome": outcome,
        "approvals": approvals, "digest": digest_of(made), "next_yuan": next_yuan(made),
        "mine": any(one.approved_by_id == request.user.pk for one in standing), "waits": len(standing) == 1,
        "is_written": _is_written(made), "is_computing": is_going(made), "other_ranking": ranking is not None and ranking.pk != made.ranking_id,
        "within": limits.hold(chosen), "selects": counts[Outcome.SELECTED] > 0,
    }  # fmt: skip


def _is_written(made: AwardList) -> bool:
    return AwardRow.objects.filter(award_list=made).exclude(decision=None).exists()


def _line(band: Band) -> str:
    amounts = f"{band.lowest}" if band.lowest == band.highest else f"{band.lowest}-{band.highest}"
    return f"{band.score} {amounts}"
