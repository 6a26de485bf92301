"""People as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class People(AppConfig):
    """Accounts, organisations, roles, consent, privacy."""

    name = "ketang.people"
    verbose_name = _("人员")

    def ready(self) -> None:
        """Register the room's own share of personal data; hear what happens on the library's account pages."""
        from ketang.people.account import journal
        from ketang.people.feedback import actions as feedback
        from ketang.people.preference import actions as preference
        from ketang.people.privacy import own, registry

        journal.listen()
        for share in (own.SHARE, preference.SHARE, feedback.SHARE):
            registry.register(share)
