"""django-allauth's adapters: seeds of one-time passwords are encrypted at rest, staff cannot remove their last second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.adapter import DefaultMFAAdapter

from ketang.people.role.queries import needs_second_factor
from ketang.platform import encryption

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator


class SecondFactor(DefaultMFAAdapter):
    """What django-allauth asks about the second factor."""

    def encrypt(self, text: str) -> str:
        """Seeds of one-time passwords and recovery codes, before they are stored."""
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The seed again."""
        return encryption.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever must have a second factor keeps one that is not a list of recovery codes."""
        if not needs_second_factor(authenticator.user):
            return True
        kinds = (authenticator.Type.TOTP, authenticator.Type.WEBAUTHN)
        others = (
            type(authenticator).objects.filter(user=authenticator.user, type__in=kinds).exclude(pk=authenticator.pk)
        )
        return authenticator.type not in kinds or others.exists()


def remember_used_codes() -> None:
    """Let a one-time password be used once for as long as it is good.

    django-allauth forgets after one step that a code was used, though with a tolerance it is good for three; RFC 6238,
    section 5.2, wants it refused. The library has no setting for that.
    """
    from allauth.mfa import app_settings
    from allauth.mfa.totp.internal.auth import TOTP
    from django.core.cache import cache

    def mark(totp: TOTP, code: str) -> bool:
        good_for = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        return bool(cache.add(totp._get_used_cache_key(code), "y", timeout=good_for))

    TOTP._mark_code_used = mark
