"""A learner's certificates: asking for one, keeping it as a PDF."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ketang.classroom.catalogue.models import Course
from ketang.classroom.certificates import actions
from ketang.classroom.certificates.models import Certificate
from ketang.classroom.certificates.paper import write_certificates
from ketang.classroom.certificates.permissions import may_read_certificate
from ketang.classroom.certificates.queries import candidate, certificates_of
from ketang.people.permissions import require
from ketang.web.learner.who import learner_of
from ketang.web.papers import pdf_of
from ketang.web.refusals import said_on


class NameForm(forms.Form):
    """The name on a certificate, asked for where the account has none."""

    name = forms.CharField(
        label=gettext_lazy("证书上的姓名"), max_length=100, required=False,
        help_text=gettext_lazy("请填真实姓名，和身份证件一致。颁发以后不能改。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, uuid: str) -> HttpResponse:
    """What a course asks for its certificate, how far one is, and the button that issues it."""
    learner = learner_of(request)
    course = get_object_or_404(Course.objects.exclude(current=None), uuid=uuid)
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            name = form.cleaned_data["name"]
            made = actions.issue(actor=request.user, account=learner, course=course, name=name)
            messages.success(request, _("证书已颁发，编号 %(number)s。") % {"number": made.number})
            return HttpResponseRedirect(reverse("learn-certificate", args=[course.uuid]))
    found = candidate(course, learner)
    shown: dict[str, Any] = {"course": course, "found": found, "form": form, "asks_name": not learner.name}
    return render(request, "web/learner/certificate.html", shown)


@login_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Everything that was issued to somebody."""
    return render(request, "web/learner/certificates.html", {"certificates": certificates_of(learner_of(request))})


@login_required
@require_safe
def paper(request: HttpRequest, uuid: str) -> HttpResponse:
    """One as a PDF."""
    found = get_object_or_404(Certificate.objects.select_related("account"), uuid=uuid)
    require(may_read_certificate(request.user, found))
    return pdf_of(write_certificates([found], reverse("certificates")), f"{_('结业证书')} {found.number}")
