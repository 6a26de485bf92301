"""Bringing back what was studied with a package: a file is sent, and a page says what came of each lesson."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from ketang.classroom.offline.bringing import Told, bring_back
from ketang.classroom.offline.models import BroughtBack
from ketang.classroom.offline.records import MOST_BYTES, NotARecord, read_record
from ketang.web.learner.who import helper_of, learner_of
from ketang.web.refusals import said_on


class BringForm(forms.Form):
    """The file that a package's page saved."""

    record = forms.FileField(
        label=_("学习记录文件"), help_text=_("在离线课程里按“保存学习记录”得到的文件，名字以 .json 结尾，一般在“下载”文件夹里。"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": _("请选择学习记录文件。"), "empty": _("这个文件是空的。请在离线课程里再保存一次。")},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """The form; a record that is taken leads to what came of it, one that is not stays with the reason."""
    learner = learner_of(request)
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            try:
                record = read_record(form.cleaned_data["record"].read(MOST_BYTES + 1))
                row = bring_back(account=learner, brought=record, by=helper_of(request))
            except NotARecord as wrong:
                form.add_error("record", str(wrong))
            else:
                return HttpResponseRedirect(reverse("learn-brought", args=[row.uuid]))
    return render(request, "web/offline/bring.html", {"form": form})


@login_required
@require_safe
def brought(request: HttpRequest, uuid: str) -> HttpResponse:
    """What came of a record, lesson by lesson. For oneself alone, and for who acts for them."""
    row = get_object_or_404(BroughtBack.objects.select_related("course"), uuid=uuid, account=learner_of(request))
    told = [Told(*one) for one in row.told]
    new, beyond = sum(one.new for one in told), sum(one.beyond for one in told)
    return render(request, "web/offline/brought.html", {"row": row, "told": told, "new": new, "beyond": beyond})
