"""Addresses of finance."""

from __future__ import annotations

from django.urls import path

from ketang.web.finance import decisions

urlpatterns = [path("", decisions.decisions, name="finance")]
