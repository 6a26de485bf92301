"""我的学习: the courses one has begun, hours by class of content, where to go on, and the record to keep."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams.models import Attempt
from ketang.classroom.exams.queries import open_papers, unfinished_of, unread_answers
from ketang.classroom.exams.results import changed_of
from ketang.classroom.exchange.queries import store
from ketang.classroom.groups.queries import announcements_for, groups_for
from ketang.classroom.learning.paper import hours_paper
from ketang.classroom.learning.queries import class_rows, hours, studied_course, studied_courses, sum_by_class
from ketang.classroom.lti.queries import came_from
from ketang.classroom.tasks.queries import unseen_marks
from ketang.web.learner.who import learner_of
from ketang.web.papers import written


@login_required
@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    """Every course, the latest first."""
    learner = learner_of(request)
    courses = studied_courses(learner)
    every = sum_by_class(one.by_class for one in courses)
    shown = {
        "sends": store() is not None, "guest": came_from(learner),
        "groups": list(groups_for(learner)), "told": announcements_for(learner), "courses": courses, "hours": hours(sum(every.values())), "classes": class_rows(every),
        "marks": unseen_marks(learner), "exams": unfinished_of(learner), "changed": changed_of(learner), "answered": unread_answers(learner), "next": next((one for one in courses if one.next and one.course.is_published), None),
    }  # fmt: skip
    return render(request, "web/learner/learn.html", shown)


@login_required
@require_safe
def course(request: HttpRequest, uuid: str) -> HttpResponse:
    """One course, lesson by lesson; one that is no longer public is shown to who has begun it."""
    learner = learner_of(request)
    found = get_object_or_404(Course, uuid=uuid)
    studied = studied_course(learner, found)
    if not found.is_published and not studied.counted_ms:
        found = get_object_or_404(Course, uuid=uuid, state="published")
    exams = bool(open_papers(found)) or Attempt.objects.filter(account=learner, course=found).exists()
    return render(request, "web/learner/course.html", {"studied": studied, "course": found, "exams": exams})


@login_required
@require_safe
def record(request: HttpRequest, kind: str) -> HttpResponse:
    """The record of hours as PDF, Word or workbook."""
    learner = learner_of(request)
    return written(hours_paper(learner, studied_courses(learner)), kind, ("pdf", "docx", "xlsx"))
