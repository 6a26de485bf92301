"""A learner asks about a question of their result; the office answers; a key that was wrong is corrected, and everybody marked anew."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ketang.classroom.exams.marks import mark_anew
from ketang.classroom.exams.models import (
    AnswerKey,
    Appeal,
    Attempt,
    Cause,
    Marking,
    Place,
    Question,
    QuestionKind,
    Ruling,
)
from ketang.classroom.exams.permissions import may_keep_exams
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM, audited, record
from ketang.platform.outbox.actions import post
from ketang.platform.queue.actions import enqueue_after
from ketang.platform.refusal import Refused
from ketang.platform.working_days import after_working_days

MOST = 2000
PIECE = 50
"""Attempts that are marked anew in one transaction."""


def appeal(*, account: Account, attempt: Attempt, place: Place, words: str, by: Account | None = None) -> Appeal:
    """Ask about a question of an attempt that was handed in; said again before there is an answer, the newer words stand.

    Raises:
        Refused: no words or too many; it was answered already; not handed in.

    Effects: the row with the day by which it is answered; `exams.appeal`.
    """
    require(attempt.account_id == account.pk and place.paper_id == attempt.paper_id)
    told = words.strip()
    if not told:
        raise Refused(_("请写下哪里不对。"), field="words")
    if len(told) > MOST:
        raise Refused(_("最多 2000 个字。"), field="words")
    with audited():
        held = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if not held.is_over:
            raise Refused(_("交卷以后才能申诉。"))
        standing = Appeal.objects.filter(attempt=held, place=place).first()
        if standing is not None and not standing.is_waiting:
            raise Refused(_("这一题的申诉已经答复。还有疑问，请用页面下方的“意见和投诉”。"))
        if standing is None:
            days = {"holidays": settings.HOLIDAYS, "made_up": settings.MADE_UP_DAYS}
            due = after_working_days(timezone.localdate(), settings.OPINION_DAYS, **days)
            standing = Appeal.objects.create(attempt=held, place=place, words=told, due_on=due)
        else:
            standing.words = told
            standing.save(update_fields=["words"])
        record(actor=by or account, action="exams.appeal", of=standing, payload={"due_on": standing.due_on.isoformat()})
    return standing


def answer_appeal(*, actor: Actor, appeal: Appeal, ruling: Ruling, answer: str) -> None:
    """Say what the office thinks, and why; the learner reads it at their result. A better answer may follow.

    Raises:
        Refused: no words or too many; no ruling.

    Effects: the row; `exams.answer_appeal`.
    """
    require(may_keep_exams(actor))
    told = answer.strip()
    if not told:
        raise Refused(_("请写下答复。"), field="answer")
    if len(told) > MOST:
        raise Refused(_("最多 2000 个字。"), field="answer")
    if ruling == Ruling.WAITING:
        raise Refused(_("请选择结论。"), field="ruling")
    with audited():
        held = Appeal.objects.select_for_update().get(pk=appeal.pk)
        held.ruling, held.answer, held.answered_at = ruling, told, timezone.now()
        held.answered_by, held.seen_at = (actor if isinstance(actor, Account) else None), None
        held.save(update_fields=["ruling", "answer", "answered_at", "answered_by", "seen_at"])
        record(actor=actor, action="exams.answer_appeal", of=held, payload={"ruling": ruling.value})
    appeal.refresh_from_db()


def correct_key(*, actor: Actor, question: Question, right: Sequence[str], is_void: bool, reason: str) -> AnswerKey:
    """Say what is right from now on; everybody who answered the question is marked anew, in the background.

    The same question of the course's other papers and editions keeps its own key unless it is the same row; an edition that is
    prepared later takes the correction over (`preparing`).

    Args:
        actor: who corrects.
        question: of a bank.
        right: letters; where one is to be chosen and several stand here, each of them is right.
        is_void: everybody gets its points.
        reason: read by everybody whom it concerns.

    Raises:
        Refused: no reason; nothing right; a letter that is no option; nothing new.

    Effects: the key; the job `exams.mark`; `exams.correct_key`.
    """
    require(may_keep_exams(actor))
    told, letters = " ".join(reason.split()), [one for one in question.letters if one in set(right)]
    if not told:
        raise Refused(_("请写明更正的理由，学习者会看到。"), field="reason")
    if not is_void and (not letters or set(right) - set(letters)):
        raise Refused(_("请选择正确答案。"), field="right")
    if question.kind == QuestionKind.TRUE_FALSE and len(letters) > 1:
        raise Refused(_("是非判断题只能有一个正确答案；两个都算对，请选“题目作废”。"), field="right")
    with audited():
        Question.objects.select_for_update().get(pk=question.pk)
        last = question.keys.order_by("-number")[0]
        right = [] if is_void else letters
        if (last.right, last.is_void) == (right, is_void):
            raise Refused(_("和现在的答案一样，不用更正。"), field="right")
        made = AnswerKey.objects.create(
            question=question, number=last.number + 1, right=right, is_void=is_void, reason=told[:1000],
            made_by=actor if isinstance(actor, Account) else None,
        )  # fmt: skip
        payload = {"number": made.number, "right": right, "is_void": is_void, "reason": made.reason}
        record(actor=actor, action="exams.correct_key", of=question, payload=payload)
        enqueue_after("exams.mark", key=f"exams.mark:{question.uuid}", question=str(question.uuid))
    return made


def waiting_for(question: Question) -> list[int]:
    """Attempts whose marks were made under an older key of the question; those that are not over are marked in the end."""
    number = question.keys.order_by("-number").values_list("number", flat=True)[0]
    over = Marking.objects.filter(attempt__paper__places__question=question).order_by("attempt", "number")
    newest = dict(over.values_list("attempt", "keys"))  # the last one of each attempt stays
    return [attempt for attempt, keys in newest.items() if keys.get(str(question.pk), 0) < number]


def mark_piece(question: Question) -> tuple[int, int]:
    """Mark the next attempts anew that wait for the question's newest key. Gives how many were marked, and of how many the points changed.

    Effects: markings; a letter to each with an address whose points changed; `exams.mark_anew`. Nothing when none waits.
    """
    with audited():
        waiting = waiting_for(question)[:PIECE]
        changed = 0
        held = Attempt.objects.select_for_update(of=("self",)).select_related("paper", "account", "course")
        for attempt in held.filter(pk__in=waiting).order_by("pk"):
            before = attempt.markings.order_by("-number")[0]
            marking = mark_anew(attempt, Cause.CORRECTED)
            if marking.points != before.points:
                changed += 1
                _mail(attempt, before, marking)
        if waiting:
            payload = {"attempts": len(waiting), "changed": changed}
            record(actor=SYSTEM, action="exams.mark_anew", of=question, payload=payload)
    return len(waiting), changed


def _mail(attempt: Attempt, before: Marking, marking: Marking) -> None:
    """Tell who has an address; everybody else reads it at their exams."""
    if not attempt.account.email or not attempt.account.is_active:
        return
    with override("zh-hans"):
        page = f"{settings.LETTER_ORIGIN}{reverse('learn-result', args=[attempt.uuid])}"
        told = {
            "course": attempt.course.title, "paper": attempt.paper.title, "was": f"{before.total.normalize():f}",
            "now": f"{marking.total.normalize():f}", "page": page,
        }  # fmt: skip
        subject = _("考试成绩有变：%(course)s") % told
        text = _(
            "您好！您考过的“%(paper)s”（%(course)s）有题目的答案更正了，您的答卷已经重新判分：原来 %(was)s 分，现在 %(now)s 分。\n\n哪些题更正了、为什么，请看：%(page)s"
        )
        words = text % told
    with suppress(Refused):  # no address after all
        post(
            actor=SYSTEM, key=f"exams:{attempt.uuid}:{marking.number}", recipient=attempt.account.email, subject=subject, text=words
        )  # fmt: skip
