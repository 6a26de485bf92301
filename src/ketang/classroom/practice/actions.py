"""Answering a question of practice. Not in the audit log: it is the learner's own, decides nothing, and goes with their account."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ketang.classroom.catalogue.models import Course
from ketang.classroom.exams.models import Question
from ketang.classroom.practice.models import Tried
from ketang.classroom.practice.permissions import may_practise
from ketang.classroom.practice.queries import practisable
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.platform.refusal import Refused


def answer(
    *, account: Account, course: Course, question: Question, chosen: Sequence[str], by: Account | None = None
) -> Tried:
    """Keep an answer; its explanation may be read then.

    Raises:
        Refused: nothing chosen, or what is no option; a question that must not be practised (any more).

    Effects: the row.
    """
    require(may_practise(account, course))
    if question.pk not in {one.pk for one in practisable(account, course)}:
        raise Refused(_("这一题现在不能练习。"))
    letters = [letter for letter in question.letters if letter in set(chosen)]
    if not letters or set(chosen) - set(letters):
        raise Refused(_("请选一个答案。"), field="chosen")
    return Tried.objects.create(account=account, course=course, question=question, chosen=letters, by=by)
