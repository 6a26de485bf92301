"""The office's page of an arrival that came by mail: files saved and never shown, answers seen and written, taken apart."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.outbox.models import Letter, LetterState
from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.reading import read_whole
from ketang.selection.answering.models import UploadLink
from ketang.selection.calls.models import Call
from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang.selection.mail.models import Mail, MailPart
from ketang.selection.mail.packing import pack
from ketang.selection.mail.taking import TakenMail, TakenPackage, TakenPart, take
from ketang.web.office.mail_files import plain_name
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
FILEBASED = "django.core.mail.backends.filebased.EmailBackend"
PAGE = b"<script>alert(1)</script>"


@pytest.fixture
def clerk(actors: dict[Role, Actor]) -> Client:
    account = actors[Role.CLERK]
    assert isinstance(account, Account)
    return signed_in(account)


def mailed(*names: str, **changes: object) -> Arrival:
    """A mail of loose files, each with its own content."""
    contents = {name: PAGE + name.encode() for name in names}
    parts = tuple(
        TakenPart(str(place), name, "text/html", put_bytes(content).digest, len(content))
        for place, (name, content) in enumerate(contents.items(), 2)
    )
    name, digest, size = pack(parts)
    package = TakenPackage(
        tuple(part.place for part in parts), name, digest, size, "示例学校", "面点", "邮件里是单个文件。"
    )
    raw = put_bytes(b"Subject: x\r\n\r\n" + PAGE)
    mail = TakenMail(
        digest=raw.digest, size=raw.size, message_id="m@example.com", sender_name="某老师",
        sender_address="teacher@example.com", recipients=(), subject="面点", text="您好", links=(),
        proofs=("Authentication-Results: mx.example.org; spf=pass; dmarc=fail",), automatic="", faults=(), said_at=None,
        received_at=AT, parts=parts, packages=(package,), contents="loose", answer_to="teacher@example.com",
        results=(("spf", "pass"), ("dmarc", "fail")),
    )  # fmt: skip
    made, _new = take(replace(mail, **changes))  # type: ignore[arg-type]  # of several types
    return made.arrivals.get().arrival


def shown(client: Client, arrival: Arrival) -> str:
    return client.get(reverse("office-ledger-one", args=[arrival.uuid])).content.decode()


def told(client: Client, arrival: Arrival, how: str, **words: object) -> str:
    address = reverse("office-ledger-act", args=[arrival.uuid])
    return client.post(address, {"how": how, **words}, follow=True).content.decode()


def test_files_are_saved_and_never_shown(clerk: Client, client: Client, open_call: Call) -> None:
    arrival = mailed("面点.html", "说明.html")
    mail, part = Mail.objects.get(), MailPart.objects.earliest("id")
    addresses = {
        reverse("office-mail-part", args=[mail.uuid, part.pk]): read_whole(part.digest),
        reverse("office-mail-raw", args=[mail.uuid]): read_whole(mail.digest),
        reverse("office-ledger-file", args=[arrival.uuid]): read_whole(arrival.digest),
    }
    page = shown(clerk, arrival)
    for address, content in addresses.items():
        assert f'href="{address}"' in page
        answer = clerk.get(address)
        assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]  # it streams
        assert {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options")} == {
            "Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff",
        }  # fmt: skip
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert {"default-src 'none'", "sandbox"} <= {
            one.strip() for one in answer["Content-Security-Policy"].split(";")
        }
        assert client.get(address).status_code == 302
    assert clerk.get(reverse("office-mail-part", args=[arrival.uuid, part.pk])).status_code == 404
    assert clerk.get(reverse("office-mail-part", args=[mail.uuid, 10**6])).status_code == 404


def test_a_stranger_of_any_role_has_no_mail(open_call: Call, actors: dict[Role, Actor]) -> None:
    arrival = mailed("面点.html", "说明.html")
    mail, part = Mail.objects.get(), MailPart.objects.earliest("id")
    for role in (Role.LEARNER, Role.SUPPLIER, Role.EXPERT, Role.FINANCE, Role.RECOMMENDER):
        account = actors[role]
        assert isinstance(account, Account)
        by = signed_in(account)
        for name, args in (
            ("office-mail-part", [mail.uuid, part.pk]), ("office-mail-raw", [mail.uuid]), ("office-ledger-file", [arrival.uuid]),
        ):  # fmt: skip
            assert by.get(reverse(name, args=args)).status_code == 403, (role, name)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("..\\..\\a.zip", "a.zip"),
        ("/etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x=1.zip", "aSet-Cookie: x=1.zip"),
        ("gpj\u202eexe.zip", "gpjexe.zip"),
        ("\x00", "file"),
        ("..", "file"),
        ("课程 包.zip", "课程 包.zip"),
    ],
)
def test_names_of_strangers(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_a_name_writes_no_header(clerk: Client, open_call: Call) -> None:
    mailed('a".zip', "b\r\nX-Evil: 1.zip")
    for part in MailPart.objects.all():
        answer = clerk.get(reverse("office-mail-part", args=[part.mail.uuid, part.pk]))
        assert (answer.status_code, answer.has_header("X-Evil")) == (200, False)


def test_results_and_answers_are_shown(clerk: Client, open_call: Call) -> None:
    page = shown(clerk, mailed("面点.html", "说明.html"))
    proofs = page[page.index("来源验证") : page.index("收信服务器的原话")]
    assert [word in proofs for word in ("SPF", "pass", "DMARC", "fail", "DKIM")] == [True] * 4 + [False]
    assert "发给 teacher@example.com" in page
    assert "收到通知" in page
    assert "没有设置发信服务器" not in page


def test_the_office_is_told_that_nothing_leaves(clerk: Client, open_call: Call) -> None:
    with override_settings(EMAIL_BACKEND=FILEBASED):
        arrival = mailed("面点.html", "说明.html", results=(), proofs=())
        page = shown(clerk, arrival)
        assert "系统没有设置发信服务器，信没有写，也没有发出。" in page
        assert "邮件收得到，回不了" in page
        assert "答复寄件人" not in page
        assert "不能证明是谁发来的" in page
        assert "邮件收得到，回不了" in clerk.get(reverse("office-ledger")).content.decode()


def test_split_by_hand(clerk: Client, open_call: Call) -> None:
    first = mailed("面点.html", "说明.html", "急救.html")
    keys = list(MailPart.objects.order_by("id").values_list("pk", flat=True))
    assert "请选择要分出去的附件。" in told(clerk, first, "split", reason="两门课")
    assert "至少要留下一个附件。" in told(clerk, first, "split", reason="两门课", parts=keys)
    told(clerk, first, "split", parts=keys[:1])
    assert Arrival.objects.count() == 1
    page = told(clerk, first, "split", reason="两门课", parts=keys[2:])
    second = Arrival.objects.latest("pk")
    assert f"分出的一件是 {second.number}。" in page
    first.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(read_whole(first.digest))) as archive:
        assert archive.namelist() == ["面点.html", "说明.html"]
    assert (second.name, read_whole(second.digest), second.state, second.received_at) == (
        "急救.html", PAGE + "急救.html".encode(), ArrivalState.UNCLAIMED, first.received_at,
    )  # fmt: skip
    assert [entry.details for entry in history(first) if entry.action == "mail.split"] == [
        {"into": second.number, "parts": ["4"], "reason": "两门课"}
    ]
    assert second.by_mail.mail == first.by_mail.mail
    assert "拆成两件" not in shown(clerk, second)


def test_anothers_attachments_are_not_split_off(clerk: Client, open_call: Call) -> None:
    first = mailed("面点.html", "说明.html")
    other = mailed("甲.html", "乙.html", message_id="other@example.com")
    foreign = MailPart.objects.filter(arrival=other).earliest("id")
    told(clerk, first, "split", reason="x", parts=[foreign.pk])
    assert (Arrival.objects.count(), MailPart.objects.filter(arrival=other).count()) == (2, 2)


def test_answered_by_hand_with_a_link(clerk: Client, open_call: Call) -> None:
    arrival = mailed("面点.html", "说明.html")
    assert "请写明要答复的话。" in told(clerk, arrival, "answer", text="")
    page = told(clerk, arrival, "answer", text="缺版权清单。", with_link="on", reason="打过电话")
    assert "答复已写好，马上发出。" in page
    assert "已处理：已请补交。" in page
    letter = Letter.objects.latest("pk")
    assert (letter.recipient, letter.text.startswith("缺版权清单。\n\n请在 ")) == ("teacher@example.com", True)
    assert (UploadLink.objects.get().arrival, "人工答复" in page, "还没有用，" in page) == (arrival, True, True)
    told(clerk, arrival, "answer", text="还缺情况表。")
    assert (Letter.objects.count(), UploadLink.objects.count()) == (3, 1)


def test_a_letter_that_did_not_leave_is_sent_again(clerk: Client, client: Client, open_call: Call) -> None:
    arrival = mailed("面点.html", "说明.html")
    answer = Mail.objects.get().answers.get()
    Letter.objects.update(state=LetterState.FAILED, fault="550 no such person")
    page = shown(clerk, arrival)
    address = reverse("office-letter-again", args=[answer.uuid])
    assert ("550 no such person" in page, address in page) == (True, True)
    assert client.post(address).status_code == 302
    assert Letter.objects.get().state == LetterState.FAILED
    assert "信会再发一次。" in clerk.post(address, follow=True).content.decode()
    assert Letter.objects.get().state == LetterState.WAITING
    assert "不用再发" in clerk.post(address, follow=True).content.decode()
