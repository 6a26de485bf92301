"""The page behind an upload link: a file by tus or by the plain form, once, and then what arrived; nothing for guesses."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from ketang.people.models import Account
from ketang.people.organisation.models import Organisation
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.storage.holding import is_held
from ketang.platform.storage.reading import read_whole
from ketang.platform.uploads import actions as uploads
from ketang.platform.uploads import storing
from ketang.platform.uploads.models import Upload
from ketang.selection.answering.links import token_of
from ketang.selection.answering.models import UploadLink
from ketang.selection.calls.models import Call
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Receipt
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang.selection.mail.taking import TakenMail, TakenPackage, take
from ketang.web.public import hand_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
TUS = {"Tus-Resumable": "1.0.0"}
WITHOUT = TakenPackage((), "", "", None, "示例培训学校", "饮水照护", "邮件里没有附件，只有下载链接。")
MAIL = TakenMail(
    digest="ef" * 32, size=99, message_id="m@example.com", sender_name="某老师", sender_address="teacher@example.com",
    recipients=(), subject="网络课程+示例培训学校+饮水照护", text="", links=("https://example.com/s/1",), proofs=(),
    automatic="", faults=(), said_at=None, received_at=AT, parts=(), packages=(WITHOUT,), contents="links",
    answer_to="teacher@example.com",
)  # fmt: skip


@pytest.fixture
def address(open_call: Call) -> str:
    take(MAIL)
    return reverse("hand-in", args=[token_of(str(UploadLink.objects.get().uuid))])


def page(client: Client, address: str) -> tuple[int, str]:
    answer = client.get(address)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == (
        "max-age=0, no-cache, no-store, must-revalidate, private", "noindex",
    )  # fmt: skip
    return answer.status_code, answer.content.decode()


def begin(client: Client, address: str, length: int, name: str = "课程.zip") -> str:
    metadata = f"filename {base64.b64encode(name.encode()).decode()}"
    headers = {**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata}
    answer = client.post(f"{address}/uploads/", headers=headers, content_type="text/plain")
    return str(answer["Location"]) if answer.status_code == 201 else str(answer.status_code)


def send(client: Client, place: str, offset: int, content: bytes) -> int:
    headers = {**TUS, "Upload-Offset": str(offset)}
    return client.patch(place, content, headers=headers, content_type="application/offset+octet-stream").status_code


def test_by_the_plain_form_and_then_the_page_is_its_receipt(client: Client, address: str) -> None:
    status, asked = page(client, address)
    first = Arrival.objects.get()
    assert (status, first.number in asked, "网络课程+示例培训学校+饮水照护" in asked) == (200, True, True)
    answer = client.post(address, {"package": SimpleUploadedFile("课.zip", b"PK bytes")})
    assert (answer.status_code, answer["Location"]) == (302, address)
    link = UploadLink.objects.get()
    assert link.brought is not None
    digest = hashlib.sha256(b"PK bytes").hexdigest()
    assert (link.brought.name, link.brought.digest, read_whole(digest), is_held(digest)) == (
        "课.zip", digest, b"PK bytes", True,
    )  # fmt: skip
    first.refresh_from_db()
    assert (first.state, link.brought.state) == (ArrivalState.MERGED, ArrivalState.UNCLAIMED)
    status, told = page(client, address)
    assert (status, link.brought.number in told, digest in told, "<form" in told.split("<main")[1]) == (
        200, True, True, False,
    )  # fmt: skip
    client.post(address, {"package": SimpleUploadedFile("又.zip", b"again")})
    assert Arrival.objects.count() == 2


def test_by_tus_in_pieces_from_two_browsers(client: Client, address: str) -> None:
    place = begin(client, address, 10)
    assert place.startswith(f"{address}/uploads/")
    assert send(client, place, 0, b"01234") == 204
    key = place.rpartition("/")[2]
    assert "还没有传完" in client.post(address, {"upload": key}).content.decode()
    other = Client()
    head = other.head(place, headers=TUS)
    assert (head.status_code, head["Upload-Offset"]) == (200, "5")
    assert send(other, place, 5, b"56789") == 204
    assert other.post(address, {"upload": key}).status_code == 302
    brought = UploadLink.objects.get().brought
    assert brought is not None
    assert (brought.name, read_whole(brought.digest)) == ("课程.zip", b"0123456789")
    assert brought.received_at == Upload.objects.get().whole_at
    assert begin(client, address, 10) == "403"


def test_a_large_one_is_handed_in_by_the_worker(client: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (storing, hand_in):
        monkeypatch.setattr(module, "AT_ONCE", 4)
    answer = client.post(address, {"package": SimpleUploadedFile("课.zip", b"PK bytes")})
    assert answer.status_code == 302
    status, told = page(client, address)
    assert (status, "正在登记" in told, Arrival.objects.count()) == (200, True, 1)
    job = Job.objects.get(name="answering.hand_in")
    run(str(job.uuid))
    link = UploadLink.objects.get()
    assert link.brought is not None
    assert link.brought.number in page(client, address)[1]
    assert Arrival.objects.count() == 2


def test_a_large_one_that_nobody_sent_off_does_not_keep_the_form_away(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its page was closed before the button: the form is there, and takes it when it is sent off."""
    for module in (storing, hand_in):
        monkeypatch.setattr(module, "AT_ONCE", 4)
    place = begin(client, address, 8)
    send(client, place, 0, b"PK bytes")
    status, told = page(client, address)
    assert (status, "正在登记" in told, "没有登记成功" in told, "<form" in told) == (200, False, False, True)
    assert client.post(address, {"upload": place.rpartition("/")[2]}).status_code == 302
    assert "正在登记" in page(client, address)[1]


def test_a_large_one_that_could_not_be_registered_may_be_sent_again(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (storing, hand_in):
        monkeypatch.setattr(module, "AT_ONCE", 4)
    client.post(address, {"package": SimpleUploadedFile("课.zip", b"PK bytes")})
    Job.objects.filter(name="answering.hand_in").update(state=JobState.FAILED)
    status, told = page(client, address)
    assert (status, "没有登记成功" in told, "正在登记" in told) == (200, True, False)
    assert client.post(address, {"package": SimpleUploadedFile("课.zip", b"PK bytes")}).status_code == 302
    status, told = page(client, address)
    assert (status, "没有登记成功" in told, "正在登记" in told) == (200, False, True)


def test_one_that_is_ended_while_it_is_stored(client: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In another window, say: the page says that it was not kept, and another can be chosen."""

    def ended(_parts: object) -> None:
        uploads.drop(upload=Upload.objects.get())
        raise FileNotFoundError

    monkeypatch.setattr(storing, "put", ended)
    place = begin(client, address, 4)
    send(client, place, 0, b"some")
    answer = client.post(address, {"upload": place.rpartition("/")[2]})
    status, words = answer.status_code, answer.content.decode()
    assert (status, "文件没有存好，请再选一次。" in words) == (200, True)
    assert not Upload.objects.exists()


@pytest.mark.parametrize("key", ["nonsense", "7a7c0a04-1111-4111-8111-111111111111", "' or 1=1"])
def test_anothers_upload_is_not_taken(client: Client, address: str, key: str) -> None:
    Upload.objects.create(
        uuid="7a7c0a04-1111-4111-8111-111111111111", owner="link:other", name="x", length=1, offset=1, state="stored",
        digest="ab" * 32, expires_at=timezone.now(),
    )  # fmt: skip
    assert "还没有传完" in client.post(address, {"upload": key}).content.decode()
    assert Arrival.objects.count() == 1


def test_nothing_chosen_and_an_empty_file_are_said(client: Client, address: str) -> None:
    assert "请选择课程包文件。" in client.post(address, {}).content.decode()
    empty = client.post(address, {"package": SimpleUploadedFile("空.zip", b"")}).content.decode()
    assert "这个文件是空的" in empty
    place = begin(client, address, 0)
    assert "这个文件是空的" in client.post(address, {"upload": place.rpartition("/")[2]}).content.decode()
    with override_settings(UPLOAD_BYTES=3):
        large = client.post(address, {"package": SimpleUploadedFile("大.zip", b"1234")}).content.decode()
        assert "上限" in large
        assert begin(client, address, 4) == "413"
    assert Arrival.objects.count() == 1


def test_a_link_whose_time_is_over(client: Client, address: str) -> None:
    place = begin(client, address, 2)
    UploadLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    status, told = page(client, address)
    assert (status, Arrival.objects.get().number in told, "<form" in told.split("<main")[1]) == (410, True, False)
    assert client.post(address, {"package": SimpleUploadedFile("课.zip", b"x")}).status_code == 410
    assert (begin(client, address, 2), send(client, place, 0, b"12")) == ("403", 404)
    assert Arrival.objects.count() == 1


def test_guessing_finds_nothing_and_ends(client: Client, address: str) -> None:
    assert page(client, reverse("hand-in", args=["x" * 43]))[0] == 404
    for number in range(hand_in.HOURLY):
        client.get(reverse("hand-in", args=[f"{number:043d}"]))
    status, told = page(client, reverse("hand-in", args=["y" * 43]))
    assert (status, "一小时后再来" in told) == (429, True)
    assert page(client, address)[0] == 429
    assert page(Client(REMOTE_ADDR="192.0.2.7"), address)[0] == 200


def test_it_goes_through_the_same_receiving_as_every_door(
    client: Client, address: str, open_call: Call, unit: Organisation, actors: dict[Role, Actor]
) -> None:
    client.post(address, {"package": SimpleUploadedFile("课.zip", b"PK bytes")})
    brought, clerk = UploadLink.objects.get().brought, actors[Role.CLERK]
    assert brought is not None
    assert isinstance(clerk, Account)
    submission = intake.open_for(actor=clerk, call=open_call, organisation=unit, title="饮水照护", category="P2(3)")
    ledger.enter(actor=clerk, arrival=brought, submission=submission)
    receipt = Receipt.objects.get()
    assert (receipt.version.digest, receipt.version.door, receipt.issued_at) == (
        brought.digest, "mail", brought.received_at,
    )  # fmt: skip
