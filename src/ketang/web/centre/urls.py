"""Addresses of a training centre."""

from __future__ import annotations

from django.urls import path

from ketang.web.centre import certificates, groups, learners, sheets, works

urlpatterns = [
    path("", groups.groups, name="centre"),
    path("works/", works.every, {"audience": "centre"}, name="centre-works"),
    path("works/<uuid:uuid>", works.one, {"audience": "centre"}, name="centre-work"),
    path("groups/<uuid:uuid>", groups.one, name="centre-group"),
    path("groups/<uuid:uuid>/change", groups.change, name="centre-group-change"),
    path("groups/<uuid:uuid>/name", groups.rename, name="centre-group-name"),
    path("groups/<uuid:uuid>/courses", groups.courses, name="centre-group-courses"),
    path("groups/<uuid:uuid>/progress.xlsx", groups.export, name="centre-group-export"),
    path("groups/<uuid:uuid>/certificates", certificates.every, name="centre-certificates"),
    path("groups/<uuid:uuid>/certificates/<int:course>.pdf", certificates.papers, name="centre-certificate-papers"),
    path("groups/<uuid:uuid>/record.<str:kind>", certificates.record, name="centre-record"),
    path("groups/<uuid:uuid>/learners", learners.add, name="centre-add-learners"),
    path("groups/<uuid:uuid>/learners/<uuid:account>", learners.learner, name="centre-learner"),
    path("groups/<uuid:uuid>/papers", sheets.every, name="centre-printings"),
    path("papers/<uuid:uuid>", sheets.one, name="centre-printing"),
    path("papers/<uuid:uuid>/enter", sheets.enter, name="centre-printing-enter"),
    path("papers/<uuid:uuid>/<slug:what>/<slug:size>.pdf", sheets.file, name="centre-printing-file"),
    path("papers/<uuid:uuid>/answers.xlsx", sheets.table, name="centre-printing-table"),
    path("papers/<uuid:uuid>/results.xlsx", sheets.results, name="centre-printing-results"),
    path("papers/entries/<uuid:uuid>/undo", sheets.undo, name="centre-sheet-undo"),
]
