"""The supplier has no name (P7.1)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE
from kebao.subjects.course import Package
from kebao.subjects.sketch import course


@rule(
    id="supplier-name-missing",
    clauses=("P7.1",),
    severity=Severity.ERROR,
    title=Text(zh="没有写单位名称", en="Supplier has no name"),
    rationale=Text(
        zh="上线时要展示供应单位名称，没有名称无法登记。",
        en="The supplier’s name is shown with the course; without it nothing can be registered.",
    ),
    message=Text(
        zh="没有填单位全称（个人填姓名）。", en="The unit’s full name (or the person’s name) is not filled in."
    ),
    mend=Text(
        zh="在“基本情况”页填上与公章一致的单位全称。",
        en="Fill in the full name, as on the seal, on the sheet 基本情况.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(supplier={"name": ""}), Outcome.FAILED, "没填"),
        Example(lambda: course(package={"kind": "bare"}), Outcome.INAPPLICABLE, "没有清单"),
    ),
)
def supplier_name_missing(package: Package) -> Iterator[Yielded]:
    """One finding when the name is empty in a package that has a manifest."""
    if package.kind == "single":
        yield ALONE
    elif package.kind != "native":
        yield inapplicable("没有清单，另有指出。", "There is no manifest; that is told elsewhere.")
    elif not package.manifest.supplier.name:
        yield Finding(at=package.at("supplier.name", item="supplier.name"))
