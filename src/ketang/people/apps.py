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
        from allauth.core.internal import ratelimit

        from ketang.people.account import journal, second_factor
        from ketang.people.feedback import actions as feedback
        from ketang.people.preference import actions as preference
        from ketang.people.privacy import own, registry

        # django-allauth counts under a lock it waits for one second only, and then says "too many requests" to a classroom
        # that signs in at once on a busy machine. It has no setting for that.
        ratelimit.CACHE_LOCK_WAIT_TIMEOUT = 8
        second_factor.remember_used_codes()
        journal.listen()
        for share in (own.SHARE, preference.SHARE, feedback.SHARE):
            registry.register(share)
