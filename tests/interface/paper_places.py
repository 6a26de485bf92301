"""Exams on paper of the suite's instance: a class of its own, of which one is checked, one waits, one was undone and one is not entered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

TITLE = "2026 年纸笔考试班"


def printing(people: Any) -> str:
    """The paper that was printed for it."""
    return str(_printed(people).uuid)


def printed_group(people: Any) -> str:
    """The class."""
    return str(_printed(people).group.uuid)


def printed_entry(people: Any) -> str:
    """What waits for a second person."""
    return str(_printed(people).keyed.get(undone_at=None, checked_at=None).uuid)


def _printed(people: Any) -> Any:
    from interface.places import _course, _papers
    from ketang.classroom.exams.models import Attempt
    from ketang.classroom.groups.actions import enrol_names, make_group
    from ketang.classroom.groups.models import Group
    from ketang.classroom.groups.queries import enrolments_of
    from ketang.classroom.papers.actions import Read, check, enter, make_printing, undo
    from ketang.classroom.papers.models import Keyed, Printing
    from ketang.people.organisation.models import Organisation, OrganisationKind

    if (standing := Printing.objects.select_related("group").first()) is not None:
        return standing
    paper, teacher = _papers(people).get(number=3), people["centre"]  # nobody else sits this one
    centre = Organisation.objects.get(kind=OrganisationKind.CENTRE)
    group = make_group(actor=teacher, centre=centre, title=TITLE, courses=[_course(people)])
    enrol_names(actor=teacher, group=group, names=["示例学员丁", "示例学员戊", "示例学员己"])
    Group.objects.filter(pk=group.pk).update(join_code="p8nq3yz2")
    made = make_printing(actor=teacher, group=group, paper=paper, spare=1)
    day, learners = date(2026, 3, 5), {one.account.name: one.account for one in enrolments_of(group)}

    right = {one.order: tuple(one.question.key.right) for one in paper.places.select_related("question")}

    def entered(name: str, questions: int) -> Any:
        """The first so many questions are right, the others were left out."""
        account = learners[name]
        answers = {order: letters for order, letters in right.items() if order <= questions}
        row = Read(account, made.sheets.get(account=account).number, answers)
        return enter(actor=teacher, printing=made, sat_on=day, rows=[row])[0]

    check(actor=people["clerk"], printing=made, entries=[entered("示例学员丁", 40)])
    undo(actor=teacher, keyed=entered("示例学员戊", 9), reason="第 1 题看错")
    entered("示例学员戊", 33)
    moment = datetime(2026, 3, 6, 2, 30, tzinfo=UTC)
    Printing.objects.update(made_at=moment)
    Keyed.objects.update(entered_at=moment)
    Keyed.objects.exclude(undone_at=None).update(undone_at=moment)
    Attempt.objects.filter(keyed__isnull=False).update(submitted_at=moment, begun_at=moment)
    return Printing.objects.select_related("group").get(pk=made.pk)
