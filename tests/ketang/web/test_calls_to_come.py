"""A call that is published and not open yet: every page says so, with when it opens, and none takes a submission."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from ketang.people.account.models import Account
from ketang.selection.calls.actions import create, publish
from ketang.selection.calls.callfile import read_call
from ketang.selection.calls.models import Call
from ketang.selection.calls.shipped import shipped_call
from ketang.selection.intake.models import Receipt, Submission
from ketang.web.office.ledger_forms import calls_to_choose
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db
TITLE = "残疾人职业技能培训网络课程资源征集"


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def main_of(client: Client, address: str, language: str = "zh-hans") -> str:
    """What the main part of a page says, in one line."""
    with override("zh-hans"):  # the language of a request stays in the thread
        page = client.get(address, headers={"accept-language": language}).content.decode()
    read = _Words()
    read.feed(re.search(r"<main.*</main>", page, re.DOTALL)[0])  # type: ignore[index]
    return " ".join(read.words)


@pytest.fixture
def coming(open_call: Call) -> Call:
    """The call, published, to open in three days."""
    Call.objects.filter(pk=open_call.pk).update(opens_at=timezone.now() + timedelta(days=3))
    open_call.refresh_from_db()
    return open_call


def test_the_list_of_calls_says_that_it_comes(coming: Call, client: Client) -> None:
    opens, closes = coming.opens_there, coming.closes_there
    assert main_of(client, reverse("calls")) == (
        f"征集通知 即将开始 {TITLE} {opens} 开始，{closes} 截止 看结果公示 订阅征集通知（Atom）"
    )


def test_home_says_that_it_comes(coming: Call, client: Client) -> None:
    said = main_of(client, reverse("home"))
    told = f"正在征集 现在没有开放的征集 新的征集通知会在这里公布。 即将开始 {TITLE} {coming.opens_there} 开始，2099-08-31 23:59 截止 一门课"
    assert told in said
    Call.objects.update(opens_at=timezone.now())
    assert f"正在征集 {TITLE} 截止 2099-08-31 23:59 一门课" in main_of(client, reverse("home"))


def test_its_page_counts_the_days_to_its_opening(coming: Call, client: Client) -> None:
    page = reverse("call", args=[coming.slug])

    def head() -> str:
        return main_of(client, page).partition("天津市残疾人联合会 ")[2].partition(" 通知正文")[0]

    assert head() == (
        f"即将开始 开始 {coming.opens_there}（Asia/Shanghai 时间） 还有 3 天开始 截止 2099-08-31 23:59（Asia/Shanghai 时间）"
        " 开始以前不接收申报。可以先看要求、下载模板、试检课程包。"
    )
    told = f"Opens soon Opens {coming.opens_there} (Asia/Shanghai time) Opens in 3 days Closes "
    assert told in main_of(client, page, "en")
    Call.objects.update(opens_at=timezone.now())  # kept words of the page must not outlive the opening
    assert re.fullmatch(r"征集中 截止 2099-08-31 23:59（Asia/Shanghai 时间） 还有 \d+ 天 开始申报", head())


def test_its_page_is_read_by_its_own_clock(open_call: Call, client: Client) -> None:
    Call.objects.update(file={**open_call.file, "time_zone": "Asia/Urumqi"})
    assert "截止 2099-08-31 21:59（Asia/Urumqi 时间）" in main_of(client, reverse("call", args=[open_call.slug]))


def test_what_is_over_stands_under_closed_though_nobody_closed_it(open_call: Call, client: Client) -> None:
    Call.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert main_of(client, reverse("calls")) == f"征集通知 已截止 {TITLE} 已截止 看结果公示 订阅征集通知（Atom）"
    assert f"正在征集 {TITLE}" not in main_of(client, reverse("home"))


def test_the_feed_says_when_it_opens(coming: Call, client: Client) -> None:
    def said() -> str:
        return re.search(r"<summary[^>]*>(.*?)</summary>", client.get(reverse("calls-feed")).content.decode())[1]  # type: ignore[index]

    assert said() == f"{coming.opens_there} 开始，2099-08-31 23:59 截止"
    Call.objects.update(opens_at=timezone.now())
    assert said() == "截止 2099-08-31 23:59"


def test_a_supplier_is_told_before_and_after_filling_in(supplier_draft: Submission, coming: Call) -> None:
    """`supplier_draft` was begun when the call was open; the office moved the opening since."""
    supplier = signed_in(Account.objects.get(login="manager"))
    words = f"这个征集还没有开始，{coming.opens_there}（Asia/Shanghai 时间）起接收申报。"
    start = reverse("submission-start", args=[coming.slug])
    assert main_of(supplier, start) == f"开始申报 {TITLE} ! 请注意 {words} 看征集通知和要求"
    unit = str(supplier_draft.organisation.uuid)
    typed = {"organisation": unit, "title": "面点入门", "category": "P2(3)"}
    refused = supplier.post(start, typed).content.decode()
    assert (words in refused, Submission.objects.count()) == (True, 1)
    listed = main_of(supplier, reverse("submissions"))
    assert listed.endswith(f"正在征集 现在没有开放的征集 即将开始 {TITLE} {coming.opens_there} 开始接收申报")

    files = reverse("submission-files", args=[supplier_draft.uuid])
    supplier.post(files, {"chosen": SimpleUploadedFile("课程包.zip", b"PK\x03\x04 made up")})
    send = reverse("submission-send", args=[supplier_draft.uuid])
    assert main_of(supplier, send).endswith(f"以截止前最后一版为准。 ! 请注意 {words}")
    assert words in supplier.post(send, {"by": "示例培训学校", "agreed": "on"}).content.decode()
    assert Receipt.objects.count() == 0
    Call.objects.update(opens_at=timezone.now())
    supplier.post(send, {"by": "示例培训学校", "agreed": "on"})
    assert Receipt.objects.count() == 1


def test_the_office_sees_and_finds_it_as_one_to_come(coming: Call, administrator: Account) -> None:
    office = signed_in(administrator)

    def found(state: str) -> list[str]:
        page = office.get(reverse("office-calls"), {"state": state}).content.decode()
        return re.findall(r'<strong class="govuk-tag[^>]*>\s*(.*?)\s*</strong>', page)

    assert [found(state) for state in ("", "coming", "open", "closed")] == [["即将开始"], ["即将开始"], [], []]


def test_the_office_chooses_among_calls_with_the_coming_one_behind(coming: Call, administrator: Account) -> None:
    file = read_call(shipped_call("tianjin-2023")).model_copy(
        update={"id": "under-way", "closes": datetime(2098, 8, 31, 23, 59, 59)}
    )
    publish(call=create(file=file, actor=administrator), actor=administrator)
    assert list(calls_to_choose()) == ["under-way", coming.slug]
    board = signed_in(administrator).get(reverse("office-ledger-board")).content.decode()
    assert re.findall(r'<option value="([^"]*)"( selected)?', board) == [("under-way", " selected"), (coming.slug, "")]
    Call.objects.filter(pk=coming.pk).update(opens_at=timezone.now() - timedelta(days=3))
    assert list(calls_to_choose()) == [coming.slug, "under-way"]
