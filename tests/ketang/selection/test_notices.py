"""补正通知: drafted from what is missing, sent once, ticked off by what comes, remembered, withdrawn."""

from __future__ import annotations

import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import SYSTEM
from ketang.platform.audit.queries import history
from ketang.platform.outbox.models import Letter
from ketang.platform.queue.models import Job
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.platform.storage.reading import read_whole
from ketang.selection.checking.models import Check
from ketang.selection.intake.models import Door, Submission, SubmissionState
from ketang.selection.ledger import actions as ledger
from ketang.selection.ledger.models import Medium
from ketang.selection.notices import actions, permissions
from ketang.selection.notices.models import ItemKind, Notice, NoticeState
from ketang.selection.ruling.actions import rule_on
from ketang.selection.ruling.models import RulingKind
from ketang_accounts import signed_in
from ketang_reports import checked, sketched
from libreoffice import SOFFICE, needs_libreoffice

pytestmark = pytest.mark.django_db(transaction=True)
WRITER = Path(SOFFICE or "/").resolve().parent / "libswlo.so"
FAULTY = {"hours": "9.0", "form": {"phone": "12"}}


@pytest.fixture
def manager(supplier_draft: Submission) -> Account:
    found = Account.objects.get(login="manager")
    EmailAddress.objects.create(user=found, email="Manager@example.org", verified=True, primary=True)
    EmailAddress.objects.create(user=found, email="other@example.org", verified=False)
    return found


@pytest.fixture
def check(supplier_draft: Submission, manager: Account) -> Check:
    """A version with wrong hours and a wrong telephone number."""
    return checked(supplier_draft, sketched(**FAULTY), actor=manager)


def drafted(administrator: Account) -> Notice:
    return actions.draft(actor=administrator, submission=Submission.objects.get())


def sent(administrator: Account) -> Notice:
    made = drafted(administrator)
    actions.send(actor=administrator, notice=made)
    return made


def rules(notice: Notice) -> list[tuple[str, str, bool]]:
    return [(one.kind, one.clause, one.is_open) for one in notice.items.order_by("order")]


def paper(actor: Actor) -> None:
    of = Submission.objects.get()
    made = ledger.register(actor=SYSTEM, door=Door.DESK, medium=Medium.PAPER, received_at=timezone.now(), call=of.call)
    ledger.enter(actor=actor, arrival=made, submission=of)


def test_it_names_the_missing_copy_and_each_fault_by_its_clause(check: Check, administrator: Account) -> None:
    notice = drafted(administrator)
    items = list(notice.items.order_by("order"))
    assert (items[0].kind, items[0].clause) == (ItemKind.PAPER, "P7.1")
    said = "\n".join(one.said["zh"] for one in items[1:])
    assert {one.kind for one in items[1:]} == {ItemKind.FINDING}
    assert all(one.clause and one.mend["zh"] and one.fingerprints and one.said["en"] for one in items[1:])
    assert ("电话" in said, "学时" in said) == (True, True)
    assert (notice.number, notice.state, notice.check_of) == ("TIANJIN-2023-0001-B01", "draft", check)
    local = notice.due_at.astimezone(check.version.submission.call.zone)  # type: ignore[union-attr]  # of a version
    assert (local.date() - timezone.localdate(), f"{local:%H:%M:%S}") == (timedelta(days=15), "23:59:59")
    with pytest.raises(Refused, match="没有办完"):
        drafted(administrator)


def test_what_was_dismissed_is_not_asked_for(check: Check, administrator: Account) -> None:
    whole = drafted(administrator)
    first = whole.items.filter(kind=ItemKind.FINDING).order_by("order")[0]
    actions.discard(actor=administrator, notice=whole)
    for one in first.fingerprints:
        rule_on(actor=administrator, check=check, fingerprint=one, kind=RulingKind.DISMISS, reason="已核实")
    again = drafted(administrator)
    assert not {one for item in again.items.all() for one in item.fingerprints} & set(first.fingerprints)


def test_who_may(check: Check, actors: dict[Role, Actor], administrator: Account) -> None:
    notice = drafted(administrator)
    for role, actor in actors.items():
        office = role in (Role.CLERK, Role.ADMINISTRATOR)
        assert permissions.may_send_notices(actor) is office
        assert permissions.may_read_notice(actor, notice) is office
        if not office:
            with pytest.raises(PermissionDenied):
                actions.send(actor=actor, notice=notice)
    actions.send(actor=administrator, notice=notice)
    readers = {role for role, actor in actors.items() if permissions.may_read_notice(actor, notice)}
    assert readers == {Role.CLERK, Role.ADMINISTRATOR, Role.SUPPLIER}


def test_a_draft_is_changed_and_sent_once(check: Check, administrator: Account) -> None:
    notice = drafted(administrator)
    due = timezone.now() + timedelta(days=5)
    with pytest.raises(Refused, match="以后的日期"):
        actions.change(actor=administrator, notice=notice, due_at=timezone.now(), words="", left_out={})
    everything = {one.order: "不用" for one in notice.items.all()}
    with pytest.raises(Refused, match="至少留下一项"):
        actions.change(actor=administrator, notice=notice, due_at=due, words="", left_out=everything)
    assert not notice.items.exclude(left_out="").exists()
    actions.change(actor=administrator, notice=notice, due_at=due, words="请附授权书原件。", left_out={1: "已另行寄出"})
    actions.send(actor=administrator, notice=notice)
    submission = Submission.objects.get()
    assert (submission.state, submission.mend_until, notice.state) == (SubmissionState.INCOMPLETE, due, "sent")
    (letter,) = Letter.objects.all()
    assert (letter.recipient, letter.subject) == ("manager@example.org", "补正通知 TIANJIN-2023-0001-B01")
    assert ("请附授权书原件。" in letter.text, "还没有收到书面版" in letter.text) == (True, False)
    ((name, _kind, digest),) = letter.files
    assert (name, read_whole(digest)[:2]) == ("TIANJIN-2023-0001-B01.docx", b"PK")
    with pytest.raises(Refused, match="已发出"):
        actions.send(actor=administrator, notice=notice)
    assert Letter.objects.count() == 1
    assert [entry.action for entry in history(notice)] == ["notices.draft", "notices.change", "notices.send"]


def test_items_tick_themselves_off(check: Check, administrator: Account, manager: Account) -> None:
    notice = sent(administrator)
    paper(administrator)
    assert [is_open for kind, _clause, is_open in rules(notice) if kind == ItemKind.PAPER] == [False]
    half = sketched(hours="9.0")
    checked(Submission.objects.get(), half, content=b"second", actor=manager)
    left = [one for one in notice.items.all() if one.is_open]
    standing = {finding.fingerprint for finding in half.findings}
    assert left
    assert all(set(one.fingerprints) & standing for one in left)
    assert len(left) < notice.items.count() - 1
    notice.refresh_from_db()
    assert notice.state == NoticeState.SENT
    checked(Submission.objects.get(), sketched(), content=b"third", actor=manager)
    notice.refresh_from_db()
    assert (notice.state, [one for one in notice.items.all() if one.is_open]) == (NoticeState.ANSWERED, [])
    submission = Submission.objects.get()
    assert (submission.state, submission.lateness) == (SubmissionState.SUBMITTED, "in-time")


def test_reminders_come_once_each_and_none_after_the_answer(check: Check, administrator: Account) -> None:
    notice = sent(administrator)
    jobs = list(Job.objects.filter(name="notices.remind").order_by("not_before"))
    assert [notice.due_at - job.not_before for job in jobs] == [timedelta(days=3), timedelta(days=1)]
    Job.objects.filter(name="notices.remind").update(not_before=timezone.now())
    for job in jobs:
        run(str(job.uuid))
        actions.remind(notice, job.arguments["days"])
    reminders = Letter.objects.filter(text__startswith="提醒")
    assert (reminders.count(), Letter.objects.count()) == (2, 3)
    actions.withdraw(actor=administrator, notice=notice, reason="已线下核对")
    actions.remind(notice, 7)
    assert reminders.count() == 2


def test_a_withdrawn_notice_says_why_and_asks_for_nothing(check: Check, administrator: Account) -> None:
    notice = sent(administrator)
    with pytest.raises(Refused, match="理由"):
        actions.withdraw(actor=administrator, notice=notice, reason=" ")
    actions.withdraw(actor=administrator, notice=notice, reason="发错了")
    submission = Submission.objects.get()
    assert (submission.state, submission.mend_until, notice.state) == (SubmissionState.SUBMITTED, None, "withdrawn")
    assert "发错了" in Letter.objects.order_by("-id")[0].text
    with pytest.raises(Refused, match="已撤回"):
        actions.withdraw(actor=administrator, notice=notice, reason="再撤")
    assert drafted(administrator).number == "TIANJIN-2023-0001-B02"


def test_overdue_is_said_and_nothing_missing_is_refused(check: Check, administrator: Account) -> None:
    notice = sent(administrator)
    Notice.objects.filter(pk=notice.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    notice.refresh_from_db()
    assert notice.is_overdue
    actions.withdraw(actor=administrator, notice=notice, reason="重新起草")
    paper(administrator)
    checked(Submission.objects.get(), sketched(), content=b"good", actor=Account.objects.get(login="manager"))
    with pytest.raises(Refused, match="不用补正"):
        drafted(administrator)


def test_many_are_sent_by_jobs_each_once(check: Check, administrator: Account) -> None:
    notice = drafted(administrator)
    with pytest.raises(Refused, match="请选择"):
        actions.send_many(actor=administrator, uuids=[])
    group = actions.send_many(actor=administrator, uuids=[str(notice.uuid)])
    (job,) = Job.objects.filter(name="notices.send", group__uuid=group)
    for _ in range(2):
        run(str(job.uuid))
    notice.refresh_from_db()
    assert (notice.state, notice.sent_as, Letter.objects.count()) == ("sent", str(administrator), 1)


def test_the_supplier_reads_it_and_nobody_else_s(check: Check, administrator: Account, manager: Account) -> None:
    notice = drafted(administrator)
    client, address = Client(), f"/supplier/{notice.submission.uuid}"
    client.force_login(manager)
    paper_address = f"/office/notices/{notice.uuid}/paper.docx"
    assert (notice.number in client.get(address).content.decode(), client.get(paper_address).status_code) == (
        False,
        403,
    )
    actions.send(actor=administrator, notice=notice)
    assert (notice.number in client.get(address).content.decode(), client.get(paper_address).status_code) == (True, 200)
    assert client.get(f"/office/notices/{notice.uuid}").status_code == 403


def test_what_is_no_identity_among_the_chosen_is_left_out(check: Check, administrator: Account) -> None:
    client, call = signed_in(administrator), check.version.submission.call  # type: ignore[union-attr]  # of a version
    many = f"/office/calls/{call.uuid}/notices"
    asked = [
        client.post(address, {"chosen": ["", "不是编号", "1' OR 1=1", "{}"]}) for address in ("/office/notices/", many)
    ]
    assert [one["Location"] for one in asked] == ["/office/notices/", many]
    assert [(one.status_code, Notice.objects.count(), Job.objects.filter(name="notices.send").count()) for one in asked] == [
        (302, 0, 0), (302, 0, 0),
    ]  # fmt: skip


@needs_libreoffice
@pytest.mark.skipif(not WRITER.is_file(), reason="LibreOffice's Writer is not here: apt-get install libreoffice-writer")
def test_the_paper_opens_in_an_office_program(check: Check, administrator: Account, tmp_path: Path) -> None:
    from ketang.platform.official.word import write_docx
    from ketang.selection.notices.paper import notice_paper

    place = tmp_path / "notice.docx"
    place.write_bytes(write_docx(notice_paper(sent(administrator))))
    with zipfile.ZipFile(place) as archive:
        assert archive.testzip() is None
    assert SOFFICE is not None
    command = [SOFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(place)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    words = (tmp_path / "notice.txt").read_text(encoding="utf-8")
    for wanted in ("补正通知", "TIANJIN-2023-0001-B01", "示例培训学校", "P7.1", "主办单位（盖章）"):
        assert wanted in words
