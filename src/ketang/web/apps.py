"""The pages as a Django application: it has template tags and no tables."""

from __future__ import annotations

from django.apps import AppConfig


class Web(AppConfig):
    """Views, forms, templates, by audience."""

    name = "ketang.web"
