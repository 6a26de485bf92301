"""Addresses of suppliers."""

from __future__ import annotations

from django.urls import path

from ketang.web.supplier import organisations, register, submissions

urlpatterns = [
    path("", submissions.submissions, name="submissions"),
    path("register", register.register, name="supplier-register"),
    path("organisations/<uuid:uuid>", organisations.organisation, name="organisation"),
    path("organisations/<uuid:uuid>/change", organisations.change, name="change-organisation"),
    path("start/<slug:slug>", submissions.start, name="submission-start"),
    path("<uuid:uuid>", submissions.one, name="submission"),
    path("<uuid:uuid>/form", submissions.form_f, name="submission-form"),
    path("<uuid:uuid>/rights", submissions.rights, name="submission-rights"),
    path("<uuid:uuid>/files", submissions.files, name="submission-files"),
    path("<uuid:uuid>/send", submissions.send, name="submission-send"),
    path("<uuid:uuid>/withdraw", submissions.withdraw, name="submission-withdraw"),
    path("receipts/<uuid:uuid>", submissions.receipt, name="receipt"),
]
