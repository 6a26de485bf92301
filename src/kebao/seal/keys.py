"""Ed25519 keys (RFC 8032) as they are published and kept."""

from __future__ import annotations

import hashlib
import re

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from kebao.model.errors import UsageFault
from kebao.model.text import Text


def generate() -> Ed25519PrivateKey:
    """A new key pair."""
    return Ed25519PrivateKey.generate()


def fingerprint(public: Ed25519PublicKey) -> str:
    """SHA-256 of the key's 32 bytes, in hex: what is published and compared."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()


def public_pem(public: Ed25519PublicKey) -> str:
    """The public key as a file to be published."""
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def read_fingerprint(given: str | bytes) -> str:
    """The fingerprint that somebody gave: 64 hex digits (spaces and colons between them are let go), or a PEM file's bytes.

    Raises:
        UsageFault: it is neither.
    """
    if isinstance(given, bytes):
        try:
            public = load_pem_public_key(given)
        except (ValueError, UnsupportedAlgorithm):
            return read_fingerprint(given.decode("utf-8", errors="replace"))
        if isinstance(public, Ed25519PublicKey):
            return fingerprint(public)
        given = ""
    digits = re.sub(r"[\s:]", "", given).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise UsageFault(
            Text(
                zh="公钥不对：请写主办单位网页上公布的 64 位指纹，或者从那里下载的公钥文件。",
                en="This is no key: give the fingerprint of 64 digits that the organiser published, or the key file from there.",
            )
        )
    return digits
