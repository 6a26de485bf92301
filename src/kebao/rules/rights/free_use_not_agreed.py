"""The supplier agrees to free use (P8(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NOT_UNDERSTOOD
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from kebao.subjects.unread import was_written


@rule(
    id="free-use-not-agreed",
    clauses=("P8(2)",),
    severity=Severity.ERROR,
    title=Text(
        zh="没有同意免费用于公益培训",
        en="Free use not agreed",
    ),
    rationale=Text(
        zh="课程用于残疾人公益培训，不再收费；不同意就不能入选。",
        en="The course serves free training of disabled people; without agreement it cannot be selected.",
    ),
    message=Text(
        zh="没有写明同意将课程免费用于残疾人公益性职业技能培训。",
        en="It is not stated that the course may be used free of charge for public-welfare training of disabled people.",
    ),
    mend=Text(
        zh="在“基本情况”工作表的“同意公益免费使用”一格选“是”，并写同意人和日期。",
        en="In the sheet 基本情况, choose 是 for 同意公益免费使用, and give name and date.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED, "同意"),
        Example(lambda: course(free_use={"agreed": False}), Outcome.FAILED, "写了不同意"),
        Example(lambda: course(free_use={"agreed": None, "by": "", "on": ""}), Outcome.FAILED, "没有填"),
        Example(lambda: course(package={"kind": "single"}), Outcome.INAPPLICABLE, "只检查一个文件"),
    ),
)
def free_use_not_agreed(package: Package) -> Iterator[Yielded]:
    """One finding for a package whose supplier has not agreed."""
    if package.kind == "single":
        yield inapplicable("只检查一个文件，不是整个课程包。", "Only one file is checked, not a whole package.")
        return
    if was_written(package, "free_use.agreed"):
        yield NOT_UNDERSTOOD
        return
    if package.manifest.free_use.agreed is not True:
        yield Finding(at=package.at("free_use.agreed"))
