"""A path that fits a file but for letter case or slashes (A2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding, Quoted
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Package
from kebao.subjects.references import references
from kebao.subjects.sketch import SketchedFile, course


@rule(
    id="file-name-differs",
    clauses=("A2(2)",),
    severity=Severity.WARNING,
    title=Text(zh="文件名大小写或斜杠不一致", en="File name differs in case or slashes"),
    rationale=Text(
        zh="在 Windows 上能打开的文件，放到网上会找不到。", en="What opens on Windows is not found once it is online."
    ),
    message=Text(
        zh="清单写的是“{written}”，包里的文件是“{found}”。",
        en="The manifest says “{written}”; the file in the package is “{found}”.",
    ),
    mend=Text(
        zh="把清单里的路径改成“{found}”，大小写和斜杠都要一样，斜杠用“/”。",
        en="Write “{found}” in the manifest, with the same letter case and forward slashes.",
    ),
    looks_at=Package,
    examples=(
        Example(lambda: course(), Outcome.PASSED),
        Example(lambda: course(supplier={"introduction": "材料\\单位简介.md"}), Outcome.FAILED, "用了反斜杠"),
        Example(
            lambda: course(files={"视频/试水温.mp4": None, "视频/试水温.MP4": SketchedFile(seconds=600)}),
            Outcome.FAILED,
            "扩展名大写",
        ),
    ),
)
def file_name_differs(package: Package) -> Iterator[Yielded]:
    """One finding for each path that only nearly names a file."""
    told: set[str] = set()
    for reference in references(package):
        path = reference.path
        if path in told or package.facts.exists(path):
            continue
        near = package.facts.nearest(path)
        if near is not None and near != path:
            told.add(path)
            yield Finding(at=reference.at, evidence=(Quoted("written", path), Quoted("found", near)))
