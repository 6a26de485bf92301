"""Links by which bank data is given: their tokens are made of the instance's secret and kept nowhere."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ketang.people.account.models import Account
from ketang.platform.outbox.models import Letter
from ketang.selection.paying.models import Payment, PaymentLink

MARK = "[[payment-link]]"
"""Stands in the kept text of a letter where the link stands in the letter that leaves."""
_SALT = "ketang.selection.paying.link"


def make_link(payment: Payment, by: Account | None) -> tuple[PaymentLink, str]:
    """A fresh link and its token. Effects: its row; the one before has ended."""
    PaymentLink.objects.filter(payment=payment, ended_at=None).update(ended_at=timezone.now())
    key = uuid4()
    token = _token_of(str(key))
    expires_at = timezone.now() + timedelta(days=settings.PAYMENT_LINK_DAYS)
    fields = {"uuid": key, "digest": _digest(token), "payment": payment, "made_by": by}
    return PaymentLink.objects.create(**fields, expires_at=expires_at), token


def address_of(token: str) -> str:
    """The address that is given out."""
    return f"{settings.LETTER_ORIGIN}{reverse('payment-details', args=[token])}"


def address_in(letter: Letter) -> str:
    """The address that stands in a letter as it leaves; empty when its link has ended meanwhile."""
    link = PaymentLink.objects.filter(letter=letter, ended_at=None).first()
    return address_of(_token_of(str(link.uuid))) if link is not None else ""


def link_of(token: str) -> PaymentLink | None:
    """The link of a token, whatever became of it; None for anything else."""
    shown = ("payment__decision__submission__organisation", "payment__decision__submission__call")
    return PaymentLink.objects.select_related(*shown).filter(digest=_digest(token)).first()


def _token_of(key: str) -> str:
    """43 signs of base64url, of 256 bits."""
    made = salted_hmac(_SALT, key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
