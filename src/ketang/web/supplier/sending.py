"""The last steps: look over everything, agree, send; the package that is being put together; the receipt."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ketang.selection.checking.drafts import newest_of
from ketang.selection.intake import actions
from ketang.selection.intake.assembling import send_files
from ketang.selection.intake.draft import read_draft
from ketang.selection.intake.models import Assembly, Receipt
from ketang.selection.intake.permissions import may_see_submission
from ketang.selection.intake.queries import absent, before_opening, files_of, unready, workbook_of
from ketang.selection.papers.receipt import receipt_paper
from ketang.web.drawn_codes import qr
from ketang.web.papers import written
from ketang.web.refusals import said_on
from ketang.web.supplier.forms import SendForm
from ketang.web.supplier.own import own_submission


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, uuid: str) -> HttpResponse:
    """Look over everything, agree, send."""
    submission = own_submission(request, uuid)
    draft, why = read_draft(submission.draft), unready(submission)
    form = SendForm(
        request.POST or None,
        initial={"by": draft.free_use.by or submission.organisation.name, "agreed": draft.free_use.agreed},
    )
    if request.method == "POST" and why is None and form.is_valid():
        today = timezone.localdate(timezone=submission.call.zone).isoformat()
        made = None
        with said_on(form):
            agreed = draft.model_copy(update={"free_use": form.free_use(today)})
            actions.save_draft(actor=request.user, submission=submission, draft=agreed)
            made = send_files(actor=request.user, submission=submission)
        if made is not None:
            return _after(made)
    found = list(files_of(submission))
    shown = {
        "form": form, "submission": submission, "draft": draft, "files": found, "unready": why,
        "workbook": workbook_of(found), "absent": absent(found), "total": sum(one.upload.length for one in found),
        "drafted": newest_of(submission), "too_early": before_opening(submission.call),
    }  # fmt: skip
    return render(request, "web/supplier/send.html", shown)


def _after(made: Assembly) -> HttpResponse:
    if made.receipt is not None:
        return HttpResponseRedirect(reverse("receipt", args=[made.receipt.uuid]))
    return HttpResponseRedirect(reverse("submission-sending", args=[made.submission.uuid, made.uuid]))


@login_required
@require_safe
def sending(request: HttpRequest, uuid: str, assembly: str) -> HttpResponse:
    """A large package is put together; then its receipt."""
    submission = own_submission(request, uuid)
    found = get_object_or_404(submission.assemblies.select_related("receipt"), uuid=assembly)
    if found.receipt is not None:
        return _after(found)
    return render(request, "web/supplier/sending.html", {"submission": submission, "assembly": found})


@login_required
@require_safe
def sending_progress(request: HttpRequest, uuid: str, assembly: str) -> JsonResponse:
    """Whether it is over, for the page's script."""
    found = get_object_or_404(own_submission(request, uuid).assemblies, uuid=assembly)
    words = _("正在打包") if not found.is_over else _("已完成")
    return JsonResponse({"over": found.is_over, "state": words, "media": 0, "done": 0})


@login_required
@require_safe
def receipt(request: HttpRequest, uuid: str) -> HttpResponse:
    """The receipt, to be printed; its QR code holds the address and the digest."""
    found, address = _receipt(request, uuid)
    submission = found.version.submission
    svg = qr(f"{address}\n{found.number}\n{found.version.digest}", _("回执二维码"))
    shown = {"receipt": found, "submission": submission, "qr": svg, "address": address}
    return render(request, "web/supplier/receipt.html", shown)


@login_required
@require_safe
def receipt_as(request: HttpRequest, uuid: str, kind: str) -> HttpResponse:
    """The receipt as a paper to keep."""
    found, address = _receipt(request, uuid)
    return written(receipt_paper(found, address), kind, ("pdf", "docx"))


def _receipt(request: HttpRequest, uuid: str) -> tuple[Receipt, str]:
    """A receipt that whoever asks may see, and its address."""
    shown = ("version__submission__call", "version__submission__organisation")
    found = get_object_or_404(Receipt.objects.select_related(*shown), uuid=uuid)
    if not may_see_submission(request.user, found.version.submission):
        raise Http404
    return found, request.build_absolute_uri(reverse("receipt", args=[found.uuid]))
