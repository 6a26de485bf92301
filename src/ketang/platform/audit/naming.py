"""How actors and things are written in the log."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import models

SYSTEM = "system"
"""The actor of what nobody did: the sweeper, the deadline."""

VISITOR = "visitor"
"""The actor without an account."""

Actor = models.Model | AnonymousUser | str | None
"""Who acts: an account, a visitor (`request.user` without a sign-in, or None), or a word such as `SYSTEM`."""


def actor_key(actor: Actor) -> str:
    """How an actor is written: `account:<uuid>`, or the word given."""
    if actor is None or isinstance(actor, AnonymousUser):
        return VISITOR
    return actor if isinstance(actor, str) else f"{actor._meta.model_name}:{key_of(actor)}"


def key_of(thing: models.Model) -> str:
    """What a row is known by outside: its uuid, else its primary key."""
    return str(getattr(thing, "uuid", None) or thing.pk)
