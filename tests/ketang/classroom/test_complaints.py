"""A complaint about rights takes a course down at once; the public reads that, and not by whom; the record stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ketang.classroom.catalogue import actions, complaints
from ketang.classroom.catalogue.models import Course, CourseState, RightsComplaint, Ruling
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang.selection.awarding.models import Decision
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
CLAIM = {"claimant": "示例图片社", "contact": "someone@example.org", "claim": "第二课用了我们的图片"}


def complained(actor: Account, course: Course) -> RightsComplaint:
    return complaints.take_down(actor=actor, course=course, **CLAIM)


def test_down_at_once_and_back_when_nothing_stands(
    selected: Decision, administrator: Account, prepare: Callable[[], None]
) -> None:
    course = actions.publish(actor=administrator, decision=selected)
    prepare()
    course.refresh_from_db()
    first = complained(administrator, course)
    assert (course.state, first.was_public, first.received_on) == (CourseState.TAKEN_DOWN, True, timezone.localdate())
    visitor = Client()
    for name, place in (("course", []), ("lesson", [1]), ("lesson-media", [1]), ("lesson-captions", [1])):
        gone = visitor.get(reverse(name, args=[course.uuid, *place]))
        page = gone.content.decode()
        assert (gone.status_code, "课程已停用" in page, course.title in page) == (410, True, True)
        assert [word in page for word in CLAIM.values()] == [False] * 3
    assert course.title not in visitor.get(reverse("courses")).content.decode()
    with pytest.raises(Refused, match="权利投诉"):
        actions.show(actor=administrator, course=course)
    with pytest.raises(Refused, match="停用"):
        actions.withdraw(actor=administrator, course=course, reason="再撤一次")
    second = complained(administrator, course)
    assert second.was_public is False
    complaints.rule(actor=administrator, complaint=first, ruling=Ruling.REJECTED, grounds="图片为原创")
    with pytest.raises(Refused, match="不能恢复"):
        complaints.restore(actor=administrator, course=course)
    complaints.rule(actor=administrator, complaint=second, ruling=Ruling.UPHELD, grounds="确为他人作品")
    with pytest.raises(Refused, match="已解决"):
        complaints.restore(actor=administrator, course=course)
    complaints.rule(actor=administrator, complaint=second, ruling=Ruling.SETTLED, grounds="已取得许可")
    complaints.restore(actor=administrator, course=course)
    complaints.restore(actor=administrator, course=course)
    assert course.state == CourseState.PUBLISHED
    assert visitor.get(reverse("course", args=[course.uuid])).status_code == 200
    with pytest.raises(Refused, match="不能再改"):
        complaints.rule(actor=administrator, complaint=first, ruling=Ruling.UPHELD, grounds="又想")
    entries = list(history(course))[-6:]
    assert [entry.action for entry in entries] == [
        "catalogue.take_down", "catalogue.take_down", "catalogue.rule_complaint", "catalogue.rule_complaint",
        "catalogue.rule_complaint", "catalogue.restore",
    ]  # fmt: skip
    assert CLAIM["claimant"] not in "".join(str(entry.payload) for entry in entries)
    assert [(one.ruling, one.restored_by, one.taken_down_by) for one in course.complaints.order_by("id")] == [
        (Ruling.REJECTED, administrator, administrator), (Ruling.SETTLED, administrator, administrator),
    ]  # fmt: skip


def test_one_that_was_not_public_comes_back_withdrawn_and_was_never_told_of(administrator: Account) -> None:
    course = Course.objects.create(title="课", supplier="示例残联", state=CourseState.WITHDRAWN)
    made = complained(administrator, course)
    assert Client().get(reverse("course", args=[course.uuid])).status_code == 404
    complaints.rule(actor=administrator, complaint=made, ruling=Ruling.REJECTED, grounds="无关")
    complaints.restore(actor=administrator, course=course)
    assert course.state == CourseState.WITHDRAWN


def test_on_pages(administrator: Account) -> None:
    office = signed_in(administrator)
    course = Course.objects.create(title="课", supplier="示例残联", state=CourseState.WITHDRAWN)
    address, page = (reverse(name, args=[course.uuid]) for name in ("office-course-take-down", "office-course"))
    told = office.post(address, {"received_on": "3000-01-01"}).content.decode()
    assert ["请写明投诉人。" in told, "请写明主张的权利和理由。" in told] == [True, True]
    later = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "不能晚于今天" in office.post(address, {**CLAIM, "received_on": later}).content.decode()
    assert not RightsComplaint.objects.exists()
    assert office.post(address, {**CLAIM, "received_on": "2026-01-02"})["Location"] == page
    shown = office.get(page).content.decode()
    assert ["因投诉停用" in shown, *(word in shown for word in CLAIM.values())] == [True] * 4
    made = RightsComplaint.objects.get()
    rule = reverse("office-complaint", args=[made.uuid])
    told = office.post(rule, {}).content.decode()
    assert ["请选择处理结果。" in told, "请写明处理的依据。" in told] == [True, True]
    restore = reverse("office-course-restore", args=[course.uuid])
    assert "不能恢复" in office.post(restore, follow=True).content.decode()
    assert office.post(rule, {"ruling": "rejected", "grounds": "无关"})["Location"] == page
    assert "课程：已撤下。" in office.post(restore, follow=True).content.decode()
    assert "不能再改" in office.get(rule).content.decode()


@pytest.mark.parametrize("role", Role)
def test_who_may(actors: dict[Role, Actor], role: Role) -> None:
    if role in {Role.CLERK, Role.ADMINISTRATOR}:
        return
    actor, course = actors[role], Course(title="课")
    for act in (
        lambda: complaints.take_down(actor=actor, course=course, **CLAIM),
        lambda: complaints.rule(actor=actor, complaint=RightsComplaint(), ruling=Ruling.UPHELD, grounds="x"),
        lambda: complaints.restore(actor=actor, course=course),
    ):
        with pytest.raises(PermissionDenied):
            act()
