"""A claimed category that the call does not have (P2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kebao.model.finding import Abstention, Finding, Quoted, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from kebao.text.names import fold


@rule(
    id="category-unknown",
    clauses=("P2",),
    severity=Severity.WARNING,
    title=Text(zh="征集类别认不出", en="Unknown category"),
    rationale=Text(
        zh="类别决定是否优先采用；写法认不出，就不能按类别归档和统计。",
        en="The category decides on preference; one that is none cannot be filed or counted.",
    ),
    message=Text(
        zh="征集类别“{category}”不是 P2(1) 至 P2(7) 之一。", en="The category “{category}” is none of P2(1) to P2(7)."
    ),
    mend=Text(
        zh="在“基本情况”工作表的下拉框里重新选择征集类别。",
        en="Choose the category again from the list in the sheet 基本情况.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(lambda: course(categories=["P2(3)", "P2（7）"]), Outcome.PASSED, "全角括号认得出"),
        Example(lambda: course(categories=["P2(8)"]), Outcome.FAILED),
        Example(lambda: course(categories=[]), Outcome.INAPPLICABLE),
    ),
)
def category_unknown(package: Package, *, known: tuple[str, ...]) -> Iterator[Finding | Abstention]:
    """One finding for each claimed category that the call does not name."""
    if not package.manifest.categories:
        yield inapplicable("没有选择类别。", "No category is claimed.")
        return
    names = {fold(name) for name in known}
    for number, category in enumerate(package.manifest.categories):
        if fold(category) not in names:
            at = replace(package.at(f"categories.{number}", item=category), field="categories")
            yield Finding(at=at, evidence=(Quoted("category", category),))
