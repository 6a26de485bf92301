"""The pool, panels and computed conflicts: each ground is found with its reason, twice gives the same as once, and what somebody lifted stays so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ketang.people.account.models import Account
from ketang.people.organisation.actions import add_member
from ketang.people.organisation.models import OrganisationKind
from ketang.people.privacy.registry import shares
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import Running, run
from ketang.platform.refusal import Refused
from ketang.selection.calls.models import Call
from ketang.selection.experts import actions, conflicts, declaring, panel, permissions
from ketang.selection.experts.details import Details, details_of
from ketang.selection.experts.jobs import look_for_conflicts
from ketang.selection.experts.models import Conflict, Expert, Ground, PanelSeat
from ketang.selection.experts.own import SHARE
from ketang.selection.experts.recomputing import look_again
from ketang.selection.intake.models import Submission, SubmissionState
from ketang.selection.recommending.actions import register
from ketang.selection.recommending.models import Listed, Origin
from ketang_review import expert, in_review, of_unit

pytestmark = pytest.mark.django_db
FORM = {"contact": "联系人子", "phone": "+86 138 0000 0000", "email": "course@example.org", "unit": "示例1号培训中心"}


def seated(actor: Account, call: Call, *experts: Expert) -> list[PanelSeat]:
    panel.seat(actor=actor, call=call, experts=[str(one.uuid) for one in experts])
    return list(PanelSeat.objects.filter(call=call, left_at=None).select_related("expert", "call").order_by("id"))


def found(call: Call) -> list[tuple[str, str, str]]:
    rows = Conflict.objects.filter(submission__call=call, lifted_at=None).order_by(
        "expert_id", "submission_id", "ground"
    )
    return [(one.expert.name, one.submission.title, str(one.ground)) for one in rows]


def test_who_may(actors: dict[Role, Actor], administrator: Account, call: Call) -> None:
    person = actors[Role.EXPERT]
    one, other = expert(administrator, 1), expert(administrator, 2)
    Expert.objects.filter(pk=one.pk).update(account=person)
    seat = seated(administrator, call, one, other)[0]
    package = in_review(call, of_unit(1), 1)
    conflict = conflicts.add(actor=administrator, expert=other, submission=package, reason="x")
    office: list[Callable[[Actor], object]] = [
        lambda actor: actions.add(actor=actor, details=Details("专家")),
        lambda actor: actions.change(actor=actor, expert=one, details=Details("专家")),
        lambda actor: actions.leave(actor=actor, expert=one, reason="x"),
        lambda actor: actions.come_back(actor=actor, expert=one),
        lambda actor: panel.seat(actor=actor, call=call, experts=[]),
        lambda actor: panel.change_seat(actor=actor, seat=seat, load_limit=1, chairs=False),
        lambda actor: panel.drop_out(actor=actor, seat=seat, reason="x"),
        lambda actor: conflicts.add(actor=actor, expert=one, submission=package, reason="x"),
        lambda actor: conflicts.lift(actor=actor, conflict=conflict, reason="x"),
    ]
    for role, actor in actors.items():
        may = role in (Role.CLERK, Role.ADMINISTRATOR)
        assert permissions.may_keep_experts(actor) is may
        assert permissions.may_declare(actor, seat) is (role == Role.EXPERT)
        for act in office if not may else []:
            with pytest.raises(PermissionDenied):
                act(actor)
        if role != Role.EXPERT:
            with pytest.raises(PermissionDenied):
                declaring.sign(actor=actor, seat=seat, signed_as=one.name, relations=[])
            with pytest.raises(PermissionDenied):
                conflicts.declare(actor=actor, seat=seat, submission=package, reason="")


def test_each_ground_is_found_with_its_reason(administrator: Account, call: Call) -> None:
    supplier = of_unit(1)
    package = in_review(call, supplier, 1, draft={"form": {**FORM, "introduction": {"teachers": "教师丑（高级技师）"}}})
    in_review(call, of_unit(2), 2)
    body = register(actor=administrator, call=call, kind=OrganisationKind.BUREAU, name="示例人社局")
    Listed.objects.create(recommender=body, submission=package, origin=Origin.RECEIPT)
    member = Account.objects.create(login="m", name="成员", email="m@example.org")
    add_member(invited_by=administrator, account=member, organisation=supplier)
    made = [
        expert(administrator, 0, unit="示例1号培训中心 实训部"),
        expert(administrator, 1, unit="示例人社局"),
        expert(administrator, 2, phone="13800000000"),
        expert(administrator, 3, name="教师丑"),
        expert(administrator, 4, relations=("联系人子",)),
        expert(administrator, 5),
        expert(administrator, 6),
    ]
    Expert.objects.filter(pk=made[5].pk).update(account=member)
    seated(administrator, call, *made)
    assert conflicts.recompute(call=call) == 7
    title = package.title
    assert found(call) == [
        (made[0].name, title, Ground.UNIT), (made[1].name, title, Ground.RECOMMENDER),
        (made[2].name, title, Ground.CONTACT), ("教师丑", title, Ground.COSIGNED),
        (made[4].name, title, Ground.RELATION), (made[5].name, title, Ground.CONTACT),
        (made[5].name, title, Ground.UNIT),
    ]  # fmt: skip
    reasons = dict(Conflict.objects.values_list("ground", "reason"))
    assert (reasons["recommender"], reasons["cosigned"], reasons["relation"]) == (
        "专家在推荐单位“示例人社局”", f"姓名出现在这个供应单位的《{title}》里", "专家列出的“联系人子”",
    )  # fmt: skip


def test_who_stood_together_before(administrator: Account, call: Call) -> None:
    before = in_review(
        call, of_unit(3), 3, draft={"form": {"contact": "故人寅"}, "rights": [{"owner": "专家卯、故人寅"}]}
    )
    Submission.objects.filter(pk=before.pk).update(state=SubmissionState.REFUSED)
    in_review(call, of_unit(4), 4, draft={"form": {"contact": "故人寅"}})
    seated(administrator, call, expert(administrator, 1, name="专家卯"))
    conflicts.recompute(call=call)
    assert found(call) == [("专家卯", "示例课程4", Ground.COSIGNED)]


def test_twice_is_once_and_what_was_lifted_stays_so(administrator: Account, call: Call) -> None:
    package = in_review(call, of_unit(1), 1)
    one = expert(administrator, 1, unit="示例1号培训中心")
    seated(administrator, call, one)
    assert (conflicts.recompute(call=call), conflicts.recompute(call=call)) == (1, 0)
    conflicts.lift(actor=administrator, conflict=Conflict.objects.get(), reason="重名")
    assert (conflicts.recompute(call=call), found(call)) == (0, [])
    conflicts.add(actor=administrator, expert=one, submission=package, reason="师生")
    with pytest.raises(Refused, match="已经记为回避"):
        conflicts.add(actor=administrator, expert=one, submission=package, reason="师生")
    actions.change(actor=administrator, expert=one, details=replace(details_of(one), relations=("示例1号培训中心",)))
    assert conflicts.recompute(call=call) == 1
    actions.change(actor=administrator, expert=one, details=replace(details_of(one), unit="别处", relations=()))
    assert (conflicts.recompute(call=call), found(call)) == (0, [(one.name, package.title, Ground.OFFICE)])
    gone = Conflict.objects.get(ground=Ground.RELATION)
    assert (gone.lifted_because, gone.lifted_at is not None) == ("", True)


def test_a_change_asks_for_conflicts_once(administrator: Account, call: Call) -> None:
    one = expert(administrator, 1)
    seated(administrator, call, one)
    actions.change(actor=administrator, expert=one, details=replace(details_of(one), unit="别处"))
    waiting = Job.objects.filter(name="experts.conflicts")
    assert [job.arguments for job in waiting] == [{"call": str(call.uuid)}]


def test_what_an_earlier_job_has_read_does_not_overwrite_a_later_ones(administrator: Account, call: Call) -> None:
    in_review(call, of_unit(1), 1)
    seated(administrator, call, expert(administrator, 1, unit="示例1号培训中心"))
    first = Job.objects.get(name="experts.conflicts")
    earlier = timezone.now() - timedelta(minutes=1)
    Job.objects.filter(pk=first.pk).update(state=JobState.RUNNING, attempt=1, started_at=earlier)
    first.refresh_from_db()
    look_again(call)
    second = Job.objects.exclude(pk=first.pk).get(name="experts.conflicts")
    run(str(second.uuid))
    assert found(call) == [("专家乙1", "示例课程1", Ground.UNIT)]
    Expert.objects.update(unit="别处")  # as the first one might have read it
    look_for_conflicts(Running(first), call=str(call.uuid))
    assert found(call) == [("专家乙1", "示例课程1", Ground.UNIT)]


def test_reading_asks_as_often_for_many(
    administrator: Account, call: Call, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in (1, 2, 3):
        in_review(call, of_unit(number), number)
        seated(administrator, call, expert(administrator, number))
    with django_assert_num_queries(6):
        conflicts.found_in(call)


def test_the_pool_refuses_what_cannot_be(administrator: Account, call: Call) -> None:
    one = expert(administrator, 1, mail="a@example.org")
    for wrong, words in (
        ({"name": " "}, "请填写姓名"), ({"mail": "x"}, "邮箱地址写错了"), ({"load_limit": 0}, "件数为 1 至"),
        ({"name": "别人", "mail": "A@example.org"}, "已有人用这个邮箱"), ({"name": one.name, "unit": one.unit}, "同名专家"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            expert(administrator, 2, **wrong)
    (seat,) = seated(administrator, call, one)
    with pytest.raises(Refused, match="还在“"):
        actions.leave(actor=administrator, expert=one, reason="退休")
    panel.drop_out(actor=administrator, seat=seat, reason="退休")
    actions.leave(actor=administrator, expert=one, reason="退休")
    expert(administrator, 3, name=one.name, unit=one.unit, mail="a@example.org")
    with pytest.raises(Refused):
        actions.come_back(actor=administrator, expert=one)


def test_what_is_kept_of_an_expert_who_goes(actors: dict[Role, Actor], administrator: Account, call: Call) -> None:
    person = actors[Role.EXPERT]
    assert isinstance(person, Account)
    one = expert(administrator, 1, mail="a@example.org", relations=("示例亲属",))
    Expert.objects.filter(pk=one.pk).update(account=person)
    seated(administrator, call, one)
    assert SHARE in shares()
    told = SHARE.export(person)
    assert (told["expert"][0]["relations"], len(told["seats"])) == (("示例亲属",), 1)
    assert len(SHARE.erase(person)) == 1
    one.refresh_from_db()
    assert (one.name, one.unit, one.mail, one.relations, one.account) == ("专家乙1", "示例研究所1", "", [], None)
