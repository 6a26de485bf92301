"""Addresses of checks."""

from __future__ import annotations

from django.urls import path

from ketang.web.checks import pages, trial

urlpatterns = [
    path("try", trial.trial, name="trial"),
    path("try/samples/<slug:name>", trial.sample, name="trial-sample"),
    path("<uuid:uuid>", pages.check, name="check"),
    path("<uuid:uuid>/progress", pages.progress, name="check-progress"),
    path("<uuid:uuid>/report", pages.report, name="check-report"),
]
