"""A supplier's way without the script: register, start, fill in, upload, send, receipt; the office sees it and answers."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.role.actions import appoint
from ketang.people.role.models import Role
from ketang.platform.storage.reading import read_whole
from ketang.selection.calls import actions as calls
from ketang.selection.calls.models import Call
from ketang.selection.intake.models import Receipt, Submission
from ketang_accounts import credit_code, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(administrator: Account, open_call: Call) -> Call:
    return open_call


def titles(answer: object) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.DOTALL)[1].strip()  # type: ignore[attr-defined, index]


def test_the_whole_way_without_script(call: Call, administrator: Account) -> None:
    supplier = Client()
    supplier.force_login(open_by_command(login="teacher", name="教师甲").account)
    begun = supplier.get(reverse("submission-start", args=[call.slug]))
    assert "还没有登记供应单位" in begun.content.decode()
    supplier.post(reverse("supplier-register"), {"kind": "unit", "name": "示例培训学校", "credit_code": credit_code(1)})
    form = supplier.get(reverse("submission-start", args=[call.slug]))
    organisation = re.search(r'name="organisation"[^>]*value="([^"]+)"', form.content.decode())[1]  # type: ignore[index]
    made = supplier.post(
        reverse("submission-start", args=[call.slug]),
        {"organisation": organisation, "title": "老年人饮水照护入门", "category": "P2(3)"},
    )
    submission = Submission.objects.get()
    assert made["Location"] == reverse("submission", args=[submission.uuid])

    supplier.post(
        reverse("submission-form", args=[submission.uuid]),
        {"unit": "示例培训学校", "contact": "联系人甲", "own_rights": "yes", "topic_source": "自制"},
    )
    supplier.post(
        reverse("submission-rights", args=[submission.uuid]), {"what": "照片", "owner": "示例培训学校", "own": "yes"}
    )
    package = SimpleUploadedFile("课程包.zip", b"PK\x03\x04 made up")
    supplier.post(reverse("submission-files", args=[submission.uuid]), {"chosen": package})
    page = supplier.get(reverse("submission-send", args=[submission.uuid]))
    assert "课程包.zip" in page.content.decode()
    refused = supplier.post(reverse("submission-send", args=[submission.uuid]), {"by": "联系人甲"})
    assert "要提交，须同意用于公益培训" in refused.content.decode()
    assert Receipt.objects.count() == 0
    sent = supplier.post(reverse("submission-send", args=[submission.uuid]), {"by": "联系人甲", "agreed": "on"})
    receipt = Receipt.objects.get()
    assert sent["Location"] == reverse("receipt", args=[receipt.uuid])
    shown = supplier.get(sent["Location"]).content.decode()
    assert receipt.number in shown
    assert hashlib.sha256(b"PK\x03\x04 made up").hexdigest() in shown
    assert "<svg" in shown
    assert read_whole(receipt.version.digest) == b"PK\x03\x04 made up"
    assert receipt.version.form["form"]["own_rights"] is True
    assert [row["what"] for row in receipt.version.form["rights"]] == ["照片"]

    clerk = open_by_command(login="clerk", name="经办员").account
    appoint(actor=administrator, account=clerk, role=Role.CLERK)
    office = signed_in(clerk)
    listed = office.get(reverse("office"), {"words": "饮水"}).content.decode()
    assert "TIANJIN-2023-0001" in listed
    arrival = reverse("office-arrival", args=[submission.uuid])
    assert titles(office.get(arrival)) == "老年人饮水照护入门"
    told = office.post(reverse("office-arrival-decide", args=[submission.uuid]), {"state": "incomplete"})
    assert "请写明要补正什么。" in told.content.decode()
    office.post(reverse("office-arrival-decide", args=[submission.uuid]), {"state": "incomplete", "reason": "缺承诺书"})
    submission.refresh_from_db()
    assert submission.state == "incomplete"


def test_nobody_sees_another_supplier_s_pages(call: Call, supplier_draft: Submission) -> None:
    stranger = Client()
    stranger.force_login(open_by_command(login="stranger", name="外人").account)
    for name in (
        "submission",
        "submission-form",
        "submission-rights",
        "submission-files",
        "submission-send",
        "submission-withdraw",
    ):
        assert stranger.get(reverse(name, args=[supplier_draft.uuid])).status_code == 404
    assert stranger.get(reverse("office")).status_code == 403
    assert Client().get(reverse("submission", args=[supplier_draft.uuid])).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_row_and_three(
    call: Call, supplier_draft: Submission, administrator: Account, rows: int, django_assert_max_num_queries: object
) -> None:
    for number in range(rows - 1):
        Submission.objects.create(
            call=call,
            organisation=supplier_draft.organisation,
            title=f"课 {number}",
            category="P2(1)",
            number=f"X-{number}",
            state="submitted",
            submitted_at=timezone.now(),
        )
    member = Client()
    member.force_login(Account.objects.get(login="manager"))
    office = signed_in(administrator)
    member.get(reverse("submissions"))
    office.get(reverse("office"))
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        member.get(reverse("submissions"))
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        office.get(reverse("office"))
    assert calls.__name__ == "ketang.selection.calls.actions"


def test_the_public_reads_the_call_and_takes_its_templates(call: Call) -> None:
    visitor = Client()
    assert titles(visitor.get(reverse("call", args=[call.slug]))) == "残疾人职业技能培训网络课程资源征集"
    feed = visitor.get(reverse("calls-feed"))
    assert (feed.status_code, feed["Content-Type"].split(";")[0]) == (200, "application/atom+xml")
    taken = visitor.get(reverse("template", args=["form"]))
    assert (taken.status_code, taken.content[:2]) == (200, b"PK")
    assert visitor.get(reverse("template", args=["nothing"])).status_code == 404


def test_the_page_of_a_call_tells_the_days_of_grace(call: Call) -> None:
    def told(language: str = "zh-hans") -> bool:
        visitor = Client(headers={"accept-language": language})
        words = {
            "zh-hans": "另一件可以晚到 3 天，到最后一天 24:00 为止。",
            "en": "the other may follow 3 days later, until the last day ends at 24:00.",
        }
        return words[language] in visitor.get(reverse("call", args=[call.slug])).content.decode()

    assert [told(), told("en")] == [False, False]
    Call.objects.filter(pk=call.pk).update(file={**call.file, "grace_days": 3})
    assert [told(), told("en")] == [True, True]


def test_the_office_makes_previews_and_publishes_a_call(administrator: Account, shipped_call: str) -> None:
    office = signed_in(administrator)
    wrong = office.post(
        reverse("office-call-new"), {"text": shipped_call.replace("zh: 残疾人职业", "zhh: 残疾人职业", 1)}
    )
    assert "title.zh：缺少这一项。" in wrong.content.decode()
    text = shipped_call.replace("2023-08-31T23:59:59", "2099-08-31T23:59:59")
    preview = office.post(reverse("office-call-new"), {"text": text, "preview": "1"})
    assert "下面是预览，还没有保存。" in preview.content.decode()
    assert Call.objects.count() == 0
    office.post(reverse("office-call-new"), {"text": text})
    call = Call.objects.get()
    office.post(reverse("office-call-move", args=[call.uuid]), {"state": "published"})
    call.refresh_from_db()
    assert call.state == "published"
    assert Client().get(reverse("call", args=[call.slug])).status_code == 200
    exported = office.get(reverse("office-call-export", args=[call.uuid])).content.decode()
    assert "ketang_call: 1" in exported
