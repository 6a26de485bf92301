"""A path in the manifest that leads out of the package or that some system cannot store (A2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.references import references
from kebao.subjects.sketch import course


@rule(
    id="path-unsound",
    clauses=("A2(2)",),
    severity=Severity.ERROR,
    title=Text(zh="路径写法不允许", en="Path that may not be"),
    rationale=Text(
        zh="指到包外或含特殊字符的路径，换一台电脑就打不开，也不安全。",
        en="A path out of the package, or with special characters, opens nowhere else and is not safe.",
    ),
    message=Text(zh="清单里写的文件路径不能用：{because}", en="A file path in the manifest cannot be used: {because}"),
    mend=Text(
        zh="把文件放进包里，路径从包的文件夹写起，例如“视频/试水温.mp4”。",
        en="Put the file into the package and write its path from the package folder, such as “视频/试水温.mp4”.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(supplier={"introduction": "../简介.md"}), Outcome.FAILED, "指到包外"),
        Example(lambda: course(supplier={"introduction": "D:/简介.md"}), Outcome.FAILED, "写了盘符"),
        Example(lambda: course(supplier={"introduction": "https://example.org/简介.md"}), Outcome.FAILED, "写了网址"),
        Example(lambda: course(supplier={"introduction": "材料\\单位简介.md"}), Outcome.PASSED, "反斜杠另有指出"),
    ),
)
def path_unsound(package: Package) -> Iterator[Yielded]:
    """One finding for each unsound path that no file of the package fits."""
    told: set[str] = set()
    for reference in references(package):
        because = reference.unsound
        if because is None or reference.path in told or package.facts.nearest(reference.path):
            continue
        told.add(reference.path)
        yield Finding(at=reference.at, evidence=(Quoted("file", reference.path),), values={"because": because})
