"""The occupation trained for, or its level, is not stated (P2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE
from kebao.subjects.course import Package
from kebao.subjects.sketch import course

_NAME = Text(zh="职业（工种）名称", en="the occupation")
_LEVEL = Text(zh="职业等级", en="the level")


@rule(
    id="occupation-missing",
    clauses=("P2",),
    severity=Severity.ERROR,
    title=Text(zh="没有写明职业或等级", en="Occupation or level not stated"),
    rationale=Text(
        zh="教学内容要符合职业标准，补贴课时也按职业和等级查；不写明就无从核对。",
        en="Content follows an occupation's standard and the subsidy's hours go by occupation and level; unstated, nothing can be checked.",
    ),
    message=Text(zh="没有写明{what}。", en="The package does not state {what}."),
    mend=Text(
        zh="在“基本情况”工作表填职业（工种）名称和等级；没有等级的选“不分级”，专项能力选“专项能力”。",
        en="Fill in occupation and level in the sheet 基本情况; choose 不分级 where there are no levels, 专项能力 for a special ability.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(lambda: course(occupation={"name": ""}), Outcome.FAILED),
        Example(lambda: course(occupation={"level": ""}), Outcome.FAILED, "有职业没有等级"),
        Example(
            lambda: course(occupation={"name": "", "level": ""}, categories=["P2(1)"]),
            Outcome.INAPPLICABLE,
            "政策宣讲课不对应一个职业",
        ),
    ),
)
def occupation_missing(package: Package, *, general_categories: tuple[str, ...]) -> Iterator[Finding | Abstention]:
    """A finding for the name, or else for the level; a course of a general category need not have an occupation."""
    manifest = package.manifest
    if package.kind == "single":
        yield ALONE
    elif not manifest.occupation.name:
        if manifest.categories and manifest.categories[0] in general_categories:
            yield inapplicable(
                "政策或通识类课程不对应一个职业。", "A general or policy course trains for no single occupation."
            )
            return
        yield Finding(at=package.at("occupation.name"), values={"what": _NAME})
    elif not manifest.occupation.level:
        yield Finding(at=package.at("occupation.level"), values={"what": _LEVEL})
