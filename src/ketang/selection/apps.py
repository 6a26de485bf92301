"""Selection as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Selection(AppConfig):
    """From the call to the award."""

    name = "ketang.selection"
    verbose_name = _("征集与遴选")

    def ready(self) -> None:
        """Join its rooms."""
        from ketang.selection.joining import join_intake, join_review

        join_intake()
        join_review()
