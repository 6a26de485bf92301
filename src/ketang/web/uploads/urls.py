"""Addresses of uploads."""

from __future__ import annotations

from django.urls import path

from ketang.web.uploads import tus

urlpatterns = [
    path("", tus.collection, name="uploads"),
    path("<uuid:uuid>", tus.one, name="upload"),
]
