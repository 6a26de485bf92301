"""A supplier's submissions: the list, a new one, its steps, sending, taking back, the receipt."""

from __future__ import annotations

from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ketang.people.account.models import Account
from ketang.people.organisation.queries import suppliers_of
from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.platform.uploads import actions as uploads
from ketang.platform.uploads.models import Upload, UploadState
from ketang.platform.uploads.storing import finish
from ketang.selection.calls.models import in_language
from ketang.selection.calls.queries import open_calls, public_calls
from ketang.selection.intake import actions
from ketang.selection.intake.draft import read_draft
from ketang.selection.intake.models import Door, Receipt, Submission
from ketang.selection.intake.permissions import may_edit_submission, may_see_submission
from ketang.selection.intake.queries import list_of, submissions_of, versions_of
from ketang.web.paging import page_of
from ketang.web.supplier.forms import FormF, RightsForm, SendForm, StartForm
from ketang.web.uploads import tus
from ketang.web.uploads.owner import owner_of, upload_of

PAGE = 20


@login_required
@require_safe
def submissions(request: HttpRequest) -> HttpResponse:
    """All of one's suppliers' submissions."""
    page = page_of(list_of(_account(request)), request.GET.get("page"), PAGE)
    return render(request, "web/supplier/submissions.html", {"page": page, "calls": list(open_calls()[:20])})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a submission; whoever has no supplier yet is told how to register one."""
    call = get_object_or_404(public_calls(), slug=slug)
    suppliers = {str(one.uuid): one for one in suppliers_of(_account(request))}
    categories = [(one.id, in_language(one.name.model_dump())) for one in call.content.categories]
    form = StartForm(
        request.POST or None, organisations=[(key, one.name) for key, one in suppliers.items()], categories=categories,
        initial={"organisation": next(iter(suppliers), None)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        try:
            made = actions.start(
                actor=request.user,
                call=call,
                organisation=suppliers[got["organisation"]],
                title=got["title"],
                category=got["category"],
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return HttpResponseRedirect(reverse("submission", args=[made.uuid]))
    return render(request, "web/supplier/start.html", {"form": form, "call": call, "suppliers": suppliers})


@login_required
@require_safe
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """A submission as a list of steps, with what was sent so far."""
    submission = _own(request, uuid)
    draft, upload = read_draft(submission.draft), _upload(request, submission)
    filled = [value for name, value in draft.form if name not in ("introduction", "title") and value not in ("", None)]
    topics = [value for _name, value in draft.form.introduction if value]
    steps = [
        (_("情况表"), reverse("submission-form", args=[submission.uuid]), bool(filled and topics)),
        (_("版权清单"), reverse("submission-rights", args=[submission.uuid]), bool(draft.rights)),
        (
            _("课程包文件"),
            reverse("submission-files", args=[submission.uuid]),
            upload is not None and upload.state == UploadState.STORED,
        ),
        (_("核对并提交"), reverse("submission-send", args=[submission.uuid]), False),
    ]
    shown = {"submission": submission, "steps": steps, "versions": versions_of(submission), "upload": upload}
    return render(request, "web/supplier/submission.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def form_f(request: HttpRequest, uuid: str) -> HttpResponse:
    """Fill in form F; it is saved as it is."""
    submission = _own(request, uuid)
    draft = read_draft(submission.draft)
    begun = FormF.initial_of(draft.form)
    begun["unit"] = begun["unit"] or submission.organisation.name
    form = FormF(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        changed = draft.model_copy(update={"form": form.form(submission.title)})
        actions.save_draft(actor=request.user, submission=submission, draft=changed)
        messages.success(request, _("已保存。"))
        return HttpResponseRedirect(reverse("submission", args=[submission.uuid]))
    return render(request, "web/supplier/form_f.html", {"form": form, "submission": submission})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rights(request: HttpRequest, uuid: str) -> HttpResponse:
    """Rows of the rights list: add one, take one out."""
    submission = _own(request, uuid)
    draft = read_draft(submission.draft)
    taken_out = request.POST.get("remove", "")
    form = RightsForm(request.POST or None) if not taken_out else RightsForm()
    rows = None
    if taken_out.isdecimal() and int(taken_out) < len(draft.rights):
        rows = (*draft.rights[: int(taken_out)], *draft.rights[int(taken_out) + 1 :])
    elif request.method == "POST" and not taken_out and form.is_valid():
        rows = (*draft.rights, form.entry())
    if rows is not None:
        actions.save_draft(actor=request.user, submission=submission, draft=draft.model_copy(update={"rights": rows}))
        messages.success(request, _("已保存。"))
        return HttpResponseRedirect(reverse("submission-rights", args=[submission.uuid]))
    return render(request, "web/supplier/rights.html", {"form": form, "rows": draft.rights, "submission": submission})


class FileForm(forms.Form):
    """The package's file, for browsers without the script."""

    package = forms.FileField(
        label=gettext_lazy("课程包（zip）"), error_messages={"required": gettext_lazy("请选择课程包文件。")}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, uuid: str) -> HttpResponse:
    """Upload the package: resumable with the script, a plain form without it."""
    submission = _own(request, uuid)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "upload" in request.POST:
        upload = upload_of(request, request.POST["upload"])
        if upload is not None:
            return _taken(request, submission, upload)
    elif request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["package"]
        if sent.size > tus.largest(request):
            form.add_error("package", tus.too_large(request))
        else:
            upload = uploads.create(owner=owner_of(request), name=sent.name, length=sent.size)
            uploads.append(upload=upload, offset=0, source=sent)
            return _taken(request, submission, upload)
    shown = {
        "form": form,
        "submission": submission,
        "upload": _upload(request, submission),
        "largest": tus.largest(request),
    }
    return render(request, "web/supplier/files.html", shown)


def _taken(request: HttpRequest, submission: Submission, upload: Upload) -> HttpResponse:
    """The upload becomes the package of this submission's next version."""
    finish(upload)
    request.session[f"upload:{submission.uuid}"] = str(upload.uuid)
    messages.success(request, _("文件已收到。"))
    return HttpResponseRedirect(reverse("submission", args=[submission.uuid]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, uuid: str) -> HttpResponse:
    """Look over everything, agree, send."""
    submission = _own(request, uuid)
    draft, upload = read_draft(submission.draft), _upload(request, submission)
    form = SendForm(
        request.POST or None,
        initial={"by": draft.free_use.by or submission.organisation.name, "agreed": draft.free_use.agreed},
    )
    ready = upload is not None and upload.state == UploadState.STORED
    if request.method == "POST" and form.is_valid() and upload is not None and ready:
        today = timezone.localdate(timezone=submission.call.zone).isoformat()
        try:
            actions.save_draft(
                actor=request.user,
                submission=submission,
                draft=draft.model_copy(update={"free_use": form.free_use(today)}),
            )
            receipt = actions.receive(
                actor=request.user, submission=submission, door=Door.WEB, name=upload.name, digest=upload.digest,
                size=upload.length, received_at=upload.whole_at,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            request.session.pop(f"upload:{submission.uuid}", None)
            return HttpResponseRedirect(reverse("receipt", args=[receipt.uuid]))
    shown = {"form": form, "submission": submission, "draft": draft, "upload": upload, "ready": ready}
    return render(request, "web/supplier/send.html", shown)


class WithdrawForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("撤回原因"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": "3"})
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, uuid: str) -> HttpResponse:
    """Ask once more, then take back."""
    submission = _own(request, uuid)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(actor=request.user, submission=submission, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已撤回。"))
            return HttpResponseRedirect(reverse("submission", args=[submission.uuid]))
    return render(request, "web/supplier/withdraw.html", {"form": form, "submission": submission})


@login_required
@require_safe
def receipt(request: HttpRequest, uuid: str) -> HttpResponse:
    """The receipt, to be printed; its QR code holds the address and the digest."""
    found = get_object_or_404(
        Receipt.objects.select_related("version__submission__call", "version__submission__organisation"), uuid=uuid
    )
    submission = found.version.submission
    if not may_see_submission(request.user, submission):
        raise Http404
    address = request.build_absolute_uri(reverse("receipt", args=[found.uuid]))
    code = segno.make(f"{address}\n{found.number}\n{found.version.digest}", error="m", micro=False)
    svg = SafeString(
        code.svg_inline(border=2, omitsize=True, svgclass="qr", title=_("回执二维码"))
    )  # made here of our own words alone
    return render(request, "web/supplier/receipt.html", {"receipt": found, "submission": submission, "qr": svg})


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # noqa: S101 - only accounts sign in
    return request.user


def _own(request: HttpRequest, uuid: str) -> Submission:
    submission = get_object_or_404(submissions_of(_account(request)), uuid=uuid)
    require(may_edit_submission(request.user, submission))
    return submission


def _upload(request: HttpRequest, submission: Submission) -> Upload | None:
    """What was uploaded for the next version, and is still the person's own."""
    key: Any = request.session.get(f"upload:{submission.uuid}")
    return upload_of(request, key) if key else None
