"""Addresses of who learns."""

from __future__ import annotations

from django.urls import path

from ketang.web.learner import own, reporting

urlpatterns = [
    path("", own.learn, name="learn"),
    path("courses/<uuid:uuid>", own.course, name="learn-course"),
    path("hours.<str:kind>", own.record, name="learn-hours"),
    path("progress", reporting.reported, name="learn-report"),
    path("finished", reporting.finished, name="learn-finished"),
    path("take-over", reporting.taken_over, name="learn-take-over"),
]
