"""Addresses of who learns."""

from __future__ import annotations

from django.urls import path

from ketang.web.learner import (
    certificates,
    counted,
    exams,
    groups,
    helpers,
    notes,
    own,
    practice,
    reporting,
    sitting,
    works,
)
from ketang.web.offline import bringing

urlpatterns = [
    path("", own.learn, name="learn"),
    path("courses/<uuid:uuid>", own.course, name="learn-course"),
    path("courses/<uuid:uuid>/exams", exams.course, name="learn-exams"),
    path("papers/<uuid:uuid>", exams.paper, name="learn-paper"),
    path("exams/<uuid:uuid>", sitting.attempt, name="learn-attempt"),
    path("exams/<uuid:uuid>/answers", sitting.answers, name="learn-attempt-answers"),
    path("exams/<uuid:uuid>/review", sitting.review, name="learn-attempt-review"),
    path("exams/<uuid:uuid>/pause", sitting.pause, name="learn-attempt-pause"),
    path("exams/<uuid:uuid>/result", exams.result, name="learn-result"),
    path("exams/<uuid:uuid>/appeal/<int:order>", exams.appeal, name="learn-appeal"),
    path("exams/<uuid:uuid>/pictures/<uuid:question>", exams.picture, name="learn-question-picture"),
    path("courses/<uuid:uuid>/practice", practice.course, name="learn-practice"),
    path("courses/<uuid:uuid>/practice/ask", practice.ask, name="learn-practice-ask"),
    path("courses/<uuid:uuid>/practice/pictures/<uuid:question>", practice.picture, name="learn-practice-picture"),
    path("courses/<uuid:uuid>/wrong", practice.book, name="learn-wrong-book"),
    path("practised/<uuid:uuid>", practice.practised, name="learn-practised"),
    path("courses/<uuid:uuid>/certificate", certificates.take, name="learn-certificate"),
    path("certificates/", certificates.every, name="learn-certificates"),
    path("certificates/<uuid:uuid>.pdf", certificates.paper, name="learn-certificate-paper"),
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
    path("works/", works.every, name="learn-works"),
    path("works/<uuid:uuid>/take-back", works.take_back, name="learn-work-take-back"),
    path("works/new/<uuid:uuid>/<int:order>", works.hand_in, name="learn-work-new"),
    path("works/files/<uuid:uuid>", works.file, name="work-file"),
    path("works/files/<uuid:uuid>/small", works.file, {"size": "small"}, name="work-file-small"),
    path("counted", counted.counted, name="learn-counted"),
    path("progress", reporting.reported, name="learn-report"),
    path("finished", reporting.finished, name="learn-finished"),
    path("bring", bringing.bring, name="learn-bring"),
    path("brought/<uuid:uuid>", bringing.brought, name="learn-brought"),
    path("take-over", reporting.taken_over, name="learn-take-over"),
]
