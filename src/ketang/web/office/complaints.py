"""Complaints about rights in a course: it is taken down, looked into, restored; each step stays on record."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ketang.classroom.catalogue import complaints
from ketang.classroom.catalogue.models import Course, RightsComplaint
from ketang.classroom.catalogue.permissions import may_publish_courses
from ketang.people.permissions import require
from ketang.platform.refusal import Refused
from ketang.web.office.course_forms import ComplaintForm, RuleForm
from ketang.web.refusals import said_on


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest, uuid: str) -> HttpResponse:
    """Record who complains of what; the course is taken down with it."""
    require(may_publish_courses(request.user))
    course = get_object_or_404(Course, uuid=uuid)
    form = ComplaintForm(
        request.POST if request.method == "POST" else None, initial={"received_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            complaints.take_down(actor=request.user, course=course, **form.cleaned_data)
            messages.success(request, _("课程已停用，投诉已登记。"))
            return _back(course)
    return render(request, "web/office/course_take_down.html", {"form": form, "course": course})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, uuid: str) -> HttpResponse:
    """Decide on a complaint."""
    require(may_publish_courses(request.user))
    found = get_object_or_404(RightsComplaint.objects.select_related("course", "taken_down_by"), uuid=uuid)
    initial = {} if found.is_pending else {"ruling": found.ruling, "grounds": found.grounds}
    form = RuleForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            complaints.rule(actor=request.user, complaint=found, **form.cleaned_data)
            messages.success(request, _("处理结果已记录。"))
            return _back(found.course)
    return render(
        request, "web/office/course_complaint.html", {"form": form, "complaint": found, "course": found.course}
    )


@login_required
@require_POST
def restore(request: HttpRequest, uuid: str) -> HttpResponse:
    """Bring the course back."""
    require(may_publish_courses(request.user))
    course = get_object_or_404(Course, uuid=uuid)
    try:
        complaints.restore(actor=request.user, course=course)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("课程：%(state)s。") % {"state": course.get_state_display()})
    return _back(course)


def _back(course: Course) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("office-course", args=[course.uuid]))
