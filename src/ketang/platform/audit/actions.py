"""Writing to the log. Entries of an action are chained when its outermost block ends, just before the commit.

So the lock on the head is held for a moment only, and is always the last lock taken: two actions cannot deadlock on it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from ketang.platform.audit import anchor, chain
from ketang.platform.audit.models import AuditEntry, AuditHead
from ketang.platform.audit.naming import SYSTEM, Actor, actor_key, key_of

__all__ = ["SYSTEM", "Actor", "NotAudited", "actor_key", "audited", "erase_payload", "record"]


@dataclass(frozen=True, slots=True)
class _Act:
    actor: str
    action: str
    kind: str
    key: str
    payload: str


_open: ContextVar[list[_Act] | None] = ContextVar("audit_acts", default=None)


class NotAudited(RuntimeError):
    """`record` was called outside of `audited()`: a fault of the program."""


@contextmanager
def audited() -> Iterator[None]:
    """One transaction whose acts are recorded in it. Blocks may be nested; an inner one that fails takes its acts with it."""
    outer = _open.get()
    acts: list[_Act] = []
    token = _open.set(acts)
    try:
        with transaction.atomic():
            yield
            if outer is None:
                _append(acts)
    finally:
        _open.reset(token)
    if outer is not None:
        outer.extend(acts)


def record(*, actor: Actor, action: str, of: models.Model, payload: Mapping[str, Any] | None = None) -> None:
    """Say that `actor` (an account; a word such as `SYSTEM`; None for a visitor) did `action` to `of`.

    `action` is `applet.verb` (`people.invite`). The payload is JSON; personal data in it can be erased (`erase_payload`).
    """
    acts = _open.get()
    if acts is None:
        raise NotAudited(action)
    acts.append(_Act(actor_key(actor), action, of._meta.label_lower, key_of(of), chain.canonical(payload or {})))


def erase_payload(*, number: int, actor: Actor, reason: str) -> None:
    """Take the content out of one row, and say so in a new one; the chain still holds.

    Effects: payload and salt of the row are gone; an entry `audit.erase` names the row and the reason.
    """
    with audited():
        entry = AuditEntry.objects.select_for_update().get(pk=number)
        AuditEntry.objects.filter(pk=number).update(payload=None, payload_salt="")
        record(actor=actor, action="audit.erase", of=entry, payload={"reason": reason})


def _append(acts: list[_Act]) -> None:
    """Chain the acts to the head, which stays locked until the commit."""
    if not acts:
        return
    head, _ = AuditHead.objects.select_for_update().get_or_create(
        pk=1, defaults={"number": 0, "digest": chain.GENESIS, "seal": chain.seal(0, chain.GENESIS)}
    )
    now = timezone.now()
    number, previous, rows = head.number, head.digest, []
    for act in acts:
        number += 1
        salt = secrets.token_hex(16)
        row = AuditEntry(
            number=number, at=now, actor=act.actor, action=act.action, object_kind=act.kind, object_key=act.key,
            payload=act.payload, payload_salt=salt, payload_digest=chain.payload_digest(act.payload, salt), previous=previous,
        )  # fmt: skip
        row.digest = previous = chain.row_digest(row)
        rows.append(row)
    AuditEntry.objects.bulk_create(rows)
    head.number, head.digest, head.seal = number, previous, chain.seal(number, previous)
    head.save(update_fields=["number", "digest", "seal"])
    standing = anchor.Anchor(number, previous)
    # A function, not a partial: Django names what failed by __qualname__.
    transaction.on_commit(lambda: anchor.keep(standing), robust=True)
