"""Addresses of who learns."""

from __future__ import annotations

from django.urls import path

from ketang.web.learner import counted, groups, helpers, notes, own, reporting

urlpatterns = [
    path("", own.learn, name="learn"),
    path("courses/<uuid:uuid>", own.course, name="learn-course"),
    path("hours.<str:kind>", own.record, name="learn-hours"),
    path("join", groups.join, name="learn-join"),
    path("groups/<uuid:uuid>", groups.group, name="learn-group"),
    path("helpers/", helpers.helpers, name="learn-helpers"),
    path("helpers/act", helpers.act, name="learn-act"),
    path("helpers/<uuid:uuid>/end", helpers.end, name="learn-helper-end"),
    path("notes/", notes.every, name="learn-notes"),
    path("notes.txt", notes.file, name="learn-notes-file"),
    path("notes/<uuid:uuid>", notes.one, name="learn-note"),
    path("notes/<uuid:uuid>/drop", notes.drop, name="learn-note-drop"),
    path("notes/write/<uuid:uuid>/<int:order>", notes.write, name="learn-note-write"),
    path("counted", counted.counted, name="learn-counted"),
    path("progress", reporting.reported, name="learn-report"),
    path("finished", reporting.finished, name="learn-finished"),
    path("take-over", reporting.taken_over, name="learn-take-over"),
]
