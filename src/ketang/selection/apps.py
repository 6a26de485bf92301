"""Selection as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Selection(AppConfig):
    """From the call to the award."""

    name = "ketang.selection"
    verbose_name = _("征集与遴选")

    def ready(self) -> None:
        """Every new version is checked; what was decided on stays in review; names of persons leave what is searched with their account."""
        from ketang.people.privacy.registry import register
        from ketang.selection.awarding.actions import keep_in_review
        from ketang.selection.checking.actions import begin
        from ketang.selection.intake.actions import before_leaving_review, on_received
        from ketang.selection.intake.own import SHARE

        on_received(begin)
        before_leaving_review(keep_in_review)
        register(SHARE)
