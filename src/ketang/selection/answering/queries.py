"""Reading answers. Whoever shows them asks `ledger.permissions` first."""

from __future__ import annotations

from django.db.models import QuerySet

from ketang.selection.answering.models import Answer, UploadLink
from ketang.selection.mail.models import Mail


def answers_to(mail: Mail) -> QuerySet[Answer]:
    """Everything that was answered to a mail, the first first, with letters and who wrote."""
    return Answer.objects.filter(mail=mail).select_related("letter", "made_by").order_by("id")


def links_for(mail: Mail) -> QuerySet[UploadLink]:
    """Upload links given for a mail, with what they brought."""
    return UploadLink.objects.filter(mail=mail).select_related("brought").order_by("id")
