"""Introduction, catalogue, names and resources: each fault gives exactly its finding, at its place (A1, A2(2).1–.3, P2)."""

from __future__ import annotations

from typing import Any

import pytest

from kebao.engine.check import check
from kebao.model.outcome import Outcome, Severity
from kebao.rulebook.loading import load
from kebao.rules.registry import all_rules
from kebao.subjects.course import Package
from kebao.subjects.sketch import SketchedFile, course

RULES = all_rules()
TIANJIN = load("tianjin/2023", RULES)
AREAS = ("catalogue", "hours", "resources", "occupation")
MINE = {rule.id: rule for rule in RULES.values() if rule.area in AREAS}


def found(package: Package) -> list[tuple[str, str, str, str]]:
    """(rule, item, field, severity) of every finding of these rules."""
    report = check(package, (TIANJIN,), digests=False)
    assert report.crashes == ()
    return [(f.rule, f.at.item, f.at.field, f.severity.value) for f in report.findings if f.rule in MINE]


def catalogue(**by_id: dict[str, Any]) -> list[dict[str, Any]]:
    """The base's catalogue with fields of its entries replaced by id (`c1`, `k1` …)."""
    lessons = (
        ("k1", "职业守则", "0.1", ["v1"]),
        ("k2", "试温与防烫", "0.2", ["v2", "t1"]),
        ("k3", "协助饮水", "0.6", ["v3"]),
    )
    children = [{"id": i, "title": t, "hours": h, "use": u, **by_id.get(i, {})} for i, t, h, u in lessons]
    return [{"id": "c1", "title": "饮水照护", "hours": "1.0", "children": children, **by_id.get("c1", {})}]


def resources(**by_id: dict[str, Any]) -> list[dict[str, Any]]:
    """The base's resources with fields replaced by id."""
    entries = [entry.model_dump(exclude_defaults=True) for entry in course().manifest.resources]
    return [{**entry, **by_id.get(entry["id"], {})} for entry in entries]


def without(*ids: str, **by_id: dict[str, Any]) -> list[dict[str, Any]]:
    """The base's resources without some."""
    return [entry for entry in resources(**by_id) if entry["id"] not in ids]


def video(**changes: Any) -> SketchedFile:
    return SketchedFile(**{"seconds": 600, **changes})


def test_the_base_has_no_finding() -> None:
    assert found(course()) == []
    assert found(course(catalogue=catalogue(), resources=resources())) == []


PLANTED: list[tuple[Package, tuple[str, str, str, str]]] = [
    (course(title=""), ("introduction-item-missing", "课程名称", "title", "error")),
    (course(intro="课程目录：见下。面向护理员。"), ("introduction-item-missing", "课程名称", "intro", "error")),
    (course(intro="课程名称：老年人饮水照护入门。"), ("introduction-item-missing", "课程目录", "intro", "error")),
    (course(intro="课程名称：老年人饮水照护入门。有职业守则和协助饮水。"), ("introduction-item-missing", "课程目录", "intro", "error")),
    (course(intro="课程名称、目录如下。主要学习内容：试温。", audience=""), ("introduction-item-missing", "适用学习对象", "intro", "error")),
    (course(intro="课程名称、目录如下。面向护理员。", content=""), ("introduction-item-missing", "主要学习内容", "intro", "error")),
    (course(catalogue=catalogue(k2={"title": ""})), ("catalogue-title-missing", "k2", "title", "error")),
    (course(catalogue=catalogue(k2={"title": " 职业守则 "})), ("catalogue-name-repeated", "k2", "title", "error")),
    (course(catalogue=catalogue(k1={"title": "ABC 法"}, k3={"title": "ａｂｃ　法"})), ("catalogue-name-repeated", "k3", "title", "error")),
    (course(resources=resources(v2={"title": "尊重老人"})), ("resource-title-repeated", "v2", "title", "error")),
    (course(resources=resources(v2={"title": ""})), ("resource-title-missing", "v2", "title", "error")),
    (course(resources=resources(v2={"title": "协助饮水"})), ("video-named-as-lesson", "v2", "title", "error")),
    (course(catalogue=catalogue(k1={"title": "第1讲 试温"}, k2={"title": "第一讲 试温"})), ("catalogue-name-renumbered", "k2", "title", "advice")),
    (course(catalogue=catalogue(k2={"title": "未命名"})), ("name-says-nothing", "k2", "title", "advice")),
    (course(resources=resources(v2={"title": "IMG_0001"})), ("name-says-nothing", "v2", "title", "advice")),
    (course(catalogue=catalogue(k2={"hours": None})), ("catalogue-hours-missing", "k2", "hours", "error")),
    (course(catalogue=catalogue(k3={"hours": "6"})), ("catalogue-hours-differ", "k3", "hours", "error")),
    (course(catalogue=catalogue(k3={"use": ["v3", "v9"]})), ("lesson-uses-unknown-resource", "k3", "use", "error")),
    (course(resources=resources(v3={"id": "v33"})), ("lesson-uses-unknown-resource", "k3", "use", "error")),
    (course(catalogue=catalogue(k2={"use": ["v2"]})), ("resource-outside-catalogue", "t1", "id", "warning")),
    (course(resources=[*resources(), {"id": "t1", "kind": "text", "role": "讲授", "title": "小结", "minutes": "0"}]),
     ("resource-id-repeated", "t1", "id", "error")),
    (course(resources=without("t1"), catalogue=catalogue(k2={"use": ["v2"]})), ("resource-kinds-too-few", "", "resources", "warning")),
    (course(resources=resources(t1={"role": None})), ("role-missing", "t1", "role", "warning")),
    (course(resources=resources(t1={"minutes": None})), ("resource-length-unknown", "t1", "minutes", "warning")),
    (course(resources=resources(v2={"ranges": [{"start": "05:00", "end": "04:00", "role": "演示"}]})), ("range-unsound", "v2", "ranges", "warning")),
    (course(resources=resources(v3={"task_sheet": ""})), ("practice-without-task", "v3", "task_sheet", "warning")),
    (course(hours=None), ("hours-undeclared", "", "hours", "error")),
    (course(hours="2.0"), ("hours-differ", "", "hours", "error")),
    (course(occupation={"name": ""}), ("occupation-missing", "", "occupation.name", "error")),
    (course(occupation={"level": ""}), ("occupation-missing", "", "occupation.level", "error")),
    (course(occupation={"name": "", "code": "", "level": "", "scope": "", "module": "", "standard": {}}),
     ("occupation-missing", "", "occupation.name", "error")),
    (course(occupation={"code": "4-10-1-5"}), ("occupation-code-malformed", "", "occupation.code", "warning")),
    (course(occupation={"level": "六级"}), ("occupation-level-unknown", "", "occupation.level", "warning")),
    (course(occupation={"standard": {}}), ("standard-uncited", "", "occupation.standard.name", "error")),
    (course(occupation={"standard": {"name": "养老护理员国家职业技能标准"}}), ("standard-uncited", "", "occupation.standard.edition", "error")),
    (course(categories=[]), ("category-missing", "", "categories", "advice")),
    (course(categories=["P2(3)", "P2(9)"]), ("category-unknown", "P2(9)", "categories", "warning")),
]  # fmt: skip


@pytest.mark.parametrize("package, expected", PLANTED, ids=[f"{n}-{e[0]}-{e[1]}" for n, (_, e) in enumerate(PLANTED)])
def test_a_planted_fault_gives_its_finding_and_nothing_else(
    package: Package, expected: tuple[str, str, str, str]
) -> None:
    assert found(package) == [expected]


def test_a_video_left_over_by_a_lesson_without_resource_is_no_second_fault() -> None:
    assert found(course(catalogue=catalogue(k1={"use": []}))) == [
        ("lesson-without-resource", "k1", "use", "error"),
    ]
    more = catalogue()
    more[0]["children"].append({"id": "k4", "title": "交接记录", "hours": "0.0", "use": []})
    assert found(course(catalogue=more)) == [("lesson-without-resource", "k4", "use", "error")]


def test_core_resources_are_videos_that_lecture_or_demonstrate() -> None:
    rule = RULES["core-resource-missing"]
    roles = ("讲授", "演示", "素养")
    practice = course(resources=[{"id": "v", "role": "实操", "title": "洗手", "path": "视频/试水温.mp4"}])
    assert [f.at.field for f in rule(practice, roles=roles)] == ["resources"]  # type: ignore[union-attr]
    stretch = [{"start": "00:00", "end": "01:00", "role": "演示"}]
    both = course(
        resources=[{"id": "v", "role": "实操", "ranges": stretch, "title": "洗手", "path": "视频/试水温.mp4"}]
    )
    assert list(rule(both, roles=roles)) == []


def test_an_absent_part_is_not_reported_again() -> None:
    assert found(course(intro="")) == []
    assert found(course(intro="课程介绍.docx")) == []
    assert {rule for rule, *_ in found(course(catalogue=[]))} == set()
    assert {rule for rule, *_ in found(course(resources=[]))} == set()


def test_an_absent_video_is_not_reported_again() -> None:
    assert found(course(files={"视频/协助坐位饮水.mp4": None})) == []
    report = check(course(files={"视频/协助坐位饮水.mp4": None}), (TIANJIN,), digests=False)
    untested = {r.rule for c in report.clauses for r in c.rules if r.outcome is Outcome.UNTESTED and r.rule in MINE}
    assert untested == {
        "medium-repeated",  # a sketch is not measured
        "hours-differ",
        "share-ethics-low",
        "share-theory-high",
        "share-practice-low",
        "subsidy-hours-short",
    }


def test_a_single_file_is_not_asked_for_a_package() -> None:
    alone = [{"id": "v", "title": "洗手步骤", "path": "视频/试水温.mp4"}]
    package = course(resources=alone, catalogue=[], intro="", hours=None, categories=[], package={"kind": "single"})
    package.manifest = package.manifest.model_copy(update={"occupation": type(package.manifest.occupation)()})
    assert found(package) == []


def test_the_same_name_on_two_levels_is_no_repeat() -> None:
    assert found(course(catalogue=catalogue(c1={"title": "协助饮水"}))) == []


def test_a_lesson_and_its_only_video_may_share_a_name() -> None:
    assert found(course(resources=resources(v2={"title": "试温与防烫"}))) == []


def test_no_rule_under_a_clause_in_principle_is_an_error() -> None:
    principle = {clause.id for clause in TIANJIN.clauses if clause.binding.value == "principle"}
    assert [
        rule.id for rule in MINE.values() if set(rule.clauses) & principle and rule.severity is Severity.ERROR
    ] == []
