"""The total hours are not stated (A3(1), A2(2).1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE, NOT_UNDERSTOOD
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from kebao.subjects.unread import was_written
from kebao.text.measures import hours_floored


@rule(
    id="hours-undeclared",
    clauses=("A2(2).1", "A3(1)"),
    severity=Severity.ERROR,
    title=Text(zh="没有写明总学时", en="Total hours not stated"),
    rationale=Text(
        zh="总学时决定课时比例、题目数量和补贴标准的核对，学习者也据此安排时间。",
        en="Shares, the number of questions and the subsidy's hours are held against the total, and learners plan by it.",
    ),
    message=Text(
        zh="没有写明总学时（按现有资源的时长是 {hours} 学时）。",
        en="The total hours are not stated (by the length of the resources they are {hours}).",
    ),
    mend=Text(
        zh="在“基本情况”工作表填“总学时”，每45分钟计1学时，保留一位小数，不进位。",
        en="Fill in 总学时 in the sheet 基本情况: 45 minutes to the hour, one decimal, not rounded up.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(lambda: course(hours=None), Outcome.FAILED),
        Example(lambda: course(hours="0"), Outcome.FAILED, "写了 0"),
        Example(lambda: course(hours=None, package={"kind": "single"}), Outcome.INAPPLICABLE, "只检查一个文件"),
    ),
)
def hours_undeclared(package: Package) -> Iterator[Finding | Abstention]:
    """A finding when the declared total is absent or zero."""
    if package.kind == "single":
        yield ALONE
    elif was_written(package, "hours"):
        yield NOT_UNDERSTOOD
    elif not package.manifest.hours:
        yield Finding(at=package.at("hours"), values={"hours": str(hours_floored(package.seconds))})
