"""Whether somebody agreed."""

from __future__ import annotations

from ketang.people.account.models import Account
from ketang.people.consent.models import Consent, Purpose


def has_consented(account: Account, purpose: Purpose, *, digest: str | None = None) -> bool:
    """Whether a consent for the purpose stands; with `digest`, one to that very text."""
    standing = Consent.objects.filter(account=account, text__purpose=purpose, withdrawn_at=None)
    return (standing.filter(text_id=digest) if digest else standing).exists()
