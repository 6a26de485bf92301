"""A tree as a package: faces, bare folders, papers as values, digests, and packages of other formats named."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from kebao.archive.limits import Limits
from kebao.archive.opening import open_tree
from kebao.model.errors import Unreadable, Unsafe
from kebao.model.location import Location
from kebao.package.manifest import Manifest, PaperEntry
from kebao.package.reading import LoadedPackage, parse_digests, read_package
from kebao.package.workbook.writer import write_workbook
from kebao.package.yaml_face import write_yaml
from kebao.questions.formats.xlsx_writer import write_paper
from kebao.questions.model import Question, QuestionKind, QuestionPaper
from package.manifests import full

NAME = "网络课程+天津市晴禾职业培训学校+饮水照护"


def load(root: Path, files: dict[str, bytes | Manifest | None], *, name: str = NAME) -> LoadedPackage:
    """Files put into a folder and read: a manifest is written in the form that its suffix asks for."""
    folder = root / name
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Manifest):
            if path.endswith(".xlsx"):
                write_workbook(content, target)
            else:
                target.write_text(write_yaml(content), encoding="utf-8")
        else:
            target.write_bytes(content or b"x")
    with open_tree(folder, Limits()) as tree:
        return read_package(tree)


def paper_bytes() -> bytes:
    stream = io.BytesIO()
    question = Question(number="1", kind=QuestionKind.TRUE_FALSE, stem="先试温。", answer=("对",))
    write_paper(QuestionPaper(questions=(question,)), stream)  # type: ignore[arg-type]
    return stream.getvalue()


def test_both_faces_in_order_and_the_workbook_is_judged(tmp_path: Path) -> None:
    other = full().model_copy(update={"title": "另一个"})
    loaded = load(tmp_path, {"培训包.xlsx": other, "培训包.yaml": full(), "视频/a.mp4": None})
    assert [(face.format, face.path, face.manifest) for face in loaded.faces] == [
        ("yaml", "培训包.yaml", full()),
        ("xlsx", "培训包.xlsx", other),
    ]
    assert (loaded.kind, loaded.manifest, loaded.not_understood, loaded.question_papers, loaded.digests_stated) == (
        "native",
        other,
        (),
        {},
        None,
    )


@pytest.mark.parametrize(
    "name", ["培训包.yaml", "培训包.yml", "培训包.YAML", "培训包.xlsx", "培训包 (1).xlsx", "培训包（终稿）.xlsx"]
)
def test_one_face_under_its_names(tmp_path: Path, name: str) -> None:
    folder = tmp_path / NAME
    folder.mkdir()
    if name.endswith("xlsx"):
        write_workbook(full(), folder / name)
    else:
        (folder / name).write_text(write_yaml(full()), encoding="utf-8")
    openpyxl.Workbook().save(folder / "别的.xlsx")
    with open_tree(folder, Limits()) as tree:
        loaded = read_package(tree)
    assert [(face.path, face.manifest) for face in loaded.faces] == [(name, full())]


def test_a_bare_folder(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"第一章/洗手.mp4": None})
    assert (loaded.kind, loaded.faces, loaded.manifest.title, loaded.manifest.supplier.name) == (
        "bare",
        (),
        "饮水照护",
        "天津市晴禾职业培训学校",
    )
    assert [entry.path for entry in loaded.manifest.resources] == ["第一章/洗手.mp4"]


def test_the_name_may_stand_on_the_folder_inside_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "下载.zip", "w") as archive:
        archive.writestr(f"{NAME}/洗手.mp4", b"x")
    with open_tree(tmp_path / "下载.zip", Limits()) as tree:
        assert read_package(tree).manifest.title == "饮水照护"


def test_a_face_that_cannot_be_read_is_told_beside_one_that_can(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"培训包.yaml": "标题：甲".encode(), "培训包.xlsx": full()})
    assert [face.format for face in loaded.faces] == ["xlsx"]
    assert [(item.at, item.because.zh) for item in loaded.not_understood] == [
        (Location(path="培训包.yaml"), "“培训包.yaml”里没有清单：每行应写成“栏目: 内容”，冒号用英文半角，后面空一格。")
    ]


@pytest.mark.parametrize(
    "files, kind, code",
    [
        ({"培训包.yaml": b"a: [1"}, Unreadable, "not-yaml"),
        ({"培训包.yaml": b"a: &x 1", "培训包.xlsx": full()}, Unsafe, "yaml-alias"),
        ({"培训包.xlsx": b"no workbook"}, Unreadable, "mislabel"),
    ],
)
def test_no_face_can_be_read_or_one_would_harm(
    tmp_path: Path, files: dict[str, bytes], kind: type[Unreadable], code: str
) -> None:
    with pytest.raises(Unreadable) as refusal:
        load(tmp_path, files)
    assert (type(refusal.value), refusal.value.code) == (kind, code)


def test_papers_are_read_once_and_what_cannot_be_read_is_kept_as_the_reason(tmp_path: Path) -> None:
    paths = ("试卷/1.xlsx", "试卷/1.xlsx", "试卷/2.docx", "试卷/3.xlsx", "试卷/4.xlsx", "")
    manifest = Manifest(papers=tuple(PaperEntry(title=f"卷{n}", path=path) for n, path in enumerate(paths)))
    loaded = load(
        tmp_path,
        {"培训包.yaml": manifest, "试卷/1.xlsx": paper_bytes(), "试卷/2.docx": None, "试卷/3.xlsx": b"no workbook"},
    )
    papers = loaded.question_papers
    assert list(papers) == ["试卷/1.xlsx", "试卷/2.docx", "试卷/3.xlsx"]
    first, second, third = papers.values()
    assert isinstance(first, QuestionPaper)
    assert [question.stem for question in first.questions] == ["先试温。"]
    assert isinstance(second, Unreadable)
    assert isinstance(third, Unreadable)
    assert (second.code, third.code) == ("not-readable-yet", "mislabel")
    assert (
        second.message.zh == "试卷“试卷/2.docx”现在还不能读取。请把考题填进 xlsx 格式的试卷模板（kebao new 会生成）。"
    )


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
XXE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize(
    "name, content, kind, code",
    [
        ("imsmanifest.xml", b"<manifest/>", Unreadable, "not-readable-yet"),
        ("IMSManifest.XML", b"<manifest/>", Unreadable, "not-readable-yet"),
        ("h5p.json", b"{}", Unreadable, "not-readable-yet"),
        ("cmi5.xml", b"<courseStructure/>", Unreadable, "not-readable-yet"),
        ("moodle_backup.xml", b"<moodle_backup/>", Unreadable, "not-readable-yet"),
        ("course.xml", b"<course url_name='a'/>", Unreadable, "not-readable-yet"),
        ("imsmanifest.xml", b"<manifest>", Unreadable, "xml"),
        ("imsmanifest.xml", LAUGHS, Unsafe, "xml-bomb"),
        ("cmi5.xml", XXE, Unsafe, "xxe"),
        ("moodle_backup.xml", b"<a>" * 500 + b"</a>" * 500, Unsafe, "xml-depth"),
    ],
)
def test_other_formats_are_named_and_hostile_ones_refused_as_what_they_are(
    tmp_path: Path, name, content, kind, code
) -> None:
    with pytest.raises(Unreadable) as refusal:
        load(tmp_path, {name: content, "a.html": None})
    assert (type(refusal.value), refusal.value.code) == (kind, code)


def test_other_formats_files_deeper_down_or_beside_a_face_are_just_files(tmp_path: Path) -> None:
    assert load(tmp_path, {"旧/imsmanifest.xml": b"<manifest/>", "洗手.mp4": None}).kind == "bare"
    assert load(tmp_path, {"培训包.yaml": full(), "imsmanifest.xml": LAUGHS}, name="甲").kind == "native"
    assert load(tmp_path, {"course.xml": b"<note/>", "洗手.mp4": None}, name="乙").kind == "bare"


def test_digests_as_sha256sum_and_windows_write_them(tmp_path: Path) -> None:
    a, b = "a" * 64, "B" * 64
    lines = [
        "# 注释",
        f"{a}  视频/洗手.mp4",
        f"{b} *./视频\\试温.mp4",
        f"\\{a}  a\\\\b\\nc",
        "",
        f"{a}  视频/洗手 2.mp4  ",
        "不是校验值",
        f"{b}  视频/洗手.mp4",
    ]
    loaded = load(tmp_path, {"洗手.mp4": None, "SHA256SUMS": ("\ufeff" + "\r\n".join(lines)).encode()})
    assert loaded.digests_stated == {"视频/洗手.mp4": a, "视频/试温.mp4": "b" * 64, "a/b\nc": a, "视频/洗手 2.mp4": a}
    assert [(item.at, item.raw) for item in loaded.not_understood] == [
        (Location(path="SHA256SUMS", item="不是校验值", row=7), "不是校验值")
    ]
    assert parse_digests("", "SHA256SUMS") == ({}, ())
