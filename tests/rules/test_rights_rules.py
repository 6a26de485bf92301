"""Each fault planted in the rights gives exactly its finding, and no other rule of papers, questions or rights speaks."""

from __future__ import annotations

from typing import Any

import pytest

from kebao.subjects.course import Package
from kebao.subjects.ownership import covers, is_ours
from kebao.subjects.sketch import SketchedFile, course
from planting import said

UNIT = "天津市晴禾职业培训学校"
OWN = {
    "what": "全部视频",
    "kind": "视频素材",
    "used_in": "v1 v2 v3",
    "owner": UNIT,
    "own": True,
    "licence": "自有",
    "evidence": "材料/版权承诺书.docx",
}
MUSIC = {
    "what": "片头音乐", "kind": "音乐", "used_in": "v1", "owner": "晨光音乐工作室", "own": False,
    "licence": "书面授权", "evidence": "材料/音乐授权书.pdf", "citation": "晨光音乐工作室《清晨》",
}  # fmt: skip


def with_music(**changes: Any) -> Package:
    """A course with own videos and one piece of somebody else's music, whose row is changed."""
    return course(rights=[OWN, {**MUSIC, **changes}], files={"材料/音乐授权书.pdf": SketchedFile()})


def without_licence(number: int, used_in: str = "v1 v2 v3") -> Package:
    """A course in which one resource states no licence, and the one row of the rights list speaks of `used_in`."""
    resources = [resource.entry.model_dump() for resource in course().resources]
    resources[number]["licence"] = ""
    return course(resources=resources, rights=[{**OWN, "used_in": used_in}])


@pytest.mark.parametrize(
    "package, expected",
    [
        (with_music(), []),
        (with_music(own=None), [("rights-row-incomplete", "failed", "::own")]),
        (course(rights=[{**OWN, "own": None}]), []),
        (with_music(evidence="https://music.example.org/licence.pdf"), []),
        (with_music(evidence="合同 2023-5 号"), []),
        (course(rights=[]), [("rights-list-missing", "failed", "::rights")]),
        (with_music(what=""), [("rights-row-incomplete", "failed", "::what")]),
        (with_music(owner=""), [("rights-row-incomplete", "failed", "::owner")]),
        (with_music(licence=""), [("rights-row-incomplete", "failed", "::licence")]),
        (with_music(own=None, owner="", what=""), [("rights-row-incomplete", "failed", "::what")]),
        (with_music(evidence=""), [("third-party-without-evidence", "failed", "::evidence")]),
        (with_music(citation=""), [("third-party-without-citation", "failed", "::citation")]),
        (with_music(evidence="材料/没有.pdf"), [("evidence-absent", "failed", "::evidence")]),
        (with_music(evidence="材料/音乐授权书.pdf；材料\\没有.jpg"), [("evidence-absent", "failed", "::evidence")]),
        (course(rights=[OWN, {**MUSIC, "evidence": "无.pdf"}, {**MUSIC, "what": "片尾", "evidence": "无.pdf"}]),
         [("evidence-absent", "failed", "::evidence")]),
        (course(rights=[{**OWN, "owner": "晨光工作室"}]), [("own-item-of-another", "cantTell", "::owner")]),
        (without_licence(3), [("resource-without-rights", "failed", "::licence")]),
        (course(form={"own_rights": False}), [("authorisation-missing", "failed", "::materials.authorisation")]),
        (course(form={"own_rights": False}, materials={"authorisation": "a.pdf", "proof": "b.pdf", "undertaking": ""}),
         [("authorisation-missing", "failed", "::materials.undertaking")]),
        (course(form={"own_rights": False}, materials={"authorisation": "a.pdf", "undertaking": ""}), []),
        (with_music(kind="视频素材", used_in="v2 v3"), [("own-rights-contradicted", "cantTell", "::form.own_rights")]),
        (with_music(kind="视频素材", used_in="v1 v2"), []),
        (course(free_use={"agreed": False}), [("free-use-not-agreed", "failed", "::free_use.agreed")]),
        (course(free_use={"agreed": None, "by": "", "on": ""}), [("free-use-not-agreed", "failed", "::free_use.agreed")]),
        (course(free_use={"by": ""}), [("free-use-unsigned", "failed", "::free_use.by")]),
        (course(free_use={"on": ""}), [("free-use-unsigned", "failed", "::free_use.on")]),
        (course(free_use={"by": "", "on": ""}), [("free-use-unsigned", "failed", "::free_use.by")]),
        (course(free_use={"on": "2023-13-01"}), [("free-use-unsigned", "failed", "::free_use.on")]),
        (course(free_use={"on": "八月一日"}), [("free-use-unsigned", "failed", "::free_use.on")]),
        (course(free_use={"on": "2023/8/1"}), []),
    ],
)  # fmt: skip
def test_a_fault_in_the_rights_is_found_once(package: Package, expected: list[tuple[str, str, str]]) -> None:
    assert said(package) == expected


def test_a_file_that_the_manifest_names_elsewhere_is_missed_there() -> None:
    assert said(course(files={"材料/版权承诺书.docx": None})) == []


@pytest.mark.parametrize(
    "used_in, covered",
    [
        ("v1 v2", {"v1", "v2"}),
        ("V1、t1", {"v1", "t1"}),
        ("全部视频", {"v1", "v2", "v3"}),
        ("本课程的全部资源", {"v1", "v2", "v3", "t1"}),
        ("全部字体", set()),
        ("视频/", {"v1", "v2", "v3"}),
        ("视频\\试水温.mp4", {"v2"}),
        ("试水温", {"v2"}),
        ("饮水要点.md", {"t1"}),
        ("片头", set()),
    ],
)
def test_a_row_covers_what_it_names(used_in: str, covered: set[str]) -> None:
    package = course(rights=[{**OWN, "used_in": used_in}])
    assert {resource.entry.id for resource in package.resources if covers(package.rights[0], resource)} == covered


@pytest.mark.parametrize(
    "owner, ours",
    [
        (UNIT, True),
        ("晴禾职业培训学校", True),
        (f"{UNIT}教务处", True),
        ("本单位", True),
        ("晨光工作室", False),
        ("天", False),
    ],
)
def test_the_supplier_is_known_by_its_names(owner: str, ours: bool) -> None:
    assert is_ours(course(), owner) is ours
