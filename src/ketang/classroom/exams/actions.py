"""What the office does with papers: draw them from the bank, open and close them, say how they are marked."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from ketang.classroom.catalogue.models import Edition
from ketang.classroom.exams.drawing import NotEnough, draw
from ketang.classroom.exams.marking import CENT, PASS_SHARE, Multiple
from ketang.classroom.exams.models import Attempt, Paper, Place
from ketang.classroom.exams.permissions import may_keep_exams
from ketang.classroom.exams.queries import drawable_of, reading_key
from ketang.people.account.models import Account
from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.queue.actions import enqueue
from ketang.platform.refusal import Refused

MOST_PAPERS, MOST_QUESTIONS, MOST_WEIGHT = 20, 500, 1000


def draw_papers(
    *,
    actor: Actor,
    edition: Edition,
    weights: Mapping[str, int],
    count: int,
    papers: int,
    minutes: int | None = None,
    seed: str = "",
) -> list[Paper]:
    """Draw papers from an edition's bank by the weights of topics. No question stands in two of them.

    What is given for practice is not drawn. Points are the questions' own; 60 of 100 pass. They are closed until somebody opens them.

    Args:
        actor: who draws.
        edition: whose bank.
        weights: by topic, 0 to `MOST_WEIGHT`; the empty topic is that of questions without one.
        count: questions a paper.
        papers: how many.
        minutes: time allowed; None for no limit.
        seed: for drawing the same again; empty for a new one.

    Raises:
        Refused: too many or too few wanted; a topic has not enough questions, which is named.

    Effects: papers; `exams.draw`.
    """
    require(may_keep_exams(actor))
    _sensible(weights, count, papers, minutes)
    bank = drawable_of(edition)
    by_same = {question.same: question for topic in bank for question in topic.questions}
    seed = seed or secrets.token_hex(16)
    try:
        drawn = draw({one.name: [question.same for question in one.questions] for one in bank}, weights, count=count, papers=papers, seed=seed)  # fmt: skip
    except NotEnough as short:
        words = _("；").join(
            _("“%(topic)s”要 %(needed)s 道，题库里只有 %(there)s 道")
            % {"topic": one.topic or _("没有写知识点"), "needed": one.needed, "there": one.there}
            for one in short.lacking
        )
        raise Refused(_("题不够：%(words)s。请减少试卷套数、题数或这个知识点的比重。") % {"words": words}) from None
    with audited():
        held = Edition.objects.select_for_update().get(pk=edition.pk)
        last = held.papers.order_by("-number").values_list("number", flat=True).first() or 0
        batch, points = uuid.uuid4(), _points(held)
        made = []
        for nth, sames in enumerate(drawn, start=1):
            questions = [by_same[same] for same in sames]
            total = sum((points[one.pk] for one in questions), Decimal(0))
            paper = Paper.objects.create(
                edition=held, number=last + nth, title=_("抽题卷%(number)s") % {"number": last + nth}, total=total,
                pass_points=(total * PASS_SHARE).quantize(CENT, ROUND_CEILING), seed=seed, batch=batch,
                limit_seconds=None if minutes is None else minutes * 60, is_open=False,
                weights=dict(weights), made_by=actor if isinstance(actor, Account) else None,
            )  # fmt: skip
            Place.objects.bulk_create(
                Place(paper=paper, question=one, order=order, points=points[one.pk])
                for order, one in enumerate(questions, start=1)
            )
            made.append(paper)
        payload = {"batch": str(batch), "papers": papers, "questions": count, "weights": dict(weights), "seed": seed}
        record(actor=actor, action="exams.draw", of=held, payload=payload)
    return made


def _sensible(weights: Mapping[str, int], count: int, papers: int, minutes: int | None) -> None:
    if not 1 <= papers <= MOST_PAPERS:
        raise Refused(_("试卷套数请填 1 到 %(most)s。") % {"most": MOST_PAPERS}, field="papers")
    if not 1 <= count <= MOST_QUESTIONS:
        raise Refused(_("每套题数请填 1 到 %(most)s。") % {"most": MOST_QUESTIONS}, field="count")
    if minutes is not None and not 1 <= minutes <= 24 * 60:
        raise Refused(_("限时请填 1 到 1440 分钟，不限时就空着。"), field="minutes")
    if any(not 0 <= weight <= MOST_WEIGHT for weight in weights.values()):
        raise Refused(_("比重请填 0 到 %(most)s。") % {"most": MOST_WEIGHT})
    if not sum(weights.values()):
        raise Refused(_("至少要有一个知识点的比重大于 0。"))


def _points(edition: Edition) -> dict[int, Decimal]:
    """Points of each question where it stands first."""
    found: dict[int, Decimal] = {}
    for question, points in (
        Place.objects.filter(paper__edition=edition)
        .order_by("paper__number", "order")
        .values_list("question", "points")
    ):
        found.setdefault(question, points)
    return found


def open_paper(*, actor: Actor, paper: Paper, is_open: bool) -> None:
    """Let learners begin a paper, or no longer; who has begun goes on. Effects: `is_open`; `exams.open` or `exams.close`. Refused: it is given for practice."""
    require(may_keep_exams(actor))
    with audited():
        if is_open and Paper.objects.select_for_update().get(pk=paper.pk).is_practice:
            raise Refused(_("这套试卷用来练习，先收回，再开放考试。"))
        if Paper.objects.filter(pk=paper.pk).exclude(is_open=is_open).update(is_open=is_open):
            record(actor=actor, action="exams.open" if is_open else "exams.close", of=paper)
    paper.refresh_from_db()


def give_for_practice(*, actor: Actor, paper: Paper, is_practice: bool) -> None:
    """Let learners practise a paper's questions one by one, with their answers, instead of sitting it; or take it back.

    Raises:
        Refused: somebody is at it: their answers would be told.

    Effects: `is_practice`, and it is no longer open; `exams.give_for_practice` or `exams.end_practice`.
    """
    require(may_keep_exams(actor))
    with audited():
        held = Paper.objects.select_for_update().get(pk=paper.pk)
        if is_practice and Attempt.objects.filter(paper=held, submitted_at=None).exists():
            raise Refused(_("有人正在考这套试卷。请先关闭它，等他们交卷以后再用来练习。"))
        if held.is_practice != is_practice:
            held.is_practice, held.is_open = is_practice, False
            held.save(update_fields=["is_practice", "is_open"])
            record(actor=actor, action="exams.give_for_practice" if is_practice else "exams.end_practice", of=paper)
    paper.refresh_from_db()


def choose_marking(*, actor: Actor, paper: Paper, multiple: Multiple) -> None:
    """Say how questions with several right options are marked. Effects: `multiple`; `exams.choose_marking`. Refused: somebody has begun it."""
    require(may_keep_exams(actor))
    with audited():
        Paper.objects.select_for_update().get(pk=paper.pk)
        if Attempt.objects.filter(paper=paper).exists():
            raise Refused(_("已经有人开始做这套试卷，计分办法不能再改。"), field="multiple")
        if Paper.objects.filter(pk=paper.pk).exclude(multiple=multiple).update(multiple=multiple):
            record(actor=actor, action="exams.choose_marking", of=paper, payload={"multiple": multiple.value})
    paper.refresh_from_db()


def ask_reading(*, actor: Actor, edition: Edition) -> None:
    """Have the papers of an edition read that was prepared before there were exams. Effects: the job `exams.read`; `exams.read`."""
    require(may_keep_exams(actor))
    with audited():
        enqueue("exams.read", key=reading_key(edition), edition=str(edition.uuid))
        record(actor=actor, action="exams.read", of=edition)
