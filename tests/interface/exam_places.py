"""A paper of the suite's instance that many have sat, one of whose keys looks wrong; and what the learner has practised."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

ANSWERS = (
    (("B", "AB", "对"),) * 9
    + (("A", "AB", "错"),) * 3
    + (("A", "C", "错"),) * 9
    + (("C", "AC", "对"), ("", "A", "错"), ("B", "A", "对"))
)
"""Who does well elsewhere chooses B of the first question, whose key is A."""


def exam_measured(people: Any) -> str:
    """The short paper, sat by 24 more."""
    from interface.places import _papers
    from ketang.classroom.exams.models import Attempt, Entry
    from ketang.people.account.models import Account

    paper, at = _papers(people).get(number=1), datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
    places = list(paper.places.order_by("order"))
    for number, answers in enumerate(ANSWERS, start=1):
        account = Account.objects.create(login=f"sat-{number}", name=f"示例考生{number}")
        attempt = Attempt.objects.create(
            account=account, course=paper.edition.course, paper=paper, seed="drei", begun_at=at, submitted_at=at, submitted_how="said",
            used_ms=60_000, last=3,
        )  # fmt: skip
        for n, (place, letters) in enumerate(zip(places, answers, strict=True), start=1):
            Entry.objects.create(
                attempt=attempt, number=n, place=place, device=UUID(int=number), n=n, chosen=list(letters), at=at
            )
    return str(paper.uuid)


def exam_unmeasured(people: Any) -> str:
    """A paper that nobody has sat."""
    from interface.places import _papers

    return str(_papers(people).get(number=2).uuid)


def practised(people: Any) -> str:
    """The learner has practised the first question of the short paper, which they have handed in, and was wrong."""
    from interface.places import _course, _papers, exam_result
    from ketang.classroom.practice.actions import answer

    exam_result(people)
    question = _papers(people).get(number=1).questions.get(places__order=1)
    return str(answer(account=people["learner"], course=_course(people), question=question, chosen=["D"]).uuid)
