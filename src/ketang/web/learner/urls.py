"""Addresses of who learns."""

from __future__ import annotations

from django.urls import path

from ketang.web.learner import counted, groups, helpers, own, reporting

urlpatterns = [
    path("", own.learn, name="learn"),
    path("courses/<uuid:uuid>", own.course, name="learn-course"),
    path("hours.<str:kind>", own.record, name="learn-hours"),
    path("join", groups.join, name="learn-join"),
    path("groups/<uuid:uuid>", groups.group, name="learn-group"),
    path("helpers/", helpers.helpers, name="learn-helpers"),
    path("helpers/act", helpers.act, name="learn-act"),
    path("helpers/<uuid:uuid>/end", helpers.end, name="learn-helper-end"),
    path("counted", counted.counted, name="learn-counted"),
    path("progress", reporting.reported, name="learn-report"),
    path("finished", reporting.finished, name="learn-finished"),
    path("take-over", reporting.taken_over, name="learn-take-over"),
]
