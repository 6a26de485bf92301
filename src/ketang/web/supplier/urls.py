"""Addresses of suppliers."""

from __future__ import annotations

from django.urls import path

from ketang.web.supplier import drafting, files, label, organisations, register, sending, submissions

urlpatterns = [
    path("", submissions.submissions, name="submissions"),
    path("register", register.register, name="supplier-register"),
    path("organisations/<uuid:uuid>", organisations.organisation, name="organisation"),
    path("organisations/<uuid:uuid>/change", organisations.change, name="change-organisation"),
    path("start/<slug:slug>", submissions.start, name="submission-start"),
    path("<uuid:uuid>", submissions.one, name="submission"),
    path("<uuid:uuid>/label", label.label, name="submission-label"),
    path("<uuid:uuid>/form", submissions.form_f, name="submission-form"),
    path("<uuid:uuid>/rights", submissions.rights, name="submission-rights"),
    path("<uuid:uuid>/files", files.files, name="submission-files"),
    path("<uuid:uuid>/files/change", files.change, name="submission-files-change"),
    path("<uuid:uuid>/files/<uuid:file>", files.place, name="submission-file"),
    path("<uuid:uuid>/send", sending.send, name="submission-send"),
    path("<uuid:uuid>/check", drafting.check, name="submission-check"),
    path("<uuid:uuid>/sending/<uuid:assembly>", sending.sending, name="submission-sending"),
    path("<uuid:uuid>/sending/<uuid:assembly>/progress", sending.sending_progress, name="submission-sending-progress"),
    path("<uuid:uuid>/withdraw", submissions.withdraw, name="submission-withdraw"),
    path("receipts/<uuid:uuid>", sending.receipt, name="receipt"),
    path("receipts/<uuid:uuid>/paper.<str:kind>", sending.receipt_as, name="receipt-paper"),
]
