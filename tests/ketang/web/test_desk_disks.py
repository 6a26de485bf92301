"""The pages of disks and of the telephone log."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.selection.desk.actions import register_parcel
from ketang.selection.desk.codes import label_code
from ketang.selection.desk.models import CopyState, Delivery, DiskCopy, PhoneNote
from ketang.selection.desk.phone import write_note
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Door, Submission
from ketang.selection.ledger.models import Arrival, ArrivalState
from ketang_accounts import signed_in

pytestmark = pytest.mark.django_db
DISKS, CALLS = "/office/desk/disks/", "/office/desk/calls/"


@pytest.fixture
def clerk(actors: dict[Role, Actor]) -> Client:
    account = actors[Role.CLERK]
    assert isinstance(account, Account)
    return signed_in(account)


@pytest.fixture
def stick(tmp_path: Path, settings: Any) -> Path:
    """A stick under the folder of the desk, and a secret beside that folder."""
    (tmp_path / "media/盘 1/课程").mkdir(parents=True)
    (tmp_path / "media/盘 1/课程/讲义.txt").write_bytes(b"words")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key.txt").write_bytes(b"secret")
    settings.DESK_ROOT = str(tmp_path / "media")
    return tmp_path / "media/盘 1"


def test_chosen_copied_and_its_receipt(clerk: Client, stick: Path, supplier_draft: Submission) -> None:
    assert "盘 1" in clerk.get(DISKS).content.decode()
    assert "课程" in clerk.get(DISKS, {"in": "盘 1"}).content.decode()
    assert "复制“课程”" in clerk.get(DISKS, {"in": "盘 1", "path": "盘 1/课程"}).content.decode()
    sent = {"path": "盘 1/课程", "q": label_code(supplier_draft.uuid), "parcel": "", "supplier": "", "title": ""}
    at = clerk.post(DISKS, sent)["Location"]
    assert "已复制 0%" in clerk.get(at).content.decode()
    assert clerk.get(f"{at}/progress").json() == {"over": False, "state": "已复制 0%", "media": 0, "done": 0}
    run(str(Job.objects.get(name="desk.copy").uuid))
    (arrival,) = Arrival.objects.all()
    page = clerk.get(at).content.decode()
    wanted = ("受理回执", arrival.number, arrival.receipt.number, arrival.digest, 'class="qr"')  # type: ignore[union-attr]
    assert [word in page for word in wanted] == [True] * 5
    assert clerk.get(f"{at}/progress").json()["over"] is True
    assert clerk.post(f"{at}/again")["Location"] == at
    assert Job.objects.filter(name="desk.copy").count() == 1


def test_stopped_and_gone_on_with(clerk: Client, stick: Path) -> None:
    at = clerk.post(DISKS, {"path": "盘 1"})["Location"]
    stick.rename(stick.with_name("away"))
    run(str(Job.objects.latest("id").uuid))
    page = clerk.get(at).content.decode()
    assert ("找不到 盘 1" in page, f'action="{at}/again"' in page) == (True, True)
    stick.with_name("away").rename(stick)
    clerk.post(f"{at}/again")
    assert DiskCopy.objects.get().state == CopyState.COPYING
    run(str(Job.objects.latest("id").uuid))
    assert (DiskCopy.objects.get().state, Arrival.objects.get().state) == (CopyState.WHOLE, ArrivalState.UNCLAIMED)


def test_with_a_parcel_its_time_counts(
    clerk: Client, stick: Path, administrator: Account, supplier_draft: Submission
) -> None:
    parcel, _ = register_parcel(actor=administrator, key=uuid4(), delivery=Delivery.HAND, submission=supplier_draft)
    page = clerk.post(DISKS, {"path": "盘 1", "parcel": "SJ2000-000001", "title": "面点"}).content.decode()
    assert ("没有这个收件编号的包裹" in page, 'value="面点"' in page) == (True, True)
    assert "没有对上一份申报" in clerk.post(DISKS, {"path": "盘 1", "q": "没有这样的课"}).content.decode()
    clerk.post(DISKS, {"path": "盘 1", "parcel": parcel.arrival.number})
    assert DiskCopy.objects.get().counts_at == parcel.arrival.counts_at


@pytest.mark.parametrize("way", ["..", "../secret", "盘 1/../../secret", "/etc", "盘 1\0", "盘 1/../..", "没有"])
def test_no_way_leads_out(clerk: Client, stick: Path, way: str) -> None:
    for page in (clerk.get(DISKS, {"in": way}), clerk.get(DISKS, {"path": way}), clerk.post(DISKS, {"path": way})):
        assert (page.status_code, "key.txt" in page.content.decode()) == (200, False)
    assert DiskCopy.objects.count() == 0


def test_without_a_folder_of_the_desk_the_page_says_so(clerk: Client, settings: Any) -> None:
    settings.DESK_ROOT = ""
    assert "没有设置 KETANG_DESK_ROOT" in clerk.get(DISKS).content.decode()


def test_a_call_is_noted_found_and_followed_up(clerk: Client, supplier_draft: Submission) -> None:
    manager = Account.objects.get(login="manager")
    intake.receive(actor=manager, submission=supplier_draft, door=Door.WEB, name="课.zip", digest="ab" * 32, size=9)
    arrival = Arrival.objects.get()
    sent = {"key": str(uuid4()), "caller": "示例来电人", "phone": "", "words": "问包裹到没到", "follow_on": "1231"}
    abouts = (supplier_draft.number, arrival.number, "另一所学校", "")
    for about in abouts:
        clerk.post(CALLS, sent | {"key": str(uuid4()), "about": about})
    clerk.post(CALLS, sent | {"about": "", "words": ""})
    notes = list(PhoneNote.objects.order_by("id"))
    assert [(one.submission, one.arrival, one.supplier) for one in notes] == [
        (supplier_draft, None, ""), (supplier_draft, arrival, ""), (None, None, "另一所学校"), (None, None, ""),
    ]  # fmt: skip
    page = clerk.get(CALLS, {"words": "另一所"}).content.decode()
    assert ("另一所学校" in page, arrival.number in page, "4 个要跟进" in page) == (True, False, True)
    clerk.post(f"{CALLS}{notes[2].uuid}/followed")
    page = clerk.get(CALLS, {"due": "1"}).content.decode()
    assert ("另一所学校" in page, arrival.number in page) == (False, True)
    assert "没有这一天" in clerk.post(CALLS, sent | {"about": "", "follow_on": "0230"}).content.decode()


def test_queries_do_not_grow_with_rows(clerk: Client, administrator: Account, tmp_path: Path) -> None:
    counts = []
    for rows in (1, 3):
        while DiskCopy.objects.count() < rows:
            DiskCopy.objects.create(place=f"/{DiskCopy.objects.count()}", name="盘")
            write_note(actor=administrator, key=uuid4(), caller="甲", words="乙")
        for address in (DISKS, CALLS):
            clerk.get(address)
            with CaptureQueriesContext(connection) as queries:
                clerk.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CLERK, Role.ADMINISTRATOR, Role.VISITOR)])
def test_the_pages_are_the_office_s(actors: dict[Role, Actor], role: Role, administrator: Account) -> None:
    account: Any = actors[role]
    client = signed_in(account)
    one = f"{DISKS}{DiskCopy.objects.create(place='/x', name='盘').uuid}"
    note = write_note(actor=administrator, key=uuid4(), caller="甲", words="乙")
    gets, posts = (DISKS, one, f"{one}/progress", CALLS), (DISKS, f"{one}/again", CALLS, f"{CALLS}{note.uuid}/followed")
    statuses = {client.get(way).status_code for way in gets} | {client.post(way).status_code for way in posts}
    assert statuses == {403}
