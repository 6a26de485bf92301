"""Two videos, or two resources of another kind, bear the same name (A2(2).2)."""

from __future__ import annotations

from collections.abc import Iterator

from kebao.model.finding import Abstention, Finding, Quoted
from kebao.model.outcome import Outcome, Severity
from kebao.model.rule import Example, rule
from kebao.model.text import Text
from kebao.subjects.abstaining import NO_RESOURCES
from kebao.subjects.course import Package
from kebao.subjects.naming import repeats, resource_levels
from kebao.subjects.sketch import course
from kebao.text.names import fold


@rule(
    id="resource-title-repeated",
    clauses=("A2(2).2",),
    severity=Severity.ERROR,
    title=Text(zh="视频（资源）名称重复", en="Two resources of one name"),
    rationale=Text(
        zh="规范要求视频资源名称不能重复；同名的两个视频在目录里无法区分。",
        en="The text forbids using a name twice; two videos of one name cannot be told apart in the catalogue.",
    ),
    message=Text(
        zh="资源名称“{title}”用了不止一次（另一个文件：{earlier}）。",
        en="The name “{title}” is used for more than one resource (the other file: {earlier}).",
    ),
    mend=Text(
        zh="在“学习资源”工作表里把其中一个名称改掉，写出两者不同的内容，如“洗手：准备”“洗手：操作”。",
        en="In the sheet 学习资源 rename one of them so that the names say how they differ.",
    ),
    looks_at=Package,
    examples=(
        Example(course, Outcome.PASSED),
        Example(
            lambda: course(resources=[{"id": n, "title": "洗手", "path": f"视频/{n}.mp4"} for n in "ab"]),
            Outcome.FAILED,
        ),
        Example(
            lambda: course(
                resources=[{"id": "a", "title": "洗手", "path": "a.mp4"}, {"id": "b", "kind": "text", "title": "洗手"}]
            ),
            Outcome.PASSED,
            "视频和配套的文本可以同名",
        ),
        Example(lambda: course(resources=[]), Outcome.INAPPLICABLE),
    ),
)
def resource_title_repeated(package: Package) -> Iterator[Finding | Abstention]:
    """One finding for each resource whose name an earlier one of its kind bears."""
    if not package.resources:
        yield NO_RESOURCES
        return
    for level in resource_levels(package):
        for resource, earlier in repeats(level, fold):
            other = getattr(earlier.entry, "path", "") or earlier.item
            yield Finding(at=resource.at("title"), evidence=(Quoted("earlier", other),))
