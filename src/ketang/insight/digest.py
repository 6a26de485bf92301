"""The daily letter: what waits for its reader, with the address of each page; none when nothing waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.insight.waiting import Waiting, waiting
from ketang.people.account.models import Account
from ketang.people.preference.queries import who_want_digest
from ketang.people.role.models import Role
from ketang.people.role.queries import roles_of
from ketang.platform.audit.actions import SYSTEM
from ketang.platform.outbox.actions import post
from ketang.platform.outbox.queries import can_send
from ketang.platform.refusal import Refused

FROM = time(7, 30)
"""Letters are written from then on, on the instance's clock."""
OFFICE = frozenset({Role.CLERK, Role.ADMINISTRATOR})
"""Whose work is told. An administrator does a clerk's work too."""


def write_letters(now: datetime | None = None) -> int:
    """Write today's letters, one a reader and day. How many readers have one now.

    Effects: letters (`outbox.post`); none before half past seven, and none where no letter leaves the instance.
    """
    here = timezone.localtime(now)
    if here.time() < FROM or not can_send():
        return 0
    count = 0
    for account in who_want_digest():
        whose = _work_of(account)
        found = waiting(whose=whose) if whose else []
        if not found:
            continue
        try:
            post(
                actor=SYSTEM, key=f"digest:{account.uuid}:{here.date().isoformat()}", recipient=account.email,
                subject=_subject(found), text=_text(found), headers={"Auto-Submitted": "auto-generated"},
            )  # fmt: skip
        except Refused:
            continue  # an address that is none: others get theirs
        count += 1
    return count


def _work_of(account: Account) -> frozenset[Role]:
    held = roles_of(account)
    if Role.ADMINISTRATOR in held:
        return OFFICE
    return held & OFFICE


def _subject(found: Sequence[Waiting]) -> str:
    words = []
    for language in ("zh-hans", "en"):
        with override(language):
            words.append(_("今天等您处理：%(count)s 项") % {"count": len(found)})
    return " · ".join(words)


def _text(found: Sequence[Waiting]) -> str:
    """Chinese first, then English."""
    parts = []
    for language in ("zh-hans", "en"):
        with override(language):
            end = _("不想再收到这封信，请在“今天”页面取消：%(address)s")
            lines = [_("今天等您处理的事："), *(_line(one) for one in found), ""]
            lines.append(end % {"address": settings.LETTER_ORIGIN + reverse("office-today")})
            parts.append("\n".join(lines))
    return "\n\n----\n\n".join(parts) + "\n"


def _line(one: Waiting) -> str:
    more = "+" if one.is_more else ""
    day = "" if one.oldest is None else _("，最早 %(day)s") % {"day": timezone.localdate(one.oldest).isoformat()}
    told = f"{one.kind.words} {one.count}{more}{day}"
    if not one.kind.page:
        return f"- {told}"
    query = f"?{one.kind.query}" if one.kind.query else ""
    return f"- {told} {settings.LETTER_ORIGIN}{reverse(one.kind.page)}{query}"
