"""The kit: laid out empty, filled, packed, and what comes out is what the call asks for."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from kebao.documents.form import read_form
from kebao.kit.new import make_kit
from kebao.kit.pack import pack
from kebao.model.errors import UsageFault
from kebao.package.workbook.reader import read_workbook
from kebao.package.yaml_face import read_yaml
from making import NAME, copy_package, make_package

UNIT, TITLE = "天津市晴禾职业培训学校", "老年人饮水照护入门"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_package(tmp_path_factory.mktemp("kit"))


def test_an_empty_kit_has_everything_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "课程"
    files = make_kit(folder, unit=UNIT, title=TITLE)
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert there == {str(path.relative_to(folder)) for path in files} == {
        "培训包.xlsx", "课程介绍.docx", "试卷/试卷1.xlsx", "试卷/试卷2.xlsx", "试卷/试卷3.xlsx", "文本/实操任务单模板.docx",
        "材料/基本情况表.docx", "材料/版权承诺书.docx", "材料/单位简介.docx", "快递封面.docx", "使用说明.txt",
    }  # fmt: skip
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {
        "视频",
        "音频",
        "文本",
        "图表",
        "仿真",
        "试卷",
        "材料",
    }


def test_what_is_known_is_filled_in(tmp_path: Path) -> None:
    make_kit(tmp_path, unit=UNIT, title=TITLE)
    with (tmp_path / "培训包.xlsx").open("rb") as stream:
        face = read_workbook(stream, "培训包.xlsx")
    assert (face.manifest.title, face.manifest.supplier.name, face.not_understood) == (TITLE, UNIT, ())
    with (tmp_path / "材料/基本情况表.docx").open("rb") as stream:
        form = read_form(stream)
    assert form is not None
    assert (form["title"], form["unit"]) == (TITLE, UNIT)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "培训包.xlsx").write_text("mine")
    with pytest.raises(UsageFault, match=r"培训包\.xlsx"):
        make_kit(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["培训包.xlsx"]
    assert (tmp_path / "培训包.xlsx").read_text() == "mine"


@pytest.mark.parametrize("unit, title", [("某" * 90, "课"), ("某校", "a/b"), ("某校", "课?")])
def test_a_name_that_cannot_be_is_refused_before_anything_is_made(tmp_path: Path, unit: str, title: str) -> None:
    with pytest.raises(UsageFault):
        make_kit(tmp_path / "x", unit=unit, title=title)
    assert not (tmp_path / "x").exists()


def test_packing_gives_name_subject_digests_and_zip(made: Path, tmp_path: Path) -> None:
    folder = copy_package(made, tmp_path)
    packed = pack(folder, tmp_path / "out")
    assert (packed.name, packed.mail_subject, packed.archive.name) == (NAME, NAME, f"{NAME}.zip")
    checked = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    assert (checked.returncode, checked.stdout) == (0, b"")
    with zipfile.ZipFile(packed.archive) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        stored = {info.compress_type for info in archive.infolist()}
        inside = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names}
    assert stored == {zipfile.ZIP_STORED}
    on_disk = {
        f"{NAME}/{path.relative_to(folder).as_posix()}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert inside == on_disk
    assert len(names) == packed.files


def test_the_two_faces_agree_after_packing(made: Path, tmp_path: Path) -> None:
    folder = copy_package(made, tmp_path)
    pack(folder, tmp_path / "out")
    machine = read_yaml((folder / "培训包.yaml").read_bytes(), "培训包.yaml")
    with (folder / "培训包.xlsx").open("rb") as stream:
        authors = read_workbook(stream, "培训包.xlsx")
    assert machine.manifest == authors.manifest


def test_packing_twice_gives_the_same_bytes_and_asks_before_replacing(made: Path, tmp_path: Path) -> None:
    folder = copy_package(made, tmp_path)
    first = pack(folder, tmp_path / "out").archive.read_bytes()
    with pytest.raises(UsageFault, match="--force"):
        pack(folder, tmp_path / "out")
    assert pack(folder, tmp_path / "out", force=True).archive.read_bytes() == first
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{NAME}.zip"]


def test_an_unfilled_kit_says_what_to_fill(tmp_path: Path) -> None:
    make_kit(tmp_path / "x")
    with pytest.raises(UsageFault, match=r"单位名称（或个人姓名）、课程名称"):
        pack(tmp_path / "x", tmp_path / "out")
