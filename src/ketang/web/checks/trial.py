"""试检: anybody brings a package, or takes a ready sample, and reads the report; nothing is asked, nothing is kept for long."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from ketang.platform.refusal import Refused
from ketang.platform.uploads import actions as uploads
from ketang.platform.uploads.models import UploadState
from ketang.platform.uploads.storing import finish
from ketang.selection.checking.actions import try_out
from ketang.selection.checking.models import Check
from ketang.selection.checking.samples import SAMPLES, sample_of
from ketang.web.uploads import tus
from ketang.web.uploads.owner import owner_of, upload_of

HOURLY = 20
"""Trials from one address in an hour: a training room behind one address can still try."""


class TrialForm(forms.Form):
    """The package."""

    package = forms.FileField(
        label=gettext_lazy("课程包（zip）"),
        help_text=gettext_lazy("也可以是单个视频、试卷或基本情况表。"),
        error_messages={"required": gettext_lazy("请选择课程包文件，或点一个现成的例子。")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest) -> HttpResponse:
    """Show the form and the samples; take a file and begin its check."""
    owner = owner_of(request, make=True)
    form = TrialForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        upload = upload_of(request, request.POST.get("upload"))
        if upload is None and "upload" not in request.POST and form.is_valid():
            sent = form.cleaned_data["package"]
            if sent.size > tus.largest(request):
                form.add_error("package", tus.too_large(request))
            else:
                upload = uploads.create(owner=owner, name=sent.name, length=sent.size)
                uploads.append(upload=upload, offset=0, source=sent)
        if upload is not None:
            finish(upload)
            if upload.state == UploadState.STORED:
                begun = _begin(request, form, upload.name, upload.digest)
                if begun is not None:
                    return begun
            else:
                form.add_error(None, _("文件还在登记，请稍等几秒再点一次。"))
    return _page(request, form)


@require_POST
def sample(request: HttpRequest, name: str) -> HttpResponse:
    """Check a ready sample as if the visitor had brought it."""
    owner_of(request, make=True)
    found = sample_of(name)
    if found is None:
        raise Http404
    form = TrialForm()
    begun = _begin(request, form, *found)
    return begun if begun is not None else _page(request, form)


def _page(request: HttpRequest, form: TrialForm) -> HttpResponse:
    samples = {name: sample for name, sample in SAMPLES.items() if sample_of(name) is not None}
    earlier = Check.objects.filter(owner=owner_of(request)).order_by("-id")[:10]
    shown = {"form": form, "samples": samples, "largest": tus.largest(request), "earlier": earlier}
    return render(request, "web/checks/trial.html", shown)


def _begin(request: HttpRequest, form: TrialForm, name: str, digest: str) -> HttpResponse | None:
    if _too_many(request):
        form.add_error(None, _("这个地址一小时内试检得太多了。请稍后再来。"))
        return None
    try:
        made = try_out(owner=owner_of(request), name=name, digest=digest, rulebooks=tuple(settings.TRIAL_RULEBOOKS))
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    return HttpResponseRedirect(reverse("check", args=[made.uuid]))


def _too_many(request: HttpRequest) -> bool:
    key = f"trial:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, 3600)
    return cache.incr(key) > HOURLY
