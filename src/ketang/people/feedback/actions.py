"""Saying something, and answering it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.account.models import Account
from ketang.people.feedback.models import Feedback
from ketang.people.permissions import may_answer_feedback, require
from ketang.people.privacy.registry import Kept, Share
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused

MOST = 3000
"""Characters of an answer."""


def send_feedback(*, actor: Actor, words: str, page: str = "", reply_to: str = "") -> Feedback:
    """Keep what somebody said. Effects: the row; audit `people.send_feedback` without the words."""
    account = actor if isinstance(actor, Account) else None
    with audited():
        feedback = Feedback.objects.create(words=words, page=page, reply_to=reply_to, account=account)
        record(actor=actor, action="people.send_feedback", of=feedback, payload={"page": page})
    return feedback


def answer_feedback(*, actor: Actor, feedback: Feedback, answer: str) -> None:
    """Write the answer, or a better one.

    Raises:
        Refused: an empty answer, one that is too long.

    Effects: it can be read under the feedback's address; audit `people.answer_feedback` without the words.
    """
    require(may_answer_feedback(actor))
    answer = answer.strip()
    if not answer:
        raise Refused(_("请写下答复。"), field="answer")
    if len(answer) > MOST:
        raise Refused(_("答复最多 %(most)d 个字。") % {"most": MOST}, field="answer")
    assert isinstance(actor, Account)  # noqa: S101 - only an account has the permission
    with audited():
        feedback.answer, feedback.answered_by, feedback.answered_at = answer, actor, timezone.now()
        feedback.save(update_fields=["answer", "answered_by", "answered_at"])
        record(actor=actor, action="people.answer_feedback", of=feedback)


def _export(account: Account) -> Mapping[str, Any]:
    wanted = ("uuid", "page", "words", "reply_to", "sent_at", "answer", "answered_at")
    return {"feedback": list(Feedback.objects.filter(account=account).values(*wanted))}


def _erase(account: Account) -> Sequence[Kept]:
    """The words stay for the host unit to act on; who said them and where to reach them goes."""
    Feedback.objects.filter(account=account).update(account=None, reply_to="")
    return []


SHARE = Share(applet="feedback", export=_export, erase=_erase)
