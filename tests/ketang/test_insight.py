"""What waits for whom, how a call goes, and the letter that says so each day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from ketang.insight import waiting as insight
from ketang.insight.digest import write_letters
from ketang.insight.figures import figures
from ketang.insight.waiting import KINDS, waiting
from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.preference.actions import choose_digest
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM
from ketang.platform.outbox.models import Letter, LetterState
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.recurring import begin_due
from ketang.selection.calls import actions as calls
from ketang.selection.calls.callfile import read_call
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Submission
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Medium
from ketang.settings import work
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
"""08:00 in Shanghai."""


def sent(
    draft: Submission, title: str, category: str = "P2(3)", state: str = CheckState.DONE, **check: object
) -> Submission:
    manager = Account.objects.get(login="manager")
    made = intake.start(actor=manager, call=draft.call, organisation=draft.organisation, title=title, category=category)
    intake.receive(actor=manager, submission=made, door=Door.WEB, name="课.zip", digest="0" * 64, size=1)
    Check.objects.filter(version=made.latest).update(state=state, **check)
    return made


def told() -> dict[str, int]:
    return {str(one.kind.words): one.count for one in waiting()}


def test_nothing_waits_where_nothing_was_sent(open_call: Call) -> None:
    Job.objects.all().delete()
    assert waiting() == []


def test_each_kind_is_told_while_it_waits_and_no_longer(supplier_draft: Submission, administrator: Account) -> None:
    one, two = sent(supplier_draft, "一"), sent(supplier_draft, "二", state=CheckState.FAILED)
    sent(supplier_draft, "三", state=CheckState.WAITING)
    ledger.register(actor=SYSTEM, door=Door.MAIL, medium=Medium.ELECTRONIC, received_at=timezone.now())
    Letter.objects.create(key="x", recipient="a@example.org", subject="x", text="x", state=LetterState.FAILED)
    Job.objects.all().update(state=JobState.DONE)
    assert told() == {
        "待认领的收件": 1, "等待核对材料的申报": 3, "没有完成的检查": 1, "没有发出的信": 1, "正在检查的课程包": 1,
    }  # fmt: skip
    intake.find_complete(actor=administrator, submission=one)
    intake.find_incomplete(actor=administrator, submission=two, reason="缺授权书")
    assert told() | {"没有完成的检查": 0, "没有发出的信": 0, "正在检查的课程包": 0, "待认领的收件": 0} == {
        "等待核对材料的申报": 1, "材料齐全、等待转入评审的申报": 1, "等待报送者补正的申报": 1,
        "没有完成的检查": 0, "没有发出的信": 0, "正在检查的课程包": 0, "待认领的收件": 0,
    }  # fmt: skip
    intake.accept(actor=administrator, submission=one)
    assert told()["等待移交评审的申报"] == 1
    assert [one.kind.whose for one in waiting(whose=frozenset({Role.SUPPLIER}))] == [Role.SUPPLIER]


def test_counting_stops_where_nobody_looks(supplier_draft: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insight, "MOST", 2)
    for title in "一二三":
        sent(supplier_draft, title)
    found = next(one for one in waiting() if one.kind.words == "等待核对材料的申报")
    assert (found.count, found.is_more) == (2, True)


def test_the_figures_count_everything_once(supplier_draft: Submission, administrator: Account) -> None:
    first = sent(supplier_draft, "一", verdict="passed")
    sent(supplier_draft, "二", category="P2(1)", verdict="failed")
    third = sent(supplier_draft, "三", state=CheckState.FAILED)
    Submission.objects.filter(pk=third.pk).update(category="自己写的")
    Submission.objects.filter(pk=first.pk).update(submitted_at=timezone.now() - timedelta(days=2))
    cache.clear()
    found = figures(supplier_draft.call)
    assert found.total == 3
    assert sum(bar.count for bar in found.categories) == 3
    assert (found.categories[-1].words, found.categories[-1].count) == ("其他", 1)
    assert [(bar.words, bar.count) for bar in found.verdicts] == [
        ("符合", 1), ("待复核", 0), ("不符合", 1), ("检查没有完成", 1), ("没有电子版", 0),
    ]  # fmt: skip
    assert [bar.count for bar in found.days][-3:] == [1, 0, 2]
    assert (len(found.days), sum(bar.count for bar in found.days)) == (30, 3)
    assert [(bar.height, bar.top, bar.hundredths) for bar in found.days[-3:]] == [
        (40, 40, 50),
        (0, 80, 0),
        (80, 0, 100),
    ]


@pytest.fixture
def clerk(actors: dict[Role, Actor]) -> Account:
    account = actors[Role.CLERK]
    assert isinstance(account, Account)
    Account.objects.filter(pk=account.pk).update(email="clerk@example.org")
    account.refresh_from_db()
    return account


@pytest.fixture
def leaves(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]


@pytest.mark.usefixtures("leaves")
def test_a_letter_a_day_and_none_when_nothing_waits(clerk: Account, supplier_draft: Submission) -> None:
    assert write_letters(MORNING) == 0, "nobody asked for one"
    choose_digest(account=clerk, wanted=True)
    Job.objects.filter(state=JobState.FAILED).delete()
    assert write_letters(MORNING) == 0, "nothing waits"
    sent(supplier_draft, "一")
    assert write_letters(datetime(2026, 3, 1, 23, 0, tzinfo=UTC)) == 0, "before half past seven"
    assert [write_letters(MORNING), write_letters(MORNING + timedelta(hours=3))] == [1, 1]
    letter = Letter.objects.get()
    assert (letter.recipient, letter.subject) == (
        "clerk@example.org",
        "今天等您处理：1 项 · 1 kinds of work wait for you today",
    )
    assert letter.headers == {"Auto-Submitted": "auto-generated"}
    assert "等待核对材料的申报 1，最早" in letter.text
    assert reverse("office") + "?state=submitted" in letter.text
    assert "Submissions whose material is to be looked through 1" in letter.text
    assert write_letters(MORNING + timedelta(days=1)) == 1
    assert Letter.objects.count() == 2
    choose_digest(account=clerk, wanted=False)
    assert write_letters(MORNING + timedelta(days=2)) == 0


def test_no_letter_where_none_leaves(clerk: Account, supplier_draft: Submission, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"  # type: ignore[attr-defined]
    choose_digest(account=clerk, wanted=True)
    sent(supplier_draft, "一")
    assert (write_letters(MORNING), Letter.objects.count()) == (0, 0)


@pytest.mark.usefixtures("leaves")
def test_who_is_no_clerk_any_more_gets_none(unit: Organisation, supplier_draft: Submission) -> None:
    manager = Account.objects.get(login="manager")
    Account.objects.filter(pk=manager.pk).update(email="manager@example.org")
    choose_digest(account=manager, wanted=True)
    sent(supplier_draft, "一")
    assert write_letters(MORNING) == 0


def test_the_page_is_the_offices_and_costs_the_same_whatever_waits(
    actors: dict[Role, Actor], clerk: Account, supplier_draft: Submission
) -> None:
    client, address = signed_in(clerk), reverse("office-today")
    sent(supplier_draft, "一")
    costs = []
    for titles in ("二", "三四"):
        for title in titles:
            sent(supplier_draft, title)
        cache.clear()
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 40
    assert "等待核对材料的申报" in page
    supplier = actors[Role.SUPPLIER]
    assert isinstance(supplier, Account)
    assert signed_in(supplier).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_the_page_begins_with_the_call_that_runs_then_the_latest_that_has_begun(
    clerk: Account, open_call: Call, administrator: Account, shipped_call: str
) -> None:
    client, address, now = signed_in(clerk), reverse("office-today"), timezone.now()
    file = read_call(shipped_call).model_copy(update={"closes": datetime(2099, 8, 31, 23, 0), "id": "coming"})
    coming = calls.publish(call=calls.create(file=file, actor=administrator), actor=administrator)
    Call.objects.filter(pk=coming.pk).update(opens_at=now + timedelta(days=2))
    shown = [client.get(address).context["call"]]
    Call.objects.filter(pk=open_call.pk).update(closes_at=now - timedelta(days=2))
    shown.append(client.get(address).context["call"])
    Call.objects.filter(pk=open_call.pk).update(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=2))
    shown.append(client.get(address).context["call"])
    assert shown == [open_call, open_call, coming]


def test_the_letter_is_chosen_and_given_up_on_the_page(clerk: Account, open_call: Call) -> None:
    client, address = signed_in(clerk), reverse("office-today")
    assert "每天早上会给您来信。" in client.post(address, {"wanted": "on"}, follow=True).content.decode()
    assert " checked" in client.get(address).content.decode()
    assert "不再每天来信。" in client.post(address, follow=True).content.decode()


def test_every_kind_leads_to_a_page_that_is_there() -> None:
    assert [kind.page for kind in KINDS if kind.page and not reverse(kind.page)] == []


def test_the_product_looks_for_who_wants_a_letter_for_what_is_to_be_tallied_and_for_what_expired() -> None:
    Job.objects.all().delete()
    with override_settings(JOB_RECURRING=work.JOB_RECURRING):
        begin_due()
        begin_due()
    assert (work.JOB_RECURRING, list(Job.objects.order_by("pk").values_list("name", "state"))) == (
        {
            "insight.digest": 900.0, "tallying.keep": 120.0, "uploads.let_go": 3600.0, "renditions.wake": 300.0,
            "exams.close": 60.0, "learning.forget": 86_400.0, "offline.forget": 86_400.0, "usage.publish": 86_400.0,
            "lti.send": 60.0, "lti.forget": 3600.0,
        },
        [(name, JobState.WAITING) for name in work.JOB_RECURRING],
    )  # fmt: skip
