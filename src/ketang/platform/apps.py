"""The shared ground as a Django application; its tables carry the label `common`."""

from __future__ import annotations

from django.apps import AppConfig


class Platform(AppConfig):
    """Tables of audit, queue and storage."""

    name = "ketang.platform"
    label = "common"

    def ready(self) -> None:
        """An upload that nobody has claimed yet holds its bytes for a day; a letter its files until it has left."""
        from ketang.platform.outbox import queries as outbox
        from ketang.platform.storage.holding import register_holder
        from ketang.platform.uploads import queries as uploads

        for room in (uploads, outbox):
            register_holder(room.holds)
