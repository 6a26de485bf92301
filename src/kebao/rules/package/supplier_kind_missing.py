"""Nobody says whether a unit or a person hands in the package (P1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE
from kebao.subjects.course import Package
from kebao.subjects.sketch import course
from kebao.subjects.unread import was_written


@rule(
    id="supplier-kind-missing",
    clauses=("P1",),
    severity=Severity.WARNING,
    title=Text(zh="没有写单位还是个人", en="Unit or person not said"),
    rationale=Text(
        zh="单位和个人需要的材料、付款方式不同。",
        en="Units and persons need different papers and are paid differently.",
    ),
    message=Text(zh="没有写明以单位还是个人名义申报。", en="It is not said whether a unit or a person hands this in."),
    mend=Text(zh="在“基本情况”页选“单位”或“个人”。", en="Choose 单位 or 个人 on the sheet 基本情况."),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(supplier={"kind": ""}), Outcome.FAILED, "没选"),
        Example(lambda: course(package={"kind": "bare"}), Outcome.INAPPLICABLE, "没有清单"),
    ),
)
def supplier_kind_missing(package: Package) -> Iterator[Yielded]:
    """One finding when the kind is empty in a package that has a manifest."""
    if package.kind == "single":
        yield ALONE
    elif package.kind != "native":
        yield inapplicable("没有清单，另有指出。", "There is no manifest; that is told elsewhere.")
    elif was_written(package, "supplier.kind"):
        yield inapplicable(
            "填的内容没有读懂，另有指出。", "What was filled in was not understood; that is told elsewhere."
        )
    elif not package.manifest.supplier.kind:
        yield Finding(at=package.at("supplier.kind", item="supplier.kind"))
