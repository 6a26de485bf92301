"""A spreadsheet of experts into the pool: brought, looked at, taken in; and the template to fill in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.selection.experts import taking
from ketang.selection.experts.models import ExpertImport
from ketang.selection.experts.permissions import may_keep_experts
from ketang.selection.experts.queries import heads
from ketang.selection.importing.reading import MOST_BYTES
from ketang.web.office.expert_forms import FileForm
from ketang.web.office.handed_out import handed_out
from ketang.web.refusals import said_on

SHOWN = 50
"""Rows of each kind in the preview."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """The form for a file."""
    require(may_keep_experts(request.user))
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        sent = form.cleaned_data["file"]
        with said_on(form):
            if sent.size > MOST_BYTES:  # before it is read
                raise Refused(_("文件超过 %(most)s MB，不能导入。") % {"most": MOST_BYTES >> 20}, field="file")
            made = taking.bring(actor=request.user, file=sent, name=sent.name)
            return HttpResponseRedirect(reverse("office-expert-import", args=[made.uuid]))
    return render(request, "web/office/expert_import.html", {"form": form})


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponseBase:
    """An empty workbook with the columns, and a row that shows how it is filled in."""
    require(may_keep_experts(request.user))
    example = (
        _("示例专家"), _("示例研究所"), _("高级技师"), "expert@example.org", "022-0000 0000", "P2(3)", _("养老护理员、保育员"),
        _("示例学校"), "12", "2026-03-01", "2026-12-31", _("这一行是样子，请删去"),
    )  # fmt: skip
    return handed_out("xlsx", _("专家名单模板"), heads(), [example])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, uuid: str) -> HttpResponse:
    """What would be taken in, and what not and why; and the word to do it."""
    require(may_keep_experts(request.user))
    found = get_object_or_404(ExpertImport, uuid=uuid)
    if found.taken_at is not None:
        return HttpResponseRedirect(reverse("office-experts"))
    refused = ""
    if request.method == "POST":
        try:
            count = taking.take(actor=request.user, of=found)
            messages.success(request, _("导入了 %(count)s 位专家。") % {"count": count})
            return HttpResponseRedirect(reverse("office-experts"))
        except Refused as why:
            refused = str(why)
    rows = taking.weighed(found)
    sound = [row for row in rows if row.details is not None]
    faulty = [row for row in rows if row.details is None]
    shown = {
        "import": found, "refused": refused, "sound": sound[:SHOWN], "faulty": faulty[:SHOWN], "count": len(sound),
        "faults": len(faulty), "most": SHOWN,
    }  # fmt: skip
    return render(request, "web/office/expert_import_preview.html", shown)
