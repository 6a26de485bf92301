"""Results on public notice, objections to them, and awards that become final by themselves."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.privacy.registry import shares
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.outbox.models import Letter
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.platform.storage.holding import is_held
from ketang.selection.announcing import permissions
from ketang.selection.announcing.actions import announce, answer, ends_at, send_objection, settle
from ketang.selection.announcing.models import NoticeEntry, Objection, PublicNotice
from ketang.selection.announcing.queries import is_final, result_of
from ketang.selection.awarding.actions import confirm, reject, select
from ketang.selection.awarding.approving import approve
from ketang.selection.awarding.models import AwardList, Decision, Outcome
from ketang.selection.awarding.queries import digest_of
from ketang.selection.calls.models import Call
from ketang.selection.paying.queries import payable
from ketang_accounts import signed_in

from .awards import approved, colleague, in_review, proposed, with_fee

pytestmark = pytest.mark.django_db
SENDS = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}


@pytest.fixture
def made(call: Call, unit: Organisation, administrator: Account) -> AwardList:
    with_fee(call, budget="40000.00")
    return approved(call, unit, administrator)


@pytest.fixture
def notice(made: AwardList, administrator: Account) -> PublicNotice:
    return announce(actor=administrator, call=made.call, shows_amounts=True)


def objected(notice: PublicNotice, **more: object) -> Objection:
    said = {"name": "示例市民", "words": "这门课是抄的。", "mail": "citizen@example.org"} | more
    return send_objection(notice=notice, **said)  # type: ignore[arg-type]


def over(notice: PublicNotice) -> None:
    PublicNotice.objects.filter(pk=notice.pk).update(ends_at=timezone.now() - timedelta(seconds=1))


def decisions(made: AwardList) -> list[Decision]:
    return [row.decision for row in made.rows.select_related("decision").order_by("place") if row.decision]


def test_what_two_people_decided_is_announced_once(
    call: Call, unit: Organisation, administrator: Account, made: AwardList
) -> None:
    notice = announce(actor=administrator, call=call, shows_amounts=False)
    fields = ("place", "supplier", "title", "outcome", "amount")
    assert list(notice.entries.values_list(*fields)) == [
        (1, "示例培训学校", "课程1", "selected", Decimal(20000)), (2, "示例培训学校", "课程2", "selected", Decimal(15000)),
        (3, "示例培训学校", "课程3", "reserve", None),
    ]  # fmt: skip
    assert (notice.number, [entry.action for entry in history(notice)]) == ("TIANJIN-2023-G01", ["announcing.announce"])
    with pytest.raises(Refused, match="没有可以公示的结果"):
        announce(actor=administrator, call=call, shows_amounts=False)


def test_nothing_is_announced_that_one_person_decided(call: Call, unit: Organisation, administrator: Account) -> None:
    single = select(actor=administrator, submission=in_review(call, unit, administrator), amount=Decimal(1))
    with pytest.raises(Refused, match="没有可以公示的结果"):
        announce(actor=administrator, call=call, shows_amounts=True)
    assert (result_of(single.submission), list(payable())) == (None, [])
    confirm(actor=colleague(administrator), decision=single)
    told = result_of(single.submission)
    assert told is not None
    assert (told.decision, told.notice, list(payable())) == (single, None, [])
    made = announce(actor=administrator, call=call, shows_amounts=True)
    assert [entry.decision for entry in made.entries.all()] == [single]


def test_a_single_refusal_is_told_once_two_people_stand_behind_it(
    call: Call, unit: Organisation, administrator: Account
) -> None:
    single = reject(actor=administrator, submission=in_review(call, unit, administrator), reason="内容与要求不符")
    assert result_of(single.submission) is None
    confirm(actor=colleague(administrator), decision=single)
    told = result_of(single.submission)
    assert told is not None
    assert (told.decision, told.notice) == (single, None)


def test_a_list_in_revision_is_not_announced(call: Call, unit: Organisation, administrator: Account) -> None:
    proposed(call, unit, administrator)
    with pytest.raises(Refused, match="还没有两个人批准"):
        announce(actor=administrator, call=call, shows_amounts=True)


@pytest.mark.parametrize(
    ("days", "zone", "start", "end"),
    [
        (7, "Asia/Shanghai", datetime(2026, 3, 2, 1, 0, tzinfo=UTC), datetime(2026, 3, 9, 16, 0, tzinfo=UTC)),
        (1, "Asia/Shanghai", datetime(2026, 3, 2, 16, 0, tzinfo=UTC), datetime(2026, 3, 4, 16, 0, tzinfo=UTC)),
        (3, "Europe/Berlin", datetime(2026, 3, 27, 12, 0, tzinfo=UTC), datetime(2026, 3, 30, 22, 0, tzinfo=UTC)),
        (0, "Asia/Shanghai", datetime(2026, 3, 2, 1, 0, tzinfo=UTC), datetime(2026, 3, 2, 1, 0, tzinfo=UTC)),
    ],
)
def test_the_period_is_whole_days_on_the_calls_calendar(
    call: Call, days: int, zone: str, start: datetime, end: datetime
) -> None:
    call.file = {**call.file, "notice_days": days, "time_zone": zone}
    call.__dict__.pop("content", None)
    assert ends_at(start, call) == end


def test_results_become_final_by_themselves(made: AwardList, notice: PublicNotice) -> None:
    (job,) = Job.objects.filter(name="announcing.settle")
    assert job.not_before == notice.ends_at
    assert (settle(notice=notice), is_final(decisions(made)[0])) == (False, False)
    over(notice)
    Job.objects.update(not_before=timezone.now())
    run(str(job.uuid))
    assert is_final(decisions(made)[0])
    assert [entry.action for entry in history(notice)] == ["announcing.announce", "announcing.final"]


def test_an_open_objection_holds_the_results_back(
    made: AwardList, notice: PublicNotice, administrator: Account
) -> None:
    objection = objected(notice, entry=notice.entries.get(place=1))
    over(notice)
    assert not settle(notice=notice)
    with pytest.raises(Refused, match="请写明答复"):
        answer(actor=administrator, objection=objection, upheld=False, words=" ")
    with pytest.raises(Refused, match="异议不成立"):
        answer(actor=administrator, objection=objection, upheld=False, words="查无此事", withdraws=True)
    answer(actor=administrator, objection=objection, upheld=False, words="经核对，内容是原创的。")
    notice.refresh_from_db()
    assert (notice.final_at is not None, is_final(decisions(made)[0])) == (True, True)
    with pytest.raises(Refused, match="已经答复"):
        answer(actor=administrator, objection=objection, upheld=True, words="再想想")
    with pytest.raises(Refused, match="已经结束"):
        objected(notice)


@override_settings(**SENDS)
def test_an_upheld_objection_takes_the_award_to_the_next_of_the_reserve(
    made: AwardList, notice: PublicNotice, administrator: Account
) -> None:
    objection = objected(notice, entry=notice.entries.get(place=1))
    answer(actor=administrator, objection=objection, upheld=True, words="经查属实。", withdraws=True)
    made.refresh_from_db()
    rows = list(made.rows.order_by("place").values_list("outcome", "amount"))
    assert rows == [("not-selected", None), ("selected", Decimal(15000)), ("selected", Decimal(10000)), ("not-selected", None)]  # fmt: skip
    assert made.state == "draft"
    first = made.rows.get(place=1)
    assert first.withdrawn_because == f"公示期间的异议 {objection.number} 成立"
    result = result_of(first.submission)
    assert result is not None
    assert (result.decision.outcome, result.notice) == (Outcome.NOT_SELECTED, None)
    letter = Letter.objects.get(key=f"objection:{objection.uuid}")
    assert (letter.recipient, objection.letter, "经查属实。" in letter.text, "withdrawn" in letter.text) == (
        "citizen@example.org", letter, True, True,
    )  # fmt: skip
    for account in (administrator, Account.objects.get(login="second")):
        approve(actor=account, award_list=made, digest=digest_of(made))
    later = announce(actor=administrator, call=made.call, shows_amounts=True)
    assert [entry.title for entry in later.entries.all()] == ["课程3"]


def test_suppliers_see_their_result_once_it_is_announced(made: AwardList, administrator: Account) -> None:
    submissions = [row.submission for row in made.rows.select_related("submission").order_by("place")]
    assert [result_of(one) for one in submissions] == [None] * 4
    notice = announce(actor=administrator, call=made.call, shows_amounts=True)
    told = [result_of(one) for one in submissions]
    assert [(one.decision.outcome, one.notice, one.is_final) for one in told if one] == [
        ("selected", notice, False), ("selected", notice, False), ("reserve", notice, False), ("not-selected", notice, False),
    ]  # fmt: skip
    page = signed_in(Account.objects.get(login="manager")).get(reverse("submission", args=[submissions[0].uuid]))
    assert "20000.00 元" in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"), ({"words": ""}, "words"), ({"words": "字" * 5001}, "words"), ({"mail": ""}, "mail"),
        ({"mail": "nobody"}, "mail"), ({"phone": "1" * 41}, "phone"), ({"evidence": ("x.pdf", b"MZ program")}, "evidence"),
        ({"evidence": ("x.jpg", b"<svg onload=alert(1)>")}, "evidence"), ({"evidence": ("x.pdf", b"%PDF-" + b"0" * (10 << 20))}, "evidence"),
    ],
)  # fmt: skip
def test_an_objection_is_named_and_within_limits(notice: PublicNotice, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        objected(notice, **wrong)
    assert (refused.value.field, Objection.objects.count()) == (field, 0)


def test_evidence_is_drawn_anew_and_held(notice: PublicNotice) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(picture, "PNG")
    made = objected(notice, evidence=("..\\图/证据.exe", picture.getvalue()))
    assert (made.evidence_name, is_held(made.evidence), made.number) == ("证据.jpg", True, "TIANJIN-2023-G01-Y001")
    assert objected(notice, evidence=("信.doc", b"%PDF-1.7 x")).evidence_name == "信.pdf"


def test_whoever_objects_needs_no_account_and_is_named_to_the_office_alone(
    notice: PublicNotice, administrator: Account
) -> None:
    client = Client()
    page = client.get(reverse("announcement", args=[notice.uuid])).content.decode()
    assert ("课程1" in page, "20000.00" in page, "课程4" in page) == (True, True, False)
    empty = client.post(reverse("object", args=[notice.uuid]), {})
    assert (empty.status_code, "请写明异议和理由" in empty.content.decode()) == (200, True)
    said = {"about": "2", "words": "有异议", "name": "示例市民", "phone": "022-00000000"}
    sent = client.post(reverse("object", args=[notice.uuid]), said)
    made = Objection.objects.get()
    assert (sent["Location"], made.entry) == (reverse("objection", args=[made.uuid]), notice.entries.get(place=2))
    seen = client.get(sent["Location"]).content.decode()
    assert (made.number in seen, "示例市民" in seen, "022-00000000" in seen) == (True, False, False)
    office = signed_in(administrator)
    assert "022-00000000" in office.get(reverse("office-objection", args=[made.uuid])).content.decode()
    done = office.post(
        reverse("office-objection", args=[made.uuid]), {"upheld": "no", "effect": "none", "words": "已核对"}
    )
    assert (done.status_code, "已核对" in client.get(sent["Location"]).content.decode()) == (302, True)
    for _ in range(10):
        client.post(reverse("object", args=[notice.uuid]), said)
    assert "已经提交了很多条" in client.post(reverse("object", args=[notice.uuid]), said).content.decode()
    assert Objection.objects.count() == 10


def test_evidence_is_only_ever_saved(notice: PublicNotice, administrator: Account) -> None:
    made = objected(notice, evidence=("信.pdf", b"%PDF-1.7 <script>"))
    address = reverse("office-objection-evidence", args=[made.uuid])
    answer_ = signed_in(administrator).get(address)
    assert (answer_["Content-Type"], answer_["X-Content-Type-Options"], answer_["Content-Disposition"][:10]) == (
        "application/octet-stream", "nosniff", "attachment",
    )  # fmt: skip
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_a_notice_costs_the_same_for_one_and_three(
    call: Call,
    unit: Organisation,
    administrator: Account,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with_fee(call, budget=None)
    approved(call, unit, administrator, ("9.5", "8.5", "7.0")[:count])
    notice = announce(actor=administrator, call=call, shows_amounts=True)
    for _ in range(count):
        objected(notice)
    with django_assert_num_queries(4):
        assert Client().get(reverse("announcement", args=[notice.uuid])).status_code == 200
    client = signed_in(administrator)
    client.get(reverse("office-announcing", args=[call.uuid]))
    with django_assert_num_queries(11):
        assert client.get(reverse("office-announcing", args=[call.uuid])).status_code == 200


def test_erasure_leaves_nobody_named(notice: PublicNotice, administrator: Account) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=administrator, email="citizen@example.org", verified=True)
    objected(notice)
    share = next(one for one in shares() if one.applet == "announcing")
    assert [one["words"] for one in share.export(administrator)["objections"]] == ["这门课是抄的。"]
    assert share.first is not None
    share.first(administrator)
    one = Objection.objects.get()
    assert (one.name, one.mail, one.words) == ("已注销", "", "这门课是抄的。")
    assert list(share.erase(administrator)) == []


@pytest.mark.parametrize("role", Role)
def test_permissions(actors: dict[Role, Actor], role: Role, call: Call) -> None:
    may = role in {Role.CLERK, Role.ADMINISTRATOR}
    assert permissions.may_announce(actors[role]) is may
    if not may:
        with pytest.raises(PermissionDenied):
            announce(actor=actors[role], call=call, shows_amounts=True)
        with pytest.raises(PermissionDenied):
            answer(actor=actors[role], objection=Objection(), upheld=False, words="不")
    assert NoticeEntry.objects.count() == 0
