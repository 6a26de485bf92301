"""A disk at the desk: only read, every byte verified, gone on with after it was pulled out, and never led astray by links."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from click.testing import CliRunner
from django.core.exceptions import PermissionDenied

from ketang.command.desk import desk as command
from ketang.people.account.models import Account
from ketang.people.role.models import Role
from ketang.people.role.queries import Actor
from ketang.platform.audit.queries import history
from ketang.platform.refusal import Refused
from ketang.platform.storage.holding import is_held
from ketang.platform.storage.models import StoredFile
from ketang.platform.storage.reading import read_whole
from ketang.platform.uploads.models import Upload, UploadPiece
from ketang.selection.desk import copying, mounted
from ketang.selection.desk.copying import begin_copy, copy
from ketang.selection.desk.models import CopyState, DiskCopy, DiskFile
from ketang.selection.desk.queries import bytes_read
from ketang.selection.intake.models import Door, Submission
from ketang.selection.ledger.models import Arrival, ArrivalState, Medium
from ketang_columns import Column

MB = 1 << 20


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A course folder with films of some pieces each, and what systems leave beside it."""
    folder = tmp_path / "media" / "课程"
    (folder / "视频").mkdir(parents=True)
    for number in (1, 2, 3):
        (folder / "视频" / f"第{number}讲.mp4").write_bytes(bytes([number]) * (9 * MB) + b"end")
    (folder / "课程　介绍.docx").write_bytes(b"words")
    (folder / "空.txt").write_bytes(b"")
    (folder / "Thumbs.db").write_bytes(b"litter")
    (folder / "._第1讲.mp4").write_bytes(b"litter")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "Thumbs.db" and not path.name.startswith("._")
    }


def state_of(folder: Path) -> dict[str, tuple[int, int, int, int]]:
    """What would tell that somebody wrote: sizes, modes and times of everything, also of when it was read."""
    found = {}
    for path in [folder, *sorted(folder.rglob("*"))]:
        status = path.stat()
        found[str(path)] = (status.st_size, status.st_mode, status.st_mtime_ns, status.st_ctime_ns)
    return found


def package_of(arrival: Arrival) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(read_whole(arrival.digest))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def begun(actor: Actor, place: Path, **more: Any) -> DiskCopy:
    return begin_copy(actor=actor, place=place, **more)[0]


@pytest.mark.django_db
def test_a_folder_becomes_a_version_and_is_only_read(
    disk: Path, administrator: Account, supplier_draft: Submission
) -> None:
    for path in disk.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    read_at = {path: path.stat().st_atime_ns for path in disk.rglob("*") if path.is_file()}
    before = state_of(disk)
    told: list[tuple[int, int]] = []
    made = begun(administrator, disk, submission=supplier_draft)
    copy(made, lambda done, whole: told.append((done, whole)))
    assert state_of(disk) == before
    if hasattr(os, "O_NOATIME"):
        assert {path: path.stat().st_atime_ns for path in read_at} == read_at
    (arrival,) = Arrival.objects.all()
    assert (arrival.door, arrival.medium, arrival.state, arrival.name) == (
        Door.DISK, Medium.ELECTRONIC, ArrivalState.ENTERED, "课程.zip",
    )  # fmt: skip
    assert package_of(arrival) == contents(disk)
    assert (arrival.counts_at, arrival.receipt is None) == (made.counts_at, False)
    supplier_draft.refresh_from_db()
    assert supplier_draft.latest is not None
    assert (supplier_draft.latest.door, supplier_draft.latest.digest) == (Door.DISK, arrival.digest)
    assert (made.state, made.files, made.size) == (CopyState.WHOLE, 5, 3 * (9 * MB + 3) + 5)
    assert told == sorted(told)
    assert told[-1] == (made.size, made.size)
    assert [entry.action for entry in history(made)] == ["desk.begin_copy", "desk.copied"]
    digests = dict(made.rows.values_list("path", "digest"))
    assert digests == {path: hashlib.sha256(data).hexdigest() for path, data in contents(disk).items()}
    assert UploadPiece.objects.count() == 0
    held = [is_held(digest) for digest in (arrival.digest, digests["课程　介绍.docx"])]
    assert held[0] is True
    assert DiskFile.objects.exclude(arrival=arrival).count() == 0


@pytest.mark.django_db
def test_archives_are_packages_by_themselves_and_what_lies_beside_them_is_kept(
    tmp_path: Path, administrator: Account, supplier_draft: Submission
) -> None:
    for name in ("网络课程+示例培训学校+面点.zip", "另一门.zip"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "承诺书.pdf").write_bytes(b"signed")
    copy(begun(administrator, tmp_path, submission=supplier_draft))
    rows = list(Arrival.objects.order_by("name").values_list("name", "supplier", "title", "state"))
    assert rows == [
        ("另一门.zip", "", "", "unclaimed"), ("网络课程+示例培训学校+面点.zip", "示例培训学校", "面点", "unclaimed"),
    ]  # fmt: skip
    assert (
        Arrival.objects.first().reason
        == "这个盘里有 2 个课程包，请逐个归入。盘里另有 1 个文件，在窗口登记的磁盘页面可以看到。"
    )  # type: ignore[union-attr]
    assert is_held(hashlib.sha256(b"signed").hexdigest())


@pytest.mark.django_db
def test_one_file_is_taken_as_it_is(tmp_path: Path, administrator: Account, supplier_draft: Submission) -> None:
    (tmp_path / "课.zip").write_bytes(b"package")
    copy(begun(administrator, tmp_path / "课.zip", submission=supplier_draft))
    (arrival,) = Arrival.objects.all()
    assert (arrival.name, read_whole(arrival.digest), arrival.submission) == ("课.zip", b"package", supplier_draft)


@pytest.mark.django_db
def test_pulled_out_between_two_files_and_put_back(disk: Path, administrator: Account) -> None:
    """The folder is really gone; the copy says so, keeps what it has, and goes on when it is there again."""
    away = disk.with_name("gone")

    def pull(done: int, _whole: int) -> None:
        if done > 10 * MB and disk.exists():
            disk.rename(away)

    made = begun(administrator, disk)
    copy(made, pull)
    assert (made.state, "找不到 课程" in made.fault, Arrival.objects.count()) == (CopyState.STOPPED, True, 0)
    kept = bytes_read(made)
    assert 9 * MB < kept < made.size
    again, is_new = begin_copy(actor=administrator, place=disk)
    assert (again, is_new) == (made, False)
    copy(made)
    assert made.state == CopyState.STOPPED
    away.rename(disk)
    copy(made)
    assert (made.state, made.fault, package_of(Arrival.objects.get())) == (CopyState.WHOLE, "", contents(disk))


class Failing(io.RawIOBase):
    """A file that the device stops giving after some bytes, as the kernel tells it (EIO)."""

    def __init__(self, file: BinaryIO, after: int) -> None:
        super().__init__()
        self._file, self._left = file, after

    def read(self, size: int = -1, /) -> bytes:
        if self._left <= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        piece = self._file.read(min(size, self._left))
        self._left -= len(piece)
        return piece


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """After how many bytes which file fails; `read` counts all bytes that were asked of the disk."""
    limits: dict[str, int] = {}
    real = mounted.reading

    @contextmanager
    def reading(place: Path, path: str) -> Iterator[Any]:
        with real(place, path) as file:
            yield Failing(file, limits[path]) if path in limits else file

    monkeypatch.setattr(copying, "reading", reading)
    return limits


@pytest.mark.django_db
@pytest.mark.parametrize("after", [0, 1, 300_000, 4 * MB, 9 * MB + 2])
def test_an_error_in_the_middle_of_a_file_loses_nothing(
    disk: Path, administrator: Account, failing: dict[str, int], after: int
) -> None:
    failing["视频/第2讲.mp4"] = after
    made = begun(administrator, disk)
    copy(made)
    assert made.state == CopyState.STOPPED
    assert made.fault.startswith("读到“视频/第2讲.mp4”时中断：Input/output error。")
    assert bytes_read(made) == 9 * MB + 3 + after
    pieces = set(UploadPiece.objects.values_list("offset", "length"))
    failing.clear()
    copy(made)
    assert (made.state, package_of(Arrival.objects.get())) == (CopyState.WHOLE, contents(disk))
    assert sum(length for _offset, length in pieces) == after


@pytest.mark.django_db
def test_another_disk_in_its_place_is_noticed(disk: Path, administrator: Account, failing: dict[str, int]) -> None:
    """Same names, sizes and times, other bytes: what was kept of the first is not mixed with the second."""
    film = disk / "视频/第2讲.mp4"
    failing["视频/第2讲.mp4"] = 5 * MB
    made = begun(administrator, disk)
    copy(made)
    failing.clear()
    times = film.stat()
    film.write_bytes(b"\x09" * times.st_size)
    os.utime(film, ns=(times.st_atime_ns, times.st_mtime_ns))
    copy(made)
    assert (made.state, "两次读出的内容不一样" in made.fault, Arrival.objects.count()) == (CopyState.STOPPED, True, 0)
    copy(made)
    assert (made.state, package_of(Arrival.objects.get())) == (CopyState.WHOLE, contents(disk))


@pytest.mark.django_db
def test_what_was_changed_meanwhile_is_copied_anew(disk: Path, administrator: Account, failing: dict[str, int]) -> None:
    failing["视频/第3讲.mp4"] = MB
    made = begun(administrator, disk)
    copy(made)
    failing.clear()
    (disk / "视频/第1讲.mp4").write_bytes(b"other")
    (disk / "视频/第2讲.mp4").unlink()
    (disk / "更正.txt").write_bytes(b"new")
    copy(made)
    assert (made.state, package_of(Arrival.objects.get())) == (CopyState.WHOLE, contents(disk))
    assert made.files == 5


@pytest.mark.django_db
def test_the_same_disk_again_is_another_arrival_of_the_same_version(
    disk: Path, administrator: Account, supplier_draft: Submission
) -> None:
    for _ in range(2):
        copy(begun(administrator, disk, submission=supplier_draft))
    assert (Arrival.objects.count(), supplier_draft.versions.count()) == (2, 1)
    copy(DiskCopy.objects.latest("id"))
    assert Arrival.objects.count() == 2


@pytest.mark.django_db
def test_links_pipes_and_ways_out_are_not_followed(tmp_path: Path, administrator: Account, settings: Any) -> None:
    root, secret = tmp_path / "media", tmp_path / "secret"
    (root / "盘").mkdir(parents=True)
    secret.mkdir()
    (secret / "key.txt").write_bytes(b"secret")
    (root / "盘" / "课.txt").write_bytes(b"course")
    (root / "盘" / "link.txt").symlink_to(secret / "key.txt")
    (root / "盘" / "folder").symlink_to(secret)
    (root / "out").symlink_to(secret)
    os.mkfifo(root / "盘" / "pipe")
    (root / "盘" / os.fsdecode(b"\xbf\xce.txt")).write_bytes(b"GBK")
    settings.DESK_ROOT = str(root)
    assert mounted.places("") == [mounted.Place("盘", "盘", True)]
    assert mounted.places("盘") == [mounted.Place("课.txt", "盘/课.txt", False, 6)]
    for way in (
        "..",
        "盘/..",
        "../secret",
        "/etc",
        "out",
        "out/key.txt",
        "盘/folder",
        "盘/link.txt",
        "盘/none",
        "a\0b",
        "",
    ):
        with pytest.raises(Refused):
            mounted.place_below(way)
    for way in ("..", "/", "out", "盘/folder", "盘/课.txt"):
        with pytest.raises(Refused):
            mounted.places(way)
    made = begun(administrator, mounted.place_below("盘"))
    copy(made)
    assert [row.path for row in made.rows.all()] == ["课.txt"]
    assert sorted(reason for _path, reason in made.skipped) == ["文件名不是 UTF-8，读不出来", *["是链接或特殊文件"] * 3]
    assert not StoredFile.objects.filter(digest=hashlib.sha256(b"secret").hexdigest()).exists()


@pytest.mark.django_db
def test_a_link_that_takes_a_folder_s_place_meanwhile_is_not_followed(
    tmp_path: Path, administrator: Account, settings: Any
) -> None:
    root, secret = tmp_path / "media", tmp_path / "secret"
    (root / "盘").mkdir(parents=True)
    (root / "盘" / "课.txt").write_bytes(b"course")
    secret.mkdir()
    (secret / "课.txt").write_bytes(b"secret")
    settings.DESK_ROOT = str(root)
    made = begun(administrator, mounted.place_below("盘"))
    (root / "盘").rename(tmp_path / "away")
    (root / "盘").symlink_to(secret)
    copy(made)
    assert (made.state, made.rows.count()) == (CopyState.STOPPED, 0)


@pytest.mark.django_db
def test_what_cannot_be_taken_is_told_before_it_begins(tmp_path: Path, administrator: Account, settings: Any) -> None:
    with pytest.raises(Refused, match="没有文件"):
        begun(administrator, tmp_path)
    with pytest.raises(Refused, match="找不到"):
        begun(administrator, tmp_path / "none")
    (tmp_path / "a").write_bytes(b"12345")
    settings.DESK_BYTES = 4
    with pytest.raises(Refused, match="超过一次能收的"):
        begun(administrator, tmp_path)
    settings.DESK_ROOT = ""
    with pytest.raises(Refused, match="没有设置 KETANG_DESK_ROOT"):
        mounted.places("")
    assert DiskCopy.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_disks_are_the_office_s(tmp_path: Path, actors: dict[Role, Actor], role: Role) -> None:
    (tmp_path / "a").write_bytes(b"1")
    if role in {Role.CLERK, Role.ADMINISTRATOR}:
        begun(actors[role], tmp_path)
    else:
        with pytest.raises(PermissionDenied):
            begun(actors[role], tmp_path)


@pytest.mark.django_db
def test_the_command(disk: Path, administrator: Account, supplier_draft: Submission) -> None:
    away = disk.with_name("gone")
    said = CliRunner().invoke(command, ["import", str(disk), "--as", "administrator", "--title", "饮水"])
    (arrival,) = Arrival.objects.all()
    assert said.exit_code == 0
    assert f"{arrival.number}  待认领  课程.zip  {arrival.size}  sha256:{arrival.digest}" in said.output
    assert "100 %" in said.output
    disk.rename(away)
    said = CliRunner().invoke(command, ["import", str(disk), "--as", "administrator"])
    assert (said.exit_code, "找不到 课程" in said.output) == (1, True)
    for words in (["--as", "nobody"], ["--as", "administrator", "--to", "X-0001"], ["--as", "manager"]):
        assert CliRunner().invoke(command, ["import", str(away), *words]).exit_code == 1
    assert Arrival.objects.count() == 1


def test_killed_in_the_middle_it_goes_on(small_column: Column, tmp_path: Path) -> None:
    """`kill -9` of the command while it reads a long film; the same command again brings it to its end, and reads on from there."""
    from ketang.people.account.actions import open_by_command
    from ketang.people.role.actions import appoint_first_administrator

    appoint_first_administrator(account=open_by_command(login="administrator", name="管理员甲").account)
    folder = tmp_path / "盘"
    folder.mkdir()
    (folder / "课.mp4").write_bytes(os.urandom(96 * MB))
    line = [sys.executable, "-m", "ketang", "desk", "import", str(folder), "--as", "administrator"]
    first = subprocess.Popen(line, env=small_column.environment, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not Upload.objects.filter(offset__gt=0).exists():
        assert first.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.wait()
    kept = Upload.objects.get().offset
    assert 0 < kept < 96 * MB, "it was quicker than the kill"
    assert DiskCopy.objects.get().state == CopyState.COPYING
    done = subprocess.run(line, env=small_column.environment, capture_output=True, text=True, check=True)
    assert "接着上次复制" in done.stderr
    (arrival,) = Arrival.objects.all()
    assert read_whole(arrival.digest) == (folder / "课.mp4").read_bytes()
