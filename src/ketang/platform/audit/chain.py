"""The arithmetic of the chain: HMAC-SHA-256 (RFC 2104) under a key that lies outside the database.

A plain hash could be computed anew by whoever can write to the database; a keyed one cannot.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from ketang.platform.audit.models import AuditEntry

GENESIS = "0" * 64
"""What stands before the first row."""


def canonical(payload: Any) -> str:
    """JSON that is the same text for the same content."""
    return json.dumps(payload, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def payload_digest(payload: str, salt: str) -> str:
    """SHA-256 of salt and payload; once both are erased, the digest tells nothing about a guessed content."""
    return hashlib.sha256(f"{salt}\n{payload}".encode()).hexdigest()


def row_digest(entry: AuditEntry) -> str:
    """The keyed digest that belongs to the row as it stands."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    columns = (entry.actor, entry.action, entry.object_kind, entry.object_key, entry.payload_digest, entry.previous)
    return _keyed(["entry", entry.number, at, *columns])


def seal(number: int, digest: str) -> str:
    """The keyed digest of the head."""
    return _keyed(["head", number, digest])


def same(one: str, other: str) -> bool:
    """Whether two digests are equal, in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def _keyed(words: Sequence[Any]) -> str:
    return hmac.new(settings.AUDIT_KEY.encode(), canonical(words).encode(), hashlib.sha256).hexdigest()
