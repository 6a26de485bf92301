"""Photographs of covers on the desk's pages: nothing typed is lost, nothing fills itself, and the office alone sees them."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.selection.desk.actions import register_parcel
from ketang.selection.desk.codes import label_code
from ketang.selection.desk.covers import photograph
from ketang.selection.desk.models import Cover, Delivery, Parcel, Reading
from ketang.selection.intake.models import Submission
from ketang_accounts import signed_in
from ketang_covers import plain

pytestmark = pytest.mark.django_db
DESK, COVERS = "/office/desk/", "/office/desk/covers/"
PICTURE = plain((400, 300))


@pytest.fixture
def clerk(actors: dict[Role, Actor]) -> Client:
    account = actors[Role.CLERK]
    assert isinstance(account, Account)
    return signed_in(account)


def sent(content: bytes = PICTURE, name: str = "封面.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def fields(**more: object) -> dict[str, object]:
    return {
        "key": str(uuid4()),
        "delivery": "hand",
        "courier": "示例快递",
        "tracking": "",
        "postmark": "",
        "note": "湿了一角",
        **more,
    }


def read(cover: Cover, **found: str) -> None:
    rows = [{"part": part, "value": value, "seen": f"印着 {value}"} for part, value in found.items()]
    Cover.objects.filter(pk=cover.pk).update(reading=Reading.READ, found=rows)


def test_a_photograph_first_then_its_parcel(clerk: Client) -> None:
    answer = clerk.post(COVERS, {"key": str(uuid4()), "photograph": sent()})
    cover = Cover.objects.get()
    assert answer["Location"] == f"{DESK}?cover={cover.uuid}"
    page = clerk.get(answer["Location"]).content.decode()
    assert ("正在读照片上的字" in page, 'name="photograph"' in page) == (True, False)
    clerk.post(f"{DESK}register", fields(cover=str(cover.uuid)))
    cover.refresh_from_db()
    assert cover.arrival == Parcel.objects.get().arrival
    assert clerk.get(COVERS).content.decode().count("<figure") == 0
    assert clerk.get(reverse("office-ledger-one", args=[cover.arrival.uuid])).content.decode().count("<figure") == 1


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "不是照片"), ("en", "not a photograph")])
def test_a_bad_photograph_is_told_and_nothing_typed_is_lost(clerk: Client, language: str, words: str) -> None:
    bad = sent(b"<!doctype html><script>alert(1)</script>")
    page = clerk.post(f"{DESK}register", fields(photograph=bad), headers={"Accept-Language": language}).content.decode()
    assert (words in page, 'value="湿了一角"' in page, 'href="#id_photograph"' in page) == (True, True, True)
    assert (Cover.objects.count(), Parcel.objects.count()) == (0, 0)


def test_a_good_photograph_is_kept_when_another_field_is_wrong(clerk: Client) -> None:
    page = clerk.post(f"{DESK}register", fields(photograph=sent(), tracking="单号")).content.decode()
    cover = Cover.objects.get()
    assert ("只能是字母和数字" in page, f'name="cover" value="{cover.uuid}"' in page) == (True, True)
    assert Parcel.objects.count() == 0
    clerk.post(f"{DESK}register", fields(cover=str(cover.uuid)))
    cover.refresh_from_db()
    assert cover.arrival == Parcel.objects.get().arrival


def test_what_was_read_is_offered_and_never_filled_in(clerk: Client, supplier_draft: Submission) -> None:
    clerk.post(COVERS, {"key": str(uuid4()), "photograph": sent()})
    cover = Cover.objects.get()
    read(cover, submission=label_code(supplier_draft.uuid), tracking="SF1234567890123", postmark="2026-03-02")
    page = clerk.get(f"{DESK}?cover={cover.uuid}").content.decode()
    assert re.findall(r'name="take" value="([^"]*)"', page) == [
        f"submission:{label_code(supplier_draft.uuid)}", "tracking:SF1234567890123", "postmark:2026-03-02",
    ]  # fmt: skip
    assert ('name="tracking" type="text" value="SF' in page, "印着 SF1234567890123" in page) == (False, True)
    form = page[page.index("office-desk-register") if "office-desk-register" in page else page.index("desk/register") :]
    assert re.findall(r"<button[^>]*>", form)[0].startswith(
        '<button class="default"'
    )  # Enter registers, and takes nothing


def test_taking_one_keeps_what_was_typed_and_registers_nothing(clerk: Client, supplier_draft: Submission) -> None:
    clerk.post(COVERS, {"key": str(uuid4()), "photograph": sent()})
    cover, code = Cover.objects.get(), label_code(supplier_draft.uuid)
    read(cover, submission=code, tracking="SF1234567890123")
    typed = fields(cover=str(cover.uuid), supplier="示例", delivery="posted", postmark="0302")
    page = clerk.post(f"{DESK}register", typed | {"take": "tracking:SF1234567890123"}).content.decode()
    assert [f'value="{one}"' in page for one in ("SF1234567890123", "湿了一角", "示例", "0302")] == [True] * 4
    assert 'value="tracking:SF1234567890123"' not in page
    page = clerk.post(f"{DESK}register", typed | {"take": f"submission:{code}"}).content.decode()
    assert (supplier_draft.title in page, f'value="{supplier_draft.uuid}"' in page, "登记这一件" in page) == (
        True,
        True,
        True,
    )
    page = clerk.post(f"{DESK}register", typed | {"take": "tracking:EVIL"}).content.decode()
    assert "EVIL" not in page  # what was not read is not put in
    assert Parcel.objects.count() == 0


def test_without_the_extra_the_page_says_how_to_install_it(clerk: Client) -> None:
    clerk.post(COVERS, {"key": str(uuid4()), "photograph": sent()})
    cover = Cover.objects.get()
    Cover.objects.update(reading=Reading.NO_READER)
    page = clerk.get(f"{DESK}?cover={cover.uuid}").content.decode()
    assert ("<code>pip install 'kebao[ocr]'</code>" in page, "再读一次" in page) == (True, True)
    clerk.post(reverse("office-desk-cover-act", args=[cover.uuid]), {"how": "again"})
    assert Cover.objects.get().reading == Reading.WAITING


def test_on_its_parcel_s_page_it_is_added_taken_away_and_put_back(clerk: Client, administrator: Account) -> None:
    parcel, _ = register_parcel(actor=administrator, key=uuid4(), delivery=Delivery.HAND)
    at = reverse("office-desk-parcel", args=[parcel.uuid])
    page = clerk.post(f"{at}/covers", {"key": str(uuid4()), "photograph": sent(b"GIF89a")}).content.decode()
    assert "这是动图" in page
    clerk.post(f"{at}/covers", {"key": str(uuid4()), "photograph": sent()})
    cover = Cover.objects.get()
    page = clerk.get(at).content.decode()
    shown = re.findall(
        r'<a href="([^"]*)"><img src="([^"]*)" width="400" height="300" alt="封面照片，[-0-9]{10} [:0-9]{5} 拍，打开大图">',
        page,
    )
    assert shown == [
        tuple(reverse(name, args=[cover.uuid]) for name in ("office-desk-cover-picture", "office-desk-cover-small"))
    ]
    act = reverse("office-desk-cover-act", args=[cover.uuid])
    assert "前可以放回" in clerk.post(act, {"how": "away"}, follow=True).content.decode()
    assert "照片已放回" in clerk.post(act, {"how": "back"}, follow=True).content.decode()
    assert clerk.post(act, {"how": "burn"}, follow=True).status_code == 200
    picture = clerk.get(reverse("office-desk-cover-picture", args=[cover.uuid]))
    assert (picture.content[:3], picture["Content-Type"], picture["X-Content-Type-Options"], picture["Cache-Control"]) == (
        b"\xff\xd8\xff", "image/jpeg", "nosniff", "private, no-store",
    )  # fmt: skip


def test_one_photograph_is_of_one_parcel(clerk: Client, administrator: Account) -> None:
    cover = photograph(actor=administrator, key=uuid4(), content=PICTURE)
    for _ in range(2):
        clerk.post(f"{DESK}register", fields(cover=str(cover.uuid)))
    assert [one.arrival.covers.count() for one in Parcel.objects.order_by("id")] == [1, 0]
    assert "正在读照片" not in clerk.get(f"{DESK}?cover={cover.uuid}").content.decode()
    assert clerk.get(f"{DESK}?cover=x").status_code == 200


def test_queries_do_not_grow_with_rows(clerk: Client, administrator: Account) -> None:
    counts = []
    for rows in (1, 3):
        while Cover.objects.count() < rows:
            photograph(actor=administrator, key=uuid4(), content=PICTURE)
        clerk.get(COVERS)
        with CaptureQueriesContext(connection) as queries:
            clerk.get(COVERS)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CLERK, Role.ADMINISTRATOR)])
def test_the_pages_are_the_office_s(actors: dict[Role, Actor], role: Role, administrator: Account) -> None:
    cover = photograph(actor=administrator, key=uuid4(), content=PICTURE)
    parcel, _ = register_parcel(actor=administrator, key=uuid4(), delivery=Delivery.HAND)
    account = actors[role]
    client = signed_in(account) if isinstance(account, Account) else Client()
    one = [cover.uuid]
    names = ("office-desk-cover-picture", "office-desk-cover-small", "office-desk-cover-progress")
    gets = [COVERS, *(reverse(name, args=one) for name in names)]
    posts = [
        COVERS,
        reverse("office-desk-cover-act", args=one),
        reverse("office-desk-parcel-cover", args=[parcel.uuid]),
    ]
    found = {client.get(address).status_code for address in gets}
    found |= {client.post(address, {"how": "away"}).status_code for address in posts}
    assert found == {403 if isinstance(account, Account) else 302}
    cover.refresh_from_db()
    assert cover.removed_at is None
