"""Pages of recommending bodies: the link opens in one browser, nothing of another body is seen, and the office's pages beside them."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from docx import Document

from ketang.people.account.models import Account
from ketang.people.organisation.models import OrganisationKind
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.outbox.models import Letter
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.platform.storage.actions import put_bytes
from ketang.selection.calls.models import Call
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Receipt, Submission
from ketang.selection.ledger.models import Arrival
from ketang.selection.recommending import actions
from ketang.selection.recommending.models import Listed, Recommendation, Recommender
from ketang.web.recommender import link as link_page
from ketang.web.recommender import pages
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db
DEAD = "这个链接打不开"
NAMED = "网络课程+示例技工学校+快递收寄.zip"


@pytest.fixture
def bureau(open_call: Call, administrator: Account) -> Recommender:
    fields = {"kind": OrganisationKind.BUREAU, "name": "示例人社局", "mail": "bureau@example.org"}
    return actions.register(actor=administrator, call=open_call, **fields)  # type: ignore[arg-type]  # of several types


@pytest.fixture
def guild(open_call: Call, administrator: Account) -> Recommender:
    return actions.register(actor=administrator, call=open_call, kind=OrganisationKind.ASSOCIATION, name="示例协会")


@pytest.fixture
def receipt(supplier_draft: Submission) -> Receipt:
    stored = put_bytes(b"a package")
    return intake.receive(
        actor=Account.objects.get(login="manager"), submission=supplier_draft, door=Door.WEB, name="课.zip",
        digest=stored.digest, size=stored.size,
    )  # fmt: skip


def address(body: Recommender, administrator: Account) -> str:
    whole = actions.show_link(actor=administrator, recommender=body)
    return whole[whole.index("/r/") :]


def browser(body: Recommender, administrator: Account) -> Client:
    """A browser in which the link was opened."""
    client = Client()
    answer = client.post(address(body, administrator), {"how": "open"})
    assert (answer.status_code, answer["Location"]) == (302, "/recommending/")
    return client


def said(client: Client, path: str = "/recommending/", **data: object) -> str:
    answer = client.post(path, data, follow=True) if data else client.get(path)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"], answer["Referrer-Policy"]) == (
        "max-age=0, no-cache, no-store, must-revalidate, private", "noindex", "same-origin",
    )  # fmt: skip
    return unescape(answer.content.decode())


def test_a_link_opens_by_a_button_in_one_browser(bureau: Recommender, administrator: Account) -> None:
    to, client = address(bureau, administrator), Client()
    looked = said(client, to)
    assert ("示例人社局" in looked, "recommending" in client.cookies) == (
        True,
        False,
    )  # a program that looks opens nothing
    assert to not in looked.split("意见反馈")[0].rpartition("<li>")[2]
    answer = client.post(to, {"how": "open"})
    cookie = client.cookies["recommending"]
    assert (answer["Location"], cookie["httponly"], cookie["samesite"]) == ("/recommending/", True, "Lax")
    assert "名单上还没有待推荐的课程包" in said(client)
    assert client.get(to)["Location"] == "/recommending/"
    other = Client()
    assert DEAD in said(other, to)
    assert DEAD in said(other, to, how="open")
    closed = other.get("/recommending/")
    assert (closed.status_code, "请用链接打开" in closed.content.decode()) == (403, True)


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend")
def test_every_dead_link_says_the_same(bureau: Recommender, administrator: Account) -> None:
    ended = address(bureau, administrator)
    used = address(bureau, administrator)
    client = Client()
    client.post(used, {"how": "open"})
    answers = [Client().get(path) for path in (ended, used, "/r/there-is-no-such-link")]
    assert {answer.status_code for answer in answers} == {404}
    told = {
        re.sub(r'(value="/r/|next=|/r/|csrfmiddlewaretoken" value=")[^"]*', "", answer.content.decode())
        for answer in answers
    }
    assert len(told) == 1
    again = [said(Client(), path, how="again") for path in (used, "/r/there-is-no-such-link")]
    assert ["新链接已发到登记的邮箱" in one for one in again] == [True, True]
    assert list(Letter.objects.values_list("recipient", flat=True)) == ["bureau@example.org"]
    assert client.get("/recommending/").status_code == 403  # a new link ends the old browser


def test_guesses_of_links_and_receipts_come_to_an_end(
    bureau: Recommender, administrator: Account, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_page, "HOURLY", 2)
    monkeypatch.setattr(pages, "HOURLY", 2)
    client = browser(bureau, administrator)
    fresh = address(bureau, administrator)
    assert [Client().get(f"/r/guess-{number}").status_code for number in range(3)] == [404, 404, 429]
    assert Client().get(fresh).status_code == 429  # not even the right one
    link_page.cache.clear()
    client = browser(bureau, administrator)
    wrong = {"number": receipt.number, "code": "0" * 8}
    said_ = [said(client, "/recommending/add", **wrong) for _ in range(3)]
    assert ["没有找到" in one for one in said_] == [True, True, False]
    assert "查错的次数太多" in said(client, "/recommending/add", number=receipt.number, code=receipt.code)


def test_from_the_receipt_to_the_letter_and_back(bureau: Recommender, administrator: Account, receipt: Receipt) -> None:
    by = browser(bureau, administrator)
    assert "请填写回执编号。" in said(by, "/recommending/add", number="", code=receipt.code)
    assert "“老年人饮水照护入门”已列入名单。" in said(by, "/recommending/add", number=receipt.number, code=receipt.code)
    listed = Listed.objects.get()
    assert "放回名单" in said(by, f"/recommending/listed/{listed.uuid}", off="1")
    assert "已放回名单。" in said(by, f"/recommending/listed/{listed.uuid}", back="1")
    assert "请选择要推荐的课程包。" in said(by, "/recommending/issue", chosen="nonsense")
    assert "推荐函 TIANJIN-2023-J001 已出具" in said(by, "/recommending/issue", chosen=str(listed.uuid))
    letter = Recommendation.objects.get()
    at = f"/recommending/letters/{letter.uuid}"
    pdf = by.get(f"{at}/letter.pdf").content
    assert (pdf[:8], b"/StructTreeRoot" in pdf) == (b"%PDF-1.7", True)
    table = Document(io.BytesIO(by.get(f"{at}/letter.docx").content)).tables[0]
    assert [cell.text for cell in table.rows[1].cells] == [
        "1", receipt.number, "示例培训学校", "老年人饮水照护入门", "现代服务业", "—",
    ]  # fmt: skip
    assert by.get(f"{at}/letter.xlsx").status_code == 404
    stamped = SimpleUploadedFile("盖章.pdf", b"%PDF-1.7 stamped")
    assert "请选择扫描件。" in said(by, at, how="scan")
    assert "请上传 PDF" in said(by, at, how="scan", scan=SimpleUploadedFile("x.pdf", b"<script>"))
    assert "盖章件已收到。" in said(by, at, how="scan", scan=stamped)
    client = signed_in(administrator)
    shown = unescape(client.get(reverse("office-arrival", args=[receipt.version.submission.uuid])).content.decode())
    assert re.search(r"由示例人社局推荐.*TIANJIN-2023-J001", shown)
    scan = client.get(reverse("office-recommendation-scan", args=[letter.uuid]))
    assert (b"".join(scan.streaming_content), scan["Content-Type"], scan["X-Content-Type-Options"]) == (  # type: ignore[attr-defined]
        b"%PDF-1.7 stamped", "application/octet-stream", "nosniff",
    )  # fmt: skip
    assert scan["Content-Disposition"].startswith("attachment")
    assert "请写明撤回的理由。" in said(by, at, how="back", reason="")
    assert "推荐函已撤回" in said(by, at, how="back", reason="漏了一件")
    own_page = Client()
    own_page.force_login(Account.objects.get(login="manager"))
    own = own_page.get(reverse("submission", args=[receipt.version.submission.uuid])).content.decode()
    assert "推荐（" not in own


def test_nothing_of_another_body_is_seen(
    bureau: Recommender, guild: Recommender, administrator: Account, receipt: Receipt
) -> None:
    mine, theirs = browser(bureau, administrator), browser(guild, administrator)
    said(mine, "/recommending/add", number=receipt.number, code=receipt.code)
    listed = Listed.objects.get()
    said(mine, "/recommending/issue", chosen=str(listed.uuid))
    at = f"/recommending/letters/{Recommendation.objects.get().uuid}"
    for path in ("/recommending/", "/recommending/status"):
        assert ("饮水照护" in said(mine, "/recommending/status"), "饮水照护" in said(theirs, path)) == (True, False)
    assert [theirs.get(f"{at}{end}").status_code for end in ("", "/letter.pdf", "/letter.docx")] == [404, 404, 404]
    assert theirs.post(f"/recommending/listed/{listed.uuid}", {"off": "1"}).status_code == 404
    assert theirs.post(at, {"how": "back", "reason": "不是我的"}).status_code == 404
    assert "名单已经变了" in said(theirs, "/recommending/issue", chosen=str(listed.uuid))
    assert Recommendation.objects.get().stands
    begin = {"Tus-Resumable": "1.0.0", "Upload-Length": "3", "Upload-Metadata": "filename eA=="}
    place = mine.post("/recommending/uploads/", headers=begin, content_type="text/plain")["Location"]
    assert [one.head(place, headers=begin).status_code for one in (mine, theirs, Client())] == [200, 404, 404]
    assert Client().post("/recommending/uploads/", headers=begin, content_type="text/plain").status_code == 403


def test_what_the_status_does_not_say(
    bureau: Recommender, administrator: Account, receipt: Receipt, supplier_draft: Submission
) -> None:
    by = browser(bureau, administrator)
    said(by, "/recommending/add", number=receipt.number, code=receipt.code)
    intake.find_incomplete(actor=administrator, submission=supplier_draft, reason="承诺书缺签字")
    shown = said(by, "/recommending/status")
    assert ("需补正，已通知报送单位" in shown, "承诺书缺签字" in shown, "单位管理员" in shown) == (True, False, False)
    assert "没有找到" in said(by, "/recommending/status?words=there-is-no-such")


def test_a_forwarded_file_is_taken_once(
    bureau: Recommender, administrator: Account, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = browser(bureau, administrator)
    send = {"name": NAMED, "content": b"forwarded"}
    told = said(by, "/recommending/forward", package=SimpleUploadedFile(**send))  # type: ignore[arg-type]  # of several types
    assert ("已收到，列入名单" in told, "快递收寄" in told, "示例技工学校" in told) == (True, True, True)
    assert "没有再存一份，已列入名单" in said(
        by, "/recommending/forward", package=SimpleUploadedFile("又.zip", b"forwarded")
    )
    same = SimpleUploadedFile("课.zip", b"a package")
    assert "和报送单位已经交来的文件完全相同" in said(by, "/recommending/forward", package=same)
    assert "这个文件是空的" in said(by, "/recommending/forward", package=SimpleUploadedFile("空.zip", b""))
    assert "请选择课程包文件。" in said(by, "/recommending/forward", package="")
    client = signed_in(administrator)
    arrival = Arrival.objects.get(door=Door.RECOMMENDER)
    ledger = unescape(client.get(reverse("office-ledger-one", args=[arrival.uuid])).content.decode())
    assert ("推荐单位转交" in ledger, "示例人社局" in ledger) == (True, True)
    monkeypatch.setattr(pages, "AT_ONCE", 4)
    assert "正在登记" in said(by, "/recommending/forward", package=SimpleUploadedFile("大.zip", b"a larger one"))
    for _ in range(2):
        job = Job.objects.get(name="recommending.forward")
        run(str(job.uuid))
    assert Arrival.objects.filter(door=Door.RECOMMENDER).count() == 2


def test_the_office_registers_and_hands_out(open_call: Call, actors: dict[Role, Actor], administrator: Account) -> None:
    listed = reverse("office-recommenders", args=[open_call.uuid])
    client = signed_in(administrator)
    assert "请选择种类。" in client.post(listed, {"name": "示例人社局"}).content.decode()
    answer = client.post(listed, {"name": "示例人社局", "kind": "bureau", "mail": "", "phone": ""})
    body = Recommender.objects.get()
    one = reverse("office-recommender", args=[body.uuid])
    assert (answer["Location"], "还没有给过链接" in client.get(one).content.decode()) == (one, True)
    shown = client.post(one, {"how": "show"})
    (token,) = set(re.findall(r"/r/([\w-]{43})", shown.content.decode()))
    assert (token in client.get(one).content.decode(), "no-store" in shown["Cache-Control"]) == (False, True)
    assert "邮箱地址写错了" in client.post(one, {"how": "contact", "mail": "x", "phone": ""}).content.decode()
    assert (
        "已保存。"
        in client.post(one, {"how": "contact", "mail": "b@example.org", "phone": ""}, follow=True).content.decode()
    )
    assert "链接已作废" in client.post(one, {"how": "end"}, follow=True).content.decode()
    assert Client().get(f"/r/{token}").status_code == 404
    for role in (Role.SUPPLIER, Role.RECOMMENDER, Role.EXPERT, Role.FINANCE, Role.LEARNER):
        other = signed_in(actors[role])  # type: ignore[arg-type]  # an account
        assert [other.get(path).status_code for path in (listed, one)] == [403, 403]
