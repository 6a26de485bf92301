"""The list of a call at its deadline: sealed once, published, verified by the real command in a process without product, database and network."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.test import Client

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.platform.signing.actions import rotate
from ketang.platform.storage.holding import is_held
from ketang.platform.storage.reading import read_whole
from ketang.selection.calls import actions as calls
from ketang.selection.calls.callfile import read_call
from ketang.selection.calls.models import Call
from ketang.selection.intake import actions as intake
from ketang.selection.intake.late_ones import accept_late
from ketang.selection.intake.models import Door, Submission
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Arrival, Medium
from ketang.selection.sealing.actions import SETTLING, seal
from ketang.selection.sealing.models import SealedList
from sealed_lists import alone
from standing import kebao

pytestmark = pytest.mark.django_db(transaction=True)
CLOSES = datetime(2099, 8, 31, 15, 59, 59, tzinfo=UTC)
DAY = timedelta(days=1)
PACKAGE = b"a package"


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, settings: LazySettings) -> None:
    settings.SIGNING_KEYS, settings.SIGNING_KEY = tmp_path / "signing-keys", ""


@pytest.fixture
def open_call(administrator: Account, shipped_call: str) -> Call:
    """Closes on 31 August 2099 in Shanghai; the second copy has three days of grace."""
    more = {"closes": datetime(2099, 8, 31, 23, 59, 59), "grace_days": 3}
    made = calls.create(file=read_call(shipped_call).model_copy(update=more), actor=administrator)
    return calls.publish(call=made, actor=administrator)


@pytest.fixture
def call(supplier_draft: Submission, administrator: Account) -> Call:
    """Closed by the office, with a version in time, a late one, paper in grace, a mail that waits, one with links, one that is nothing."""
    manager, of = Account.objects.get(login="manager"), supplier_draft.call
    for at, digest in ((CLOSES - DAY, hashlib.sha256(PACKAGE).hexdigest()), (CLOSES + DAY, "cd" * 32)):
        intake.receive(
            actor=manager,
            submission=supplier_draft,
            door=Door.WEB,
            name="课程包.zip",
            digest=digest,
            size=9,
            received_at=at,
        )
    paper = ledger.register(
        actor=SYSTEM, door=Door.DESK, medium=Medium.PAPER, received_at=CLOSES + 2 * DAY, counts_at=CLOSES + DAY, call=of
    )
    ledger.enter(actor=administrator, arrival=paper, submission=supplier_draft)
    mail: dict[str, Any] = {
        "actor": SYSTEM, "door": Door.MAIL, "medium": Medium.ELECTRONIC, "received_at": CLOSES, "call": of
    }  # fmt: skip
    ledger.register(**mail, name="课程.zip", digest="ef" * 32, size=7)
    ledger.register(**mail, reason="只有链接")
    nothing = ledger.register(**mail, name="广告.zip", digest="01" * 32, size=7)
    ledger.set_aside(actor=administrator, arrival=nothing, reason="广告")
    return calls.close(call=of, actor=administrator)


def accepted(administrator: Account) -> None:
    """The late version is accepted."""
    submission = Submission.objects.get()
    version = submission.versions.get(index=2)
    accept_late(actor=administrator, submission=submission, version=version, reason="邮箱故障")


def test_every_package_is_listed_and_a_stranger_verifies_it_offline(
    call: Call, administrator: Account, tmp_path: Path
) -> None:
    made, is_new = seal(actor=administrator, call=call)
    assert (is_new, made.number, made.count, is_held(made.digest)) == (True, 1, 4, True)
    place, key, package = tmp_path / "list.json", tmp_path / "key.pem", tmp_path / "package.zip"
    place.write_bytes(Client().get(f"/calls/{call.slug}/sealed/1.json").content)
    key.write_bytes(Client().get(f"/keys/{made.fingerprint}.pem").content)
    package.write_bytes(PACKAGE)
    waiting = list(Arrival.objects.order_by("id").values_list("number", flat=True))[3]
    found = [entry["arrival"] for entry in json.loads(place.read_bytes())["entries"]]
    shown = [
        (one["kind"], one["number"], one.get("receipt"), one["received_at"][:19], one["lateness"]) for one in found
    ]
    assert shown == [
        ("electronic", "TIANJIN-2023-0001", "TIANJIN-2023-R00001", "2099-08-30T23:59:59", "in-time"),
        ("electronic", "TIANJIN-2023-0001", "TIANJIN-2023-R00002", "2099-09-01T23:59:59", "late"),
        ("paper", "TIANJIN-2023-0001", None, "2099-09-01T23:59:59", "in-grace"),
        ("electronic", waiting, waiting, "2099-08-31T23:59:59", "in-time"),
    ]
    for published in (made.fingerprint, key):
        code, said, errors = alone(place, "--key", published, "--package", package, "--receipt", found[0]["receipt"])
        assert (code, said[0], errors) == (0, "✓ 名单完整，封存以后没有改动。", "")
        assert said[-1].startswith("✓ 这个文件在名单里：TIANJIN-2023-0001，回执 TIANJIN-2023-R00001")
    assert made.fingerprint in Client().get(f"/calls/{call.slug}").content.decode()


def test_a_changed_byte_is_detected_in_each_part(call: Call, administrator: Account, tmp_path: Path) -> None:
    first, _ = seal(actor=administrator, call=call)
    accepted(administrator)
    again, _ = seal(actor=administrator, call=call)
    data = read_whole(again.digest)
    content = json.loads(data)
    parts = {
        "schema": b"kebao.snapshot", "call": call.slug.encode(), "number": b'"number":2,', "former": first.digest.encode(),
        "made_at": content["made_at"].encode(), "audit_head": content["audit_head"]["digest"].encode(),
        "count": b'"count":4', "time": b"2099-08-30T23:59:59", "digest": b"cd" * 32, "kind": b'"kind":"paper"',
        "lateness": b"accepted-late", "check": content["entries"][3]["check"].encode(),
        "public_key": content["public_key"].encode(), "fingerprint": content["fingerprint"].encode(),
        "signature": content["signature"].encode(),
    }  # fmt: skip
    place, codes = tmp_path / "list.json", {}
    for name, words in parts.items():
        at = data.index(words) + len(words) - 1
        other = bytearray(data)
        other[at] = ord("0") if data[at] != ord("0") else ord("1")
        place.write_bytes(bytes(other))
        told = kebao("verify-snapshot", place, "--key", again.fingerprint)
        said = told.stdout.splitlines()
        assert (any(line.startswith("✓") for line in said), bool(said or told.stderr)) == (False, True), name
        codes[name] = told.returncode
    assert codes == {name: 3 if name == "schema" else 1 for name in parts}
    place.write_bytes(data[:-2])
    assert alone(place, "--key", again.fingerprint)[0] == 3


def test_the_same_list_is_sealed_once_and_a_change_makes_a_further_one_that_names_the_former(
    call: Call, administrator: Account, tmp_path: Path
) -> None:
    first, _ = seal(actor=administrator, call=call)
    assert seal(actor=administrator, call=call) == (first, False)
    accepted(administrator)
    second, is_new = seal(actor=administrator, call=call)
    assert (is_new, second.number) == (True, 2)
    place = tmp_path / "list.json"
    place.write_bytes(read_whole(second.digest))
    content = json.loads(place.read_bytes())
    assert (content["former"], json.loads(read_whole(first.digest))["former"]) == (
        {"number": 1, "sha256": first.digest}, None,
    )  # fmt: skip
    lateness = [entry["arrival"]["lateness"] for entry in content["entries"]]
    assert lateness == ["in-time", "accepted-late", "in-grace", "in-time"]
    code, said, _errors = alone(place, "--key", second.fingerprint)
    assert (code, said[4]) == (0, f"前一份：第 1 次封存，SHA-256 {first.digest}")
    assert [entry.details for entry in history(call) if entry.action == "sealing.seal"] == [
        {"number": one.number, "digest": one.digest, "count": 4, "fingerprint": one.fingerprint}
        for one in (first, second)
    ]


def test_a_list_stays_true_after_the_key_was_changed(call: Call, administrator: Account, tmp_path: Path) -> None:
    first, _ = seal(actor=administrator, call=call)
    made = rotate(actor=SYSTEM, reason="每年更换")
    place = tmp_path / "list.json"
    place.write_bytes(read_whole(first.digest))
    assert [alone(place, "--key", one)[0] for one in (first.fingerprint, made.fingerprint)] == [0, 1]


def test_the_office_seals_and_nobody_before_the_deadline(
    supplier_draft: Submission, actors: dict[Role, Actor], administrator: Account
) -> None:
    call = supplier_draft.call
    for role, actor in actors.items():
        if role not in (Role.CLERK, Role.ADMINISTRATOR):
            with pytest.raises(PermissionDenied):
                seal(actor=actor, call=call)
    with pytest.raises(Refused, match="截止时间还没有到"):
        seal(actor=actors[Role.CLERK], call=call)
    assert SealedList.objects.count() == 0
    made, _ = seal(actor=actors[Role.CLERK], call=calls.close(call=call, actor=administrator))
    assert (made.count, made.made_by) == (0, actors[Role.CLERK])


def test_it_is_sealed_by_itself_after_the_deadline_and_after_the_days_of_grace(
    open_call: Call, administrator: Account
) -> None:
    waiting = Job.objects.filter(name="sealing.seal").order_by("not_before")
    grace = datetime(2099, 9, 3, 16, 0, tzinfo=UTC)
    first, second = waiting
    assert [first.not_before, second.not_before] == [CLOSES + SETTLING, grace + SETTLING]
    file = open_call.content.model_copy(update={"closes": datetime(2099, 9, 30, 23, 59, 59)})
    later = calls.edit(call=open_call, file=file, actor=administrator)
    assert waiting.all().count() == 4
    Job.objects.filter(name="sealing.seal").update(not_before=datetime.now(UTC))  # as if their time had come
    run(str(first.uuid))
    assert SealedList.objects.count() == 0  # it was planned for the deadline before it was moved
    Call.objects.filter(pk=later.pk).update(closes_at=CLOSES.replace(year=2020))
    run(str(second.uuid))
    assert SealedList.objects.get().made_by is None


def test_closing_a_call_has_it_sealed_once(call: Call) -> None:
    job = Job.objects.get(name="sealing.seal", key="")
    for _ in range(2):
        run(str(job.uuid))
    assert SealedList.objects.get().count == 4


def test_a_list_is_public_with_its_call_alone(call: Call, administrator: Account) -> None:
    seal(actor=administrator, call=call)
    assert Client().get(f"/calls/{call.slug}/sealed/2.json").status_code == 404
    calls.archive(call=call, actor=administrator)
    assert Client().get(f"/calls/{call.slug}/sealed/1.json").status_code == 404
