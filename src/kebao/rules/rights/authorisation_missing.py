"""Without own rights, there is authorisation and an undertaking (P8(1))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Listed, inapplicable
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.sketch import course


@rule(
    id="authorisation-missing",
    clauses=("P8(1)",),
    severity=Severity.ERROR,
    title=Text(
        zh="没有自主知识产权，又没有授权书",
        en="Neither own rights nor authorisation",
    ),
    rationale=Text(
        zh="不是自己的课程，须有权利人的书面授权，才能交给残疾人学习使用。",
        en="A course that is not yours needs the owner's written authorisation before learners may use it.",
    ),
    message=Text(
        zh="基本情况表写“没有自主知识产权”，缺少：{missing}。",
        en="The form says there are no own rights, and this is missing: {missing}.",
    ),
    mend=Text(
        zh="请权利人签授权书，扫描后放进“材料”文件夹，并在“基本情况”里写上路径；版权承诺书也要附上。",
        en="Have the owner sign an authorisation, put the scan into the folder 材料 and write its path in the sheet 基本情况; add the undertaking too.",
    ),
    looks_at=Package,
    examples=(
        Example(
            lambda: course(form={"own_rights": False}, materials={"authorisation": "材料/授权书.pdf"}),
            Outcome.PASSED,
            "有授权书和承诺书",
        ),
        Example(lambda: course(form={"own_rights": False}), Outcome.FAILED, "没有授权书"),
        Example(lambda: course(), Outcome.INAPPLICABLE, "有自主知识产权"),
    ),
)
def authorisation_missing(package: Package) -> Iterator[Yielded]:
    """One finding for the package, naming what is missing. Whether a named file is there is told elsewhere."""
    if package.manifest.form.own_rights is not False:
        yield inapplicable("没有写“没有自主知识产权”。", "The form does not say that there are no own rights.")
        return
    materials = package.manifest.materials
    missing = [] if materials.authorisation else ["authorisation"]
    if materials.proof and not materials.undertaking:  # with neither, P4(3) tells it
        missing.append("undertaking")
    if missing:
        words = {"authorisation": "授权书", "undertaking": "版权承诺书"}
        at = package.at(f"materials.{missing[0]}")
        yield Finding(at=at, evidence=(Listed("missing", tuple(words[name] for name in missing)),))
