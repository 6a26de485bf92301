"""A class from the centre's registration to published figures, on SQLite and on PostgreSQL."""

from __future__ import annotations

import uuid

from ketang.classroom.groups import actions, assisting
from ketang.classroom.groups.models import Enrolment
from ketang.classroom.groups.permissions import may_act_for
from ketang.classroom.groups.queries import announcements_for, enrolments_of, groups_of_many, standings
from ketang.classroom.learning.actions import finish
from ketang.classroom.learning.models import Progress
from ketang.classroom.learning.tickets import Ticket, now_ms
from ketang.classroom.usage.counting import publish
from ketang.classroom.usage.models import UsageRow
from ketang.people.account.actions import choose_password, open_by_command
from ketang.people.account.models import Account
from ketang.people.feedback.actions import answer_feedback, send_feedback
from ketang.people.feedback.queries import every_feedback, feedback_by_number
from ketang.people.organisation.actions import add_member, register_centre
from ketang.people.role.actions import appoint_first_administrator
from ketang.platform.audit.queries import Whole, verify
from ketang.platform.outbox.models import Letter
from ketang_columns import Column
from learning_rows import published_course


def test_a_class(column: Column) -> None:
    chief, teacher, helper = (open_by_command(login=name, name=name).account for name in ("chief", "teacher", "helper"))
    appoint_first_administrator(account=chief)
    centre = register_centre(actor=chief, name="示例区培训中心")
    add_member(invited_by=chief, account=teacher, organisation=centre, manages=True)
    course = published_course()
    group = actions.make_group(actor=teacher, centre=centre, title="养老护理班", courses=[course])
    issued = actions.enrol_names(actor=teacher, group=group, names=["示例甲", "示例乙"])
    first = Account.objects.get(login=issued[0].login)
    choose_password(account=first, password="我家门口有两棵老枣树")
    actions.announce(actor=teacher, group=group, words="周五上课。")
    assert [one.words for one in announcements_for(first)] == ["周五上课。"]
    made = assisting.record_paper(
        actor=teacher, enrolment=Enrolment.objects.get(account=first), login="helper", paper="档案"
    )
    lesson = course.lessons.get(order=1)
    finish(ticket=Ticket(first.pk, lesson.pk, lesson.thread, now_ms() - 40_000), by=helper)
    assisting.end(actor=first, assistance=made)
    assert not may_act_for(helper, first)
    rows = [(one.account.name, one.finished) for one in standings(group, list(enrolments_of(group)))]
    assert rows == [("示例乙", 0), ("示例甲", 1)]
    assert [one.learners for one in groups_of_many([centre])[centre.pk]] == [2]
    for number in range(9):
        account = Account.objects.create(login=f"l{number}")
        Progress.objects.create(account=account, course=course, thread=uuid.uuid4(), counted_ms=1000)
    assert (publish(), publish(), UsageRow.objects.get().learners) == (1, 0, 10)
    said = send_feedback(actor=first, words="字幕太小", reply_to="someone@example.org", kind="complaint")
    assert [feedback_by_number(said.number, said.code), *every_feedback(kind="complaint")] == [said, said]
    answer_feedback(actor=chief, feedback=said, answer="改大了。")
    assert Letter.objects.get().recipient == "someone@example.org"
    assert isinstance(verify(), Whole)
