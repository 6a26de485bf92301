"""Single files on the pages of a draft: by the plain form, by the script, moved, removed and put back."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ketang.people.account.models import Account
from ketang.platform.audit.actions import actor_key
from ketang.platform.uploads import actions as uploads
from ketang.selection.intake import assembling
from ketang.selection.intake.models import Assembly, Receipt, Submission
from ketang.selection.intake.queries import files_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Client:
    client = Client()
    client.force_login(Account.objects.get(login="manager"))
    return client


def address(draft: Submission, name: str = "submission-files", *more: object) -> str:
    return reverse(name, args=[draft.uuid, *more])


def sent(*names: str) -> dict[str, list[SimpleUploadedFile]]:
    return {"chosen": [SimpleUploadedFile(name, name.encode()) for name in names]}


def paths(draft: Submission) -> list[str]:
    return [one.path for one in files_of(draft)]


def test_several_files_at_once_without_script(supplier_draft: Submission, member: Client) -> None:
    answer = member.post(address(supplier_draft), sent("试水温.mp4", "讲义.docx"), follow=True)
    assert (paths(supplier_draft), "已收到 2 个文件。" in answer.content.decode()) == (
        ["文本/讲义.docx", "视频/试水温.mp4"],
        True,
    )
    nothing = member.post(address(supplier_draft), {}).content.decode()
    assert "请选择要上传的文件。" in nothing


def test_one_that_is_refused_does_not_cost_the_others(supplier_draft: Submission, member: Client) -> None:
    answer = member.post(address(supplier_draft), sent("课.rar", "讲义.docx")).content.decode()
    assert (paths(supplier_draft), "“课.rar”不能读取。" in answer, "已收到 1 个文件。" in answer) == (
        ["文本/讲义.docx"],
        True,
        True,
    )


def test_the_script_s_upload_becomes_a_file_once(supplier_draft: Submission, member: Client) -> None:
    upload = uploads.create(owner=actor_key(Account.objects.get(login="manager")), name="试水温.mp4", length=0)
    answers = [
        member.post(address(supplier_draft), {"upload": key}, headers={"accept": "application/json"})
        for key in (upload.uuid, upload.uuid, uuid4(), "nothing")
    ]
    gone = {"path": "", "words": "没有找到这次上传，请重新选择文件。"}
    taken = {"path": "视频/试水温.mp4", "words": "已收到 1 个文件。"}
    assert [(one.status_code, one.json()) for one in answers] == [(200, taken), (200, taken), (422, gone), (422, gone)]
    assert paths(supplier_draft) == ["视频/试水温.mp4"]


def test_another_s_upload_is_nobody_s_file(supplier_draft: Submission, member: Client) -> None:
    upload = uploads.create(owner="account:another", name="试水温.mp4", length=0)
    answer = member.post(address(supplier_draft), {"upload": upload.uuid}, follow=True)
    assert (paths(supplier_draft), "没有找到这次上传" in answer.content.decode()) == ([], True)


def test_moved_removed_and_put_back(supplier_draft: Submission, member: Client) -> None:
    member.post(address(supplier_draft), sent("试水温.mp4"))
    file = files_of(supplier_draft).get()
    place = address(supplier_draft, "submission-file", file.uuid)
    assert "指向包外的位置" in member.post(place, {"path": "../x.mp4"}).content.decode()
    member.post(place, {"path": "视频/第一课.mp4"})
    assert paths(supplier_draft) == ["视频/第一课.mp4"]
    change = address(supplier_draft, "submission-files-change")
    told = member.post(change, {"remove": file.uuid}, follow=True).content.decode()
    assert (paths(supplier_draft), "已移除“视频/第一课.mp4”。" in told) == ([], True)
    assert [member.post(change, {"back": key}).status_code for key in (uuid4(), "nothing")] == [404, 404]
    member.post(change, {"back": file.uuid})
    assert paths(supplier_draft) == ["视频/第一课.mp4"]


def test_a_large_package_shows_that_it_is_put_together(
    supplier_draft: Submission, member: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembling, "AT_ONCE", 1)
    member.post(address(supplier_draft), sent("试水温.mp4"))
    answer = member.post(address(supplier_draft, "submission-send"), {"by": "联系人甲", "agreed": "on"})
    made = Assembly.objects.get()
    page = address(supplier_draft, "submission-sending", made.uuid)
    progress = address(supplier_draft, "submission-sending-progress", made.uuid)
    assert (answer["Location"], member.get(progress).json()["over"]) == (page, False)
    assert page in member.get(address(supplier_draft, "submission")).content.decode()
    assembling.assemble(made)
    assert member.get(progress).json()["over"] is True
    assert member.get(page)["Location"] == reverse("receipt", args=[Receipt.objects.get().uuid])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_file_and_three(
    supplier_draft: Submission, member: Client, rows: int, django_assert_max_num_queries: object
) -> None:
    member.post(address(supplier_draft), sent(*(f"{number}.mp4" for number in range(rows))))
    member.get(address(supplier_draft))
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        member.get(address(supplier_draft))
