"""Where a member's bytes lie in an archive: exactly there, or nowhere when they are packed."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from kebao.archive.limits import Limits
from kebao.archive.opening import open_tree

CONTENT = bytes(range(256)) * 300


def zipped(path: Path, method: int) -> None:
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("课/说明.txt", "先洗手")
        archive.writestr("课/影.bin", CONTENT)


def tarred(path: Path, mode: str) -> None:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]  # its modes are no literals here
        for name, content in (("课/说明.txt", "先洗手".encode()), ("课/影.bin", CONTENT)):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_what_lies_there_as_it_is_has_a_place(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"课.{kind}"
    zipped(path, zipfile.ZIP_STORED) if kind == "zip" else tarred(path, "w")
    with open_tree(path, Limits()) as tree:
        place = tree.place("影.bin")
    assert place is not None
    start, size = place
    assert path.read_bytes()[start : start + size] == CONTENT


def test_what_is_packed_has_none(tmp_path: Path) -> None:
    zipped(tmp_path / "课.zip", zipfile.ZIP_DEFLATED)
    tarred(tmp_path / "课.tar.gz", "w:gz")
    (tmp_path / "夹").mkdir()
    (tmp_path / "夹" / "影.bin").write_bytes(CONTENT)
    for name in ("课.zip", "课.tar.gz", "夹"):
        with open_tree(tmp_path / name, Limits()) as tree:
            assert tree.place("影.bin") is None
