"""付款 in finance: who is to be paid, one payment with its steps, a look at bank data, the list for the bank."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketang.people.organisation.models import OrganisationKind
from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.platform.workbook import pieces_of
from ketang.selection.awarding.models import Decision
from ketang.selection.awarding.tax import Basis, tax_of
from ketang.selection.paying import actions, exporting
from ketang.selection.paying.details import FIELDS
from ketang.selection.paying.models import InvoiceState, Payment, PaymentState
from ketang.selection.paying.permissions import may_look_at_bank_data, may_pay
from ketang.selection.paying.queries import list_of_payable, one_payable
from ketang.web.paging import page_of
from ketang.web.refusals import said_on

PAGE = 50
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATES = [("", gettext_lazy("全部")), ("none", gettext_lazy("还没有要收款信息")), *PaymentState.choices]


class StateForm(forms.Form):
    """Which payments."""

    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=STATES)


class AskForm(forms.Form):
    """Where the link goes."""

    mail = forms.EmailField(
        label=gettext_lazy("供应单位的邮箱"), required=False, max_length=254,
        help_text=gettext_lazy("不填，就在这一页显示链接，由您当面或打电话交给对方。"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip


class BasisForm(forms.Form):
    """As what a person's fee is taxed."""

    basis = forms.ChoiceField(
        label=gettext_lazy("按什么计税"), choices=Basis.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择计税依据。")},
    )  # fmt: skip


class InvoiceForm(forms.Form):
    """How the invoice stands."""

    invoice = forms.ChoiceField(label=gettext_lazy("收到了吗"), choices=InvoiceState.choices, widget=forms.RadioSelect)
    invoice_number = forms.CharField(label=gettext_lazy("发票号码"), required=False, max_length=40)


class PaidForm(forms.Form):
    """That it was paid."""

    on = forms.DateField(
        label=gettext_lazy("付款日期"), widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("例如 2026-03-05。"), error_messages={"required": gettext_lazy("请填写付款日期。")},
    )  # fmt: skip
    reference = forms.CharField(
        label=gettext_lazy("付款凭证号"), max_length=80, error_messages={"required": gettext_lazy("请填写付款凭证号。")}
    )


class ReturnedForm(forms.Form):
    """Why the bank sent it back."""

    reason = forms.CharField(
        label=gettext_lazy("退回原因"), max_length=500, error_messages={"required": gettext_lazy("请写明退回原因。")}
    )


@login_required
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """Awards that are final, with how far each payment has come."""
    require(may_pay(request.user))
    form = StateForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    page = page_of(list_of_payable(state), request.GET.get("page"), PAGE)
    rows = [(one, _payment_of(one)) for one in page]
    return render(request, "web/finance/payments.html", {"form": form, "page": page, "rows": rows, "state": state})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """One payment. A link that is not sent, and bank data, stand on the answer to the form that asked, and nowhere else."""
    require(may_pay(request.user))
    decision = get_object_or_404(one_payable(), uuid=uuid)
    payment, how = _payment_of(decision), request.POST.get("how", "") if request.method == "POST" else ""
    found = _forms(request, payment, how)
    form = found.get(how)
    if how in ("look", "confirm") and payment is not None:
        try:
            if how == "look":
                return _page(request, decision, payment, found, seen=actions.look(actor=request.user, payment=payment))
            actions.confirm(actor=request.user, payment=payment)
            messages.success(request, _("已核对，可以付款。"))
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("finance-payment", args=[decision.uuid]))
    if form is not None and form.is_valid():
        with said_on(form):
            link = _done(request, decision, payment, how, form.cleaned_data)
            if link:
                decision = one_payable().get(pk=decision.pk)
                return _page(
                    request, decision, _payment_of(decision), _forms(request, _payment_of(decision), ""), link=link
                )
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(reverse("finance-payment", args=[decision.uuid]))
    return _page(request, decision, payment, found)


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The payment list as a workbook."""
    require(may_look_at_bank_data(request.user))
    try:
        made = exporting.export(actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("finance-payments"))
    answer = StreamingHttpResponse(pieces_of(made), content_type=TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, f"{_('付款清单')}.xlsx") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _done(request: HttpRequest, decision: Decision, payment: Payment | None, how: str, got: dict[str, Any]) -> str:
    """Do what a form asked. Returns a link that is to be shown."""
    if how == "ask":
        return actions.ask(actor=request.user, decision=decision, mail=got["mail"])
    if payment is None:
        raise Refused(_("还没有要收款信息。"))
    if how == "basis":
        actions.set_basis(actor=request.user, payment=payment, basis=Basis(got["basis"]))
    elif how == "invoice":
        invoice = InvoiceState(got["invoice"])
        actions.set_invoice(actor=request.user, payment=payment, invoice=invoice, number=got["invoice_number"])
    elif how == "paid":
        actions.mark_paid(actor=request.user, payment=payment, **got)
    else:
        actions.mark_returned(actor=request.user, payment=payment, **got)
    return ""


def _forms(request: HttpRequest, payment: Payment | None, how: str) -> dict[str, forms.Form]:
    """The forms of the steps that are possible now."""
    kinds: dict[str, type[forms.Form]] = {}
    if payment is None or payment.may_become(PaymentState.ASKED):
        kinds["ask"] = AskForm
    if payment is not None and payment.state not in (PaymentState.PAID, PaymentState.CANCELLED):
        if actions.is_unit(payment):
            kinds["invoice"] = InvoiceForm
        else:
            kinds["basis"] = BasisForm
    if payment is not None and payment.may_become(PaymentState.PAID):
        kinds["paid"] = PaidForm
    if payment is not None and payment.may_become(PaymentState.RETURNED):
        kinds["returned"] = ReturnedForm
    fields = ("basis", "invoice", "invoice_number")
    initial = {name: getattr(payment, name) for name in fields} if payment is not None else {}
    return {name: kind(request.POST if how == name else None, initial=initial) for name, kind in kinds.items()}


def _page(
    request: HttpRequest,
    decision: Decision,
    payment: Payment | None,
    found: dict[str, forms.Form],
    *,
    link: str = "",
    seen: dict[str, str] | None = None,
) -> HttpResponse:
    amount = decision.amount
    assert amount is not None  # noqa: S101 - a constraint of the table
    is_person = decision.submission.organisation.kind == OrganisationKind.PERSON
    labels = FIELDS[OrganisationKind(decision.submission.organisation.kind)]
    shown = {
        "decision": decision, "payment": payment, "link": link, "is_person": is_person,
        "seen": [(labels[key], value) for key, value in (seen or {}).items()],
        "told": tax_of(amount, Basis(payment.basis)) if payment is not None and payment.basis else None,
        "taxes": _taxes(amount) if is_person else {},
        "may_confirm": payment is not None and payment.may_become(PaymentState.CONFIRMED),
        **{f"{name}_form": form for name, form in found.items()},
    }  # fmt: skip
    return render(request, "web/finance/payment.html", shown)


def _taxes(amount: Decimal) -> dict[str, str]:
    """What each basis would withhold, said beside its radio."""
    return {basis.value: _("代扣 %(tax)s 元") % {"tax": tax_of(amount, basis).tax} for basis in Basis}


def _payment_of(decision: Decision) -> Payment | None:
    return getattr(decision, "payment", None)
