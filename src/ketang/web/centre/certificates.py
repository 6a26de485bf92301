"""Certificates of a class: who has met what, issuing to all who have, printing them together, the record for the federation's file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ketang.classroom.catalogue.models import Course
from ketang.classroom.certificates.actions import issue_to_all
from ketang.classroom.certificates.paper import training_record, write_certificates
from ketang.classroom.certificates.queries import Candidate, candidates
from ketang.classroom.groups.models import Group
from ketang.classroom.groups.queries import enrolments_of
from ketang.web.centre.groups import own_group
from ketang.web.papers import pdf_of, written


def _courses(group: Group) -> list[Course]:
    return list(group.courses.exclude(current=None).order_by("title", "pk"))


def _rows(group: Group, courses: list[Course]) -> dict[Course, list[Candidate]]:
    learners = [one.account for one in enrolments_of(group)]
    return {course: candidates(course, learners) for course in courses}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest, uuid: str) -> HttpResponse:
    """Learners by course; one button issues to all who have met everything."""
    group = own_group(request, uuid)
    if request.method == "POST":
        course = get_object_or_404(group.courses.exclude(current=None), pk=_key(request.POST.get("course", "")))
        learners = [one.account for one in enrolments_of(group)]
        told = issue_to_all(actor=request.user, course=course, accounts=learners)
        count = len(told.made)
        words = (
            ngettext("颁发了 %(count)d 张证书。", "颁发了 %(count)d 张证书。", count)
            if count
            else _("没有可以颁发的证书。")
        )
        messages.success(request, words % {"count": count} if count else words)
        if told.nameless:
            names = "、".join(one.login for one in told.nameless)
            messages.warning(request, _("没有填写姓名，不能颁发：%(names)s") % {"names": names})
        return HttpResponseRedirect(reverse("centre-certificates", args=[group.uuid]))
    rows = [
        (
            course,
            found,
            sum(one.is_met and one.certificate is None for one in found),
            any(one.certificate for one in found),
        )
        for course, found in _rows(group, _courses(group)).items()
    ]
    shown: dict[str, Any] = {"group": group, "rows": rows}
    return render(request, "web/centre/certificates.html", shown)


def _key(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 18):
        raise Http404
    return int(typed)


@login_required
@require_safe
def papers(request: HttpRequest, uuid: str, course: int) -> HttpResponse:
    """Every certificate of a course that learners of the class hold, in one PDF, by name."""
    group = own_group(request, uuid)
    found = get_object_or_404(group.courses.exclude(current=None), pk=course)
    held = [one.certificate for one in _rows(group, [found])[found] if one.certificate is not None]
    if not held:
        raise Http404
    return pdf_of(write_certificates(held, reverse("certificates")), f"{_('结业证书')} {group.title}")


@login_required
@require_safe
def record(request: HttpRequest, uuid: str, kind: str) -> HttpResponse:
    """培训记录 of the class."""
    group = own_group(request, uuid)
    return written(training_record(group, _rows(group, _courses(group))), kind)
