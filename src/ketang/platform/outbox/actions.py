"""Writing letters, and sending them again by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from ketang.platform.audit.actions import Actor, audited, record
from ketang.platform.outbox.models import Letter, LetterState
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused

File = tuple[str, str, str]
"""Name, type and digest (in the store) of a file that goes with a letter."""


def post(
    *,
    actor: Actor,
    key: str,
    recipient: str,
    subject: str,
    text: str,
    headers: Mapping[str, str] | None = None,
    files: Sequence[File] = (),
) -> Letter:
    """Write a letter; it is sent after the commit. The same `key` gives the letter that was written for it before.

    Raises:
        Refused: the address is none.

    Effects: the row, a job, `outbox.post` (without address and text, which are personal).
    """
    try:
        validate_email(recipient)
    except ValidationError:
        raise Refused(_("这个邮件地址不能用，信没有写成。"), field="recipient") from None
    with audited():
        if standing := Letter.objects.filter(key=key).first():
            return standing
        one_line = " ".join(subject.split())[:400]
        letter, is_new = Letter.objects.get_or_create(
            key=key,
            defaults={
                "recipient": recipient, "subject": one_line, "text": text, "headers": dict(headers or {}),
                "files": [list(file) for file in files],
            },
        )  # fmt: skip
        if is_new:
            record(actor=actor, action="outbox.post", of=letter, payload={"key": key})
            enqueue("outbox.send", key=f"outbox.send:{letter.uuid}", letter=str(letter.uuid))
    return letter


def send_again(*, actor: Actor, letter: Letter) -> None:
    """Somebody decided that a letter that did not leave, or perhaps did, is to be sent (again).

    Raises:
        Refused: it waits, or was sent.

    Effects: the letter waits; a job; `outbox.send_again`.
    """
    with audited():
        held = Letter.objects.select_for_update().get(pk=letter.pk)
        if held.state not in (LetterState.FAILED, LetterState.UNCERTAIN):
            raise Refused(_("这封信不用再发。"))
        held.state, held.fault = LetterState.WAITING, ""
        held.save(update_fields=["state", "fault"])
        record(actor=actor, action="outbox.send_again", of=held)
        enqueue("outbox.send", key=f"outbox.send:{held.uuid}", letter=str(held.uuid))
    letter.refresh_from_db()
