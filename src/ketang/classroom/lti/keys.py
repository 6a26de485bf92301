"""Our key (RSA, 2048 bits): made when it is first needed, encrypted at rest, renewed without a gap.

The private key is opened to sign and for nothing else; what others read is `key_set`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from ketang.classroom.lti.models import ToolKey
from ketang.platform.encryption import decrypt, encrypt

STAYS = timedelta(days=30)
"""So long a key that was replaced is still told: others keep what they read for hours or days."""
BITS = 2048


@dataclass(frozen=True, slots=True)
class Signing:
    """The key that signs now: PEM of both halves. It is held no longer than signing takes."""

    private: str
    public: str


def signing() -> Signing:
    """The key that signs; made where there is none. Effects: then, a row."""
    found = ToolKey.objects.filter(signs=True).first() or _make()
    return Signing(decrypt(found.private), found.public)


def renew() -> ToolKey:
    """Another key signs from now on; the one before is told for `STAYS` more. Effects: rows; those that are too old go."""
    with transaction.atomic():
        ToolKey.objects.filter(signs=True).update(signs=False, replaced_at=timezone.now())
        ToolKey.objects.filter(replaced_at__lt=timezone.now() - STAYS).delete()
        return _make()


def key_set() -> dict[str, list[dict[str, Any]]]:
    """Public keys as others read them (JWKS), the newest first."""
    from pylti1p3.registration import Registration

    if not ToolKey.objects.filter(signs=True).exists():
        _make()
    told = ToolKey.objects.filter(Q(signs=True) | Q(replaced_at__gte=timezone.now() - STAYS))
    return {"keys": [dict(Registration.get_jwk(one.public)) for one in told.order_by("-made_at", "-pk")]}


def _make() -> ToolKey:
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
    from pylti1p3.registration import Registration

    key = generate_private_key(public_exponent=65537, key_size=BITS)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    kid = str(Registration.get_jwk(public)["kid"])
    try:
        with transaction.atomic():
            return ToolKey.objects.create(kid=kid, private=encrypt(private), public=public)
    except IntegrityError:  # two asked at once: the other's signs
        return ToolKey.objects.get(signs=True)
