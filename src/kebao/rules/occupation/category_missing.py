"""No category of the call is claimed (P2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE
from kebao.subjects.course import Package
from kebao.subjects.sketch import course


@rule(
    id="category-missing",
    clauses=("P2",),
    severity=Severity.ADVICE,
    title=Text(zh="没有选择征集类别", en="No category claimed"),
    rationale=Text(
        zh="属于所列类别的课程优先采用；不选不影响资格，但会失去优先。",
        en="Courses of the listed categories are preferred; claiming none costs no eligibility, only the preference.",
    ),
    message=Text(
        zh="没有选择征集类别；属于所列类别的课程优先采用。",
        en="No category is claimed; courses of the listed categories are preferred.",
    ),
    mend=Text(
        zh="对照征集内容（1）至（7），在“基本情况”工作表选择所属类别，可选几个，第一个为主；都不属于的不必选。",
        en="Compare with categories (1) to (7) and choose in the sheet 基本情况; several may be chosen, the first is primary. Choose none if none fits.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(lambda: course(categories=[]), Outcome.FAILED),
        Example(lambda: course(categories=[], package={"kind": "single"}), Outcome.INAPPLICABLE, "只检查一个文件"),
    ),
)
def category_missing(package: Package) -> Iterator[Finding | Abstention]:
    """A finding, as advice, when no category is claimed."""
    if package.kind == "single":
        yield ALONE
    elif not package.manifest.categories:
        yield Finding(at=package.at("categories"))
