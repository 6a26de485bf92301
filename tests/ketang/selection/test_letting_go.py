"""Single files of drafts go with their bytes when their time is over: 7 days after a removal, 30 after a withdrawal."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ketang.people.account.models import Account
from ketang.platform.audit.actions import actor_key
from ketang.platform.audit.queries import history
from ketang.platform.queue.models import Job
from ketang.platform.refusal import Refused
from ketang.platform.storage.models import StoredFile
from ketang.platform.uploads import actions as uploads
from ketang.platform.uploads.expiring import let_expired_go
from ketang.platform.uploads.models import Upload
from ketang.selection.intake import actions, draft_files
from ketang.selection.intake.assembling import send_files
from ketang.selection.intake.letting_go import let_files_go
from ketang.selection.intake.models import Assembly, DraftFile, Submission
from ketang_releasing import a_day_later

from .test_draft_files import add

pytestmark = pytest.mark.django_db(transaction=True)


def removed(file: DraftFile, days: float) -> None:
    DraftFile.objects.filter(pk=file.pk).update(removed_at=timezone.now() - timedelta(days=days))


def bytes_left() -> set[str]:
    """What lies in the store a day later."""
    a_day_later()
    return set(StoredFile.objects.values_list("digest", flat=True))


def test_a_removed_file_goes_after_seven_days_and_twice_is_harmless(draft: Submission, supplier: Account) -> None:
    began = timezone.now()
    young, gone, stays = (add(draft, supplier, f"{name}.mp4", name.encode()) for name in ("甲", "乙", "丙"))
    for file in (young, gone):
        draft_files.remove_file(actor=supplier, file=file)
    waiting = Job.objects.filter(name="intake.let_files_go").values_list("not_before", flat=True)
    assert [round((at - began) / timedelta(days=1)) for at in waiting] == [7, 7]
    removed(young, 6.9)
    removed(gone, 7.1)
    let_files_go()
    let_files_go()
    assert set(DraftFile.objects.all()) == {young, stays}
    assert set(Upload.objects.all()) == {young.upload, stays.upload}
    assert bytes_left() == {young.upload.digest, stays.upload.digest}
    assert [one.action for one in history(draft)].count("intake.let_go_file") == 1
    with pytest.raises(Refused, match="移除已超过 7 天"):
        draft_files.put_back(actor=supplier, file=gone)
    draft_files.put_back(actor=supplier, file=young)
    assert set(draft.files.filter(removed_at=None)) == {young, stays}


def test_the_same_bytes_elsewhere_in_a_draft_stay(draft: Submission, supplier: Account) -> None:
    first, second = add(draft, supplier, "甲.mp4"), add(draft, supplier, "乙.mp4")
    draft_files.remove_file(actor=supplier, file=first)
    removed(first, 8)
    let_files_go()
    assert (list(DraftFile.objects.all()), bytes_left()) == ([second], {second.upload.digest})


def test_a_replaced_file_goes_too(draft: Submission, supplier: Account) -> None:
    old, new = add(draft, supplier, "甲.mp4", b"old"), add(draft, supplier, "甲.mp4", b"new")
    removed(old, 8)
    let_files_go()
    assert (list(DraftFile.objects.all()), bytes_left()) == ([new], {new.upload.digest})


def test_files_of_a_withdrawn_submission_go_after_thirty_days_and_its_package_stays(
    draft: Submission, supplier: Account
) -> None:
    add(draft, supplier, "甲.mp4")
    send_files(actor=supplier, submission=draft)
    assert draft.latest is not None
    actions.withdraw(actor=supplier, submission=draft, reason="")
    for days, left in ((29.9, 1), (30.1, 0)):
        Submission.objects.update(changed_at=timezone.now() - timedelta(days=days))
        let_files_go()
        assert DraftFile.objects.count() == left
    assert bytes_left() == {draft.latest.digest}


def test_what_a_sending_under_way_may_need_waits(draft: Submission, supplier: Account) -> None:
    file = add(draft, supplier, "甲.mp4")
    draft_files.remove_file(actor=supplier, file=file)
    removed(file, 8)
    Assembly.objects.create(submission=draft, asked_by=supplier, files=[[file.path, str(file.upload.uuid)]])
    let_files_go()
    assert (list(DraftFile.objects.all()), Job.objects.filter(name="intake.let_files_go").count()) == ([file], 2)


def test_an_upload_that_a_page_asks_for_in_time_is_a_file_and_one_that_expired_is_sent_again(
    draft: Submission, supplier: Account
) -> None:
    client = Client()
    client.force_login(supplier)
    page = reverse("submission-files", args=[draft.uuid])
    late, gone = (uploads.create(owner=actor_key(supplier), name=f"{name}.mp4", length=1) for name in ("甲", "乙"))
    for one in (late, gone):
        uploads.append(upload=one, offset=0, source=io.BytesIO(b"a"))
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    said = client.post(page, {"upload": str(late.uuid)}, headers={"Accept": "application/json"})
    assert (said.status_code, let_expired_go(), list(Upload.objects.all())) == (200, 1, [late])
    said = client.post(page, {"upload": str(gone.uuid)}, headers={"Accept": "application/json"})
    assert (said.status_code, said.json()["words"]) == (422, "没有找到这次上传，请重新选择文件。")
    Upload.objects.update(expires_at=timezone.now() - timedelta(days=99))
    assert (let_expired_go(), [file.upload for file in draft.files.all()]) == (0, [late])
    ended = client.delete(reverse("upload", args=[late.uuid]), headers={"Tus-Resumable": "1.0.0"})
    assert (ended.status_code, draft.files.count()) == (409, 1)


def test_the_bytes_of_an_upload_that_its_sender_ends_go(draft: Submission, supplier: Account) -> None:
    file, kept = add(draft, supplier, "甲.mp4", b"gone"), add(draft, supplier, "乙.mp4", b"kept")
    file.delete()
    uploads.drop(upload=file.upload)
    assert bytes_left() == {kept.upload.digest}
