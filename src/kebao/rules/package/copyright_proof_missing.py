"""Neither proof of copyright nor undertaking (P4(3))."""

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
    id="copyright-proof-missing",
    clauses=("P4(3)",),
    severity=Severity.ERROR,
    title=Text(zh="缺少版权证明或承诺书", en="Neither proof of copyright nor undertaking"),
    rationale=Text(
        zh="没有证明或承诺书，课程不能上线，以免产生版权纠纷。",
        en="Without either, the course cannot go online, lest a dispute arise.",
    ),
    message=Text(
        zh="材料里没有自主版权证明，也没有版权承诺书。",
        en="The materials hold neither proof of own copyright nor an undertaking.",
    ),
    mend=Text(
        zh="打印“材料/版权承诺书.docx”签字盖章，扫描或拍照后放进“材料”文件夹，并在“基本情况”页写上路径。",
        en="Print 材料/版权承诺书.docx, sign and seal it, put a scan or photograph into 材料, and write its path on the sheet 基本情况.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(materials={"undertaking": ""}), Outcome.FAILED, "两样都没有"),
        Example(
            lambda: course(materials={"undertaking": "", "proof": "材料/版权承诺书.docx"}), Outcome.PASSED, "有版权证明"
        ),
        Example(lambda: course(package={"kind": "single"}), Outcome.INAPPLICABLE, "只检查一个文件"),
    ),
)
def copyright_proof_missing(package: Package) -> Iterator[Yielded]:
    """One finding when neither is named."""
    materials = package.manifest.materials
    if package.kind == "single":
        yield ALONE
    elif not (materials.proof or materials.undertaking):
        yield Finding(at=package.at("materials.undertaking", item="materials.undertaking"))
