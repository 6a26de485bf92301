"""Reading the public keys: everybody may."""

from __future__ import annotations

from ketang.platform.signing.models import SigningKey


def published_keys() -> list[SigningKey]:
    """Every key that ever signed, the current one first."""
    return list(SigningKey.objects.order_by("-is_current", "-made_at", "-id"))


def key_of(fingerprint: str) -> SigningKey | None:
    """The key of that fingerprint."""
    return SigningKey.objects.filter(fingerprint=fingerprint).first()


def pem_of(key: SigningKey) -> str:
    """The public key as a file."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from kebao.seal.keys import public_pem

    return public_pem(Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public)))
