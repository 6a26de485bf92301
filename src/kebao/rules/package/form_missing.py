"""No basic information form among the materials (P4(2))."""

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
    id="form-missing",
    clauses=("P4(2)",),
    severity=Severity.ERROR,
    title=Text(zh="缺少网络课程资源基本情况表", en="The basic information form is missing"),
    rationale=Text(
        zh="基本情况表是必交材料，书面版和电子版都要有。", en="The form must be handed in, on paper and electronically."
    ),
    message=Text(zh="材料里没有网络课程资源基本情况表。", en="The materials lack the basic information form."),
    mend=Text(
        zh="放进“材料”文件夹，并在培训包.xlsx 的“基本情况”页写上路径。kebao kit 会自动生成填好的表。",
        en="Put it into the folder 材料 and write its path on the sheet 基本情况. kebao kit makes the filled form.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(materials={"form": ""}), Outcome.FAILED, "没有"),
        Example(lambda: course(package={"kind": "single"}), Outcome.INAPPLICABLE, "只检查一个文件"),
    ),
)
def form_missing(package: Package) -> Iterator[Yielded]:
    """One finding when no file is named."""
    if package.kind == "single":
        yield ALONE
    elif not package.manifest.materials.form:
        yield Finding(at=package.at("materials.form", item="materials.form"))
