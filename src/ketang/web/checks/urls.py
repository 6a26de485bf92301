"""Addresses of checks."""

from __future__ import annotations

from django.urls import path

from ketang.web.checks import downloads, media, pages, rulings, trial

urlpatterns = [
    path("try", trial.trial, name="trial"),
    path("try/samples/<slug:name>", trial.sample, name="trial-sample"),
    path("<uuid:uuid>", pages.check, name="check"),
    path("<uuid:uuid>/progress", pages.progress, name="check-progress"),
    path("<uuid:uuid>/rulings", rulings.rulings, name="rulings"),
    path("<uuid:uuid>/report", downloads.html, name="check-report"),
    path("<uuid:uuid>/report.docx", downloads.docx, name="check-report-docx"),
    path("<uuid:uuid>/report.json", downloads.json, name="check-report-json"),
    path("<uuid:uuid>/media/<int:number>", media.medium, name="check-medium"),
]
