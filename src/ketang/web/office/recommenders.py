"""推荐单位 in the office: those of a call, and one of them with its contact, its link, its packages and its letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.organisation.models import RECOMMENDING, OrganisationKind
from ketang.people.permissions import require
from ketang.platform.outbox.queries import can_send
from ketang.platform.refusal import Refused
from ketang.platform.storage.reading import read
from ketang.selection.calls.queries import every_call
from ketang.selection.recommending import actions
from ketang.selection.recommending.models import Recommender
from ketang.selection.recommending.paper import letter_paper
from ketang.selection.recommending.permissions import may_keep_recommenders
from ketang.selection.recommending.progress import standings
from ketang.selection.recommending.queries import (
    letter_numbers,
    letters_of,
    list_of_listed,
    list_of_recommenders,
    newest_link,
    recommendations,
)
from ketang.selection.recommending.queries import recommenders as every_recommender
from ketang.web.paging import page_of
from ketang.web.papers import written
from ketang.web.refusals import said_on

PAGE = 25
KINDS = [(kind.value, kind.label) for kind in OrganisationKind if kind in RECOMMENDING]


class WordsForm(forms.Form):
    """What to look for."""

    words = forms.CharField(label=gettext_lazy("单位名称"), required=False, max_length=100)


class ContactForm(forms.Form):
    """Whom to reach."""

    mail = forms.CharField(
        label=gettext_lazy("联系邮箱"), required=False, max_length=254,
        help_text=gettext_lazy("链接发到这里。换了邮箱，发到旧邮箱的链接作废。"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("联系电话"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RegisterForm(ContactForm):
    """A body and whom to reach there."""

    name = forms.CharField(
        label=gettext_lazy("单位全称"), max_length=200, error_messages={"required": gettext_lazy("请填写单位全称。")}
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("种类"), choices=KINDS, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择种类。")},
    )  # fmt: skip
    field_order = ("name", "kind", "mail", "phone")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommenders(request: HttpRequest, uuid: str) -> HttpResponse:
    """Those of a call, and a form for another."""
    require(may_keep_recommenders(request.user))
    call = get_object_or_404(every_call(), uuid=uuid)
    form = RegisterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        with said_on(form):
            made = actions.register(
                actor=request.user, call=call, kind=OrganisationKind(got["kind"]), name=got["name"], mail=got["mail"],
                phone=got["phone"],
            )  # fmt: skip
            messages.success(request, _("已登记。下一步：给它发链接。"))
            return HttpResponseRedirect(reverse("office-recommender", args=[made.uuid]))
    words_form = WordsForm(request.GET)
    words = words_form.cleaned_data["words"] if words_form.is_valid() else ""
    page = page_of(list_of_recommenders(call, words), request.GET.get("page"), PAGE)
    shown = {"call": call, "form": form, "words_form": words_form, "words": words, "page": page}
    return render(request, "web/office/recommenders.html", shown)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """One body; a link that is not sent is shown once, on the answer to the form that made it."""
    require(may_keep_recommenders(request.user))
    body = get_object_or_404(every_recommender(), uuid=uuid)
    how = request.POST.get("how", "") if request.method == "POST" else ""
    form = ContactForm(
        request.POST if how == "contact" else None, initial={"mail": body.mail, "phone": body.phone}
    )  # fmt: skip
    if how == "contact" and form.is_valid():
        with said_on(form):
            actions.change_contact(actor=request.user, recommender=body, **form.cleaned_data)
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(reverse("office-recommender", args=[body.uuid]))
    if how == "show":
        return _page(request, body, form, link=actions.show_link(actor=request.user, recommender=body))
    if how in ("send", "end"):
        try:
            messages.success(request, _sent_or_ended(request, body, how))
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("office-recommender", args=[body.uuid]))
    return _page(request, body, form)


def _sent_or_ended(request: HttpRequest, body: Recommender, how: str) -> str:
    if how == "end":
        actions.end_link(actor=request.user, recommender=body)
        return _("链接已作废，打开过它的浏览器也不能再用。")
    actions.send_link(actor=request.user, recommender=body)
    return _("新链接已发到登记的邮箱，以前的链接作废。")


def _page(request: HttpRequest, body: Recommender, form: ContactForm, *, link: str = "") -> HttpResponse:
    page = page_of(list_of_listed(body), request.GET.get("page"), PAGE)
    on_letters = letter_numbers(list(page.object_list))
    rows = [(one, on_letters.get(one.listed.pk)) for one in standings(list(page.object_list))]
    shown: dict[str, Any] = {
        "body": body, "form": form, "page": page, "rows": rows, "letters": list(letters_of(body)[:50]), "link": link,
        "newest": newest_link(body), "can_send": can_send() and body.mail,
    }  # fmt: skip
    return render(request, "web/office/recommender.html", shown)


@login_required
@require_safe
def letter(request: HttpRequest, uuid: str) -> HttpResponse:
    """One letter of a body."""
    require(may_keep_recommenders(request.user))
    found = get_object_or_404(recommendations(), uuid=uuid)
    shown = {"letter": found, "body": found.recommender, "rows": list(found.rows.order_by("place"))}
    return render(request, "web/office/recommendation.html", shown)


@login_required
@require_safe
def paper(request: HttpRequest, uuid: str, kind: str) -> HttpResponse:
    """The letter as PDF or Word."""
    require(may_keep_recommenders(request.user))
    return written(letter_paper(get_object_or_404(recommendations(), uuid=uuid)), kind, ("pdf", "docx"))


@login_required
@require_safe
def scan(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """The stamped copy, to be saved: a stranger's file is never shown in this site."""
    require(may_keep_recommenders(request.user))
    found = get_object_or_404(recommendations(), uuid=uuid)
    if not found.scan:
        raise Http404
    answer = StreamingHttpResponse(read(found.scan), content_type="application/octet-stream")
    answer["Content-Disposition"] = (
        content_disposition_header(True, f"{found.number} {found.scan_name}") or "attachment"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
