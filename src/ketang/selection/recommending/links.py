"""Links of recommending bodies: their tokens, made of the instance's secret and kept nowhere, and the browser that holds one."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ketang.people.account.models import Account
from ketang.platform.outbox.models import Letter
from ketang.selection.recommending.models import Recommender, RecommenderLink

MARK = "[[recommender-link]]"
"""Stands in the kept text of a letter where the link stands in the letter that leaves."""
_SALT = "ketang.selection.recommending.link"
_SHOWN = ("recommender__organisation", "recommender__call")


def make_link(recommender: Recommender, by: Account | None) -> tuple[RecommenderLink, str]:
    """A fresh link and its token. Effects: its row; the one before has ended."""
    RecommenderLink.objects.filter(recommender=recommender, ended_at=None).update(ended_at=timezone.now())
    key = uuid4()
    token = _token_of(str(key))
    expires_at = timezone.now() + timedelta(days=settings.RECOMMENDER_LINK_DAYS)
    fields = {"uuid": key, "digest": _digest(token), "recommender": recommender, "made_by": by}
    return RecommenderLink.objects.create(**fields, expires_at=expires_at), token


def address_of(token: str) -> str:
    """The address that is given out."""
    return f"{settings.LETTER_ORIGIN}{reverse('recommender-link', args=[token])}"


def address_in(letter: Letter) -> str:
    """The address that stands in a letter as it leaves: that of the letter's own link; empty when that has ended meanwhile."""
    link = RecommenderLink.objects.filter(letter=letter, ended_at=None).first()
    return address_of(_token_of(str(link.uuid))) if link is not None else ""


def link_of(token: str) -> RecommenderLink | None:
    """The link of a token, whatever became of it; None for anything else."""
    return RecommenderLink.objects.select_related(*_SHOWN).filter(digest=_digest(token)).first()


def held_by(key: str) -> RecommenderLink | None:
    """The link that the browser with this key opened, while it works."""
    if not key:
        return None
    found = RecommenderLink.objects.select_related(*_SHOWN).filter(holder=_digest(key)).first()
    return found if found is not None and found.works else None


def new_key() -> tuple[str, str]:
    """A key for a browser, of 256 bits, and what is kept of it."""
    key = secrets.token_urlsafe(32)
    return key, _digest(key)


def is_holder(link: RecommenderLink, key: str) -> bool:
    """Whether the browser with this key opened the link."""
    return bool(link.holder) and secrets.compare_digest(link.holder, _digest(key))


def _token_of(key: str) -> str:
    """The token of the link with this uuid: 43 signs of base64url, of 256 bits."""
    made = salted_hmac(_SALT, key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
