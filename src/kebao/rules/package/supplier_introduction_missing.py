"""No introduction of the unit or person among the materials (P4(1))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE
from kebao.subjects.course import Package
from kebao.subjects.sketch import course


@rule(
    id="supplier-introduction-missing",
    clauses=("P4(1)",),
    severity=Severity.ERROR,
    title=Text(zh="缺少单位或个人简介", en="The introduction of the unit or person is missing"),
    rationale=Text(zh="办公室要知道课程由谁提供。", en="The office has to know who provides the course."),
    message=Text(zh="材料里没有单位或个人简介。", en="The materials lack the introduction of the unit or person."),
    mend=Text(
        zh="放进“材料”文件夹，并在培训包.xlsx 的“基本情况”页写上路径。kebao new 生成的“材料/单位简介.docx”可以直接填写。",
        en="Put it into the folder 材料 and write its path on the sheet 基本情况. Fill in 材料/单位简介.docx, which kebao new makes.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(supplier={"introduction": ""}), Outcome.FAILED, "没有"),
        Example(lambda: course(package={"kind": "single"}), Outcome.INAPPLICABLE, "只检查一个文件"),
    ),
)
def supplier_introduction_missing(package: Package) -> Iterator[Yielded]:
    """One finding when no file is named."""
    if package.kind == "single":
        yield ALONE
    elif not package.manifest.supplier.introduction:
        yield Finding(at=package.at("supplier.introduction", item="supplier.introduction"))
