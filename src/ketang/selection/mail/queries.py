"""Reading mails."""

from __future__ import annotations

from ketang.selection.mail.models import Mail, MailPart


def holds(digest: str) -> bool:
    """Whether these bytes are a mail as it came, or something attached to one."""
    return Mail.objects.filter(digest=digest).exists() or MailPart.objects.filter(digest=digest).exists()
