"""The share of LTI in a person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from ketang.classroom.lti.models import Grade, Guest, Launch
from ketang.people.account.models import Account
from ketang.people.privacy.registry import Kept, Share


def _export(account: Account) -> Mapping[str, Any]:
    marks = ("link__course__title", "link__platform__name", "points", "at", "sent_at")
    return {
        "platform": list(Guest.objects.filter(account=account).values("platform__name", "platform__issuer", "sub", "made_at")),
        "marks": list(Grade.objects.filter(guest__account=account).order_by("pk").values(*marks)),
    }  # fmt: skip


def _erase(account: Account) -> Sequence[Kept]:
    """Nothing stays here; the platform keeps what it was sent, and whoever comes from it again is somebody new here."""
    guest = Guest.objects.filter(account=account).first()
    if guest is None:
        return []
    was_sent = guest.grades.filter(sent_at__isnull=False).exists()
    Launch.objects.filter(platform=guest.platform_id, message__sub=guest.sub).delete()
    guest.delete()
    if not was_sent:
        return []
    return [Kept(_("已经送回其他学习平台的考试成绩"), _("在对方那里，请向对方要求删除。"))]


SHARE = Share(applet="lti", export=_export, erase=_erase)
