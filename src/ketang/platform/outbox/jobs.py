"""Sending letters. A letter is marked before the server hears of it: one whose sending was cut off is not sent again by itself."""

from __future__ import annotations

import smtplib

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.platform.outbox.filling import filled
from ketang.platform.outbox.models import Letter, LetterState
from ketang.platform.queue.registry import job
from ketang.platform.queue.running import Running
from ketang.platform.storage.reading import read_whole

MOST_TRIES = 6


class NotNow(RuntimeError):
    """The mail server could not be reached or asks to wait: the job is tried again."""


@job("outbox.send", limit_seconds=300, attempts=MOST_TRIES, when_failed="outbox.not_sent")
def send(running: Running, *, letter: str) -> None:
    """Send a waiting letter; one that was being sent when a worker died is uncertain from then on."""
    del running
    found = Letter.objects.filter(uuid=letter)
    if found.filter(state=LetterState.SENDING).update(state=LetterState.UNCERTAIN):
        return
    one = found.filter(state=LetterState.WAITING).first()
    if one is None:
        return
    message = _message(one)
    line = get_connection()
    try:
        line.open()
    except OSError as away:  # nothing was said yet: it has certainly not left
        found.update(fault=str(away)[:500])
        raise NotNow(str(away)) from away
    try:
        if found.filter(state=LetterState.WAITING).update(state=LetterState.SENDING, tries=one.tries + 1):
            _give(found, message, line)
    finally:
        line.close()


def _give(found: QuerySet[Letter], message: EmailMessage, line: BaseEmailBackend) -> None:
    """Over an open line. A server that said no has not taken it; one that fell silent may have."""
    try:
        line.send_messages([message])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as refused:
        found.update(state=LetterState.FAILED, fault=str(refused)[:500])
    except OSError as silent:
        found.update(state=LetterState.UNCERTAIN, fault=str(silent)[:500])
    else:
        found.update(state=LetterState.SENT, sent_at=timezone.now(), fault="")


@job("outbox.not_sent", limit_seconds=60)
def not_sent(running: Running, *, letter: str) -> None:
    """It failed as often as it may: somebody has to look."""
    del running
    Letter.objects.filter(uuid=letter, state=LetterState.SENDING).update(state=LetterState.UNCERTAIN)
    Letter.objects.filter(uuid=letter, state=LetterState.WAITING, fault="").update(fault=_("邮件服务器没有回答。"))
    Letter.objects.filter(uuid=letter, state=LetterState.WAITING).update(state=LetterState.FAILED)


def _message(letter: Letter) -> EmailMessage:
    headers = {**letter.headers, "Message-ID": letter.message_id}
    message = EmailMessage(letter.subject, filled(letter), to=[letter.recipient], headers=headers)
    for name, kind, digest in letter.files:
        message.attach(name, read_whole(digest), kind)
    return message
