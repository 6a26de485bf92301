"""Checks with rulings, checks again and likenesses on SQLite with a folder and on PostgreSQL with Valkey and S3, by real workers."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.utils import timezone

from kebao.media.fingerprint.prints import Print
from kebao.model.outcome import Outcome, Severity
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.actions import register_organisation
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.role.actions import appoint_first_administrator
from ketang.platform.audit.queries import Whole, history, verify
from ketang.platform.queue.actions import enqueue
from ketang.platform.storage.actions import put_bytes
from ketang.platform.storage.models import StoredFile
from ketang.platform.uploads import actions as uploads
from ketang.platform.uploads.models import Upload
from ketang.platform.uploads.storing import finish
from ketang.selection.calls import actions as calls
from ketang.selection.calls.callfile import read_call
from ketang.selection.calls.models import Call
from ketang.selection.checking.actions import recheck
from ketang.selection.checking.drafts import check_draft
from ketang.selection.checking.models import Check, CheckState
from ketang.selection.checking.queries import earlier_of, report_of
from ketang.selection.intake import actions as intake
from ketang.selection.intake import draft_files
from ketang.selection.intake.assembling import send_files
from ketang.selection.intake.models import Door, Receipt, Submission, Version
from ketang.selection.intake.queries import files_of
from ketang.selection.likeness.actions import candidates, compare, keep
from ketang.selection.likeness.models import Likeness
from ketang.selection.likeness.queries import alike
from ketang.selection.ruling.actions import look_over, rule_on, undo, waive
from ketang.selection.ruling.effective import waits_for_a_look
from ketang.selection.ruling.models import RulingKind
from ketang.selection.ruling.queries import effective_verdict, ruled_report
from ketang_accounts import credit_code
from ketang_columns import Column, until
from ketang_jobs import unfinished
from ketang_reports import SHORT_ETHICS, checked, sketched
from making import make_clip

BOOK = "tianjin/2023"


@dataclass(frozen=True)
class People:
    chief: Account
    heads: tuple[Account, ...]
    units: tuple[Organisation, ...]
    call: Call

    def draft(self, number: int, title: str = "饮水照护") -> Submission:
        more = {"call": self.call, "organisation": self.units[number], "title": title, "category": "P2(3)"}
        return intake.start(actor=self.heads[number], **more)  # type: ignore[arg-type]  # of several types

    def send(self, number: int, content: bytes) -> Submission:
        draft, stored = self.draft(number), put_bytes(content)
        intake.receive(
            actor=self.heads[number], submission=draft, door=Door.WEB, name="课.zip", digest=stored.digest,
            size=stored.size,
        )  # fmt: skip
        return draft


@pytest.fixture
def people(column: Column, shipped_call: str) -> People:
    """An administrator, the heads of three units, and an open call."""
    chief = open_by_command(login="chief", name="管理员甲").account
    appoint_first_administrator(account=chief)
    heads = tuple(open_by_command(login=f"head-{n}", name=f"报送人{n}").account for n in range(3))
    units = tuple(
        register_organisation(
            actor=head, kind=OrganisationKind.UNIT, name=f"示例{n}号学校", credit_code=credit_code(3 + n)
        )
        for n, head in enumerate(heads)
    )
    file = read_call(shipped_call).model_copy(update={"closes": datetime(2099, 8, 31, 23, 59, 59)})
    return People(chief, heads, units, calls.publish(call=calls.create(file=file, actor=chief), actor=chief))


def film(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        written.write(make_clip(folder / "a.mp4", 3), "网络课程+示例0号学校+饮水照护/视频/洗手.mp4")
    return out.getvalue()


def bring(draft: Submission, by: Account, name: str, content: bytes) -> None:
    """One more file of the draft."""
    upload = uploads.create(owner=f"account:{by.uuid}", name=name, length=len(content))
    uploads.append(upload=upload, offset=0, source=io.BytesIO(content))
    finish(upload)
    draft_files.add_file(actor=by, submission=draft, upload=upload)


def worked_off(column: Column) -> None:
    with column.worker():
        until(lambda: not unfinished().exists(), lambda: (list(unfinished().values()), column.log()), 120)


def errors(check: Check) -> int:
    found = ruled_report(check)
    assert found is not None
    return found.verdict.errors


def test_a_ruling_on_a_real_check_goes_into_the_check_after_it(column: Column, people: People, tmp_path: Path) -> None:
    submission = people.send(0, film(tmp_path))
    worked_off(column)
    first = Check.objects.get(version=submission.latest)
    report = report_of(first)
    assert report is not None
    assert first.state == CheckState.DONE
    wrong = [f for f in report.findings if f.outcome is Outcome.FAILED and f.severity is Severity.ERROR]
    assert (len(wrong) > 1, errors(first)) == (True, len(wrong))
    more = {"fingerprint": wrong[0].fingerprint, "kind": RulingKind.DISMISS}
    made = rule_on(actor=people.chief, check=first, reason="另有说明", **more)  # type: ignore[arg-type]  # of two types
    assert errors(first) == len(wrong) - 1
    undo(actor=people.chief, ruling=made, reason="看错了")
    assert (errors(first), effective_verdict(first)) == (len(wrong), None)
    rule_on(actor=people.chief, check=first, reason="另有说明", **more)  # type: ignore[arg-type]  # of two types
    books = [BOOK, "access/2.2", "moe/2013"]
    again = recheck(actor=people.chief, submission=submission, rulebooks=books)
    worked_off(column)
    again.refresh_from_db()
    assert (again.state, again.rulebooks, earlier_of(again)) == (CheckState.DONE, books, first)
    assert [entry.action for entry in history(again)] == ["checking.begin", "checking.recheck", "checking.done"]
    assert errors(again) == len(wrong) - 1
    assert isinstance(verify(), Whole)


def test_a_draft_is_checked_by_the_worker_and_nothing_is_handed_in_until_it_is(
    column: Column, people: People, tmp_path: Path
) -> None:
    head, draft = people.heads[0], people.draft(0)
    bring(draft, head, "洗手.mp4", make_clip(tmp_path / "洗手.mp4", 3).read_bytes())
    bring(draft, head, "说明.txt", "第一稿".encode())
    made = check_draft(actor=head, submission=draft)
    assert (made.state, made.digest, made.report) == (CheckState.WAITING, "", "")
    worked_off(column)
    made.refresh_from_db()
    draft.refresh_from_db()
    assert (made.state, made.draft_of, made.version, made.rulebooks) == (
        CheckState.DONE, draft, None, people.call.file["rulebooks"],
    )  # fmt: skip
    assert [entry.action for entry in history(made)] == ["checking.try_draft", "checking.begin_draft", "checking.done"]
    assert (draft.state, draft.number, Version.objects.count(), Receipt.objects.count()) == ("draft", "", 0, 0)
    send_files(actor=head, submission=draft)
    worked_off(column)
    handed_in = Check.objects.get(draft_of=None)
    assert (handed_in.state, handed_in.digest, handed_in.verdict, handed_in.errors) == (
        CheckState.DONE, made.digest, made.verdict, made.errors,
    )  # fmt: skip
    ours, theirs = report_of(made), report_of(handed_in)
    assert ours is not None
    assert theirs is not None
    assert sorted(one.fingerprint for one in ours.findings) == sorted(one.fingerprint for one in theirs.findings)
    assert len(ours.findings) > 0
    assert isinstance(verify(), Whole)


def test_uploads_that_nobody_took_expire_by_the_worker_and_what_is_held_does_not(
    column: Column, people: People
) -> None:
    head, draft = people.heads[0], people.draft(0)
    bring(draft, head, "说明.txt", "第一稿".encode())
    bring(draft, head, "讲稿.txt", "讲稿".encode())
    send_files(actor=head, submission=draft)
    worked_off(column)
    lost, handed_in = (uploads.create(owner="link:1", name="课.zip", length=4) for _ in range(2))
    for upload in (lost, handed_in):
        uploads.append(upload=upload, offset=0, source=io.BytesIO(f"{upload.pk:04d}".encode()))
        finish(upload)
    assert draft.latest is not None
    Version.objects.filter(pk=draft.latest.pk).update(digest=handed_in.digest)
    Upload.objects.update(expires_at=timezone.now() - timedelta(days=30))
    StoredFile.objects.update(stored_at=timezone.now() - timedelta(days=30))
    enqueue("uploads.let_go")
    worked_off(column)
    assert set(Upload.objects.all()) == {one.upload for one in files_of(draft)}
    there = set(StoredFile.objects.values_list("digest", flat=True))
    assert (lost.digest in there, handed_in.digest in there) == (False, True)
    assert all(one.upload.digest in there for one in files_of(draft))
    assert isinstance(verify(), Whole)


def test_from_not_conforming_to_conforming_by_rulings_alone(people: People) -> None:
    report = sketched(SHORT_ETHICS, hours="9.0")
    check = checked(people.draft(0), report, actor=people.heads[0])
    (known,) = [finding.fingerprint for finding in report.findings if finding.rule == "hours-differ"]
    rule_on(actor=people.chief, check=check, fingerprint=known, kind=RulingKind.DISMISS, reason="另有实训")
    waive(actor=people.chief, check=check, rulebook=BOOK, clause="A3(2).1", reason="政策宣讲课")
    places = [(clause.rulebook, clause.id) for clause in report.clauses if waits_for_a_look(clause)]
    look_over(actor=people.chief, check=check, clauses=places, kind=RulingKind.MET, reason="逐条看过")
    found = ruled_report(check)
    assert found is not None
    verdict = found.verdict
    assert (report.verdict.word, verdict.word, verdict.errors, verdict.warnings, verdict.untested) == (
        "failed", "passed", 0, 0, 0,
    )  # fmt: skip
    assert isinstance(verify(), Whole)


def recording(seed: int, codes: int = 500, cut: int = 0) -> Print:
    made = np.random.default_rng(seed).integers(0, 2**32, codes, dtype=np.uint32)[cut:]
    return Print(len(made) * 0.1238 + 2.6, None, made, np.arange(len(made), dtype=np.int32))


def with_noise(whole: Print) -> Print:
    """A fifth of its codes differ in a bit, as after another encoding."""
    codes = whole.codes.copy()
    codes[np.random.default_rng(5).random(len(codes)) < 0.2] ^= np.uint32(1) << np.uint32(7)
    return replace(whole, codes=codes)


def test_what_another_supplier_sent_is_told_and_nothing_else(column: Column, people: People) -> None:
    sent = [people.send(number, b"no package") for number in range(3)]
    for submission, prints in zip(
        sent,
        ([recording(1), recording(2)], [recording(3), with_noise(recording(2, cut=100))], [recording(4)]),
        strict=True,
    ):
        assert submission.latest is not None
        keep(
            submission.latest,
            {f"视频/{n}.mp4": (f"{submission.pk}{n}" * 8, f"第{n}段", one) for n, one in enumerate(prints, 1)},
        )
    first, second, third = (one.latest for one in sent)
    assert (first and second and third) is not None
    found = {use.path: candidates(second, use.of) for use in second.media_used.order_by("path")}  # type: ignore[union-attr]
    assert found == {"视频/1.mp4": [], "视频/2.mp4": [first.media_used.get(path="视频/2.mp4").of]}  # type: ignore[union-attr]
    assert [compare(one) for one in (first, second, third, second)] == [1, 0, 0, 0]  # type: ignore[arg-type]
    assert Likeness.objects.count() == 1
    (told,) = alike(people.chief, sent[1])
    assert (told.other.version, told.kind, told.percent, told.times) == (
        first, "sound", 100, (("00:00", "00:52", "00:12", "01:04"),),
    )  # fmt: skip
    assert [alike(people.chief, sent[2]), alike(people.heads[0], sent[0])] == [[], []]
    assert isinstance(verify(), Whole)
