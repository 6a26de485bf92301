"""Saying something, and answering it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.people.account.models import Account
from ketang.people.feedback.models import Feedback, FeedbackKind, today
from ketang.people.permissions import may_answer_feedback, require
from ketang.people.privacy.registry import Kept, Share
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.outbox.actions import post
from ketang.platform.refusal import Refused
from ketang.platform.working_days import after_working_days

MOST = 3000
"""Characters of an answer."""
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def send_feedback(
    *, actor: Actor, words: str, page: str = "", reply_to: str = "", kind: str = FeedbackKind.OPINION
) -> Feedback:
    """Keep what somebody said, and the day by which it is answered. Effects: the row; audit `people.send_feedback` without the words."""
    account = actor if isinstance(actor, Account) else None
    due = due_day(FeedbackKind(kind), today())
    with audited():
        feedback = Feedback.objects.create(
            words=words, page=page, reply_to=reply_to, account=account, kind=kind, due_on=due
        )
        payload = {"page": page, "kind": kind, "due_on": due.isoformat()}
        record(actor=actor, action="people.send_feedback", of=feedback, payload=payload)
    return feedback


def due_day(kind: FeedbackKind, day: date) -> date:
    """The last day for an answer to what comes on a day."""
    days = {FeedbackKind.OPINION: settings.OPINION_DAYS, FeedbackKind.COMPLAINT: settings.COMPLAINT_DAYS}[kind]
    return after_working_days(day, days, holidays=settings.HOLIDAYS, made_up=settings.MADE_UP_DAYS)


def answer_feedback(*, actor: Actor, feedback: Feedback, answer: str) -> None:
    """Write the answer, or a better one.

    Raises:
        Refused: an empty answer, one that is too long.

    Effects: it can be read under the feedback's address; a letter with it to who left a mail address, for each wording one;
    audit `people.answer_feedback` without the words.
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
        _mail(actor, feedback)


def _mail(actor: Account, feedback: Feedback) -> None:
    """The answer to the address that was left; nothing where it is none, such as a telephone number."""
    address = feedback.reply_to.strip()
    if not _ADDRESS.fullmatch(address):
        return
    wording = hashlib.sha256(feedback.answer.encode()).hexdigest()[:16]
    with override("zh-hans"):
        page = f"{settings.LETTER_ORIGIN}{reverse('feedback-received', args=[feedback.uuid])}"
        said = {"number": feedback.number, "page": page}
        subject = _("您反映的情况已答复（%(number)s）") % said
        parts = (
            _("您好！您反映的情况（编号 %(number)s）已答复：") % said, feedback.answer, _("在网页上看：%(page)s") % said,
            _("您写的内容："), feedback.words,
        )  # fmt: skip
    with suppress(Refused):  # no address after all
        post(
            actor=actor, key=f"feedback:{feedback.uuid}:{wording}", recipient=address, subject=subject,
            text="\n\n".join(parts),
        )  # fmt: skip


def _export(account: Account) -> Mapping[str, Any]:
    wanted = ("uuid", "kind", "due_on", "page", "words", "reply_to", "sent_at", "answer", "answered_at")
    return {"feedback": list(Feedback.objects.filter(account=account).values(*wanted))}


def _erase(account: Account) -> Sequence[Kept]:
    """The words stay for the host unit to act on; who said them and where to reach them goes."""
    Feedback.objects.filter(account=account).update(account=None, reply_to="")
    return []


SHARE = Share(applet="feedback", export=_export, erase=_erase)
