"""A package without introduction, catalogue or resources (A2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE
from kebao.subjects.course import Package
from kebao.subjects.sketch import course

_INTRODUCTION = Text(zh="课程介绍", en="introduction")
_CATALOGUE = Text(zh="课程目录", en="catalogue")
_RESOURCES = Text(zh="课程学习资源", en="learning resources")


@rule(
    id="package-part-missing",
    clauses=("A2(2)",),
    severity=Severity.ERROR,
    title=Text(zh="课程包缺少组成部分", en="A part of the package is missing"),
    rationale=Text(
        zh="课程介绍、目录、学习资源缺一不可，学习者和专家都靠它们。",
        en="Introduction, catalogue and resources are all needed, by learners and by experts.",
    ),
    message=Text(zh="课程包没有{part}。", en="The package has no {part}."),
    mend=Text(
        zh="在培训包.xlsx 里填上这一部分；不知道怎么填，看“填写说明”页和例子。",
        en="Fill this part in in 培训包.xlsx; the sheet 填写说明 and its examples show how.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(intro="", audience="", content=""), Outcome.FAILED, "没有课程介绍"),
        Example(lambda: course(catalogue=[]), Outcome.FAILED, "没有目录"),
        Example(lambda: course(resources=[]), Outcome.FAILED, "没有资源"),
        Example(lambda: course(package={"kind": "single"}), Outcome.INAPPLICABLE, "只检查一个文件"),
    ),
)
def package_part_missing(package: Package) -> Iterator[Yielded]:
    """One finding for each part that is wholly absent; papers have a rule of their own."""
    if package.kind == "single":
        yield ALONE
        return
    manifest = package.manifest
    for field, there, part in (
        ("intro", bool(manifest.intro), _INTRODUCTION),
        ("catalogue", bool(manifest.catalogue), _CATALOGUE),
        ("resources", bool(manifest.resources), _RESOURCES),
    ):
        if not there:
            yield Finding(at=package.at(field, item=field), values={"part": part})
