"""Packages that the office puts in: a course of its own, or a corrected package of any course."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ketang.classroom.catalogue import own
from ketang.classroom.catalogue.models import Course
from ketang.classroom.catalogue.permissions import may_publish_courses
from ketang.people.permissions import require
from ketang.platform.uploads.models import Upload, UploadState
from ketang.platform.uploads.storing import finish
from ketang.web.office.course_forms import CorrectForm, OwnForm
from ketang.web.refusals import said_on
from ketang.web.uploads import tus
from ketang.web.uploads.owner import owner_of
from ketang.web.uploads.plain import sent_file


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A course of the office's own, which needs no award."""
    require(may_publish_courses(request.user))
    form = OwnForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and (upload := _stored(request, form)) is not None:
        with said_on(form):
            got = form.cleaned_data
            course = own.begin_own(
                actor=request.user, title=got["title"], supplier=got["supplier"], name=upload.name, digest=upload.digest
            )
            messages.success(request, _("课程包已收下，正在检查和准备。"))
            return HttpResponseRedirect(reverse("office-course", args=[course.uuid]))
    return render(request, "web/office/course_new.html", {"form": form, "largest": tus.largest(request)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, uuid: str) -> HttpResponse:
    """A corrected package: prepared while the course stays as it is."""
    require(may_publish_courses(request.user))
    course = get_object_or_404(Course, uuid=uuid)
    form = CorrectForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and (upload := _stored(request, form)) is not None:
        with said_on(form):
            got = form.cleaned_data
            own.correct(
                actor=request.user, course=course, name=upload.name, digest=upload.digest, reason=got["reason"], title=got["title"]
            )  # fmt: skip
            messages.success(request, _("更正的课程包已收下，正在检查和准备。课程现在不变。"))
            return HttpResponseRedirect(reverse("office-course", args=[course.uuid]))
    shown = {"form": form, "course": course, "largest": tus.largest(request)}
    return render(request, "web/office/course_correct.html", shown)


def _stored(request: HttpRequest, form: OwnForm | CorrectForm) -> Upload | None:
    """The package of the form, in the store; None with the reason on the form."""
    if request.POST.get("upload"):
        form.fields["package"].required = False  # it came before, by tus
    if not form.is_valid():
        return None
    upload = sent_file(request, form, owner_of(request))
    if upload is None:
        return None
    finish(upload)
    if upload.state != UploadState.STORED:
        form.add_error(None, _("文件还在登记，请稍等几秒再点一次。"))
        return None
    return upload
