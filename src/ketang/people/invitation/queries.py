"""Finding invitations."""

from __future__ import annotations

import base64
import hashlib

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from ketang.people.invitation.models import Invitation
from ketang.people.organisation.models import Organisation


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(invitation: Invitation) -> str:
    """The token of an invitation that goes out by letter: 43 signs of base64url, of 256 bits, made of the instance's secret."""
    made = salted_hmac("ketang.people.invitation", str(invitation.uuid), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def invitation_by(token: str) -> Invitation | None:
    """The invitation of a link, in whatever state; None for a token that was never given out."""
    return Invitation.objects.select_related("organisation", "invited_by").filter(token_digest=digest_of(token)).first()


def invitations_to(organisation: Organisation) -> QuerySet[Invitation]:
    """Every invitation to an organisation, the latest first."""
    return (
        Invitation.objects.filter(organisation=organisation).select_related("invited_by").order_by("-invited_at", "-pk")
    )


def invitations_to_roles() -> QuerySet[Invitation]:
    """Every invitation to a role, the latest first."""
    return Invitation.objects.exclude(role="").select_related("invited_by").order_by("-invited_at", "-pk")
