"""Files of the next version: brought one by one or as one archive, listed, moved, removed and put back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kebao.kit.placing import FOLDERS
from ketang.platform.refusal import Refused
from ketang.platform.uploads import actions as uploads
from ketang.platform.uploads.models import Upload
from ketang.platform.uploads.storing import finish
from ketang.selection.intake import draft_files
from ketang.selection.intake.models import DraftFile, Submission
from ketang.selection.intake.queries import absent, files_of, removed_from
from ketang.web.refusals import said_on
from ketang.web.supplier.own import own_submission
from ketang.web.uploads import tus
from ketang.web.uploads.owner import owner_of, upload_of


class _Several(forms.FileInput):
    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """Any number of files in one field; at least one."""

    widget = _Several(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Each file by itself."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFiles, self).clean(one, initial) for one in given] or [super().clean(None, initial)]


class FilesForm(forms.Form):
    """What is added."""

    chosen = SeveralFiles(
        label=gettext_lazy("选择文件"),
        help_text=gettext_lazy("视频、文本、试卷、填好的培训包.xlsx，一次可以选多个；也可以是一个压缩好的 zip。"),
        error_messages={"required": gettext_lazy("请选择要上传的文件。"), "empty": gettext_lazy("有一个文件是空的，请重新选择。")},
    )  # fmt: skip


class PlaceForm(forms.Form):
    """Where a file lies in the course folder."""

    path = forms.CharField(
        label=gettext_lazy("文件夹和文件名"), max_length=240, help_text=format_lazy(gettext_lazy("例如：{path}"), path="视频/试水温.mp4"),
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
        error_messages={"required": gettext_lazy("请填写文件夹和文件名。")},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, uuid: str) -> HttpResponse:
    """The list, and the form that adds to it: resumable with the script, a plain form without it."""
    submission = own_submission(request, uuid)
    if request.method == "POST" and "upload" in request.POST:
        return _claimed(request, submission)
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if request.method == "POST" and form.is_valid():
        added = [one for one in form.cleaned_data["chosen"] if _brought(request, submission, form, one)]
        if added:
            messages.success(request, _added(len(added)))
        if not form.errors:
            return HttpResponseRedirect(reverse("submission-files", args=[submission.uuid]))
    found = list(files_of(submission))
    shown = {
        "form": form, "submission": submission, "files": found, "removed": removed_from(submission)[:20],
        "absent": absent(found), "largest": tus.largest(request),
    }  # fmt: skip
    return render(request, "web/supplier/files.html", shown)


def _brought(request: HttpRequest, submission: Submission, form: FilesForm, sent: UploadedFile[bytes]) -> bool:
    """Keep a file of the plain form; what is wrong with one stands on the form and does not cost the others."""
    size, name = sent.size or 0, sent.name or ""
    if size > tus.largest(request):
        form.add_error("chosen", tus.too_large(request))
        return False
    upload = uploads.create(owner=owner_of(request), name=name, length=size)
    uploads.append(upload=upload, offset=0, source=sent)
    finish(upload)
    try:
        draft_files.add_file(actor=request.user, submission=submission, upload=upload)
    except Refused as refused:
        uploads.drop(upload=upload)
        form.add_error("chosen", str(refused))
        return False
    return True


def _claimed(request: HttpRequest, submission: Submission) -> HttpResponse:
    """What the script has uploaded becomes a file of this draft; it is told in JSON, a form in a page."""
    upload = upload_of(request, request.POST["upload"])
    words, path = _("没有找到这次上传，请重新选择文件。"), ""
    if upload is not None and not upload.is_open:
        finish(upload)
        path, words = _added_or_refused(request, submission, upload)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"path": path, "words": words}, status=200 if path else 422)
    (messages.success if path else messages.error)(request, words)
    return HttpResponseRedirect(reverse("submission-files", args=[submission.uuid]))


def _added_or_refused(request: HttpRequest, submission: Submission, upload: Upload) -> tuple[str, str]:
    standing = DraftFile.objects.filter(upload=upload, submission=submission, removed_at=None).first()
    if standing is not None:  # told twice, because the first answer was lost
        return standing.path, _added(1)
    try:
        return draft_files.add_file(actor=request.user, submission=submission, upload=upload).path, _added(1)
    except Refused as refused:
        return "", str(refused)


def _added(count: int) -> str:
    return ngettext("已收到 %(n)d 个文件。", "已收到 %(n)d 个文件。", count) % {"n": count}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, uuid: str, file: str) -> HttpResponse:
    """Another folder or name for one file."""
    submission = own_submission(request, uuid)
    found = get_object_or_404(files_of(submission), uuid=file)
    form = PlaceForm(request.POST or None, initial={"path": found.path})
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            draft_files.move_file(actor=request.user, file=found, path=form.cleaned_data["path"])
        if form.is_valid():
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(reverse("submission-files", args=[submission.uuid]))
    return render(
        request,
        "web/supplier/file_place.html",
        {"form": form, "submission": submission, "file": found, "folders": "、".join(FOLDERS)},
    )


@login_required
@require_POST
def change(request: HttpRequest, uuid: str) -> HttpResponse:
    """One button of the list: remove, or put back."""
    submission = own_submission(request, uuid)
    back = "back" in request.POST
    among = removed_from(submission) if back else files_of(submission)
    try:
        found = get_object_or_404(among, uuid=UUID(request.POST.get("back" if back else "remove", "")))
    except ValueError:
        raise Http404 from None
    try:
        if back:
            draft_files.put_back(actor=request.user, file=found)
            messages.success(request, _("已恢复“%(path)s”。") % {"path": found.path})
        else:
            draft_files.remove_file(actor=request.user, file=found)
            messages.success(request, _("已移除“%(path)s”。要恢复，请点列表下面的“恢复”。") % {"path": found.path})
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("submission-files", args=[submission.uuid]))
