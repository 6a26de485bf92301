"""A file that the manifest names and the package does not hold (A2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import ALONE
from kebao.subjects.course import Package
from kebao.subjects.references import references
from kebao.subjects.sketch import course


@rule(
    id="file-absent",
    clauses=("A2(2)",),
    severity=Severity.ERROR,
    title=Text(zh="文件不在包里", en="File is not in the package"),
    rationale=Text(
        zh="清单写了却没有文件，学习者点开就是空的。", en="What the list names and nobody sent opens as nothing."
    ),
    message=Text(
        zh="清单写的文件“{file}”不在课程包里。", en="The file “{file}”, named by the manifest, is not in the package."
    ),
    mend=Text(
        zh="把这个文件放到写明的位置；文件名改过的，把清单里的路径改成现在的。",
        en="Put the file where the manifest says, or correct the path there.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(files={"视频/试水温.mp4": None}), Outcome.FAILED, "视频没有放进来"),
        Example(lambda: course(files={"材料/版权承诺书.docx": None}), Outcome.FAILED, "承诺书没有放进来"),
        Example(lambda: course(package={"kind": "single"}), Outcome.INAPPLICABLE, "只检查一个文件"),
    ),
)
def file_absent(package: Package) -> Iterator[Yielded]:
    """One finding for each absent file, at the first place that names it."""
    if package.kind == "single":
        yield ALONE
        return
    told: set[str] = set()
    for reference in references(package):
        path = reference.path
        if path in told or package.facts.exists(path) or package.facts.nearest(path) or reference.unsound:
            continue
        told.add(path)
        yield Finding(at=reference.at, evidence=(Quoted("file", path),))
