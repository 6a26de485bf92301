"""A centre's pages and its learners': from a name to a slip, a first password, a class, an hour; nothing of another centre."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import openpyxl
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ketang.classroom.catalogue.models import Course
from ketang.classroom.groups import actions, assisting
from ketang.classroom.groups.models import Assistance, Enrolment, Group
from ketang.classroom.learning.models import Progress
from ketang.classroom.learning.tickets import now_ms, ticket_for
from ketang.classroom.usage.models import UsageRow
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.consent.models import Purpose
from ketang.people.consent.queries import has_consented
from ketang.people.organisation.models import Organisation
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang_accounts import signed_in
from learning_rows import published_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(teacher: Account) -> Client:
    return signed_in(teacher)


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def by_password(login: str, password: str) -> tuple[Client, Any]:
    client = Client()
    return client, client.post(reverse("account_login"), {"login": login, "password": password}, follow=True)


def slips_of(page: str) -> list[tuple[str, str]]:
    return re.findall(
        r'登录号</dt><dd class="secret">(\d{8})</dd>.*?一次性密码</dt><dd class="secret">([a-z2-9-]+)</dd>', page
    )


def test_from_a_spreadsheet_to_a_learner_s_first_hour(browser: Client, group: Group, course: Course) -> None:
    book = openpyxl.Workbook()
    for row in (("养老护理班名单", None), ("序号", "姓名"), (1, "示例甲"), (2, "示例 乙")):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "名单.xlsx"
    address = reverse("centre-add-learners", args=[group.uuid])
    read = words(browser.post(address, {"how": "file", "file": file}))
    assert "读到 2 个姓名，请核对" in read
    assert re.search(r"<textarea[^>]*>\s*示例甲\n示例 乙</textarea>", read)
    page = words(browser.post(address, {"how": "names", "names": "示例甲\n示例 乙"}))
    issued = slips_of(page)
    assert (len(issued), Enrolment.objects.count(), "离开这一页，密码就再也看不到了" in page) == (2, 2, True)
    login, password = issued[0]
    learner, first = by_password(login, password)
    assert first.redirect_chain[-1][0] == reverse("first-password")
    assert learner.get(reverse("courses")).headers["Location"] == reverse("first-password")
    assert "不要用纸条上的那个" in words(learner.post(reverse("first-password"), {"password": password}))
    assert "请写一个新密码。" in words(learner.post(reverse("first-password"), {"password": ""}))
    chosen = learner.post(reverse("first-password"), {"password": "我家门口有两棵老枣树"}, follow=True)
    assert (chosen.redirect_chain, group.title in words(chosen)) == ([(reverse("learn"), 302)], True)
    assert learner.get(reverse("first-password")).headers["Location"] == reverse("learn")
    assert course.title in words(learner.get(reverse("learn-group", args=[group.uuid])))
    account = Account.objects.get(login=login)
    ticket = ticket_for(account, course.lessons.get(order=1), now=now_ms() - 3_600_000)
    learner.post(reverse("learn-finished"), {"ticket": ticket})
    row = re.search(
        rf'>示例甲</a></th>.*?{login}</td>.*?numeric">([\d.]+)</td>.*?numeric">(\d+)</td>',
        words(browser.get(reverse("centre-group", args=[group.uuid]))),
        re.S,
    )
    assert row is not None
    assert row.groups() == ("0.0", "1")
    exported = openpyxl.load_workbook(
        io.BytesIO(b"".join(browser.get(reverse("centre-group-export", args=[group.uuid]))))
    )
    assert [list(row)[:4] for row in exported.active.iter_rows(values_only=True)] == [
        ["姓名", "登录号", "学时", "学完的课"], ["示例 乙", issued[1][0], "0.0", 0], ["示例甲", login, "0.0", 1],
    ]  # fmt: skip


def test_what_is_no_list_of_names(browser: Client, group: Group) -> None:
    address = reverse("centre-add-learners", args=[group.uuid])
    empty = io.BytesIO("姓名\n".encode())
    empty.name = "名单.csv"
    assert "表格里没有找到姓名。" in words(browser.post(address, {"how": "file", "file": empty}))
    broken = io.BytesIO(b"PK\x03\x04 no workbook")
    broken.name = "名单.xlsx"
    assert "<title>错误：" in words(browser.post(address, {"how": "file", "file": broken}))
    assert "请先选一个文件。" in words(browser.post(address, {"how": "file"}))
    assert "每行一个。" in words(browser.post(address, {"how": "names", "names": " "}))
    assert Enrolment.objects.count() == 0


def test_an_old_one_time_password_opens_nothing(group: Group, teacher: Account) -> None:
    (issued,) = actions.enrol_names(actor=teacher, group=group, names=["示例甲"])
    Account.objects.filter(login=issued.login).update(password_until=timezone.now())
    client, answer = by_password(issued.login, issued.password)
    assert "这个一次性密码已经过期" in words(answer)
    assert client.get(reverse("learn")).status_code == 302
    assert mail.outbox == []


def test_a_class_begins_changes_and_ends(browser: Client, centre: Organisation) -> None:
    assert "还没有班级" in words(browser.get(reverse("centre")))
    assert "请填写班级名称。" in words(browser.post(reverse("centre"), {"title": ""}))
    made = browser.post(reverse("centre"), {"title": "养老护理班"})
    group = Group.objects.get()
    address, change = reverse("centre-group", args=[group.uuid]), reverse("centre-group-change", args=[group.uuid])
    assert (made.headers["Location"], group.centre) == (address, centre)
    course = published_course()
    found = words(browser.get(reverse("centre-group-courses", args=[group.uuid]), {"words": "饮水"}))
    assert course.title in found
    browser.post(reverse("centre-group-courses", args=[group.uuid]), {"with": str(course.uuid)})
    assert list(group.courses.all()) == [course]
    assert "没有可以加的课程" in words(browser.get(reverse("centre-group-courses", args=[group.uuid])))
    browser.post(change, {"without": str(course.uuid)})
    assert list(group.courses.all()) == []
    browser.post(reverse("centre-group-name", args=[group.uuid]), {"title": "新名称"})
    browser.post(address, {"words": "周五上课。"})
    page = words(browser.get(address))
    assert ["新名称" in page, "周五上课。" in page] == [True, True]
    told = re.search(r'name="withdraw" value="([^"]+)"', page)
    assert told is not None
    browser.post(change, {"withdraw": told[1]})
    browser.post(change, {"state": "closed"})
    page = words(browser.get(address))
    assert ["周五上课。" in page, "已结束" in page, "添加学员" in page] == [False, True, False]
    browser.post(change, {"state": "open"})
    assert "添加学员" in words(browser.get(address))
    assert [browser.post(change, {name: "x"}).status_code for name in ("withdraw", "without", "state", "more")] == [
        404
    ] * 4


def test_a_learner_s_page_password_helper_leaving(browser: Client, group: Group, teacher: Account) -> None:
    (issued,) = actions.enrol_names(actor=teacher, group=group, names=["示例甲"])
    account = Account.objects.get(login=issued.login)
    helper = open_by_command(login="helper", name="示例家人").account
    address = reverse("centre-learner", args=[group.uuid, account.uuid])
    assert "老年人饮水照护入门" in words(browser.get(address))
    ((login, password),) = slips_of(words(browser.post(address, {"how": "password"})))
    account.refresh_from_db()
    assert (login, account.check_password(password)) == (issued.login, True)
    assert "请写明书面同意存放在哪里。" in words(
        browser.post(address, {"how": "paper", "login": "helper", "paper": ""})
    )
    assert "没有这个登录名" in words(browser.post(address, {"how": "paper", "login": "nobody", "paper": "档案"}))
    browser.post(address, {"how": "paper", "login": "helper", "paper": "学员档案 2026-12"})
    assert "学员档案 2026-12" in words(browser.get(address))
    assert browser.post(address, {"how": "end", "assistance": "x"}).status_code == 404
    browser.post(address, {"how": "end", "assistance": str(Assistance.objects.get(helper=helper).uuid)})
    assert not Assistance.objects.filter(ended_at=None).exists()
    browser.post(address, {"how": "leave"})
    assert browser.get(address).status_code == 404


def test_a_learner_with_an_account_joins_by_code_and_leaves(group: Group) -> None:
    own = open_by_command(login="own", name="示例学员").account
    client = Client()
    client.force_login(own)
    assert client.get(reverse("learn-group", args=[group.uuid])).status_code == 403
    join = reverse("learn-join")
    assert "同意再加入。" in words(client.post(join, {"code": group.join_code}))
    assert "没有这个加入码" in words(client.post(join, {"code": "nothing2", "agreed": "on"}))
    done = client.post(join, {"code": group.join_code, "agreed": "on"}, follow=True)
    assert done.redirect_chain == [(reverse("learn-group", args=[group.uuid]), 302)]
    client.post(reverse("learn-group", args=[group.uuid]))
    assert client.get(reverse("learn-group", args=[group.uuid])).status_code == 403


def test_a_helper_acts_on_pages_until_consent_ends(group: Group, teacher: Account, course: Course) -> None:
    (issued,) = actions.enrol_names(actor=teacher, group=group, names=["示例甲"])
    learner, helper = Account.objects.get(login=issued.login), open_by_command(login="helper", name="示例家人").account
    Account.objects.update(password_until=None)
    own, client = Client(), Client()
    own.force_login(learner)
    client.force_login(helper)
    helpers = reverse("learn-helpers")
    assert "同意再确定。" in words(own.post(helpers, {"login": "helper"}))
    own.post(helpers, {"login": "helper", "agreed": "on"})
    made = Assistance.objects.get()
    assert client.post(reverse("learn-act"), {"for": "x"}, follow=True).redirect_chain == [(helpers, 302)]
    begun = words(client.post(reverse("learn-act"), {"for": str(made.uuid)}, follow=True))
    assert "您正在协助 <strong data-own-words>示例甲</strong>" in begun
    page = words(client.get(reverse("lesson", args=[course.uuid, 1])))
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    assert ticket is not None
    client.post(reverse("learn-finished"), {"ticket": ticket[1]})
    assert [row.account for row in Progress.objects.all()] == [learner]
    assert ("learning.finish", f"account:{helper.uuid}") in [(one.action, one.actor) for one in history(learner)]
    own.post(reverse("learn-helper-end", args=[made.uuid]))
    page = words(client.get(reverse("learn")))
    assert ("您正在协助" in page, "还没有学习记录" in page) == (False, True)
    assert client.post(reverse("learn-helper-end", args=[made.uuid])).status_code == 404
    assisting.allow(learner=learner, login="helper", language="zh-hans", text="同意。")
    client.post(reverse("learn-act"), {"for": str(Assistance.objects.get(ended_at=None).uuid)})
    assert "您正在协助" not in words(client.post(reverse("learn-act"), follow=True))


def test_whether_settings_are_counted(group: Group) -> None:
    own = open_by_command(login="own", name="示例学员").account
    client = Client()
    client.force_login(own)
    address = reverse("learn-counted")
    assert "现在：不计入" in words(client.get(address))
    assert "现在：同意" in words(client.post(address, {"agree": "yes"}, follow=True))
    assert has_consented(own, Purpose.NEEDS)
    client.post(address, {"agree": "no"})
    assert not has_consented(own, Purpose.NEEDS)


def test_the_office_registers_centres_and_sees_use(administrator: Account) -> None:
    office = signed_in(administrator)
    assert "还没有培训中心" in words(office.get(reverse("office-centres")))
    assert "请填写全称。" in words(office.post(reverse("office-centres"), {"name": ""}))
    made = office.post(reverse("office-centres"), {"name": "示例区培训中心"})
    page = words(office.get(made.headers["Location"]))
    assert ["邀请同事" in page, "示例区培训中心" in page] == [True, True]
    assert "示例区培训中心" in words(office.get(reverse("office-centres")))
    assert "还没有可以公布的数字" in words(office.get(reverse("office-learning")))
    course = published_course()
    UsageRow.objects.create(course=course, learners=25, agreed=20, needs={"size": 10}, counted_ms=2_700_000)
    page = words(office.get(reverse("office-learning")))
    assert re.findall(r'numeric">([^<]*)</td>', page) == ["25", "1.0", "20", "10", *["—"] * 6]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(office.get(reverse("office-learning-export")))))
    assert next(book.active.iter_rows(min_row=2, max_row=2, values_only=True))[:6] == (
        course.title,
        "示例培训学校",
        25,
        "1.0",
        20,
        10,
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_row_and_three(
    browser: Client,
    administrator: Account,
    group: Group,
    teacher: Account,
    centre: Organisation,
    rows: int,
    django_assert_max_num_queries: Any,
) -> None:
    actions.enrol_names(actor=teacher, group=group, names=["示例"] * rows)
    for number in range(rows - 1):
        actions.make_group(actor=teacher, centre=centre, title=f"班 {number}")
    office = signed_in(administrator)
    for client, address, most in (
        (browser, reverse("centre"), 7), (browser, reverse("centre-group", args=[group.uuid]), 12), (office, reverse("office-centres"), 7),
        (office, reverse("office-learning"), 6),
    ):  # fmt: skip
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)


@pytest.mark.parametrize("role", Role)
def test_who_sees_which_page(actors: dict[Role, Actor], group: Group, teacher: Account, role: Role) -> None:
    (issued,) = actions.enrol_names(actor=teacher, group=group, names=["示例甲"])
    learner = Account.objects.get(login=issued.login)
    actor = actors[role]
    client = signed_in(actor) if isinstance(actor, Account) else Client()
    centre, office = {Role.CENTRE}, {Role.CLERK, Role.ADMINISTRATOR}
    seen = {
        reverse("centre"): centre, reverse("centre-group", args=[group.uuid]): centre,
        reverse("centre-add-learners", args=[group.uuid]): centre, reverse("centre-group-courses", args=[group.uuid]): centre,
        reverse("centre-group-name", args=[group.uuid]): centre, reverse("centre-group-export", args=[group.uuid]): centre,
        reverse("centre-learner", args=[group.uuid, learner.uuid]): centre, reverse("office-centres"): office,
        reverse("office-learning"): office, reverse("office-learning-export"): office,
    }  # fmt: skip
    no = 302 if role == Role.VISITOR else 403
    assert {address: status_of(client, address) for address in seen} == {
        address: 200 if role in roles else no for address, roles in seen.items()
    }


def status_of(client: Client, address: str) -> int:
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer)  # type: ignore[arg-type]  # read to its end, so that the file is closed
    return answer.status_code
