"""Where an answer to a mail may go."""

from __future__ import annotations

import re

from ketang.mailroom.reading.mail import ReadMail

_SENDABLE = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def answered_to(mail: ReadMail) -> str:
    """The address of Reply-To if it can be sent to, else of the sender; empty without an address of plain letters."""
    boxes = (*mail.reply_to[:1], mail.sender)
    return next((box.address for box in boxes if _SENDABLE.fullmatch(box.address)), "")
