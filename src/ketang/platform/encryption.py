"""Short secrets at rest (one-time-password seeds, bank numbers): Fernet (AES-128-CBC, HMAC-SHA-256) under a key outside the database.

The first key encrypts, every key decrypts: a new key is put in front, old rows are rewritten, the old key is taken away.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class WrongKey(RuntimeError):
    """No key of this instance opens the text: it was encrypted under a key that is gone."""


def encrypt(text: str) -> str:
    """The text, unreadable without the key."""
    return _keys().encrypt(text.encode()).decode("ascii")


def decrypt(encrypted: str) -> str:
    """What `encrypt` was given; `WrongKey` when no key fits."""
    from cryptography.fernet import InvalidToken  # OpenSSL: an idle worker does without

    try:
        return _keys().decrypt(encrypted.encode("ascii")).decode()
    except InvalidToken:
        raise WrongKey("密钥不符 · no key of this instance opens this text") from None


def _keys() -> MultiFernet:
    from cryptography.fernet import Fernet, MultiFernet

    derived = (hashlib.sha256(b"ketang.field\n" + key.encode()).digest() for key in settings.FIELD_KEYS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
