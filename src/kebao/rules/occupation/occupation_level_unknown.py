"""The occupation's level is none of the known levels (P2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Listed, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.occupations.levels import LEVELS, normal_level
from kebao.subjects.course import Package
from kebao.subjects.sketch import course


@rule(
    id="occupation-level-unknown",
    clauses=("P2",),
    severity=Severity.WARNING,
    title=Text(zh="职业等级认不出", en="Unknown level"),
    rationale=Text(
        zh="补贴标准目录按职业等级规定课时，等级写法认不出就查不到。",
        en="The subsidy catalogue sets hours by level; a level that is none cannot be looked up.",
    ),
    message=Text(zh="职业等级“{level}”不在可选范围内（{known}）。", en="The level “{level}” is none of {known}."),
    mend=Text(
        zh="在“基本情况”工作表的下拉框里重新选择等级；初级工是五级，高级技师是一级。",
        en="Choose the level again from the list in the sheet 基本情况; 初级工 is 五级, 高级技师 is 一级.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(lambda: course(occupation={"level": "初级工"}), Outcome.PASSED, "初级工就是五级"),
        Example(lambda: course(occupation={"level": "六级"}), Outcome.FAILED),
        Example(lambda: course(occupation={"level": ""}), Outcome.INAPPLICABLE, "没有填等级"),
    ),
)
def occupation_level_unknown(package: Package) -> Iterator[Finding | Abstention]:
    """A finding when a level is given that no spelling of a level is."""
    level = package.manifest.occupation.level
    if not level:
        yield inapplicable("没有填等级。", "No level is given.")
    elif normal_level(level) is None:
        yield Finding(at=package.at("occupation.level"), evidence=(Quoted("level", level), Listed("known", LEVELS)))
