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
