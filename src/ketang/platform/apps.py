"""The shared ground as a Django application; its tables carry the label `common`."""

from __future__ import annotations

from django.apps import AppConfig


class Platform(AppConfig):
    """Tables of audit, queue and storage."""

    name = "ketang.platform"
    label = "common"
