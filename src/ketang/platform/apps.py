"""The shared ground as a Django application; its tables carry the label `common`."""

from __future__ import annotations

from django.apps import AppConfig


class Platform(AppConfig):
    """Tables of audit, queue and storage."""

    name = "ketang.platform"
    label = "common"

    def ready(self) -> None:
        """An upload that nobody has claimed yet holds its bytes for a day."""
        from ketang.platform.storage.holding import register_holder
        from ketang.platform.uploads.queries import holds

        register_holder(holds)
