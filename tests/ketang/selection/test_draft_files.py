"""Single files of a draft: their places, slips undone, one package of them that is received like any other."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from kebao.kit.new import blank_workbook
from kebao.package.manifest import Form, Manifest, Resource
from kebao.package.workbook.writer import write_workbook
from kebao.subjects.opening import open_any
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang.platform.storage.reading import local, read_whole
from ketang.platform.uploads import actions as uploads
from ketang.platform.uploads.models import Upload
from ketang.platform.uploads.storing import finish
from ketang.selection.calls import actions as calls
from ketang.selection.calls.models import Call
from ketang.selection.intake import actions, assembling, draft_files, jobs
from ketang.selection.intake.draft import Draft
from ketang.selection.intake.models import Assembly, DraftFile, Receipt, Submission, Version
from ketang.selection.intake.queries import absent, files_of, removed_from, unready

pytestmark = pytest.mark.django_db


def brought(name: str, content: bytes = b"bytes") -> Upload:
    upload = uploads.create(owner="account:1", name=name, length=len(content))
    uploads.append(upload=upload, offset=0, source=io.BytesIO(content))
    finish(upload)
    return upload


def add(draft: Submission, by: Account, name: str, content: bytes = b"bytes") -> DraftFile:
    return draft_files.add_file(actor=by, submission=draft, upload=brought(name, content))


def workbook(folder: Path, **fields: object) -> bytes:
    """A filled workbook of one video."""
    resources = (Resource(id="r1", kind="video", title="试水温", path="视频/第一课/试水温.mp4"),)
    write_workbook(Manifest(version="1", title="饮水", resources=resources, **fields), folder / "book.xlsx")  # type: ignore[arg-type]  # fields of the manifest
    return (folder / "book.xlsx").read_bytes()


def paths(draft: Submission) -> list[str]:
    return [one.path for one in files_of(draft)]


def test_files_lie_where_their_names_say(draft: Submission, supplier: Account) -> None:
    for name in ("试水温.MP4", "试水温.vtt", "旁白.mp3", "讲义.docx", "照片.jpg", "试卷1.xlsx", "版权承诺书.pdf", "培训包 (1).xlsx", "课程介绍.docx", "别的.bin"):  # fmt: skip
        add(draft, supplier, name)
    assert paths(draft) == [
        "别的.bin", "图表/照片.jpg", "培训包.xlsx", "文本/讲义.docx", "材料/版权承诺书.pdf", "视频/试水温.MP4", "视频/试水温.vtt",
        "试卷/试卷1.xlsx", "课程介绍.docx", "音频/旁白.mp3",
    ]  # fmt: skip


def test_the_workbook_says_where_a_file_lies_and_what_is_absent(
    draft: Submission, supplier: Account, tmp_path: Path
) -> None:
    book = add(draft, supplier, "培训包.xlsx", workbook(tmp_path, form=Form(contact="联系人甲")))
    assert book.workbook == {"paths": ["视频/第一课/试水温.mp4"], "form": True, "rights": 0}
    assert absent(files_of(draft)) == ["视频/第一课/试水温.mp4"]
    assert add(draft, supplier, "试水温.mp4").path == "视频/第一课/试水温.mp4"
    assert absent(files_of(draft)) == []


def test_an_empty_workbook_fills_in_no_form(draft: Submission, supplier: Account, tmp_path: Path) -> None:
    blank_workbook(tmp_path / "blank.xlsx")
    book = add(draft, supplier, "培训包.xlsx", (tmp_path / "blank.xlsx").read_bytes())
    assert (book.workbook["form"], book.workbook["rights"]) == (False, 0)


def test_a_workbook_that_cannot_be_read_is_kept_as_a_file(draft: Submission, supplier: Account) -> None:
    assert add(draft, supplier, "培训包.xlsx", b"no workbook").workbook == {}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("课.rar", "“课.rar”不能读取。请解压后上传里面的文件，或改用 zip 打包。"),
        ("~$讲义.docx", "“~$讲义.docx”是系统或办公软件的临时文件，没有加入。"),
        ("con.mp4", "“视频/con.mp4”在 Windows 上无法保存（系统保留名称，或以点、空格结尾），请改名。"),
    ],
)
def test_what_no_package_can_hold_is_told(draft: Submission, supplier: Account, name: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        add(draft, supplier, name)
    assert (str(refused.value), paths(draft)) == (words, [])


def test_a_file_of_the_same_name_takes_the_place_and_the_old_one_is_put_back(
    draft: Submission, supplier: Account
) -> None:
    old, new = add(draft, supplier, "课.mp4", b"old"), add(draft, supplier, "课.MP4", b"new")
    assert (paths(draft), list(removed_from(draft))) == (["视频/课.MP4"], [old])
    with pytest.raises(Refused, match="已经有一个文件了"):
        draft_files.put_back(actor=supplier, file=old)
    draft_files.remove_file(actor=supplier, file=new)
    draft_files.put_back(actor=supplier, file=old)
    assert (paths(draft), list(removed_from(draft))) == (["视频/课.mp4"], [new])
    assert [entry.action for entry in history(draft)] == [
        "intake.start", "intake.add_file", "intake.add_file", "intake.remove_file", "intake.put_back_file",
    ]  # fmt: skip


def test_a_file_is_moved(draft: Submission, supplier: Account) -> None:
    first, second = add(draft, supplier, "一.mp4"), add(draft, supplier, "二.mp4")
    draft_files.move_file(actor=supplier, file=first, path=" /视频/第一课/ 洗手.mp4 ")
    assert paths(draft) == ["视频/二.mp4", "视频/第一课/洗手.mp4"]
    for path, words in (
        ("视频/第一课/洗手.MP4", "已经有一个文件了"),
        ("../外面.mp4", "指向包外的位置"),
        ("视频/a:b.mp4", "Windows"),
    ):
        with pytest.raises(Refused, match=words) as refused:
            draft_files.move_file(actor=supplier, file=second, path=path)
        assert refused.value.field == "path"


def test_nobody_else_touches_them(draft: Submission, supplier: Account) -> None:
    stranger = open_by_command(login="stranger", name="外人").account
    file = add(draft, supplier, "一.mp4")
    for act in (
        lambda: draft_files.add_file(actor=stranger, submission=draft, upload=brought("x.mp4")),
        lambda: draft_files.move_file(actor=stranger, file=file, path="x.mp4"),
        lambda: draft_files.remove_file(actor=stranger, file=file),
        lambda: draft_files.put_back(actor=stranger, file=file),
        lambda: assembling.send_files(actor=stranger, submission=draft),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_one_package_of_them_is_received(draft: Submission, supplier: Account, tmp_path: Path) -> None:
    add(draft, supplier, "培训包.xlsx", workbook(tmp_path))
    add(draft, supplier, "试水温.mp4", b"film")
    actions.save_draft(actor=supplier, submission=draft, draft=Draft(form=Form(contact="联系人甲")))
    receipt = assembling.send_files(actor=supplier, submission=draft).receipt
    assert receipt is not None
    version = receipt.version
    assert (version.name, version.door, version.received_at) == (
        "网络课程+示例培训学校+老年人饮水照护入门.zip", "web", Assembly.objects.get().asked_at,
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(read_whole(version.digest))) as package:
        assert package.testzip() is None
        assert [(one.filename.partition("/")[2], one.compress_type) for one in package.infolist()] == [
            ("SHA256SUMS", 0), ("培训包.xlsx", 0), ("材料/基本情况表.docx", 0), ("视频/第一课/试水温.mp4", 0),
        ]  # fmt: skip
    with local(version.digest) as kept, open_any(kept, occupations=None, as_of=date(2023, 7, 1)) as opened:
        facts = opened.package.facts
        assert opened.package.manifest.title == "饮水"
        assert opened.package.digests_stated == {
            path: facts.digest(path) for path in facts.paths if path != "SHA256SUMS"
        }
    again = assembling.send_files(actor=supplier, submission=draft).receipt
    assert again is not None
    assert (again.version, Version.objects.count(), Receipt.objects.count()) == (version, 1, 2)
    assert paths(draft) == ["培训包.xlsx", "视频/第一课/试水温.mp4"]  # the next version needs only what changed


def test_one_archive_is_the_package(draft: Submission, supplier: Account) -> None:
    add(draft, supplier, "课程.zip", b"PK made up")
    receipt = assembling.send_files(actor=supplier, submission=draft).receipt
    assert receipt is not None
    assert (receipt.version.name, read_whole(receipt.version.digest)) == ("课程.zip", b"PK made up")


def test_what_is_not_ready_is_told_and_nothing_is_sent(draft: Submission, supplier: Account) -> None:
    assert unready(draft) == "还不能提交：还没有上传文件。"
    film = add(draft, supplier, "课.mp4")
    add(draft, supplier, "课程.zip")
    assert unready(draft) == "还不能提交：“课程.zip”是压缩包，不能和别的文件混在一起。请移除它，或者只留下它。"
    draft_files.remove_file(actor=supplier, file=film)
    Upload.objects.update(state="open")
    with pytest.raises(Refused, match="有文件没有传完"):
        assembling.send_files(actor=supplier, submission=draft)
    assert Receipt.objects.count() == 0


def test_a_large_package_is_put_together_by_the_worker(
    draft: Submission, supplier: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembling, "AT_ONCE", 3)
    add(draft, supplier, "课.mp4", b"film")
    made = assembling.send_files(actor=supplier, submission=draft)
    assert (made.is_over, draft.versions.count()) == (False, 0)
    for _ in range(2):  # a job may be begun anew
        jobs.put_together(None, assembly=str(made.uuid))  # type: ignore[arg-type]  # it tells nothing on the way
    made.refresh_from_db()
    assert made.receipt is not None
    assert (made.receipt.issued_at, Receipt.objects.count()) == (made.asked_at, 1)


def test_whoever_sends_before_a_large_file_is_registered_is_not_late_for_it(
    draft: Submission, supplier: Account
) -> None:
    upload = uploads.create(owner="account:1", name="课程.zip", length=4)
    uploads.append(upload=upload, offset=0, source=io.BytesIO(b"PK!!"))
    draft_files.add_file(actor=supplier, submission=draft, upload=upload)
    made = assembling.send_files(actor=supplier, submission=draft)
    assert (made.is_over, upload.state) == (False, "whole")
    jobs.put_together(None, assembly=str(made.uuid))  # type: ignore[arg-type]
    receipt = Receipt.objects.get()
    assert (receipt.version.received_at, read_whole(receipt.version.digest)) == (made.asked_at, b"PK!!")


def test_what_is_refused_meanwhile_is_told_on_the_page(
    draft: Submission, supplier: Account, call: Call, administrator: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembling, "AT_ONCE", 3)
    add(draft, supplier, "课.mp4", b"film")
    made, other = (assembling.send_files(actor=supplier, submission=draft) for _ in range(2))
    actions.withdraw(actor=supplier, submission=draft, reason="")
    jobs.put_together(None, assembly=str(made.uuid))  # type: ignore[arg-type]
    jobs.not_put_together(None, assembly=str(other.uuid))  # type: ignore[arg-type]
    made.refresh_from_db()
    other.refresh_from_db()
    assert (made.refused, other.refused) == (
        "这份申报现在是“已撤回”，不能再提交。", "打包没有完成，文件都还在。请再提交一次；还不行请联系主办单位。",
    )  # fmt: skip
    assert calls.__name__ == "ketang.selection.calls.actions"


def test_a_file_that_is_ended_while_it_is_stored_is_not_added(draft: Submission, supplier: Account) -> None:
    upload = brought("讲义.docx")
    uploads.drop(upload=Upload.objects.get(pk=upload.pk))
    with pytest.raises(Refused, match="在保存时被删除了"):
        draft_files.add_file(actor=supplier, submission=draft, upload=upload)
    assert paths(draft) == []
