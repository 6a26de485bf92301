"""Pages of the pool, the panel, assignments and the expert's own declaration: an office goes from a spreadsheet to assignments, and nobody else sees any of it."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import Workbook, load_workbook

from ketang.people.account.models import Account
from ketang.people.invitation.models import InvitationState
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.selection.assigning import actions
from ketang.selection.assigning.models import Assignment, Plan
from ketang.selection.calls.models import Call
from ketang.selection.experts import panel
from ketang.selection.experts.models import Conflict, Expert, ExpertImport, Ground, PanelSeat
from ketang.selection.intake.models import Submission
from ketang_accounts import signed_in
from ketang_review import expert, in_review, of_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def packages(open_call: Call) -> list[Submission]:
    return [in_review(open_call, of_unit(number), number) for number in range(1, 4)]


@pytest.fixture
def seats(open_call: Call, administrator: Account) -> list[PanelSeat]:
    experts = [expert(administrator, number, load_limit=4) for number in range(4)]
    return panel.seat(actor=administrator, call=open_call, experts=[str(one.uuid) for one in experts])


@pytest.fixture
def office(administrator: Account) -> Client:
    return signed_in(administrator)


def said(client: Client, path: str, **data: Any) -> str:
    answer = client.post(path, data, follow=True) if data else client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return unescape(answer.content.decode())


def answered(client: Client, path: str) -> int:
    """The status, with a file that is sent in pieces taken to its end."""
    answer = client.get(path)
    if answer.streaming:
        b"".join(answer)  # type: ignore[arg-type]  # bytes
    return answer.status_code


def main_of(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>", 1)[0]


def sheet(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("名单.xlsx", out.getvalue())


def test_from_a_spreadsheet_into_the_pool(office: Client, open_call: Call) -> None:
    bring = reverse("office-expert-bring")
    assert "下载模板" in said(office, bring)
    template = b"".join(office.get(reverse("office-expert-template")))  # type: ignore[arg-type]
    heads = [cell.value for cell in load_workbook(io.BytesIO(template)).active[1]]  # type: ignore[index]
    assert heads[:3] == ["姓名", "工作单位", "职称或职务"]
    page = said(
        office, bring,
        file=sheet(
            ("评审专家名单",), ("姓名", "单位", "邮箱", "类别", "专业", "件数"),
            ("专家甲", "示例研究所", "a@example.org", "P2(3)、现代服务业", "养老护理员、保育员", 5),
            ("专家乙", "示例研究所", "不是邮箱", "", "", ""), ("专家丙", "示例学院", "", "没有的类别", "", ""),
            ("专家甲", "示例研究所", "", "", "", ""), ("", "示例学院", "", "", "", ""),
        ),
    )  # fmt: skip
    shown = main_of(page)
    assert ("1 行可以导入" in shown, "4 行有问题，不导入" in shown) == (True, True)
    for fault in ("电子邮箱：邮箱地址写错了", "没有“没有的类别”这个类别", "已有这位专家", "姓名：请填写姓名。"):
        assert fault in shown
    brought = ExpertImport.objects.get()
    assert "导入了 1 位专家。" in said(office, reverse("office-expert-import", args=[brought.uuid]), how="take")
    made = Expert.objects.get()
    assert (made.name, made.categories, made.occupations, made.load_limit) == (
        "专家甲", ["P2(3)"], ["养老护理员", "保育员"], 5,
    )  # fmt: skip
    brought.refresh_from_db()
    assert (brought.rows, brought.count) == ([], 1)
    nameless = said(office, bring, file=sheet(("单位", "邮箱"), ("示例研究所", "a@example.org")))
    assert "没有找到表头" in nameless


def test_the_pool_is_searched_and_given_out(office: Client, administrator: Account, open_call: Call) -> None:
    expert(administrator, 1, categories=("P2(3)",), occupations=("保育员",))
    expert(administrator, 2, categories=("P2(1)",))
    every = reverse("office-experts")
    for query, names in (
        ("", {"专家乙1", "专家丙2"}), ("?words=保育", {"专家乙1"}), ("?category=P2(1)", {"专家丙2"}),
        ("?words=研究所2", {"专家丙2"}), ("?standing=left", set()), ("?words=谁也不是", set()),
    ):  # fmt: skip
        assert set(re.findall("专家[甲乙丙]\\d", main_of(said(office, every + query)))) == names, query
    given = b"".join(office.get(reverse("office-experts-export") + "?words=保育"))  # type: ignore[arg-type]
    rows = list(load_workbook(io.BytesIO(given)).active.iter_rows(min_row=2, max_col=2, values_only=True))  # type: ignore[union-attr]
    assert rows == [("专家乙1", "示例研究所1")]


def test_one_expert_from_entry_to_leaving(office: Client, administrator: Account) -> None:
    new = reverse("office-expert-new")
    assert "请填写姓名" in said(office, new, name="", load_limit="12")
    page = said(office, new, name="专家甲", unit="示例研究所", load_limit="12", occupations="保育员\n养老护理员")
    assert "已入库。" in page
    made = Expert.objects.get()
    to = reverse("office-expert", args=[made.uuid])
    link = re.search(r'class="secret">([^<]+)<', said(office, to, how="show"))
    assert link is not None
    account = Account.objects.create(login="expert-a", name="专家甲")
    accepted = signed_in(account).post(link[1][link[1].index("/invitations/") :])
    made.refresh_from_db()
    assert (accepted.status_code, made.account) == (302, account)
    assert made.invitation is not None
    assert made.invitation.state == InvitationState.ACCEPTED
    assert "请写明理由" in said(office, to, how="leave", reason="")
    assert "已出库。" in said(office, to, how="leave", reason="退休")
    made.refresh_from_db()
    assert (made.left_because, made.left_at is not None) == ("退休", True)
    assert "已重新入库。" in said(office, to, how="back")


def test_from_the_pool_to_assignments(
    office: Client, administrator: Account, open_call: Call, packages: list[Submission]
) -> None:
    experts = [expert(administrator, number) for number in range(3)]
    members = reverse("office-panel", args=[open_call.uuid])
    assert "评审组还没有成员" in said(office, members)
    assert "请选择 1 至" in said(office, members, how="seat")
    assert "入组 3 人。" in said(office, members, chosen=[str(one.uuid) for one in experts])
    seat = PanelSeat.objects.filter(expert=experts[0]).get()
    assert "已保存。" in said(
        office, reverse("office-seat", args=[seat.uuid]), how="change", load_limit="12", chairs="on"
    )
    every = reverse("office-assignments", args=[open_call.uuid])
    assert "进入评审 3 件" in said(office, every)
    assert "正在后台计算" in said(office, every, wanted="2", balance="400")
    plan = Plan.objects.get()
    to = reverse("office-plan", args=[plan.uuid])
    progress = office.get(reverse("office-plan-progress", args=[plan.uuid])).json()
    assert progress == {"over": False, "state": "等待开始", "media": 0, "done": 0}
    run(str(Job.objects.get(name="assigning.solve").uuid))
    shown = main_of(said(office, to))
    assert ("3 件申报，6 件次，每件 2 位" in shown, "已证明最小" in shown, "没有填写专长" in shown) == (True,) * 3
    assert "已采用，分配了 6 件次。" in said(office, to, how="apply")
    assert Assignment.objects.filter(ended_at=None).count() == 6
    assert "还没有评的 2 件会取消" in said(office, reverse("office-seat", args=[seat.uuid]))
    dropped = said(office, reverse("office-seat", args=[seat.uuid]), how="drop", reason="生病")
    assert "正在后台计算" in dropped


def test_by_hand_with_the_change_shown_first(
    office: Client, packages: list[Submission], seats: list[PanelSeat]
) -> None:
    one = reverse("office-assigned", args=[packages[0].uuid])
    asked = main_of(said(office, f"{one}?expert={seats[0].expert.uuid}"))
    assert ("总代价增加 0.70（没有填写专长）" in asked, "从 0 件变为 1 件" in asked) == (True, True)
    assert not Assignment.objects.exists()
    to = reverse("office-assign", args=[packages[0].uuid])
    assert "已分配给 专家甲0。" in said(office, to, expert=str(seats[0].expert.uuid))
    assert "不能分配：已分配。" in said(office, to, expert=str(seats[0].expert.uuid))
    end = reverse("office-assignment-end", args=[Assignment.objects.get().uuid])
    assert "总代价减少 0.70" in said(office, end)
    assert "请写明理由" in said(office, end, reason="")
    assert "已取消。" in said(office, end, reason="改派")
    said(office, one, expert=str(seats[1].expert.uuid), reason="师生")
    conflict = Conflict.objects.get()
    assert "应当回避" in main_of(said(office, one))
    assert "师生" in said(office, reverse("office-conflicts", args=[packages[0].call.uuid]))
    lift = reverse("office-conflict-lift", args=[conflict.uuid])
    assert "请写明解除的理由" in said(office, lift, reason="")
    assert "已解除。" in said(office, lift, reason="查无此事")


def test_an_expert_signs_and_steps_back_blind(
    actors: dict[Role, Actor], administrator: Account, packages: list[Submission], seats: list[PanelSeat]
) -> None:
    person = actors[Role.EXPERT]
    assert isinstance(person, Account)
    Expert.objects.filter(pk=seats[0].expert_id).update(account=person)
    actions.assign(actor=administrator, submission=packages[0], expert=seats[0].expert)
    browser = signed_in(person)
    assert "未承诺" in said(browser, reverse("review-declarations"))
    to = reverse("review-declaration", args=[seats[0].uuid])
    shown = main_of(said(browser, to))
    hidden = (packages[0].organisation.name, packages[0].title, packages[0].number)
    assert [word for word in hidden if word in shown] == []
    assert "请填写您的姓名：专家甲0。" in said(browser, to, signed_as="别人", relations="")
    signed = said(browser, to, signed_as="专家甲0", relations="示例 9 号中心\n示例亲属")
    assert "已承诺，可以开始评审。" in signed
    seat = PanelSeat.objects.select_related("expert").get(pk=seats[0].pk)
    assert (seat.signed_as, seat.declared.count("\n"), seat.expert.relations) == (
        "专家甲0", 5, ["示例 9 号中心", "示例亲属"],
    )  # fmt: skip
    paper = browser.get(reverse("review-declaration-paper", args=[seat.uuid, "docx"]))
    words = "\n".join(one.text for one in Document(io.BytesIO(paper.content)).paragraphs)
    assert ("回避承诺书" in words, "示例亲属" in words) == (True, False)
    made = Assignment.objects.get()
    back = reverse("review-step-back", args=[seat.uuid, made.uuid])
    assert "已申报回避" in said(browser, back, reason="参与过制作")
    made.refresh_from_db()
    assert (made.stands, Conflict.objects.get().ground) == (False, Ground.DECLARED)
    for other in (reverse("review-declaration", args=[seats[1].uuid]), reverse("review-declaration-paper", args=[seats[1].uuid, "pdf"])):  # fmt: skip
        assert browser.get(other).status_code == 404


def test_nobody_but_the_office(
    actors: dict[Role, Actor], packages: list[Submission], seats: list[PanelSeat], open_call: Call
) -> None:
    conflict = Conflict.objects.create(expert=seats[0].expert, submission=packages[0], ground=Ground.UNIT, reason="x")
    made = actions.assign(
        actor=actors[Role.ADMINISTRATOR],  # type: ignore[arg-type]  # an account
        submission=packages[0],
        expert=seats[1].expert,
    )
    plan = Plan.objects.create(call=open_call, asked={"wanted": 2, "balance": 400})
    brought = ExpertImport.objects.create(name="a.xlsx", rows=[[2, {"name": "专家甲"}]])
    closed = [
        reverse("office-experts"), reverse("office-expert-new"), reverse("office-experts-export"),
        reverse("office-expert-bring"), reverse("office-expert-template"),
        reverse("office-expert-import", args=[brought.uuid]), reverse("office-expert", args=[seats[0].expert.uuid]),
        reverse("office-panel", args=[open_call.uuid]), reverse("office-conflicts", args=[open_call.uuid]),
        reverse("office-assignments", args=[open_call.uuid]), reverse("office-seat", args=[seats[0].uuid]),
        reverse("office-seat-paper", args=[seats[0].uuid, "pdf"]), reverse("office-plan", args=[plan.uuid]),
        reverse("office-plan-progress", args=[plan.uuid]), reverse("office-assigned", args=[packages[0].uuid]),
        reverse("office-assignment-end", args=[made.uuid]),
    ]  # fmt: skip
    posts = [reverse("office-assign", args=[packages[0].uuid]), reverse("office-conflict-lift", args=[conflict.uuid])]
    for role, actor in actors.items():
        if not isinstance(actor, Account):
            continue
        may = role in (Role.CLERK, Role.ADMINISTRATOR)
        browser = signed_in(actor)
        assert {answered(browser, path) for path in closed} == {200 if may else 403}, role
        if not may:
            assert {browser.post(path).status_code for path in posts} == {403}, role
        own = browser.get(reverse("review-declaration", args=[seats[0].uuid])).status_code
        assert own == 404, role


@pytest.mark.parametrize("name", ["office-experts", "office-panel", "office-conflicts", "office-assignments"])
def test_lists_ask_as_often_for_three_as_for_one(
    office: Client, administrator: Account, open_call: Call, name: str
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (1, 2, 3):
        package = in_review(open_call, of_unit(number), number)
        one = expert(administrator, number)
        panel.seat(actor=administrator, call=open_call, experts=[str(one.uuid)])
        expert(administrator, number + 5)
        actions.assign(actor=administrator, submission=package, expert=one)
        Conflict.objects.create(expert=one, submission=package, ground=Ground.OFFICE, reason="x")
        args = [] if name == "office-experts" else [open_call.uuid]
        office.get(reverse(name, args=args))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            office.get(reverse(name, args=args))
        counts.append(len(caught))
    assert (counts[0], counts[2] <= 20) == (counts[2], True), counts
