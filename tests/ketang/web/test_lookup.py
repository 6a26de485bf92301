"""查结果: number and code together; neither alone, and nobody walks the numbers."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

from ketang.people.account.models import Account
from ketang.platform.storage.actions import put_bytes
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Receipt, Submission
from ketang.web.public.lookup import HOURLY

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def receipt(supplier_draft: Submission) -> Receipt:
    cache.clear()
    stored = put_bytes(b"a package")
    return intake.receive(
        actor=Account.objects.get(login="manager"), submission=supplier_draft, door=Door.WEB, name="课程包.zip",
        digest=stored.digest, size=stored.size,
    )  # fmt: skip


def ask(number: str, code: str) -> str:
    answer = Client().post("/lookup", {"number": number, "code": code})
    assert answer.status_code == 200
    return answer.content.decode()


def told(page: str) -> list[tuple[str, str]]:
    rows = re.findall(r"<dt[^>]*>(.*?)</dt><dd[^>]*>(.*?)</dd>", page.partition('<dl class="govuk-summary-list">')[2])
    return [(key, re.sub(r"<[^>]+>", " ", value).strip()) for key, value in rows if key != "收到时间"]


def test_the_holder_of_a_receipt_sees_how_it_stands(receipt: Receipt, administrator: Account) -> None:
    code, submission = receipt.code, receipt.version.submission
    Check.objects.filter(version=receipt.version).update(state=CheckState.DONE, errors=3, undecided=1)
    page = ask(f" {receipt.number.lower()} ", f"{code[:4]} {code[4:].upper()}")
    assert told(page) == [
        ("回执编号", receipt.number), ("受理编号", submission.number), ("版本", "第 1 版"),
        ("检查", "必须改 3 处，一般应改 0 处，需人工判断 1 处"), ("遴选结果", "还没有结果"),
    ]  # fmt: skip
    assert submission.organisation.name not in page
    intake.refuse(actor=administrator, submission=submission, reason="不是这个征集要的")
    page = ask(receipt.number, code)
    assert "不予受理" in page
    assert "不是这个征集要的" not in page


@pytest.mark.parametrize("wrong", ["number", "code", "digest"])
def test_half_of_it_tells_nothing(receipt: Receipt, wrong: str) -> None:
    asked = {"number": receipt.number, "code": receipt.code}
    # The digest is published with the sealed list, beside the number.
    more = {"number": "DEMO-R99999", "code": "00000000", "digest": receipt.version.digest[:8]}[wrong]
    asked["number" if wrong == "number" else "code"] = more
    page = ask(**asked)
    assert "没有找到。请对照回执检查编号和查询码，两样都要一致。" in page
    assert told(page) == []


@pytest.mark.parametrize("code", ["", "abc", "zzzzzzzz", "0" * 64])
def test_what_is_no_code_is_told_at_its_field(receipt: Receipt, code: str) -> None:
    page = ask(receipt.number, code)
    assert ("查询码是 8 位" in page or "请填写查询码。" in page, told(page)) == (True, [])


def test_an_earlier_version_points_to_the_one_that_counts(receipt: Receipt) -> None:
    stored = put_bytes(b"a better package")
    intake.receive(
        actor=Account.objects.get(login="manager"), submission=receipt.version.submission, door=Door.WEB,
        name="课程包.zip", digest=stored.digest, size=stored.size,
    )  # fmt: skip
    assert "后来又交了第 2 版" in ask(receipt.number, receipt.code)


def test_nobody_walks_the_numbers(receipt: Receipt) -> None:
    for number in range(HOURLY):
        assert "没有找到" in ask(receipt.number, f"{number:08x}")
    page = ask(receipt.number, receipt.code)
    assert ("查错的次数太多了" in page, told(page)) == (True, [])
