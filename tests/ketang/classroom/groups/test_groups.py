"""A centre's classes: who learns in them, what it sees of them and what not, who may do what."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from ketang.classroom.catalogue.models import Course
from ketang.classroom.groups import actions, assisting, permissions
from ketang.classroom.groups.models import Assistance, CentreLearner, Enrolment, Group
from ketang.classroom.groups.queries import announcements_for, enrolments_of, groups_for, standings
from ketang.classroom.learning.actions import report
from ketang.classroom.learning.crediting import Read
from ketang.classroom.learning.tickets import Ticket, now_ms
from ketang.people.account.actions import choose_password, open_by_command
from ketang.people.account.models import Account
from ketang.people.consent.models import Consent, Purpose
from ketang.people.consent.queries import has_consented
from ketang.people.organisation.actions import add_member, register_centre, register_organisation
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.privacy.actions import erase_account, export_personal_data
from ketang.people.role.actions import appoint
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from learning_rows import published_course

pytestmark = pytest.mark.django_db
AGREED = {"language": "zh-hans", "text": "我同意。"}


def somebody(login: str = "own", name: str = "示例学员") -> Account:
    return open_by_command(login=login, name=name).account


def studies(account: Account, course: Course, milliseconds: int) -> None:
    lesson = course.lessons.get(order=1)
    ticket = Ticket(account.pk, lesson.pk, lesson.thread, now_ms() - 3_600_000)
    report(ticket=ticket, sitting=uuid.uuid4(), entries=[Read(1, 0, milliseconds)])


def enrolled(group: Group, teacher: Account, *names: str) -> list[Account]:
    issued = actions.enrol_names(actor=teacher, group=group, names=names)
    return [Account.objects.get(login=one.login) for one in issued]


def test_names_become_logins_and_one_time_passwords(group: Group, teacher: Account) -> None:
    issued = actions.enrol_names(actor=teacher, group=group, names=["示例 甲", " 示例乙 ", "", "示例 甲"])
    assert [one.name for one in issued] == ["示例 甲", "示例乙", "示例 甲"]
    assert all(
        re.fullmatch(r"\d{8}", one.login) and re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}", one.password) for one in issued
    )
    accounts = [Account.objects.get(login=one.login) for one in issued]
    assert [account.check_password(one.password) for account, one in zip(accounts, issued, strict=True)] == [True] * 3
    assert {(row.centre, row.issued_by) for row in CentreLearner.objects.all()} == {(group.centre, teacher)}
    assert [one.account.name for one in enrolments_of(group)] == ["示例 甲", "示例 甲", "示例乙"]
    assert [entry.action for entry in history(accounts[0])] == ["people.open_account"]
    assert [entry.action for entry in history(group)] == ["groups.make", *["groups.enrol"] * 3]
    for names, words in (([" "], "每行一个"), (["甲"] * 101, "一次最多 100 人"), (["甲" * 101], "没有分行")):
        with pytest.raises(Refused, match=words):
            actions.enrol_names(actor=teacher, group=group, names=names)
    actions.close_group(actor=teacher, group=group, closed=True)
    with pytest.raises(Refused, match="已经结束"):
        actions.enrol_names(actor=teacher, group=group, names=["示例丙"])


def test_a_new_one_time_password_until_the_account_is_somebody_s_own(
    group: Group, teacher: Account, administrator: Account
) -> None:
    (account,) = enrolled(group, teacher, "示例甲")
    opened = actions.give_new_password(actor=teacher, account=account)
    account.refresh_from_db()
    assert (account.check_password(opened.password), account.password_until > timezone.now()) == (True, True)
    for password, words in ((opened.password, "不要用纸条上的"), ("1234567890", "数字")):
        with pytest.raises(Refused, match=words):
            choose_password(account=account, password=password)
    choose_password(account=account, password="我家门口有两棵老枣树")
    account.refresh_from_db()
    assert (account.password_until, account.check_password("我家门口有两棵老枣树")) == (None, True)
    appoint(actor=administrator, account=account, role=Role.EXPERT)
    with pytest.raises(Refused, match="本人自己修改"):
        actions.give_new_password(actor=teacher, account=account)
    with pytest.raises(PermissionDenied):
        actions.give_new_password(actor=teacher, account=somebody())


def test_a_centre_sees_its_own_learners_in_the_class_s_courses_alone(
    group: Group, teacher: Account, course: Course
) -> None:
    (account,) = enrolled(group, teacher, "示例甲")
    other, stranger = published_course("另一门"), somebody()
    studies(account, course, 60_000)
    studies(account, other, 90_000)
    studies(stranger, course, 90_000)
    (row,) = standings(group, list(enrolments_of(group)))
    assert (row.account, row.counted_ms, row.finished) == (account, 60_000, 0)
    actions.change_group(actor=teacher, group=group, title="改了", courses=[course, other])
    (row,) = standings(group, list(enrolments_of(group)))
    assert (row.counted_ms, row.finished, group.title) == (150_000, 1, "改了")
    actions.leave(actor=teacher, enrolment=Enrolment.objects.get())
    assert list(enrolments_of(group)) == []


def test_only_public_courses_but_what_the_class_has_may_stay(
    group: Group, teacher: Account, course: Course, centre: Organisation
) -> None:
    hidden = published_course("不公开")
    Course.objects.filter(pk__in=[hidden.pk, course.pk]).update(state="withdrawn")
    hidden.refresh_from_db()
    course.refresh_from_db()
    with pytest.raises(Refused, match="已经发布"):
        actions.make_group(actor=teacher, centre=centre, title="班", courses=[hidden])
    with pytest.raises(Refused, match="已经发布"):
        actions.change_group(actor=teacher, group=group, title="班", courses=[hidden])
    actions.change_group(actor=teacher, group=group, title="班", courses=[course])
    with pytest.raises(Refused, match="班级名称"):
        actions.make_group(actor=teacher, centre=centre, title=" ")


def test_joining_by_code_and_leaving(group: Group, teacher: Account) -> None:
    account = somebody()
    typed = f" {group.join_code[:4].upper()} {group.join_code[4:]} "
    for _twice in range(2):
        assert actions.join(account=account, code=typed, **AGREED) == group
    assert [(row.account, row.by_code) for row in enrolments_of(group)] == [(account, True)]
    assert has_consented(account, Purpose.CLASS)
    assert not permissions.may_give_new_password(teacher, account)
    for code in ("", "abcdefgh", "或"):
        with pytest.raises(Refused, match="没有这个加入码"):
            actions.join(account=account, code=code, **AGREED)
    with pytest.raises(PermissionDenied):
        actions.leave(actor=somebody("other"), enrolment=Enrolment.objects.get())
    actions.leave(actor=account, enrolment=Enrolment.objects.get())
    assert list(groups_for(account)) == []


def test_announcements_reach_the_class_until_they_are_taken_back(group: Group, teacher: Account) -> None:
    (account,) = enrolled(group, teacher, "示例甲")
    told = actions.announce(actor=teacher, group=group, words=" 周五上课。 ")
    assert [one.words for one in announcements_for(account)] == ["周五上课。"]
    assert announcements_for(somebody()) == []
    actions.withdraw_announcement(actor=teacher, announcement=told)
    assert announcements_for(account) == []
    for words in (" ", "字" * 2001):
        with pytest.raises(Refused):
            actions.announce(actor=teacher, group=group, words=words)


def test_a_helper_acts_with_consent_and_no_longer(group: Group, teacher: Account, administrator: Account) -> None:
    (learner,) = enrolled(group, teacher, "示例甲")
    helper = somebody("helper", "示例家人")
    assert not permissions.may_act_for(helper, learner)
    with pytest.raises(PermissionDenied):
        assisting.begin_acting(helper=helper, learner=learner)
    for _twice in range(2):
        made = assisting.allow(learner=learner, login=" HELPER ", **AGREED)
    assert (permissions.may_act_for(helper, learner), permissions.may_act_for(learner, helper)) == (True, False)
    assisting.begin_acting(helper=helper, learner=learner)
    assisting.end_acting(helper=helper, learner=learner)
    assisting.end(actor=learner, assistance=made)
    assert not permissions.may_act_for(helper, learner)
    assert Consent.objects.get(text__purpose=Purpose.ASSISTANCE).withdrawn_at is not None
    assert [entry.action for entry in history(learner)] == [
        "people.open_account", "people.give_consent", "groups.allow_helper", "groups.act_for", "groups.end_acting", "groups.end_helper",
    ]  # fmt: skip
    for login, words in ((learner.login, "不用写自己"), ("nobody", "没有这个登录名")):
        with pytest.raises(Refused, match=words):
            assisting.allow(learner=learner, login=login, **AGREED)
    appoint(actor=administrator, account=learner, role=Role.FINANCE)
    assisting.allow(learner=learner, login="helper", **AGREED)
    with pytest.raises(Refused, match="工作角色"):
        assisting.begin_acting(helper=helper, learner=learner)


def test_consent_on_paper_and_who_may_end_it(group: Group, teacher: Account) -> None:
    (learner,) = enrolled(group, teacher, "示例甲")
    helper, stranger = somebody("helper"), somebody("stranger")
    enrolment = Enrolment.objects.get()
    with pytest.raises(Refused, match="存放在哪里"):
        assisting.record_paper(actor=teacher, enrolment=enrolment, login="helper", paper=" ")
    with pytest.raises(PermissionDenied):
        assisting.record_paper(actor=stranger, enrolment=enrolment, login="helper", paper="档案")
    for ends in (learner, helper, teacher):
        made = assisting.record_paper(actor=teacher, enrolment=enrolment, login="helper", paper="学员档案 2026-12")
        assert permissions.may_act_for(helper, learner)
        with pytest.raises(PermissionDenied):
            assisting.end(actor=stranger, assistance=made)
        assisting.end(actor=ends, assistance=made)
        assert not permissions.may_act_for(helper, learner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assistance.objects.create(learner=learner, helper=helper)


def test_consent_that_was_taken_back_elsewhere_ends_it(group: Group, teacher: Account) -> None:
    (learner,) = enrolled(group, teacher, "示例甲")
    helper = somebody("helper")
    assisting.allow(learner=learner, login="helper", **AGREED)
    Consent.objects.update(withdrawn_at=timezone.now())
    assert not permissions.may_act_for(helper, learner)


def test_a_person_s_share(group: Group, teacher: Account) -> None:
    (learner,) = enrolled(group, teacher, "示例甲")
    somebody("helper")
    assisting.allow(learner=learner, login="helper", **AGREED)
    assert export_personal_data(actor=learner, account=learner)[:2] == b"PK"
    kept = erase_account(actor=learner, account=learner, reason="本人要求")
    assert [str(one.what) for one in kept if "协助" in str(one.what)] == ["谁在什么时候可以协助谁（不含姓名）"]
    assert (list(enrolments_of(group)), CentreLearner.objects.count()) == ([], 0)
    assert not Assistance.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize("role", Role)
def test_permissions(actors: dict[Role, Actor], group: Group, teacher: Account, role: Role) -> None:
    """Of the role's somebody, about a class and a login of the centre; `T` is who works there."""
    (learner,) = enrolled(group, teacher, "示例甲")
    actor = actors[role]
    assert {
        "may_keep_groups": permissions.may_keep_groups(actor, group.centre),
        "may_read_group": permissions.may_read_group(actor, group),
        "may_give_new_password": permissions.may_give_new_password(actor, learner),
        "may_act_for": permissions.may_act_for(actor, learner),
        "may_see_learning": permissions.may_see_learning(actor),
    } == {
        "may_keep_groups": role == Role.CENTRE, "may_read_group": role == Role.CENTRE, "may_give_new_password": role == Role.CENTRE,
        "may_act_for": False, "may_see_learning": role in {Role.CLERK, Role.ADMINISTRATOR},
    }  # fmt: skip
    if role != Role.CENTRE:
        with pytest.raises(PermissionDenied):
            actions.enrol_names(actor=actor, group=group, names=["示例乙"])
        with pytest.raises(PermissionDenied):
            actions.announce(actor=actor, group=group, words="好")


def test_another_centre_sees_nothing(group: Group, teacher: Account, administrator: Account) -> None:
    (learner,) = enrolled(group, teacher, "示例甲")
    foreign = somebody("foreign")
    add_member(
        invited_by=administrator, account=foreign, organisation=register_centre(actor=administrator, name="另一个中心")
    )
    assert [
        permissions.may_keep_groups(foreign, group.centre), permissions.may_read_group(foreign, group),
        permissions.may_give_new_password(foreign, learner),
    ] == [False] * 3  # fmt: skip
    assert (permissions.may_read_group(learner, group), permissions.may_act_for(learner, learner)) == (True, True)


def test_nobody_registers_a_centre_as_a_supplier(administrator: Account) -> None:
    with pytest.raises(Refused, match="主办单位登记"):
        register_organisation(actor=somebody(), kind=OrganisationKind.CENTRE, name="示例中心")
    with pytest.raises(PermissionDenied):
        register_centre(actor=somebody("other"), name="示例中心")
    with pytest.raises(Refused, match="名称"):
        register_centre(actor=administrator, name=" ")
