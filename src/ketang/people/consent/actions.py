"""Giving and taking back consent."""

from __future__ import annotations

import hashlib

from django.utils import timezone

from ketang.people.account.models import Account
from ketang.people.consent.models import Consent, ConsentText, Purpose
from ketang.platform.audit.actions import audited, record


def digest_of(purpose: Purpose, language: str, text: str) -> str:
    """SHA-256 of the text as it was shown, with its purpose and language."""
    return hashlib.sha256(f"{purpose}\n{language}\n{text}".encode()).hexdigest()


def give_consent(*, account: Account, purpose: Purpose, language: str, text: str) -> Consent:
    """The account agrees to the text that was shown. Effects: text and consent are kept; audit `people.give_consent`."""
    digest = digest_of(purpose, language, text)
    with audited():
        kept, _new = ConsentText.objects.get_or_create(
            digest=digest, defaults={"purpose": purpose, "language": language, "text": text}
        )
        consent, new = Consent.objects.get_or_create(account=account, text=kept, withdrawn_at=None)
        if new:
            record(
                actor=account, action="people.give_consent", of=account, payload={"purpose": purpose, "digest": digest}
            )
    return consent


def withdraw_consent(*, account: Account, purpose: Purpose) -> None:
    """Take back every consent for a purpose. Effects: they end now; audit `people.withdraw_consent`."""
    with audited():
        standing = Consent.objects.filter(account=account, text__purpose=purpose, withdrawn_at=None)
        if standing.update(withdrawn_at=timezone.now()):
            record(actor=account, action="people.withdraw_consent", of=account, payload={"purpose": purpose})
