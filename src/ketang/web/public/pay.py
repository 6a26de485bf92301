"""收款信息: the selected supplier gives bank data by a link for one use, without an account. Nothing that was given is ever shown here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from ketang.people.organisation.models import OrganisationKind
from ketang.selection.paying.actions import give
from ketang.selection.paying.details import FIELDS, LONGEST
from ketang.selection.paying.links import link_of
from ketang.web.refusals import said_on

HOURLY = 60
"""Links that open nothing, asked for from one address in an hour."""


class DetailsForm(forms.Form):
    """What is asked of a kind of supplier."""

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, label in FIELDS[OrganisationKind(kind)].items():
            self.fields[name] = forms.CharField(
                label=label, max_length=LONGEST, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
                error_messages={"required": _("请填写：%(label)s。") % {"label": label}},
            )  # fmt: skip


@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, token: str) -> HttpResponse:
    """The form; one page for whatever cannot be opened, so that it tells nobody which."""
    key = f"payment-link:{get_adapter().get_client_ip(request)}"
    too_many = int(cache.get(key, 0)) >= HOURLY
    link = None if too_many else link_of(token)
    if link is None or not link.works:
        cache.add(key, 0, 3600)
        cache.incr(key)
        return _page(request, {"dead": True}, 429 if too_many else 404)
    submission = link.payment.decision.submission
    form = DetailsForm(request.POST if request.method == "POST" else None, kind=submission.organisation.kind)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            give(link=link, given=form.cleaned_data)
            return _page(request, {"done": True})
    return _page(request, {"form": form, "submission": submission, "link": link})


def _page(request: HttpRequest, shown: dict[str, object], status: int = 200) -> HttpResponse:
    # What is said of the page is kept with its address: without the link.
    answer = render(request, "web/public/pay.html", {**shown, "feedback_page": "/pay/"}, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
