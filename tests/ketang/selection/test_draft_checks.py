"""A draft is checked before it is handed in: the same report, seen by its supplier alone; nothing arrives by it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job, JobState
from ketang.platform.queue.running import run
from ketang.platform.refusal import Refused
from ketang.platform.storage.models import StoredFile
from ketang.platform.uploads import actions as uploads
from ketang.platform.uploads.storing import finish
from ketang.selection.checking.drafts import check_draft, newest_of
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.checking.queries import earlier_of, report_of
from ketang.selection.intake import draft_files
from ketang.selection.intake.assembling import send_files
from ketang.selection.intake.models import Receipt, Submission, Version
from ketang.selection.intake.queries import files_of
from ketang_releasing import a_day_later
from making import make_clip

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _folders(settings: object, tmp_path: Path) -> None:
    settings.MEASUREMENTS, settings.WORK = str(tmp_path / "measured"), str(tmp_path / "work")  # type: ignore[attr-defined]


def add(draft: Submission, by: Account, name: str, content: bytes) -> None:
    upload = uploads.create(owner="account:1", name=name, length=len(content))
    uploads.append(upload=upload, offset=0, source=io.BytesIO(content))
    finish(upload)
    draft_files.add_file(actor=by, submission=draft, upload=upload)


def work() -> list[str]:
    """Do what waits and is due, in order; the names of the jobs done."""
    from django.utils import timezone

    done: list[str] = []
    while (
        job := Job.objects.filter(state=JobState.WAITING, not_before__lte=timezone.now()).order_by("id").first()
    ) is not None:
        run(str(job.uuid))
        done.append(job.name)
        assert len(done) < 50
    return done


@pytest.fixture
def filled(draft: Submission, supplier: Account, tmp_path: Path) -> Submission:
    """A draft with a video and a text."""
    add(draft, supplier, "洗手.mp4", make_clip(tmp_path / "洗手.mp4", 3).read_bytes())
    add(draft, supplier, "说明.txt", "第一稿".encode())
    return draft


def test_a_draft_is_checked_and_nothing_is_handed_in_by_it(filled: Submission, supplier: Account) -> None:
    made = check_draft(actor=supplier, submission=filled)
    assert work() == ["checking.draft", "checking.begin", "checking.measure", "checking.join"]
    made.refresh_from_db()
    filled.refresh_from_db()
    assert (made.state, made.draft_of, made.version, made.rulebooks) == (
        CheckState.DONE, filled, None, filled.call.file["rulebooks"],
    )  # fmt: skip
    assert report_of(made) is not None
    assert (filled.state, filled.number, Version.objects.count(), Receipt.objects.count()) == ("draft", "", 0, 0)
    assert [entry.action for entry in history(made)] == ["checking.try_draft", "checking.begin_draft", "checking.done"]


def test_what_the_draft_check_measured_is_not_decoded_again_when_handed_in(
    filled: Submission, supplier: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = check_draft(actor=supplier, submission=filled)
    work()
    made.refresh_from_db()
    monkeypatch.setattr("kebao.media.measuring.measure_stream", lambda *a, **k: pytest.fail("decoded again"))
    send_files(actor=supplier, submission=filled)
    work()
    handed_in = Check.objects.get(draft_of=None)
    assert (handed_in.state, handed_in.digest, handed_in.verdict) == (CheckState.DONE, made.digest, made.verdict)
    assert (handed_in.errors, handed_in.warnings, handed_in.undecided) == (made.errors, made.warnings, made.undecided)


def test_earlier_checks_go_but_for_the_one_it_is_compared_with(filled: Submission, supplier: Account) -> None:
    made = []
    for text in ("二", "三", "四"):
        add(filled, supplier, "说明.txt", text.encode())
        made.append(check_draft(actor=supplier, submission=filled))
        work()
    first, second, third = made
    third.refresh_from_db()
    assert list(Check.objects.order_by("id")) == [second, third]
    assert (earlier_of(third), newest_of(filled)) == (second, third)
    a_day_later()
    assert not StoredFile.objects.filter(digest=first.digest).exists()
    assert all(one.upload.digest and StoredFile.objects.filter(digest=one.upload.digest) for one in files_of(filled))


def test_a_second_check_waits_for_the_first_and_an_empty_draft_has_none(filled: Submission, supplier: Account) -> None:
    check_draft(actor=supplier, submission=filled)
    with pytest.raises(Refused, match="正在检查"):
        check_draft(actor=supplier, submission=filled)
    filled.files.all().delete()
    with pytest.raises(Refused, match="还没有上传文件"):
        check_draft(actor=supplier, submission=filled)
    assert Check.objects.count() == 1


def test_its_supplier_alone_begins_and_reads_it(filled: Submission, supplier: Account) -> None:
    member, stranger = Client(), Client()
    member.force_login(supplier)
    stranger.force_login(open_by_command(login="stranger", name="外人").account)
    begin = reverse("submission-check", args=[filled.uuid])
    assert stranger.post(begin).status_code == 404
    begun = member.post(begin)
    made = Check.objects.get()
    page = reverse("check", args=[made.uuid])
    assert (begun.status_code, begun["Location"]) == (302, page)
    again = member.post(begin, follow=True)
    assert "这份草稿正在检查" in again.content.decode()
    work()
    shown = member.get(page).content.decode()
    assert all(words in shown for words in ("草稿检查", "没有提交，没有回执，主办单位看不到。", "不符合"))
    assert page in member.get(reverse("submission-send", args=[filled.uuid])).content.decode()
    for name in ("check", "check-report", "check-progress"):
        assert [who.get(reverse(name, args=[made.uuid])).status_code for who in (stranger, Client())] == [404, 404]
