"""Upload links: their tokens, which are made of the instance's secret and kept nowhere."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ketang.platform.outbox.models import Letter
from ketang.selection.answering.models import UploadLink
from ketang.selection.ledger.models import Arrival
from ketang.selection.mail.models import Mail

MARK = "[[upload-link]]"
"""Stands in the kept text of a letter where the link stands in the letter that leaves."""
_SALT = "ketang.selection.answering.upload-link"


def make_link(mail: Mail, arrival: Arrival) -> UploadLink:
    """A fresh link. Effects: its row, without a letter as yet."""
    key = uuid4()
    return UploadLink.objects.create(
        uuid=key, digest=digest_of(token_of(str(key))), mail=mail, arrival=arrival,
        expires_at=timezone.now() + timedelta(days=settings.UPLOAD_LINK_DAYS),
    )  # fmt: skip


def token_of(key: str) -> str:
    """The token of the link with this uuid: 43 signs of base64url, of 256 bits."""
    made = salted_hmac(_SALT, key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(token: str) -> UploadLink | None:
    """The link of a token; None for anything else."""
    return UploadLink.objects.select_related("mail", "arrival__call", "brought").filter(digest=digest_of(token)).first()


def address_in(letter: Letter) -> str:
    """The address that stands in a letter as it leaves: that of the letter's own link."""
    link = UploadLink.objects.filter(letter=letter).first()
    return settings.LETTER_ORIGIN + reverse("hand-in", args=[token_of(str(link.uuid))]) if link is not None else ""
