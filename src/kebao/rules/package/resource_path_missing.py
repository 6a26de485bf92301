"""A resource that names no file (A2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Finding
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, Yielded, rule
from kebao.model.text import Text
from kebao.subjects.course import Resource
from kebao.subjects.sketch import course


@rule(
    id="resource-path-missing",
    clauses=("A2(2)",),
    severity=Severity.ERROR,
    title=Text(zh="资源没有写文件", en="Resource without a file"),
    rationale=Text(
        zh="没有文件的资源无法学习，也无法核对时长。",
        en="A resource without a file can be neither studied nor measured.",
    ),
    message=Text(zh="资源“{title}”没有写文件路径。", en="The resource “{title}” names no file."),
    mend=Text(
        zh="在“学习资源”工作表这一行填上文件路径，例如“视频/试水温.mp4”。",
        en="Fill in the path in this row of the sheet 学习资源, such as “视频/试水温.mp4”.",
    ),
    looks_at=Resource,
    examples=(
        Example(lambda: course().resources[0], Outcome.PASSED),
        Example(lambda: course(resources=[{"id": "v1", "title": "洗手"}]).resources[0], Outcome.FAILED, "没写路径"),
    ),
)
def resource_path_missing(resource: Resource) -> Iterator[Yielded]:
    """One finding for a resource with an empty path."""
    if not resource.entry.path:
        yield Finding(at=resource.at("path"))
