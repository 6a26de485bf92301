"""Signing a list of arrivals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kebao.seal.keys import fingerprint
from kebao.seal.snapshot import (
    FORMAT,
    AuditHead,
    Call,
    Electronic,
    Former,
    Paper,
    Sealed,
    Snapshot,
    entry,
    file_bytes,
    moment,
    signed_bytes,
)


def seal(
    *,
    call: Call,
    number: int,
    made_at: datetime,
    audit_head: AuditHead,
    arrivals: Iterable[Electronic | Paper],
    key: Ed25519PrivateKey,
    former: Former | None = None,
) -> bytes:
    """The file of a sealed snapshot. `arrivals` carry positions 1, 2, 3 … in their order; `made_at` is aware; `former` is the one before.

    Raises:
        ValueError: the positions are others.
    """
    entries = tuple(entry(arrival) for arrival in arrivals)
    if [one.arrival.position for one in entries] != list(range(1, len(entries) + 1)):
        raise ValueError("positions must be 1, 2, 3 … in order")
    public = key.public_key()
    content = {
        "schema": FORMAT, "call": call, "number": number, "former": former, "made_at": moment(made_at), "audit_head": audit_head,
        "count": len(entries), "entries": entries,
        "public_key": public.public_bytes_raw().hex(), "fingerprint": fingerprint(public),
    }  # fmt: skip
    signature = key.sign(signed_bytes(Snapshot.model_validate(content))).hex()
    return file_bytes(Sealed.model_validate({**content, "signature": signature}))
